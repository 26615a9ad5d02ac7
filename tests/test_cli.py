"""The command as a student, an instructor or a script meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader import __version__
from grader.checks.rubric import RUBRIC

from .submissions.model import reference_files, write_files

ROOT = Path(__file__).parents[1]


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command with its output on pipes."""
    env = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    return subprocess.run(
        [sys.executable, "-m", "grader", *arguments], cwd=cwd, env=env, capture_output=True, timeout=60
    )


def text(done: subprocess.CompletedProcess[bytes]) -> str:
    """What it printed."""
    return done.stdout.decode("utf-8")


def complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    """What it said on standard error, which must be one line."""
    lines = done.stderr.decode("utf-8").splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_full_marks_end_with_status_0() -> None:
    done = run("reference")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "20 / 20" in text(done)
    assert "Bravo" in text(done)


def test_missing_points_end_with_status_1_and_the_default_folder_is_the_skeleton() -> None:
    done = run()
    assert (done.returncode, done.stderr) == (1, b"")
    assert "0 / 20" in text(done)
    assert "TODO 1" in text(done)


def test_json_on_standard_output_is_the_contracts_and_nothing_else() -> None:
    done = run("reference", "--json", "-")
    result = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [check["id"] for check in result["checks"]] == [row.id for row in RUBRIC]
    assert {key: result[key] for key in ("schema", "submission", "score", "max_score", "bonus")} == {
        "schema": 1, "submission": "reference", "score": 20.0, "max_score": 20.0, "bonus": 1.5,
    }  # fmt: skip
    assert set(result["checks"][0]) == {
        "id", "title", "status", "points", "max_points", "message", "hint", "diagnosis", "location",
    }  # fmt: skip
    assert isinstance(result["duration_s"], float)


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes them")
@pytest.mark.parametrize("started", [("-m", "grader"), (str(ROOT / "grader" / "__main__.py"),)], ids=["module", "file"])
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams_change_no_score(closed: str, started: tuple[str, ...], tmp_path: Path) -> None:
    """As under cron, a job runner, or started from a window."""
    result = tmp_path / "result.json"
    command = ["sh", "-c", f'exec "$0" "$@" {closed}', sys.executable, *started, "reference", "--json", str(result)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(result.read_text(encoding="utf-8"))["score"] == 20
    assert ("20 / 20" in text(done)) == (">&-" not in closed.replace("2>&-", ""))


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes it")
@pytest.mark.parametrize(
    ("arguments", "status"), [(["nulle-part"], 4), (["--help"], 0), (["skeleton", "--indice"], 1), (["--version"], 0)]
)
@pytest.mark.parametrize("closed", ["", ">&-", "2>&-", ">&- 2>&-"])
def test_what_cannot_be_said_anywhere_is_no_error(closed: str, arguments: list[str], status: int) -> None:
    command = ["sh", "-c", f'exec "$0" "$@" {closed}', sys.executable, "-m", "grader", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == status
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("start", "cwd"),
    [
        ("grader", ROOT),
        ("grader/__main__.py", ROOT),
        ("../grader", ROOT / "skeleton"),
        ("../grader/__main__.py", ROOT / "skeleton"),
        (".", ROOT / "grader"),
        ("__main__.py", ROOT / "grader"),
        (str(ROOT / "grader"), ROOT.parent),
        (str(ROOT / "grader" / "__main__.py"), ROOT / "tests"),
    ],
)
def test_the_folder_and_its_file_start_it_too(start: str, cwd: Path) -> None:
    """An editor's Run button, and who stands in the folder of the work: the skeleton is what is graded."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([sys.executable, start], cwd=cwd, env=env, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "ChatPy · skeleton" in text(done)
    assert "TODO 1" in text(done)


def test_started_by_its_path_it_hides_no_module_and_needs_none_of_its_folder(tmp_path: Path) -> None:
    """keys.py, files.py and probe are names that others use; the folder of a submission is not looked into either."""
    look = "import sys; sys.argv = ['grader', '--version']\n"
    look += "import runpy\ntry:\n    runpy.run_path({path!r}, run_name='__main__')\nexcept SystemExit:\n    pass\n"
    look += "import importlib.util as u\nprint([one for one in ('keys', 'probe', 'secret') if u.find_spec(one)])\n"
    (tmp_path / "secret.py").write_text("")
    for path in (ROOT / "grader", ROOT / "grader" / "__main__.py"):
        command = [sys.executable, "-c", look.format(path=str(path))]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60)
        assert text(done).splitlines() == [f"ChatPy {__version__}", "[]"], done.stderr


def test_without_a_folder_the_work_at_hand_is_graded(tmp_path: Path) -> None:
    """The skeleton, unless the current folder holds programs."""
    own = write_files(reference_files(), tmp_path / "rendu")
    assert "ChatPy · rendu" in text(run(cwd=own))
    assert "ChatPy · skeleton" in text(run(cwd=tmp_path))


def test_json_in_a_file_leaves_the_report_on_the_screen(tmp_path: Path) -> None:
    done = run("skeleton", "--json", str(tmp_path / "résultat.json"))
    assert "0 / 20" in text(done)
    assert json.loads((tmp_path / "résultat.json").read_text(encoding="utf-8"))["score"] == 0


def test_a_failed_check_says_what_was_expected_and_seen_where_and_what_next(tmp_path: Path) -> None:
    files = reference_files()
    files["etape1.py"] = files["etape1.py"].replace("PORT = 4242", "PORT = 4243")
    done = run(str(write_files(files, tmp_path / "rendu")), "--json", "-")
    check = json.loads(done.stdout)["checks"][0]
    assert (check["status"], check["diagnosis"]) == ("failed", "mauvais_port")
    assert "4242" in check["message"]
    assert "4243" in check["message"]
    assert check["hint"]
    assert check["location"] == {"file": "etape1.py", "line": 10}


def test_one_step_can_be_graded_alone() -> None:
    first, second = (json.loads(run("reference", "--etape", step, "--json", "-").stdout) for step in "12")
    assert (first["score"], second["score"]) == (5, 15)
    assert len(first["checks"]) == len(second["checks"]) == len(RUBRIC)


def test_details_explain_every_failed_check(tmp_path: Path) -> None:
    files = reference_files() | {"etape1.py": "", "client.py": ""}
    folder = str(write_files(files, tmp_path / "rendu"))
    assert text(run(folder)).count("Essaie") == 1
    assert text(run(folder, "--details")).count("Essaie") == 2


def test_a_kept_transcript_gives_the_same_report_without_running_anything(tmp_path: Path) -> None:
    folder = write_files(reference_files() | {"client.py": "print(1)\n"}, tmp_path / "rendu")
    first = run(str(folder), "--json", "-", "--transcript", str(tmp_path / "vu.jsonl"))
    for path in folder.iterdir():
        path.unlink()
    again = run("--depuis", str(tmp_path / "vu.jsonl"), "--json", "-")
    assert again.stdout == first.stdout
    assert again.returncode == first.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nulle-part"], "n'existe pas"),
        (["README.md"], "n'est pas un dossier"),
        (["--jsn", "-"], "Voulais-tu dire --json ?"),
        (["--zzz"], "--help"),
        (["skeleton", "reference"], "Un seul dossier"),
        (["--etape", "3"], "--help"),
        (["--json"], "--help"),
        (["--depuis", "README.md"], "n'est pas un transcript"),
        (["--depuis", "nulle-part"], "Je ne peux pas lire"),
        (["skeleton", "--depuis", "x"], "ne donne pas de dossier"),
        (["skeleton", "--json", "nulle-part/x.json"], "Je ne peux pas écrire"),
    ],
)
def test_a_command_that_cannot_be_done_gets_one_french_sentence_and_status_4(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 4
    assert said in complaint(done)


def test_help_and_version_are_in_french() -> None:
    shown = text(run("--help"))
    assert all(word in shown for word in ("DOSSIER", "--etape", "--details", "--json", "--transcript", "--depuis"))
    assert not {"show", "usage:", "positional", "default"} & set(shown.lower().split()) - {"usage:"}
    assert text(run("--version")).strip() == f"ChatPy {__version__}"


def test_without_rich_the_command_to_type_is_said(tmp_path: Path) -> None:
    (tmp_path / "rich.py").write_text("raise ModuleNotFoundError(\"No module named 'rich'\", name='rich')\n")
    done = run("skeleton", cwd=ROOT, PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)]))
    assert done.returncode == 4
    assert "pip install rich" in complaint(done)


def test_without_rich_json_still_works(tmp_path: Path) -> None:
    (tmp_path / "rich.py").write_text("raise ModuleNotFoundError(\"No module named 'rich'\", name='rich')\n")
    done = run("reference", "--json", "-", PYTHONPATH=os.pathsep.join([str(tmp_path), str(ROOT)]))
    assert json.loads(done.stdout)["score"] == 20


def test_a_console_without_utf_8_shows_the_same_words() -> None:
    """On a console (not a pipe) of an old code page the report is there, in the characters that it has."""
    pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", "skeleton"],
        cwd=ROOT,
        stdout=follower,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONIOENCODING": "ascii", "TERM": "dumb", "COLUMNS": "80"},
    )
    os.close(follower)
    shown = b""
    try:
        while chunk := os.read(leader, 4096):
            shown += chunk
    except OSError:
        pass  # Linux says so when the other end is closed
    os.close(leader)
    assert process.communicate(timeout=30)[1] == b""
    assert process.returncode == 1
    assert b"Etape 1" in shown
    assert b"Par ou commencer" in shown
    assert shown.isascii()


def test_no_colour_is_used_where_none_is_wanted() -> None:
    assert b"\x1b" not in run("reference", NO_COLOR="1").stdout
    assert b"\x1b" not in run("reference").stdout


def test_lines_fit_into_80_columns(tmp_path: Path) -> None:
    folder = str(write_files(reference_files() | {"serveur.py": "import nulle_part\n"}, tmp_path / "rendu"))
    assert max(len(line) for line in text(run(folder, "--details")).splitlines()) <= 80


def test_paths_with_spaces_accents_and_emoji_work(tmp_path: Path) -> None:
    folder = write_files(reference_files(), tmp_path / "élève n° 1 🎉")
    result = json.loads(run(str(folder), "--json", "-").stdout)
    assert (result["score"], result["submission"]) == (20, "élève n° 1 🎉")


def test_an_empty_folder_is_graded_and_told_so(tmp_path: Path) -> None:
    done = run(str(tmp_path))
    assert done.returncode == 1
    assert "Il n'y a ni etape1.py" in text(done)


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.8", "3.9"])
def test_an_old_python_is_told_what_to_install(version: str) -> None:
    """Only where such a Python is at hand."""
    import shutil

    found = shutil.which(f"python{version}")
    if found is None or subprocess.run([found, "--version"], capture_output=True).returncode:
        pytest.skip(f"no Python {version} here")
    done = subprocess.run([found, "-m", "grader"], cwd=ROOT, capture_output=True, timeout=30)
    assert done.returncode == 4
    assert b"Python 3.10" in done.stderr
    assert b"Traceback" not in done.stderr


def test_an_interruption_while_a_class_is_made_ends_with_status_2(tmp_path: Path) -> None:
    """A dataclass is a text that is executed; CPython would end by the signal, though it was caught (pythonrun.c)."""
    (tmp_path / "interrupted.py").write_text(
        "import sys\nfrom grader.__main__ import supervised\n"
        "sys.exit(supervised(lambda _: exec('raise KeyboardInterrupt')))\n"
    )
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path}
    )
    assert (done.returncode, done.stderr) == (2, "\nInterrompu.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C reaches a process group there")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interruption_ends_with_status_2_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    import signal

    sleeping = "import time\nprint('parti', flush=True)\ntime.sleep(600)\n"
    folder = write_files({"etape1.py": sleeping}, tmp_path / "rendu")
    own = tmp_path / "own"
    own.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", str(folder), "--json", "-"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"TMPDIR": str(own)},
    )  # fmt: skip
    while not any(name.startswith("chatpy-") for name in os.listdir(own)) and process.poll() is None:
        os.sched_yield()
    process.send_signal(getattr(signal, name))
    out, error = process.communicate(timeout=20)
    assert process.returncode == 2
    assert (out, error.decode().strip()) == (b"", "Interrompu.")
    assert os.listdir(own) == []
