"""The verb ``club`` as an instructor types it: one command from hand-ins to the board, stopped, gone on, followed."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import ExitStatus

from ..processes import descendants
from ..programs import PATIENCE, Program, wait_until
from ..submissions.model import FILES, reference_files, write_files
from .graded import scores

ROOT = Path(__file__).parents[2]
RIGHT = reference_files()
HELLO = {"etape1.py": RIGHT["etape1.py"]}
SIMPLE = ("--isolation", "simple")

WITHOUT_BUBBLEWRAP = "L'isolation forte"


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "grader", "club", *words]


def club(*words: str, status: int = ExitStatus.FULL_MARKS) -> str:
    """Run the command to its end; what it says on both streams."""
    ended = subprocess.run(
        command(*words), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        timeout=100, check=False,
    )  # fmt: skip
    assert ended.returncode == status, ended.stdout
    return ended.stdout


@pytest.fixture
def hand_ins(tmp_path: Path) -> Path:
    """Three students: all right, one step only, nothing."""
    folder = tmp_path / "rendus du club"
    write_files(RIGHT, folder / "adele")
    write_files(HELLO, folder / "bilal")
    write_files({}, folder / "chloe")
    return folder


def test_one_command_makes_all_that_an_instructor_needs(hand_ins: Path, tmp_path: Path) -> None:
    notes, names, sheet = tmp_path / "notes", tmp_path / "eleves.csv", tmp_path / "feuille.csv"
    names.write_text("pseudo;nom\nadele;Adèle Blanc-Sec\n", encoding="utf-8")
    head = "Identifiant,Nom complet,Note,Note maximale,Feedback par commentaires\r\n"
    sheet.write_bytes((head + 'Participant 1,"Adèle Blanc-Sec",,"20,00",\r\n').encode())
    said = club(str(hand_ins), "--dans", str(notes), *SIMPLE, "--eleves", str(names), "--moodle", str(sheet))
    assert scores(notes) == {"adele": 20.0, "bilal": 5.0, "chloe": 0.0}
    assert "3 élèves" in said
    board = (notes / "index.html").read_text(encoding="utf-8")
    assert all(f"eleves/{pseudo}.html" in board for pseudo in ("adele", "bilal", "chloe"))
    assert "Blanc-Sec" not in board + said
    with (notes / "notes.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.reader(file, delimiter=";"))
    assert [line[0] for line in table[1:]] == ["adele", "bilal", "chloe"]
    assert "Adèle Blanc-Sec" in table[1]
    assert sheet.read_bytes().decode().partition("\r\n")[2].startswith('Participant 1,"Adèle Blanc-Sec",')
    assert "20" in sheet.read_bytes().decode().partition("\r\n")[2].split(",")[2] + sheet.read_text(encoding="utf-8")
    # A better hand-in is graded again, and only that one.
    untouched = (notes / "rendus" / "adele.transcript.gz").stat().st_mtime_ns
    write_files(RIGHT, hand_ins / "bilal")
    club(str(hand_ins), "--dans", str(notes), *SIMPLE)
    assert scores(notes)["bilal"] == 20.0
    assert (notes / "rendus" / "adele.transcript.gz").stat().st_mtime_ns == untouched


def test_a_list_grades_nothing(hand_ins: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    write_files({"etape1.py": f"open({str(canary)!r}, 'w')\n"}, hand_ins / "diego")
    said = club("--liste", str(hand_ins), "--dans", str(tmp_path / "notes"), "--texte")
    assert all(pseudo in said for pseudo in ("adele", "bilal", "chloe", "diego"))
    assert not canary.exists()
    assert not (tmp_path / "notes").exists()


def test_parts_of_several_machines_are_merged(hand_ins: Path, tmp_path: Path) -> None:
    parts = [str(tmp_path / f"notes{number}") for number in (1, 2)]
    for number, notes in enumerate(parts, 1):
        club(str(hand_ins), "--dans", notes, *SIMPLE, "--part", f"{number}/2")
    assert sum(len(scores(Path(notes))) for notes in parts) == 3
    club(*parts, "--dans", str(tmp_path / "whole"), *SIMPLE)
    assert scores(tmp_path / "whole") == {"adele": 20.0, "bilal": 5.0, "chloe": 0.0}


@pytest.mark.skipif(sys.platform == "win32", reason="nobody types Ctrl+C there in a test")
def test_a_run_that_is_stopped_goes_on_where_it_was(hand_ins: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    for number in range(6):
        own = {name: f"{text}# {number}\n" for name, text in RIGHT.items()}
        write_files(own, hand_ins / f"eleve-{number}")
    with Program(command(str(hand_ins), "--dans", str(notes), *SIMPLE)) as program:
        wait_until(lambda: any((notes / "rendus").glob("*.json")) or program.process.poll() is not None, "a result")
        program.process.send_signal(signal.SIGINT)
        assert program.wait_for_end() == ExitStatus.INTERRUPTED
    assert "continue où elle en était" in program.shown
    wait_until(lambda: not [one for one in descendants(os.getpid()) if "grader.club.job" in one.command], "no job")
    before = scores(notes)
    assert 1 <= len(before) < 9
    assert (notes / "index.html").exists()
    club(str(hand_ins), "--dans", str(notes), *SIMPLE)
    assert len(scores(notes)) == 9
    assert before.items() <= scores(notes).items()


@pytest.mark.skipif(sys.platform == "win32", reason="nobody types Ctrl+C there in a test")
def test_following_grades_what_arrives(hand_ins: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    shutil.rmtree(hand_ins / "adele")
    with Program(command(str(hand_ins), "--dans", str(notes), *SIMPLE, "--suivre")) as program:
        program.wait_for("Je continue")
        assert 'http-equiv="refresh"' in (notes / "index.html").read_text(encoding="utf-8")
        write_files(RIGHT, hand_ins / "adele")
        program.wait_for("Je continue")
        assert scores(notes)["adele"] == 20.0
        program.process.send_signal(signal.SIGINT)
        assert program.wait_for_end() == ExitStatus.INTERRUPTED
    assert 'http-equiv="refresh"' not in (notes / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Dis-moi où sont les rendus"),
        (("nulle-part",), "nulle-part"),
        (("x", "--part", "4/3"), "--part 2/3"),
        (("x", "--moteur", "tcp://10.0.0.1:8786"), "tls://"),
        (("x", "--lister"), "--liste"),
        (("x", "--dans"), "--help"),
        (("x", "--jusqu-au", "2026-12-05"), "--creer"),
        (("--creer", "x", "a", "b"), "une seule adresse"),
        (("--creer", "x", "--jusqu-au", "demain"), "2026-12-05T18:00"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(words: tuple[str, ...], says: str) -> None:
    said = club(*words, *(() if "--dans" in words else SIMPLE), status=ExitStatus.USAGE)
    assert says in said
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1


def test_a_password_in_an_address_is_not_on_the_screen(tmp_path: Path) -> None:
    address = "http://eleves:jeton-secret@127.0.0.1:9/club.git"
    told = club(address, *SIMPLE, "--dans", str(tmp_path / "notes"), status=ExitStatus.USAGE)
    told += club("--creer", str(tmp_path / "copie"), address)
    assert "127.0.0.1:9/club.git" in told
    assert "secret" not in told
    assert address in (tmp_path / "copie" / "club.toml").read_text(encoding="utf-8")


def test_without_the_strong_isolation_it_says_what_the_other_means(hand_ins: Path, tmp_path: Path) -> None:
    empty = tmp_path / "bin"
    empty.mkdir()
    ended = subprocess.run(
        command(str(hand_ins), "--dans", str(tmp_path / "notes")), cwd=ROOT, env=os.environ | {"PATH": str(empty)},
        capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ended.returncode == ExitStatus.USAGE
    assert WITHOUT_BUBBLEWRAP in ended.stderr
    assert "--isolation simple" in ended.stderr
    assert "tes fichiers" in ended.stderr
    assert not (tmp_path / "notes").exists()


def test_the_students_copy_has_no_solution_and_works(tmp_path: Path) -> None:
    copy = tmp_path / "chatpy-eleves"
    said = club("--creer", str(copy), "https://forge.exemple.fr/club.git", "--jusqu-au", "2026-12-05T18:00")
    assert "Essayée" in said
    assert sorted(path.name for path in copy.iterdir() if not path.name.startswith(".")) == [
        "LICENSE", "README.md", "club.toml", "grader", "pyproject.toml", "skeleton",
    ]  # fmt: skip
    settings = (copy / "club.toml").read_text(encoding="utf-8")
    assert 'ou = "https://forge.exemple.fr/club.git"' in settings
    assert "jusqu_au = 2026-12-05T18:00:00" in settings
    readme = (copy / "README.md").read_text(encoding="utf-8")
    assert "reference" not in readme
    assert "python -m grader" in readme
    # It grades, and no line of it is the solution's.
    write_files(RIGHT, copy / "skeleton")
    ended = subprocess.run(
        [sys.executable, "-m", "grader"], cwd=copy, capture_output=True, timeout=PATIENCE, check=False
    )
    assert ended.returncode == ExitStatus.FULL_MARKS
    own = {line.strip() for name in FILES for line in RIGHT[name].splitlines()} - {
        line.strip()
        for path in (ROOT / "skeleton").glob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    telling = {line for line in own if len(line) > 60}
    given = "\n".join(path.read_text(encoding="utf-8") for path in copy.rglob("*.md"))
    assert not [line for line in telling if line in given]
    assert "existe déjà" in club("--creer", str(copy), status=ExitStatus.USAGE)


def test_without_a_source_it_goes_where_the_club_says_from_whatever_folder(hand_ins: Path, tmp_path: Path) -> None:
    copy = tmp_path / "projet"
    for part in ("grader", "skeleton"):
        shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "club.toml").write_text(f'ou = "../{hand_ins.name}"\n', encoding="utf-8")
    ended = subprocess.run(
        command("--liste", "--texte"), cwd=hand_ins, env=os.environ | {"PYTHONPATH": str(copy)},
        capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ended.returncode == ExitStatus.FULL_MARKS, ended.stderr
    assert all(pseudo in ended.stdout for pseudo in ("adele", "bilal", "chloe"))
