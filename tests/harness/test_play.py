"""Playing leaves nothing behind, is the same through every launcher, and ends as soon as the verdict is certain."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader import grading
from grader.harness import pipes
from grader.harness.process import Launcher
from grader.harness.spawned import SpawnLauncher
from grader.harness.system import snapshot
from grader.limits import DEFAULT
from grader.report.model import Report
from grader.submission import read_submission
from grader.transcript.facts import Shown, Waited

from ..conftest import BOTH
from ..expectations import explain_difference, not_passed
from ..processes import mentioning
from ..submissions.mistakes import MISTAKES
from ..submissions.model import mistake_files, reference_files, style_files, write_files
from ..submissions.styles import STYLES

SOME_MISTAKES = MISTAKES[::9]
SOME_STYLES = STYLES[::9]


@pytest.fixture(scope="module")
def spawning() -> Iterator[Launcher]:
    """The portable launcher, which Windows always uses."""
    one = SpawnLauncher()
    yield one
    one.close()


@pytest.mark.slow
@pytest.mark.parametrize("mistake", SOME_MISTAKES, ids=lambda mistake: mistake.name)
def test_the_portable_launcher_gives_the_same_verdicts(mistake: object, spawning: Launcher, tmp_path: Path) -> None:
    assert isinstance(mistake, type(MISTAKES[0]))
    report, _ = grading.grade(str(write_files(mistake_files(mistake), tmp_path / "rendu")), BOTH, spawning)
    assert not explain_difference(report, set(mistake.falls))


@pytest.mark.slow
@pytest.mark.parametrize("style", SOME_STYLES, ids=lambda style: style.name)
def test_the_portable_launcher_is_as_fair(style: object, spawning: Launcher, tmp_path: Path) -> None:
    assert isinstance(style, type(STYLES[0]))
    report, _ = grading.grade(str(write_files(style_files(style), tmp_path / "rendu")), BOTH, spawning)
    assert not explain_difference(report, set(style.no_bonus))


@pytest.mark.skipif(sys.platform == "win32", reason="there it is the normal way")
def test_peeking_at_pipes_gives_the_same_verdicts(
    spawning: Launcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows cannot make a pipe non-blocking: the harness asks first how much there is. Here FIONREAD answers."""
    import fcntl
    import termios

    def available(fd: int) -> int:
        answer = bytearray(4)
        fcntl.ioctl(fd, termios.FIONREAD, answer)
        count = int.from_bytes(answer, sys.byteorder)
        if count == 0 and not os.get_blocking(fd):
            raise AssertionError("the pipe must be left as it was")
        return count

    monkeypatch.setattr(pipes, "PIPES_CAN_WAIT", False)
    monkeypatch.setattr(pipes, "bytes_in_pipe", available)
    report, _ = grading.grade(str(write_files(reference_files(), tmp_path / "rendu")), BOTH, spawning)
    assert not not_passed(report)


def test_a_transcript_judged_again_gives_the_same_report(launcher: Launcher, tmp_path: Path) -> None:
    folder = str(write_files(mistake_files(MISTAKES[5]), tmp_path / "rendu"))
    report, saved = grading.grade(folder, BOTH, launcher, keep=True)
    assert grading.judge_again(saved) == replace(report, folder="")  # where it was is nobody's business


def waits_of(source: str, launcher: Launcher, folder: Path) -> set[str]:
    """How the harness's waits end when all three programs are this one."""
    submission = read_submission(str(write_files(dict.fromkeys(reference_files(), source), folder)), DEFAULT)
    transcript = grading.observe(submission, BOTH, launcher, lambda *_: None, DEFAULT)
    return {fact.outcome for run in transcript.runs.values() for fact in run.of(Waited)}


def test_a_submission_that_hangs_everywhere_is_told_at_once(launcher: Launcher, tmp_path: Path) -> None:
    """Each program waits for something that never comes: no patience is waited out."""
    hanging = "import threading\nthreading.Event().wait()\n"
    assert waits_of(hanging, launcher, tmp_path / "rendu") == {"settled"}


@pytest.mark.skipif(snapshot(os.getpid()) is None, reason="the system does not show what a process's threads wait for")
def test_a_wait_that_the_probe_cannot_see_is_told_at_once(launcher: Launcher, tmp_path: Path) -> None:
    hanging = "import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n"
    assert waits_of(hanging, launcher, tmp_path / "rendu") == {"settled"}


def test_a_program_that_waits_for_its_child_is_given_its_time(launcher: Launcher, tmp_path: Path) -> None:
    """Its threads are all blocked, but not by the harness: the answer of the child may come at any moment."""
    child = "import subprocess, sys\nsubprocess.check_output([sys.executable, '-c', 'import time; time.sleep(0.5)'])\n"
    files = {name: child + text for name, text in reference_files().items()}
    report, _ = grading.grade(str(write_files(files, tmp_path / "rendu")), BOTH, launcher)
    assert not not_passed(report)


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_nothing_is_left_of_programs_that_do_not_want_to_end(
    grade: Callable[[dict[str, str]], Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(own))  # others may be graded on this machine at the same time
    stubborn = (
        "import signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "open('trace.txt', 'w').write('x' * 1000)\n"
        "while True:\n    time.sleep(600)\n"
    )
    grade({"etape1.py": stubborn})
    deadline_s = time.monotonic() + 5
    while mentioning(str(own)) and time.monotonic() < deadline_s:
        os.sched_yield()
    assert mentioning(str(own)) == []
    assert os.listdir(own) == []


def test_a_graded_program_sees_nothing_of_whoever_grades_it(launcher: Launcher, tmp_path: Path) -> None:
    spy = "import json, os\nprint(json.dumps([dict(os.environ), os.path.expanduser('~'), os.getcwd()]))\n"
    folder = write_files({"etape1.py": spy}, tmp_path / "rendu")
    submission = read_submission(str(folder), DEFAULT)
    transcript = grading.observe(submission, ("etape1",), launcher, lambda *_: None, DEFAULT)
    environment, home, cwd = json.loads("".join(fact.text for fact in transcript.run("etape1").of(Shown)))
    assert home == cwd
    assert Path(cwd) != folder
    assert set(environment) <= {
        "PATH", "LANG", "USER", "LOGNAME", "USERNAME",
        "LC_CTYPE", "TERM", "HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "PYTHONUSERBASE",
        "LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT",
    }  # fmt: skip


def test_what_a_program_writes_changes_no_other(grade: Callable[[dict[str, str]], Report]) -> None:
    """Each program has a copy of its own; the submission was read before anything ran."""
    vandal = "for name in ('serveur.py', 'client.py'):\n    open(name, 'w').write('raise SystemExit(1)')\n"
    report = grade(reference_files() | {"etape1.py": vandal + reference_files()["etape1.py"]})
    assert not_passed(report) == set()
