"""A command of git's ends, whatever it meets, takes what it may and no more, and asks nobody."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.club.git import Caps, environment, git
from grader.errors import UsageError

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="an alias of git's is a command of a POSIX shell")


def shell(command: str) -> tuple[str, ...]:
    """The words that have git run a command."""
    return ("-c", f"alias.x=!{command}", "x")


def is_running(pid: int) -> bool:
    """Whether a process is there, and not only what nobody has asked after yet."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return state.strip()[:1] not in ("", "Z")


@POSIX
def test_a_command_gives_its_answer_and_its_words() -> None:
    answer = git(*shell("echo out; echo err >&2; exit 3"))
    assert (answer.status, answer.output, answer.words.strip()) == (3, b"out\n", "err")
    assert not answer.ok
    assert git("version").ok


@POSIX
def test_a_command_reads_what_it_is_given(tmp_path: Path) -> None:
    assert git(*shell("cat"), data=b"x" * 1_000_000).output == b"x" * 1_000_000
    assert git(*shell("cat")).output == b""
    (tmp_path / "file").write_bytes(b"head\nbody")
    with open(tmp_path / "file", "rb", buffering=0) as file:
        file.seek(5)
        assert git(*shell("cat"), data=file).output == b"body"


@POSIX
def test_a_command_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    began = time.monotonic()
    answer = git(*shell(f"sleep 30 & echo $! > {tmp_path}/pid; wait"), limit_s=0.3)
    assert answer.took_too_long
    assert time.monotonic() - began < 10
    child = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 10
    while is_running(child) and time.monotonic() < deadline:
        os.sched_yield()
    assert not is_running(child)


@POSIX
def test_what_goes_on_in_the_background_is_not_waited_for(tmp_path: Path) -> None:
    """As ssh does that is kept for the next time, with git's pipes in its hands."""
    began = time.monotonic()
    answer = git(*shell(f"echo here; setsid sleep 20 & echo $! > {tmp_path}/pid"))
    os.kill(int((tmp_path / "pid").read_text()), 9)
    assert answer.output == b"here\n"
    assert time.monotonic() - began < 10


@POSIX
def test_no_file_becomes_larger_than_it_may(tmp_path: Path) -> None:
    answer = git(*shell(f"yes > {tmp_path}/large"), caps=Caps(1_000_000, 1_000_000_000), limit_s=20)
    assert not answer.ok
    assert (tmp_path / "large").stat().st_size <= 1_000_000
    assert len(git(*shell("yes"), caps=Caps(1_000_000, 1_000_000_000), limit_s=20).output) <= 1_000_000


@POSIX
def test_no_more_memory_is_taken_than_may_be() -> None:
    assert not git(*shell("head -c 300000000 /dev/zero | tail -n 1"), caps=Caps(10**9, 100_000_000)).ok


@POSIX
def test_only_the_end_of_what_a_server_says_is_kept() -> None:
    answer = git(*shell("head -c 3000000 /dev/zero | tr '\\0' a >&2; echo b >&2"))
    assert len(answer.words) <= 10_000
    assert answer.words.endswith("ab\n")


def test_nothing_that_leads_git_elsewhere_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_EXTERNAL_DIFF"):
        monkeypatch.setenv(name, "elsewhere")
    assert "elsewhere" not in environment().values()


def test_a_machine_without_git_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for caps in (None, Caps(1_000_000, 1_000_000_000)):
        with pytest.raises(UsageError, match="pas installé"):
            git("version", caps=caps)
