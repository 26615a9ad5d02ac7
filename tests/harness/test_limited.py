"""Judging happens in a child that may take only so much, and that can do nothing but answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import grading
from grader.errors import BrokenError, ExitStatus, GraderError, UsageError
from grader.harness.limited import limited
from grader.limits import DEFAULT
from grader.story import Story
from grader.submission import parse_submission
from grader.transcript.record import Run, Transcript

from ..processes import descendants, everybody

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork it is done in this process")

TIGHT = DEFAULT._replace(judging_cpu_s=1, judging_s=20.0, judging_bytes=50_000_000, judgement_bytes=100_000)


def spin() -> None:
    while True:
        pass


def hoard() -> None:
    kept = []
    while True:
        kept.append(bytes(1_000_000))


def crash() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def say_too_much() -> str:
    return "a" * 1_000_000


def own_command() -> str:
    """The command line of this process, which its forks have too."""
    return next(process.command for process in everybody() if process.pid == os.getpid())


def say_half() -> None:
    os._exit(0)


@pytest.mark.parametrize("work", [spin, hoard, crash, say_too_much, say_half])
def test_work_that_takes_too_much_is_ended_and_told(work: Callable[[], object]) -> None:
    if work is hoard and sys.platform != "linux":
        pytest.skip("the system does not hold anybody to RLIMIT_AS")
    with pytest.raises(GraderError, match="aucun point"):
        limited(work, TIGHT)
    assert not any(process.command == own_command() for process in descendants(os.getpid()))  # nothing is left of it


def test_work_that_waits_for_ever_is_ended_by_the_clock() -> None:
    began_s = time.monotonic()
    with pytest.raises(GraderError):
        limited(threading.Event().wait, TIGHT._replace(judging_s=0.2))
    assert time.monotonic() - began_s < TIGHT.judging_s


def test_what_the_work_returns_or_raises_is_what_the_caller_gets() -> None:
    def refuse() -> None:
        raise UsageError("pas ça")

    assert limited(lambda: ("é", 1.5, None, (True,)), TIGHT) == ("é", 1.5, None, (True,))
    with pytest.raises(UsageError, match="pas ça"):
        limited(refuse, TIGHT)


def test_a_bug_in_the_work_is_told_with_the_line_it_is_on() -> None:
    def stumble() -> None:
        raise KeyError("serveur")

    with pytest.raises(BrokenError, match=r"(?s)in stumble.*KeyError: 'serveur'"):
        limited(stumble, TIGHT)


def test_what_the_child_does_to_its_process_stays_there() -> None:
    def change() -> int:
        os.environ["CHATPY_TEST"] = "1"
        os.chdir("/")
        return os.getpid()

    here = Path.cwd()
    assert limited(change, TIGHT) != os.getpid()
    assert "CHATPY_TEST" not in os.environ
    assert Path.cwd() == here


def test_a_signal_for_the_child_runs_nothing_of_its_parents() -> None:
    """The parent's tidying up ends programs and removes folders: the child must not do it, too."""
    done = []
    before = signal.signal(signal.SIGTERM, lambda *_: done.append("tidied up"))
    try:

        def end_itself() -> list[str]:
            os.kill(os.getpid(), signal.SIGTERM)
            return done

        with pytest.raises(GraderError):
            limited(end_itself, TIGHT)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert done == []


def test_where_the_process_has_threads_nothing_is_forked() -> None:
    """A child would inherit their locks, locked."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert limited(os.getpid, TIGHT) == os.getpid()
    finally:
        stop.set()
        thread.join()


SOURCES = {"serveur.py": b"import socket\n", "client.py": b"x = (\n", "etape1.py": "é = 1\n".encode()}


def saved() -> str:
    """What is kept of a grading in which nothing happened."""
    submission = parse_submission("rendu", SOURCES, ())
    runs = {name: Run(name) for name in ("duo", "serveur.parle", "client.parle", "etape1")}
    transcript = Transcript(submission.program_files(), ("etape1", "chat"), runs)
    return Story(submission, transcript, 0.25, "simple", own=False).text()


def test_judging_in_a_child_gives_what_judging_here_gives() -> None:
    text = saved()
    assert grading.judge_again(text) == grading._judge_kept(text)


BUG = """
import sys
from grader.checks import rubric
def broken(transcript):
    raise {error}("une panne à nous")
rubric.apply = broken
from grader import __main__
sys.argv = ["grader", "--depuis", sys.argv[1], "--json", "-"]
sys.exit(__main__.main())
"""


@pytest.mark.parametrize("error", ["ValueError", "KeyError", "TypeError", "RecursionError", "AttributeError"])
def test_a_bug_in_what_judges_is_not_told_as_a_file_that_is_no_transcript(error: str, tmp_path: Path) -> None:
    (tmp_path / "vu").write_text(saved(), encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", BUG.format(error=error), str(tmp_path / "vu")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ended.returncode == ExitStatus.GRADER_ERROR
    assert ended.stdout == ""
    assert "une panne à nous" in ended.stderr
    assert "in broken" in ended.stderr
    assert "pas un transcript" not in ended.stderr
    assert ended.stderr.splitlines()[-1].startswith("Le grader est tombé en panne")


@pytest.mark.parametrize("text", ["", "{}", "[]\n[]", '{"name": "x"}\n', "\n\n", "[" * 100_000, "{" + '"a":{' * 50_000])
def test_a_file_that_is_no_transcript_is_still_told_as_one(text: str, tmp_path: Path) -> None:
    (tmp_path / "vu").write_text(text, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "grader", "--depuis", str(tmp_path / "vu"), "--json", "-"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (ExitStatus.USAGE, "")
    assert "pas un transcript" in ended.stderr
