"""Processes that take the cores away from what is measured, and the promise that none of them stays.

Each is ended by its number. Should the benchmark itself be killed, the kernel ends them.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

BUSY_PROCESSES = 8

HOGS = 4
"""On one core: with their priority, a hundredth of it or so is left for one other process."""

HOG_PRIORITY = -10
"""Only root may; whoever else runs this takes less of the core away."""

SHORTEST_S, LONGEST_S = 0.020, 0.500
"""How long a core is taken away, and how long it is given back."""

PR_SET_PDEATHSIG = 1
HOG = f"import ctypes, signal; ctypes.CDLL(None).prctl({PR_SET_PDEATHSIG}, signal.SIGKILL)\nwhile True: pass"


@contextmanager
def busy_machine() -> Iterator[None]:
    """Processes that compute all the time share the cores."""
    with ExitStack() as stack:
        for _ in range(BUSY_PROCESSES):
            stack.enter_context(_hog())
        yield


@contextmanager
def starved_machine(seed: int = 1) -> Iterator[None]:
    """One core, another one each time, is taken away and given back at random moments.

    What is measured is at these moments stopped in the middle of what it does, or moved to a core that is full.
    """
    over = threading.Event()
    with ExitStack() as stack:
        hogs = [stack.enter_context(_hog()) for _ in range(HOGS)]
        for hog in hogs:
            hog.send_signal(signal.SIGSTOP)
            _raise_priority(hog.pid)
        thread = threading.Thread(target=_take_and_give, args=(hogs, over, random.Random(seed)))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


@contextmanager
def _hog() -> Iterator[subprocess.Popen[bytes]]:
    """A process that computes until it is ended.

    It has a session of its own, as every student's program has: where the kernel shares the cores among sessions, all
    hogs in one session would be no more than one.
    """
    process = subprocess.Popen([sys.executable, "-c", HOG], stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        yield process
    finally:
        process.kill()  # a stopped process ends too
        process.wait()


def _raise_priority(pid: int) -> None:
    """Of the process among its session, and of its session among the others."""
    try:
        os.setpriority(os.PRIO_PROCESS, pid, HOG_PRIORITY)
        Path(f"/proc/{pid}/autogroup").write_text(str(HOG_PRIORITY), encoding="ascii")
    except OSError:
        pass  # an equal competitor is a competitor; and some kernels share the cores among processes only


def _take_and_give(hogs: list[subprocess.Popen[bytes]], over: threading.Event, rng: random.Random) -> None:
    cores = sorted(os.sched_getaffinity(0))
    while not over.is_set():
        core = rng.choice(cores)
        for hog in hogs:
            os.sched_setaffinity(hog.pid, {core})
            hog.send_signal(signal.SIGCONT)
        over.wait(rng.uniform(SHORTEST_S, LONGEST_S))
        for hog in hogs:
            hog.send_signal(signal.SIGSTOP)
        over.wait(rng.uniform(SHORTEST_S, LONGEST_S))
