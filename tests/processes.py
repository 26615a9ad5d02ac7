"""Looks at processes through /proc: what they take, and which were left behind."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from dataclasses import dataclass

PR_SET_CHILD_SUBREAPER = 36
"""prctl(2): orphans among our descendants become our children, however they tried to get away."""

SAMPLE_S = 0.001
"""Between two looks at what a running command takes."""

LOOK_S = 0.05
"""Between two looks at what is to be gone soon: nothing tells of the end of a process that is no child."""

SETTLE_S = 0.2
"""Before the first look at what is left: a process that forks and ends at that moment can escape a look."""

GRACE_S = 2.0
"""For what was ended to be gone, on a loaded machine."""


@dataclass(frozen=True)
class Process:
    """One line of the process list.

    Attributes:
        pid: its number.
        parent: its parent's number.
        state: one letter; Z has ended.
        command: its command line.
    """

    pid: int
    parent: int
    state: str
    command: str


def adopt_orphans(*, wanted: bool = True) -> None:
    """Make every process that our commands leave behind a descendant of ours for good.

    Args:
        wanted: false for those that are left behind from now on to be the system's again.

    Raises:
        OSError: the system refuses.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_CHILD_SUBREAPER, int(wanted), 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def descendants(ancestor: int, processes: list[Process] | None = None) -> list[Process]:
    """The processes below one, parents first; of these processes, or of all that there are now."""
    processes = everybody() if processes is None else processes
    found: list[Process] = []
    generation = {ancestor}
    while generation:
        children = [process for process in processes if process.parent in generation]
        found += children
        generation = {child.pid for child in children}
    return found


def children(pid: int) -> list[int]:
    """The processes that the main thread of another one has started; none where it has ended."""
    return [int(child) for child in _read(f"/proc/{pid}/task/{pid}/children").split()]


def left_behind() -> list[Process]:
    """What our commands have started and not ended."""
    time.sleep(SETTLE_S)
    end_s = time.monotonic() + GRACE_S
    while True:
        left = [process for process in descendants(os.getpid()) if process.state != "Z"]
        if not left or time.monotonic() > end_s:
            return left
        time.sleep(LOOK_S)


def peaks_mb(command: subprocess.Popen[str]) -> tuple[float, float]:
    """The most memory that a running grading took, and its helper: the one process that it starts itself.

    The kernel keeps the peak, so what matters is to ask often enough to get the last one before the end.
    """
    own = helper = 0.0
    helper_pid = 0
    while command.poll() is None:
        own = max(own, peak_kb(command.pid) / 1024)
        if not helper_pid:
            helper_pid = next((process.pid for process in everybody() if process.parent == command.pid), 0)
        else:
            helper = max(helper, peak_kb(helper_pid) / 1024)
        time.sleep(SAMPLE_S)
    return own, helper


def peak_kb(pid: int) -> int:
    """The peak of a process's resident memory so far; 0 where it has ended."""
    for line in _read(f"/proc/{pid}/status").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def everybody() -> list[Process]:
    """Every process there is."""
    processes = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            fields = _read(f"/proc/{entry}/stat").rpartition(")")[2].split()
            if fields:
                command = _read(f"/proc/{entry}/cmdline").replace("\0", " ").strip()
                processes.append(Process(int(entry), int(fields[1]), fields[0], command))
    return processes


def mentioning(text: str) -> list[str]:
    """The other processes that have a text in their command, their environment or their working folder, and where."""
    found = []
    for pid in (process.pid for process in everybody() if process.pid != os.getpid()):
        for place, look in (("cmdline", _read), ("environ", _read), ("cwd", os.readlink)):
            try:
                if text in look(f"/proc/{pid}/{place}"):
                    found.append(f"{pid} in {place}")
            except OSError:
                continue  # it has ended, or is somebody else's
    return found


def _read(path: str) -> str:
    """A file of /proc; empty where its process has gone."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
