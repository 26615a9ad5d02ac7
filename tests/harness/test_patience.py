"""Patience counts what the machine gave: what others took is no time of the program's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader.errors import GraderError
from grader.grading import observe
from grader.harness.launcher import Launcher
from grader.harness.patience import Clock
from grader.limits import DEFAULT
from grader.submission import read_submission

from ..processes import descendants
from ..programs import wait_until
from ..submissions.model import REFERENCE, reference_files, write_files

ROOT = Path(__file__).parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the system tells what waited for a processor there")
LOOKED_NS = 2_000_000
"""Processor time in which the grader looks at everything."""

TURN_S = DEFAULT.turn_s

STOPPED_S = 7.0
"""Longer than the patience of a step."""


def test_a_harness_that_is_on_time_counts_all_that_passes() -> None:
    clock = Clock(100.0, TURN_S)
    for turn in range(1, 101):
        clock.turn(100.0 + turn * 0.05)
    assert clock.given_s == pytest.approx(5.0)
    assert clock.taken_s == pytest.approx(0.0)


def test_a_harness_that_comes_late_counts_one_turn() -> None:
    clock = Clock(100.0, TURN_S)
    clock.turn(107.0)
    assert clock.given_s == TURN_S
    assert clock.taken_s == pytest.approx(7.0 - TURN_S)


@contextmanager
def spinning(count: int) -> Iterator[list[int]]:
    """Processes that compute on one and the same processor, until they are ended."""
    code = "import os\nos.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\nprint('', flush=True)\nwhile True: pass"
    found = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(count)]
    try:
        for one in found:
            assert one.stdout is not None
            one.stdout.readline()
        yield [one.pid for one in found]
    finally:
        for one in found:
            one.kill()
            one.communicate()


@LINUX
def test_a_thread_that_waits_for_a_processor_uses_no_time() -> None:
    with spinning(4) as pids:
        clock = Clock(time.monotonic(), TURN_S)
        clock.deduct_waits(pids)
        began_s = time.monotonic()
        while time.monotonic() < began_s + 1.0:
            clock.turn(time.monotonic())
        clock.deduct_waits(pids)
    # Of four on one processor three wait at any moment: together longer than the second that has passed.
    assert clock.given_s < 0.2
    assert clock.taken_s > 0.8


SLOW = {
    "serveur.py": ('print(decodeur.decode(octets), end="", flush=True)', "import time\n        time.sleep(1)\n        ")
}


def stop(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass  # it has just ended


@LINUX
@pytest.mark.slow
def test_a_machine_that_stands_still_for_a_while_costs_nothing(tmp_path: Path) -> None:
    """A laptop that was closed, a virtual machine that was halted: the program was asleep, and so was the grader."""
    old, before = SLOW["serveur.py"]
    files = reference_files()
    assert files["serveur.py"].count(old) == 1
    files["serveur.py"] = files["serveur.py"].replace(old, before + old)
    folder = write_files(files, tmp_path / "rendu")
    command = [sys.executable, "-m", "grader", str(folder), "--json", "-"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:

        def programs() -> list[int]:
            return [one.pid for one in descendants(process.pid)]

        wait_until(lambda: any(_sleeps(pid) for pid in programs()), "a program that sleeps")
        frozen = [process.pid, *programs()]
        stop(frozen, signal.SIGSTOP)
        ends_s = time.monotonic() + STOPPED_S
        wait_until(lambda: time.monotonic() > ends_s, "the time in which nothing goes on")
        before_ns = _ran_ns(process.pid)
        stop([process.pid], signal.SIGCONT)
        wait_until(lambda: _ran_ns(process.pid) > before_ns + LOOKED_NS, "a grader that finds nothing new")
        stop(frozen, signal.SIGCONT)
        assert process.stdout is not None
        assert '"score": 20.0' in process.stdout.read()


def _ran_ns(pid: int) -> int:
    """How long a process has run so far (its main thread)."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def _sleeps(pid: int) -> bool:
    """Whether a thread sleeps: clock_nanosleep(2), or on Python 3.10 select(2) of nothing; on x86_64 and on aarch64."""
    try:
        calls = [(task / "syscall").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return False
    return any(call.startswith(("230 ", "115 ", "23 0x0 ", "270 0x0 ", "72 0x0 ")) for call in calls)


def test_a_machine_that_gives_next_to_nothing_is_named_and_nothing_is_scored(launcher: Launcher) -> None:
    limits = DEFAULT._replace(overload_s=0.0)
    with pytest.raises(GraderError, match="surchargée"):
        observe(read_submission(str(REFERENCE), limits), ("chat",), launcher, lambda *_: None, limits)
