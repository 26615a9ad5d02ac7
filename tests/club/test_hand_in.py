"""What goes of a folder, the file that is made of it, and the whole command where no repository is needed."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path

import pytest

from grader.club.hand_in import choose, zipped
from grader.club.packing import digest_of
from grader.folder import folder_of
from grader.limits import DEFAULT
from grader.submission import read_submission

from ..submissions.model import reference_files
from .pupils import ROOT, Pupil, another_machine, git, run

PROGRAMS = ["etape1.py", "serveur.py", "client.py"]


def chosen(folder: Path, files: dict[str, str]) -> list[str]:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return list(choose(read_submission(str(folder), DEFAULT)).files)


PRIVATE = {
    "photo.jpg": "",
    "mots de passe.txt": "",
    "maths.py": "",
    "dossier/lettre.txt": "",
    ".env": "",
    "README.md": "",
}


USED = (
    # the client's text, the other files that are there, those of them that go too
    ("", {"config.py": ""}, ["client.py"]),
    ("import config", {"config.py": "from outils import a\n", "outils.py": ""}, ["config.py", "outils.py"]),
    ("from outils.réseau import x", {"outils/réseau.py": "", "outils/a.png": ""}, ["outils/réseau.py"]),
    ("import os, socket as s, config as c; x = 1", {"config.py": ""}, ["config.py"]),
    ("def f(:\n    import config", {"config.py": ""}, ["config.py"]),
    ("open('réglages.txt')", {"réglages.txt": "", "réglages": ""}, ["réglages.txt"]),
    ('open("data/ports.json")', {"data/ports.json": "", "data/x": ""}, ["data/ports.json"]),
    ("open('.env'); import socket", {".env": "SECRET=1", "socket.py": ""}, ["socket.py"]),
    ("# TODO 1 : x", {"client2.py": "import socket\nsocket.create_connection(1)"}, ["client2.py"]),
)


@pytest.mark.parametrize(("client", "others", "also"), USED)
def test_what_the_programs_use_goes_and_nothing_else(
    client: str, others: dict[str, str], also: list[str], tmp_path: Path
) -> None:
    files = reference_files() | PRIVATE | others | {"client.py": client}
    assert set(chosen(tmp_path, files)) == {*PROGRAMS, *also}


def test_a_program_of_another_name_goes_where_its_own_is_missing(tmp_path: Path) -> None:
    files = reference_files() | PRIVATE
    files["Server (1).py"] = files.pop("serveur.py")
    assert sorted(chosen(tmp_path, files)) == ["Server (1).py", "client.py", "etape1.py"]


def test_accents_go_in_the_form_that_all_systems_read(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "réseau.py")
    files = reference_files() | {"client.py": "import réseau", apart: ""}
    assert "réseau.py" in chosen(tmp_path, files)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="their file names are texts")
def test_a_name_that_is_no_text_stays(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"client\xff.py")).write_text("import socket")
    assert chosen(tmp_path, {"etape1.py": "open('x')"}) == ["etape1.py"]


def test_a_zip_says_nothing_but_the_files() -> None:
    files = {"client.py": b"1", "outils/r\xe9seau.py": b"2" * 1000}
    data = zipped(files)
    assert data == zipped(dict(reversed(files.items())))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.filename: archive.read(one) for one in archive.infolist()} == files
        for one in archive.infolist():
            assert (one.date_time, one.create_system, one.extra, one.comment) == ((1980, 1, 1, 0, 0, 0), 0, b"", b"")
            assert one.external_attr >> 16 == 0
        assert archive.comment == b""


def test_a_folder_gets_one_whole_file_and_the_receipt_says_so(pupil: Pupil, tmp_path: Path) -> None:
    stick = tmp_path / "clé"
    stick.mkdir()
    status, said = pupil.hand_in("--vers", stick, "--pseudo", "Zoé B.")
    assert status == 0
    assert os.listdir(stick) == ["zoe-b.rendu"]
    files = {name: text.encode() for name, text in reference_files().items()}
    for word in ("Ton rendu est arrivé", "zoe-b", digest_of(files)[:8], "client.py (2,1 ko)", "éjecte"):
        assert word in said
    git("clone", "-q", "--branch", "rendu/zoe-b", stick / "zoe-b.rendu", tmp_path / "clone")
    assert {path.name: path.read_bytes() for path in (tmp_path / "clone").glob("*.py")} == files
    assert os.listdir() == [], "nothing is left where we are"


def test_the_pseudonym_is_remembered_and_the_same_files_are_not_sent_twice(pupil: Pupil, tmp_path: Path) -> None:
    assert pupil.hand_in("--vers", tmp_path)[0] == 4
    assert pupil.hand_in("--vers", tmp_path, "--pseudo", "zoe-b")[0] == 0
    before = (tmp_path / "zoe-b.rendu").stat().st_mtime_ns
    status, said = pupil.hand_in("--vers", tmp_path)
    assert status == 0
    assert "Rien n'a changé depuis ton dernier rendu" in said
    assert "Déjà rendu" in said
    assert (tmp_path / "zoe-b.rendu").stat().st_mtime_ns == before
    pupil.change()
    status, said = pupil.hand_in("--vers", tmp_path)
    assert (status, said.count("inchangé depuis ton dernier rendu")) == (0, 2)
    assert (tmp_path / "zoe-b.rendu").stat().st_mtime_ns > before


def test_a_file_of_somebody_else_is_not_written_over(
    pupil: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pupil.hand_in("--vers", tmp_path, "--pseudo", "zoe-b")[0] == 0
    before = (tmp_path / "zoe-b.rendu").read_bytes()
    another_machine(monkeypatch, tmp_path)
    pupil.change()
    status, said = pupil.hand_in("--vers", tmp_path, "--pseudo", "zoe-b")
    assert status == 4
    assert "déjà là" in said
    assert "--encore" in said
    assert (tmp_path / "zoe-b.rendu").read_bytes() == before
    assert pupil.hand_in("--vers", tmp_path, "--pseudo", "zoe-b", "--encore")[0] == 0
    assert (tmp_path / "zoe-b.rendu").read_bytes() != before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has such files")
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_what_is_no_file_is_neither_read_nor_written(kind: str, pupil: Pupil, tmp_path: Path) -> None:
    path = tmp_path / "zoe-b.rendu"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to("/dev/zero")
    status, said = pupil.hand_in("--vers", tmp_path, "--pseudo", "zoe-b", "--encore")
    assert status == 4
    assert "n'est pas un vrai fichier" in said
    assert os.listdir() == ["zoe-b.rendu"]


@pytest.mark.parametrize("where", ["nulle-part", "forge.exemple.fr/club/rendus"])
def test_where_nothing_is_the_file_waits_to_be_carried(pupil: Pupil, where: str) -> None:
    status, said = pupil.hand_in("--vers", where, "--pseudo", "zoe-b")
    assert status == 4
    assert "Ton rendu n'est pas parti" in said
    assert os.listdir() == ["zoe-b.rendu"]


def test_a_club_that_says_nothing_lets_the_file_be_carried(pupil: Pupil) -> None:
    status, said = pupil.hand_in("--pseudo", "zoe-b")
    assert status == 0
    assert "donne ce fichier à ton encadrant" in said
    assert os.listdir() == ["zoe-b.rendu"]


def test_the_file_is_never_put_into_the_work_itself(pupil: Pupil, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(pupil.folder)
    before = os.listdir(pupil.folder)
    assert pupil.hand_in("--pseudo", "zoe-b")[0] == 0
    assert os.listdir(pupil.folder) == before
    assert (pupil.folder.parent / "zoe-b.rendu").is_file()


def test_the_clubs_file_says_where_and_until_when(pupil: Pupil, tmp_path: Path) -> None:
    (tmp_path / "rendus").mkdir()
    project = pupil.folder.parent / "project"
    text = f"ou = '{tmp_path / 'rendus'}'\njusqu_au = 2026-01-05T18:00:00\n"
    (project / "club.toml").write_text(text, encoding="utf-8")
    status, said = pupil.hand_in("--pseudo", "zoe-b")
    assert status == 0
    assert "5 janvier 2026 à 18 h 00" in said
    assert "en retard" in said
    assert os.listdir(tmp_path / "rendus") == ["zoe-b.rendu"]
    (project / "club.toml").write_text("ou = \n", encoding="utf-8")
    status, said = pupil.hand_in("--pseudo", "zoe-b")
    assert status == 4
    assert "club.toml, ligne 1" in said
    assert os.listdir() == ["zoe-b.rendu"]


def test_the_score_of_these_very_files_is_said(pupil: Pupil) -> None:
    memory = {"CHATPY_MEMORY": str(pupil.folder.parent / "memory.json")}
    command = [sys.executable, "-m", "grader", str(pupil.folder)]
    env = os.environ | {"PYTHONPATH": str(ROOT)} | memory
    (pupil.folder / "client.py").unlink()
    graded = subprocess.run(command, env=env, capture_output=True, timeout=60)
    assert graded.returncode == 1
    assert "Ces fichiers ont été notés : 11 sur 20" in pupil.hand_in("--pseudo", "zoe-b")[1]
    assert subprocess.run([*command, "--etape", "1"], env=env, capture_output=True, timeout=60).returncode == 0
    assert "Ces fichiers ont été notés : 11 sur 20" in pupil.hand_in()[1]
    pupil.change("serveur.py")
    assert "pas encore été notés" in pupil.hand_in()[1]


def test_what_is_missing_blank_or_stays_is_said(pupil: Pupil) -> None:
    (pupil.folder / "etape1.py").unlink()
    (pupil.folder / "photo.jpg").touch()
    (pupil.folder / "client.py").write_text("# TODO 2 : lis\n# TODO 3 : reçois\n", encoding="utf-8")
    _, said = pupil.hand_in("--pseudo", "zoe-b")
    assert "etape1.py manque" in said
    assert "encore à faire : TODO 2, 3" in said
    assert "tes programmes ne s'en servent pas : photo.jpg." in said
    for number in range(6):
        (pupil.folder / f"chat{number}.jpg").touch()
    assert "chat0.jpg, chat1.jpg, chat2.jpg, chat3.jpg, chat4.jpg et 2 autres." in pupil.hand_in()[1]


def test_an_empty_folder_is_not_handed_in(pupil: Pupil) -> None:
    for name in PROGRAMS:
        (pupil.folder / name).unlink()
    status, said = pupil.hand_in("--pseudo", "zoe-b")
    assert (status, os.listdir()) == (4, [])
    assert "Il n'y a ni etape1.py" in said


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--pseudo", "🎄"], "ne fait pas un pseudonyme"),
        (["--pseudo", "z"], "ne fait pas un pseudonyme"),
        ([], "--pseudo TON-PSEUDO"),
        (["--pseduo", "zoe"], "--pseudo"),
        (["--vers"], "--help"),
        (["autre"], "Un seul dossier"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(pupil: Pupil, words: list[str], says: str) -> None:
    status, said = pupil.hand_in(*words)
    assert status == 4
    assert says in said
    assert os.listdir() == []


@pytest.mark.parametrize(
    ("name", "pseudo"),
    [
        ("Zoé B.", "zoe-b"),
        (unicodedata.normalize("NFD", "Zoé B."), "zoe-b"),
        ("Zoé 🎄", "zoe"),
        ("main", "main"),
        ("HEAD", "head"),
        ("../../etc/passwd", "etc-passwd"),
        ("con", "eleve-con"),
        ("=HYPERLINK(…)", "hyperlink"),
        ("x" * 40, "x" * 32),
    ],
)
def test_any_name_becomes_a_file_that_every_system_takes(pupil: Pupil, name: str, pseudo: str, tmp_path: Path) -> None:
    (tmp_path / "rendus").mkdir()
    assert pupil.hand_in("--vers", tmp_path / "rendus", f"--pseudo={name}")[0] == 0
    assert os.listdir(tmp_path / "rendus") == [f"{pseudo}.rendu"]


def test_without_git_a_zip_is_made(pupil: Pupil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q", "--bare", tmp_path / "club.git")
    (tmp_path / "rendus").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pupil.hand_in("--vers", tmp_path / "rendus", "--pseudo", "zoe-b")[0] == 0
    assert sorted(zipfile.ZipFile(tmp_path / "rendus" / "zoe-b.rendu").namelist()) == sorted(PROGRAMS)
    status, said = pupil.hand_in("--vers", tmp_path / "club.git")
    assert status == 4
    assert "git n'est pas installé" in said
    assert zipfile.is_zipfile("zoe-b.rendu")


def test_a_script_without_a_keyboard_is_told_what_to_type(pupil: Pupil) -> None:
    done = run(pupil.folder, cwd=Path.cwd(), CHATPY_MEMORY="memory.json")
    assert done.returncode == 4
    assert (
        done.stderr
        == "Je ne peux pas poser de question ici. Tape : python -m grader rendre --pseudo TON-PSEUDO --oui\n"
    )


def test_the_memory_keeps_what_hints_and_hand_ins_know(pupil: Pupil) -> None:
    path = pupil.folder.parent / "memory.json"
    entry = {
        "passed": ["etape1.hello"],
        "mistake": "x",
        "degree": 2,
        "digest": "1",
        "score": "?",
        "pseudo": 3,
        "handed": {"a": 1},
    }
    path.write_text(json.dumps({str(pupil.folder): entry}), encoding="utf-8")
    assert pupil.hand_in("--pseudo", "zoe-b")[0] == 0
    kept = json.loads(path.read_text(encoding="utf-8"))[str(pupil.folder)]
    assert (kept["passed"], kept["mistake"], kept["degree"], kept["pseudo"]) == (["etape1.hello"], "x", 2, "zoe-b")


def test_the_default_folder_is_the_gradings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "client.py").touch()
    assert folder_of(None) == "."
    (tmp_path / "skeleton").mkdir()
    assert folder_of(None) == "skeleton"
