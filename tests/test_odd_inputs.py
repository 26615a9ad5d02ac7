"""Whatever is in the folder: one clear French sentence, a score for the rest, valid JSON, and nobody waits."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import grading
from grader.checks.rubric import RUBRIC
from grader.escape import MAX_NAME, shown
from grader.harness.launcher import Launcher
from grader.limits import DEFAULT
from grader.report.json_report import to_json
from grader.report.model import Report
from grader.submission import read_submission

from .conftest import BOTH
from .submissions.model import reference_files, write_files
from .submissions.odd_inputs import ALL, DEEP, LINKS, ODD_INPUTS, Odd, write

ROOT = Path(__file__).parents[1]

MAX_JSON_BYTES = 1_000_000
"""The contract's."""

MAX_TEXT = 1_000
"""Characters of a message or hint: what a student reads is never the odd input itself."""

GUARDED_BYTES = 600_000_000
"""Address space in which explanations must do with any source; the interpreter itself takes some 50 MB of it."""

posix = pytest.mark.skipif(sys.platform == "win32", reason="this system has no such files")


def texts(report: Report) -> list[str]:
    """All that is said."""
    return [*report.remarks, *(text for check in report.checks for text in (check.message, check.hint, check.question))]


def check_json(text: str) -> None:
    """It is the contract's, whole, and of a bearable size."""
    assert len(text.encode("utf-8")) < MAX_JSON_BYTES
    assert [check["id"] for check in json.loads(text)["checks"]] == [row.id for row in RUBRIC]


def named(name: str) -> Odd:
    """One of the odd inputs."""
    return next(odd for odd in ODD_INPUTS if odd.name == name)


@pytest.mark.parametrize("odd", ODD_INPUTS, ids=lambda odd: odd.name)
def test_an_odd_folder_is_named_and_the_rest_is_graded(odd: Odd, launcher: Launcher, tmp_path: Path) -> None:
    if odd.posix and sys.platform == "win32":
        pytest.skip("this system has no such files")
    report = grading.grade(str(write(odd, tmp_path / "rendu")), BOTH, launcher)[0]
    said = texts(report)
    assert odd.least <= report.score <= (odd.least if odd.most is None else odd.most), said
    assert not odd.slug or odd.slug in {check.diagnosis for check in report.checks}, said
    assert any(odd.says in text for text in said), said
    assert all(text.isprintable() and len(text) <= MAX_TEXT for text in said), said
    assert report.complete == (odd.least == ALL)
    assert report.complete or report.first_failure() is not None
    check_json(to_json(report))


def test_there_are_enough_and_no_name_twice() -> None:
    assert len({odd.name for odd in ODD_INPUTS}) == len(ODD_INPUTS) >= 70


@posix
@pytest.mark.parametrize("odd", LINKS, ids=lambda odd: odd.name)
def test_no_link_brings_in_what_is_outside(odd: Odd, tmp_path: Path) -> None:
    """The copies that programs run in are made of these files and of nothing else."""
    folder = write(odd, tmp_path / "rendu")
    (tmp_path / "secret.txt").write_text("SECRET")
    files = read_submission(str(folder), DEFAULT).files
    known = {path.read_bytes() for path in folder.rglob("*.py") if path.is_file() and not path.is_symlink()}
    assert set(files.values()) <= known
    assert not any(path.startswith(("plus_haut/", "encore/encore/")) or "secret" in path for path in files)


@pytest.mark.parametrize(
    "name", ["link-outside", "fifo", "mixed", "zip-beside", "folder-called-serveur.py", "two-by-capitals", "nul"]
)
@posix
def test_a_kept_transcript_says_the_same(name: str, launcher: Launcher, tmp_path: Path) -> None:
    folder = str(write(named(name), tmp_path / "rendu"))
    report, kept = grading.grade(folder, BOTH, launcher, keep=True)
    again = grading.judge_again(kept)
    assert texts(again) == texts(report)
    assert again.score == report.score


@pytest.mark.parametrize(
    "name",
    [
        "élève n° 1 🎉", "100 %s %(x)s", "{accolades} {0}", "l'un & l'autre; $HOME", "-rendu", "x" * 200, "con.fig",
        pytest.param('"entre guillemets"', marks=posix), pytest.param("a\nb", marks=posix),
        pytest.param("\x1b[31mrouge", marks=posix), pytest.param("\u202eà l'envers", marks=posix),
        pytest.param("latin-\udce9", marks=posix),
    ],
)  # fmt: skip
@pytest.mark.parametrize("files", [reference_files(), {}], ids=["all", "none"])
def test_a_folder_may_have_any_name(name: str, files: dict[str, str], launcher: Launcher, tmp_path: Path) -> None:
    report = grading.grade(str(write_files(files, tmp_path / name)), BOTH, launcher)[0]
    assert report.score == (ALL if files else 0)
    assert report.submission  # as it is, or with what cannot be shown spelled out
    assert all(text.isprintable() for text in texts(report))
    check_json(to_json(report))


@pytest.mark.parametrize("way", ["rendu", "./rendu", "rendu/", "../{parent}/rendu", "{absolute}", "{absolute}/."])
def test_a_folder_may_be_named_in_any_way(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_files(reference_files(), tmp_path / "rendu")
    monkeypatch.chdir(tmp_path)
    found = read_submission(way.format(parent=tmp_path.name, absolute=tmp_path / "rendu"), DEFAULT)
    assert (found.name, sorted(found.files), found.remarks) == ("rendu", sorted(reference_files()), ())


def test_the_folder_may_be_the_current_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_files(reference_files(), tmp_path / "rendu"))
    found = read_submission(".", DEFAULT)
    assert (found.name, len(found.programs), found.remarks) == ("rendu", 3, ())


@posix
def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    """What is behind it is the submission: only links inside it can lead out of it."""
    write_files(reference_files(), tmp_path / "ailleurs")
    (tmp_path / "rendu").symlink_to("ailleurs")
    found = read_submission(str(tmp_path / "rendu"), DEFAULT)
    assert (found.name, len(found.programs), found.remarks) == ("rendu", 3, ())


def test_a_shown_name_is_harmless_and_short() -> None:
    assert shown("a\x1b\n\u202e\udce9b") == "a\\x1b\\n\\u202e\\udce9b"
    assert len(shown("x" * 255)) <= MAX_NAME


# --- Guards: the grader reads any source without harm to itself -------------------------------------------------------


def explain_within_limits(source: str, tmp_path: Path) -> str:
    """What syntax.diagnose says of a source, in an interpreter that may not take much memory or time."""
    (tmp_path / "source.py").write_text(source, encoding="utf-8")
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]),) * 2)\n"
        "from grader.diagnosis.code import Code; from grader.diagnosis.topics.syntax import diagnose\n"
        "code = Code('a.py', open(sys.argv[1], encoding='utf-8', newline='').read())\n"
        "print(len(code.nodes) > 0, next(diagnose(code, 'SyntaxError', 1)).mistake.slug)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "source.py"), str(GUARDED_BYTES)],
        cwd=ROOT, capture_output=True, timeout=20, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


WORST = {
    "escaped-quotes": '\\"' * 19_000,
    "open-triple-quotes": "x='' " + "f'\\''' " * 5_000,
    "open-brackets": "(" * 39_000,
    "statements": "a;" * 19_000,
    "f-string": 'f"' + "{a}" * 12_000 + '"',
    "slices": "a[" + ":," * 19_000 + "]",
    "digits": "x=" + "9" * 39_000,
    "points": "a" + ".a" * 19_000,
    "just-too-large": "-" * 5_000_000 + "1",
    "no-break-spaces": "\u00a0" * 39_000,
    "control-characters": "\x01" * 39_000,
}
"""What took the longest, or the most memory, of some hundred shapes of source."""


@posix
@pytest.mark.parametrize("source", WORST.values(), ids=WORST.keys())
def test_no_source_harms_the_grader(source: str, tmp_path: Path) -> None:
    assert explain_within_limits(source, tmp_path)


@posix
@pytest.mark.parametrize("odd", DEEP, ids=lambda odd: odd.name)
def test_no_nesting_harms_the_grader(odd: Odd, tmp_path: Path) -> None:
    source = odd.files["etape1.py"]
    assert isinstance(source, str)
    assert explain_within_limits(source, tmp_path)


# --- The command line -------------------------------------------------------------------------------------------------


def run(*arguments: str | bytes, prefix: tuple[str, ...] = (), cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    """Run the command."""
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [*prefix, sys.executable, "-m", "grader", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, timeout=60, check=False)


def complaint(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line that it said on standard error, harmless for a terminal."""
    (line,) = done.stderr.decode("utf-8").splitlines()
    assert line.isprintable()
    return line


@pytest.mark.parametrize(
    "arguments",
    [["./-rendu"], ["--", "-rendu"], ["--json", "-", "./-rendu"]],
    ids=["dot", "dashes", "json"],
)
def test_a_folder_with_a_leading_dash_can_be_graded(arguments: list[str], tmp_path: Path) -> None:
    write_files(reference_files(), tmp_path / "-rendu")
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("nulle part", "n'existe pas"),
        ("x" * 300, "n'existe pas"),
        pytest.param("a\x1b[31m\nb", "n'existe pas", marks=posix),
        ("fichier", "n'est pas un dossier"),
        pytest.param("tuyau", "n'est pas un dossier", marks=posix),
        pytest.param("cercle", "n'existe pas", marks=posix),
    ],
    ids=["absent", "long", "escape", "file", "fifo", "circle"],
)
def test_what_is_no_folder_gets_one_sentence_and_status_4(folder: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "fichier").touch()
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "tuyau")
        (tmp_path / "cercle").symlink_to("cercle")
    done = run(folder, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (4, b"")
    assert said in complaint(done)


@posix
@pytest.mark.parametrize("name", ["fifo", "odd-names-beside", "link-outside-absolute", "escape-in-the-name"])
def test_an_odd_folder_is_shown_and_written_as_json(name: str, tmp_path: Path) -> None:
    odd = named(name)
    folder = write(odd, tmp_path / "rendu")
    done = run(str(folder), "--json", str(tmp_path / "vu.json"))
    assert (done.returncode, done.stderr) == (0 if odd.least == ALL else 1, b"")
    assert done.stdout.decode("utf-8").replace("\n", "").isprintable()
    check_json((tmp_path / "vu.json").read_text(encoding="utf-8"))


def without_override(tmp_path: Path) -> tuple[str, ...]:
    """What takes root's right to read everything away; nothing where we are not root."""
    (tmp_path / "essai").touch(mode=0)
    try:
        (tmp_path / "essai").read_bytes()
    except PermissionError:
        return ()
    prefix = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
    probe = (*prefix, "cat", str(tmp_path / "essai"))
    if shutil.which("setpriv") is None or subprocess.run(probe, capture_output=True, check=False).returncode == 0:
        pytest.skip("root reads everything here")
    return prefix


def forbid_file(folder: Path) -> None:
    """Nobody may read the program."""
    (folder / "serveur.py").chmod(0)


def forbid_folder(folder: Path) -> None:
    """Nobody may read the folder."""
    folder.chmod(0)


@posix
@pytest.mark.parametrize(
    ("forbid", "status", "said"),
    [(forbid_file, 1, "« serveur.py » ne se laisse pas lire"), (forbid_folder, 4, "Je ne peux pas lire le dossier")],
)
def test_what_may_not_be_read_is_said(forbid: Callable[[Path], None], status: int, said: str, tmp_path: Path) -> None:
    prefix = without_override(tmp_path)
    folder = write_files(reference_files(), tmp_path / "rendu")
    forbid(folder)
    try:
        done = run(str(folder), "--json", "-", prefix=prefix)
    finally:
        folder.chmod(0o700)
    assert done.returncode == status
    assert said in (done.stderr if status == 4 else done.stdout).decode("utf-8")
