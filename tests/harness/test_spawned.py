"""The portable launcher: strangers who call it, and programs that the system does not end, change nothing."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.harness.spawned import SpawnedProcess, SpawnLauncher
from grader.limits import DEFAULT
from grader.probe.launch_spec import LaunchSpec

from ..conftest import Unwatched

DEADLINE_S = 20.0

TRACER = """
import ctypes, sys
PTRACE_SEIZE = 0x4206
refused = ctypes.CDLL(None).ptrace(PTRACE_SEIZE, int(sys.argv[1]), None, None)
print(refused, flush=True)
sys.stdin.read()
"""
"""Never waits for what it traces (ptrace(2)): once killed, that stays a corpse, out of its parent's sight."""


@pytest.fixture
def launcher() -> Iterator[SpawnLauncher]:
    """One that nobody else uses."""
    one = SpawnLauncher()
    yield one
    one.close()


def started(launcher: SpawnLauncher, folder: Path) -> SpawnedProcess:
    """A program that says one word."""
    (folder / "serveur.py").write_text("print('parti')\n", encoding="ascii")
    return launcher.start(LaunchSpec(str(folder), "serveur.py", "127.0.0.1", {}, None, token="x"), Unwatched())


def until(condition: Callable[[], object], launcher: SpawnLauncher) -> None:
    """Let the launcher work until something is so."""
    deadline_s = time.monotonic() + DEADLINE_S
    while not condition():
        assert time.monotonic() < deadline_s
        launcher.update()
        time.sleep(0.001)


def hangs_up(launcher: SpawnLauncher, words: bytes) -> bool:
    """Whether the launcher ends the connection of somebody who says this."""
    with socket.create_connection(launcher._listener.getsockname()) as caller:
        caller.sendall(words)
        caller.setblocking(False)

        def ended() -> bool:
            try:
                return caller.recv(1) == b""
            except BlockingIOError:
                return False
            except ConnectionResetError:
                return True

        until(ended, launcher)
    return True


def test_a_stranger_who_calls_is_sent_away_and_the_program_starts(launcher: SpawnLauncher, tmp_path: Path) -> None:
    process = started(launcher, tmp_path)
    assert hangs_up(launcher, b"GET / HTTP/1.1\r\n\r\n")
    assert hangs_up(launcher, b"\x16\x03\x01" * 40)
    said = bytearray()

    def speaks() -> bool:
        said.extend(process.read("stdout"))
        return b"parti" in said

    until(speaks, launcher)


def test_who_knows_the_token_and_no_process_number_is_sent_away(launcher: SpawnLauncher, tmp_path: Path) -> None:
    """Another program of the submission may read it from the command line."""
    started(launcher, tmp_path)
    token = next(iter(launcher._expected))
    assert hangs_up(launcher, token + b" moi\n")


@pytest.mark.skipif(sys.platform != "linux", reason="there ptrace can hold a process that has been killed")
def test_a_process_that_the_system_does_not_end_is_not_waited_for(launcher: SpawnLauncher, tmp_path: Path) -> None:
    process = started(launcher, tmp_path)
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", TRACER, str(process.pid)], stdin=pipe, stdout=pipe) as tracer:
        assert tracer.stdout is not None
        if tracer.stdout.readline() != b"0\n":
            pytest.skip("ptrace is refused here")
        began_s = time.monotonic()
        process.close()
        assert time.monotonic() - began_s < DEFAULT.end_patience_s + 5
    assert process._popen.wait(DEADLINE_S) is not None  # now it is gone, and leaves no corpse behind
