"""What a newcomer meets first: where the command stands, what lies in the folder, what the system refuses."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import reason
from grader.limits import DEFAULT
from grader.memory import Memory, Store, spare_files
from grader.submission import read_submission

from .submissions.model import reference_files, write_files
from .test_cli import ROOT, complaint, run, text

posix = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell and POSIX rights")
BLANK = {file: (ROOT / "skeleton" / file).read_text(encoding="utf-8") for file in reference_files()}
UNSAVED = "Aucun fichier n'a changé"


def unfolded(done: subprocess.CompletedProcess[bytes]) -> str:
    """What it printed, as one line."""
    return " ".join(text(done).replace("│", " ").split())


def copy_of_the_project(folder: Path) -> Path:
    """The project without its tests, as somebody has just unpacked it."""
    for part in ("grader", "skeleton"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def grader_of(project: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run that copy's command with a Python that has no library at all."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "CHATPY_MEMORY")}
    command = [sys.executable, "-S", "-m", "grader", *words]
    return subprocess.run(command, cwd=project, env=env | environment, capture_output=True, timeout=60)


# --- What comes next --------------------------------------------------------------------------------------------------


def test_after_the_first_step_the_second_is_named(tmp_path: Path) -> None:
    folder = write_files(BLANK | {"etape1.py": reference_files()["etape1.py"]}, tmp_path / "rendu")
    for words in ((), ("--texte",)):
        page = unfolded(run(str(folder), "--etape", "1", *words))
        assert "Bravo" in page
        assert "l'Étape 2 : ouvre serveur.py et fais le TODO 1, ligne 10 de serveur.py." in page
        assert "rends ton travail" not in page
    run(str(folder), "--etape", "1", "--html", str(tmp_path / "page.html"))
    assert "fais le TODO\xa01, ligne\xa010 de serveur.py" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_after_the_second_step_the_first_is_named_unless_it_is_known(tmp_path: Path) -> None:
    memory = str(tmp_path / "memory.json")
    folder = write_files(reference_files() | {"etape1.py": BLANK["etape1.py"]}, tmp_path / "rendu")
    unknown = unfolded(run(str(folder), "--etape", "2", CHATPY_MEMORY=memory))
    assert "Il reste l'Étape 1 : ouvre etape1.py et fais le TODO 1, ligne 10 d'etape1.py." in unknown
    assert "rends ton travail" not in unknown
    write_files(reference_files(), folder)
    assert "Il reste l'Étape 1 : python -m grader" in unfolded(run(str(folder), "--etape", "2", CHATPY_MEMORY=memory))
    run(str(folder), "--etape", "1", CHATPY_MEMORY=memory)
    assert "marchait déjà" in text(run(str(folder), "--etape", "2", CHATPY_MEMORY=memory))


def test_a_program_of_the_next_step_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    folder = write_files({"etape1.py": reference_files()["etape1.py"]}, tmp_path / "rendu")
    assert "il te faut serveur.py" in text(run(str(folder), "--etape", "1"))


# --- Where the command stands -----------------------------------------------------------------------------------------


def test_the_project_itself_is_no_submission(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path)
    done = grader_of(project, ".", "--json", "-")
    assert done.returncode == 4
    assert complaint(done).endswith("tape : python -m grader")
    done = grader_of(tmp_path / "skeleton", "..", "--texte", PYTHONPATH=str(project))
    assert complaint(done).endswith("tape : python -m grader ../skeleton".replace("/", os.sep))
    write_files(reference_files(), project)  # whoever works there is graded there
    assert grader_of(project, ".", "--json", "-").returncode == 0


@posix
@pytest.mark.parametrize("library", ["rich", "watchfiles"])
def test_what_to_type_for_a_missing_library_works_and_is_no_pip_that_the_system_refuses(
    library: str, tmp_path: Path
) -> None:
    project = copy_of_the_project(tmp_path)
    words = ["--suivre", "--texte"] if library == "watchfiles" else []
    first = complaint(grader_of(project, *words))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    line = first.partition(" tape : " if " tape : " in first else " Tape : ")[2].removesuffix(" --suivre")
    assert line.replace(f"tomli {library}", "tomli") in readme
    (project / ".venv" / "bin").mkdir(parents=True)
    own = project / ".venv" / "bin" / "python"
    own.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    own.chmod(0o755)
    second = complaint(grader_of(project, *words))
    assert "pip" not in second
    named = second.rpartition(" : ")[2]
    assert named == ".venv/bin/python -m grader" + (" --suivre" if words else "")
    if not words:
        done = subprocess.run(["sh", "-c", named], cwd=project, capture_output=True, timeout=60)
        assert (done.returncode, done.stderr) == (1, b"")
    elsewhere = complaint(grader_of(project / "skeleton", *words, PYTHONPATH=str(project)))
    assert f"Va dans le dossier {project}" in elsewhere


# --- Saving -----------------------------------------------------------------------------------------------------------


def test_nothing_saved_since_the_last_run_is_said_where_something_is_to_be_repaired(tmp_path: Path) -> None:
    folder = write_files(BLANK, tmp_path / "rendu")

    def page(*words: str) -> str:
        command = [str(folder), "--html", str(tmp_path / "page.html"), *words]
        return text(run(*command, CHATPY_MEMORY=str(tmp_path / "memory.json")))

    assert UNSAVED not in page()
    assert UNSAVED in page().splitlines()[-1]
    assert "as-tu enregistré (Ctrl+S)" in (tmp_path / "page.html").read_text(encoding="utf-8")
    assert UNSAVED in page("--texte")
    for more in ("--indice", "--details"):  # who asks for more has nothing to save
        assert UNSAVED not in page(more)
    write_files({"config.py": "x = 1\n"}, folder)
    assert UNSAVED not in page()
    write_files(reference_files(), folder)
    assert UNSAVED not in page()
    assert UNSAVED not in page()


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_remembered_elsewhere(tmp_path: Path) -> None:
    project = copy_of_the_project(tmp_path / "project")
    project.chmod(0o500)
    pages = [text(grader_of(project, "--texte", "--indice", HOME=str(tmp_path))) for _ in range(2)]
    assert [page.partition("Indice ")[2][:1] for page in pages] == ["1", "2"]


@posix
def test_a_project_that_cannot_be_written_to_still_remembers(tmp_path: Path) -> None:
    """As root, too: a folder is where the file should be."""
    project = copy_of_the_project(tmp_path / "project")
    (project / ".chatpy.json").mkdir()
    for home in (tmp_path / "home", Path("/dev/null")):  # without a home, in the temporary folder
        temporary = tmp_path / f"tmp{home.name}"
        temporary.mkdir()
        places = {"HOME": str(home), "XDG_STATE_HOME": "", "TMPDIR": str(temporary)}
        pages = [text(grader_of(project, "--texte", "--indice", **places)) for _ in range(3)]
        assert [page.partition("Indice ")[2][:1] for page in pages] == ["1", "2", "3"]
        kept = list(home.rglob("memory.json")) if home.name == "home" else list(temporary.rglob("memory.json"))
        assert [path.parent.stat().st_mode & 0o777 for path in kept] == [0o700]


@posix
@pytest.mark.parametrize("trap", ["link", "open", "file"])
def test_nobody_else_says_where_to_remember(trap: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the temporary folder anybody may have put something of that name."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HOME", "/dev/null")
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr("tempfile.tempdir", None)
    victim = tmp_path / "victim"
    victim.mkdir(mode=0o700)
    spare = Path(spare_files()[-1]).parent
    assert spare.parent == tmp_path
    if trap == "link":
        spare.symlink_to(victim)
    elif trap == "open":
        spare.mkdir()
        spare.chmod(0o777)
        (spare / "memory.json").write_text('{"/rendu": {"passed": [], "mistake": "x", "degree": 3}}')
    else:
        spare.write_text("")
    store = Store(str(tmp_path / "no" / "memory.json"), "/rendu", spare_files())
    assert store.read() == Memory()
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    store.write(Memory(frozenset({"etape1.hello"})))
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before


def test_what_was_remembered_last_is_right_wherever_it_is(tmp_path: Path) -> None:
    own, spare = tmp_path / "memory.json", tmp_path / "state" / "memory.json"
    spare.parent.mkdir(mode=0o700)
    Store(str(spare), "/rendu").write(Memory(mistake="older"))
    Store(str(own), "/rendu").write(Memory(mistake="newer"))
    os.utime(spare, ns=(0, 0))
    assert Store(str(own), "/rendu", (str(spare),)).read().mistake == "newer"
    os.utime(own, ns=(0, 0))
    os.utime(spare)
    assert Store(str(own), "/rendu", (str(spare),)).read().mistake == "older"


# --- What lies in the folder ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "other"),
    [
        ("serveur.py", "server.py"),
        ("serveur.py", "Serveur (1).py"),
        ("serveur.py", "serveur_final.py"),
        ("serveur.py", "Copie de serveur.py"),
        ("serveur.py", "mon-serveur.v2.py"),
        ("serveur.py", "serveur.py.txt"),
        ("client.py", "client (1).py"),
        ("client.py", "Client2.py"),
        ("etape1.py", "Étape 1.py"),
        pytest.param("serveur.py", "Serveur.py", marks=posix),
    ],
)
def test_the_work_beside_a_blank_program_is_named(program: str, other: str, tmp_path: Path) -> None:
    folder = write_files(reference_files() | {program: BLANK[program]}, tmp_path / "rendu")
    assert read_submission(str(folder), DEFAULT).remarks == ()
    write_files({other: reference_files()[program]}, folder)
    (remark,) = read_submission(str(folder), DEFAULT).remarks
    assert remark.text.startswith(f"{program} est encore à faire, mais « {other} » a l'air fini : renomme-le {program}")
    write_files({other: "# TODO 3 : recevoir\n" + reference_files()[program]}, folder)
    (remark,) = read_submission(str(folder), DEFAULT).remarks
    assert "est plus avancé" in remark.text


def test_the_work_beside_is_the_first_thing_to_do(tmp_path: Path) -> None:
    done = {"serveur (1).py": reference_files()["serveur.py"], "serveur.py": BLANK["serveur.py"]}
    folder = write_files(reference_files() | done, tmp_path / "rendu")
    page = unfolded(run(str(folder)))
    assert "Essaie serveur.py est encore à faire, mais « serveur (1).py »" in page
    assert "commence par le TODO" not in page


@pytest.mark.parametrize(
    ("beside", "why"),
    [
        ({"server.py": BLANK["serveur.py"]}, "as blank as the other"),
        ({"server.py": "def aide():\n    pass\n"}, "another module"),
        ({"etape2.py": reference_files()["etape1.py"]}, "another step"),
        ({"serveur_et_client.py": reference_files()["serveur.py"]}, "nobody knows which"),
        ({"client (1).py": reference_files()["client.py"], "client.py": reference_files()["client.py"]}, "both done"),
        (
            {"serveur.py": BLANK["serveur.py"] + "s = socket.socket()\n", "server.py": "s.accept()\n"},
            "begun, TODOs kept",
        ),
    ],
)
def test_what_may_be_something_else_is_not_named(beside: dict[str, str], why: str, tmp_path: Path) -> None:
    folder = write_files(BLANK | beside, tmp_path / "rendu")
    assert read_submission(str(folder), DEFAULT).remarks == (), why


# --- What the system says ---------------------------------------------------------------------------------------------


def test_what_the_system_refuses_is_said_in_french(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "latin.txt").write_bytes(b"\xe9t\xe9")
    cases = [
        ("--json", tmp_path / "nowhere" / "x.json", "ce fichier ou ce dossier n'existe pas"),
        ("--html", tmp_path / "folder", "c'est un dossier, pas un fichier"),
        ("--depuis", tmp_path / "nowhere", "ce fichier ou ce dossier n'existe pas"),
        ("--depuis", tmp_path / "latin.txt", "ce n'est pas un texte"),
    ]
    for option, path, said in cases:
        done = run(*(["skeleton"] if option != "--depuis" else []), option, str(path))
        assert done.returncode == 4
        assert complaint(done).endswith(f" : {said}.")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a disk that is full, of Linux's")
@pytest.mark.parametrize("form", [(), ("--texte",), ("--json", "-")])
def test_a_report_that_finds_no_place_is_said_in_one_line(form: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "grader", "reference", *form]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 3
    assert done.stderr.decode().splitlines() == [
        "Le grader n'a pas pu faire son travail : le rapport ne peut pas être montré, "
        "il n'y a plus de place sur le disque."
    ]


def test_every_refusal_has_a_french_word_and_none_is_the_systems_own() -> None:
    for number in errno.errorcode:
        said = reason(OSError(number, os.strerror(number)))
        assert os.strerror(number) not in said
        assert not re.search(r"\b(the|not|file|denied|is|too|no)\b", said)
    assert reason(OSError("odd")) == "le système refuse (erreur None)"
