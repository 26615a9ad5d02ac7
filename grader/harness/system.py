"""Looks at a process through /proc, where the system has one: what its threads wait for and what they have cost."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass

_NEVER = 0
_ALWAYS = -1

_BLOCKING: dict[str, dict[int, int]] = {
    # System call number → the argument that holds its time limit, or _ALWAYS where it has none.
    # Sources: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux.
    # read, accept, recvfrom, recvmsg, futex, select, pselect6, ppoll, accept4, pause
    "x86_64": {
        0: _ALWAYS,
        43: _ALWAYS,
        45: _ALWAYS,
        47: _ALWAYS,
        202: 3,
        23: 4,
        270: 4,
        271: 2,
        288: _ALWAYS,
        34: _ALWAYS,
    },
    "aarch64": {63: _ALWAYS, 202: _ALWAYS, 207: _ALWAYS, 212: _ALWAYS, 98: 3, 72: 4, 73: 2, 242: _ALWAYS},
}
_TABLE = _BLOCKING.get(platform.machine(), {}) if sys.platform == "linux" else {}
_TICKS_PER_S = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Look:
    """The threads of a process at one moment.

    Attributes:
        threads: of each: its number, the system call it is in, and how long it has run.
        blocked: whether each of them sleeps in a call without a time limit.
    """

    threads: tuple[tuple[str, str, str], ...]
    blocked: bool


def look(pid: int) -> Look | None:
    """Look at a process; None where the system does not show it (proc(5): ``syscall`` needs the right to trace)."""
    if not _TABLE:
        return None
    threads = []
    blocked = True
    try:
        for tid in sorted(os.listdir(f"/proc/{pid}/task")):
            base = f"/proc/{pid}/task/{tid}/"
            call, stat, cost = (_read(base + name) for name in ("syscall", "stat", "schedstat"))
            threads.append((tid, call, cost))
            state = stat.rpartition(")")[2].split()[:1]
            blocked = blocked and state == ["S"] and _unlimited(call)
    except OSError:
        return None
    return Look(tuple(threads), blocked and bool(threads))


def _unlimited(call: str) -> bool:
    """Whether a line of ``/proc/PID/task/TID/syscall`` is a call that only somebody else can end."""
    fields = call.split()
    if not fields or not fields[0].isdigit() or int(fields[0]) not in _TABLE:
        return False
    limit = _TABLE[int(fields[0])]
    return limit == _ALWAYS or int(fields[1 + limit], 16) == _NEVER


@dataclass(frozen=True)
class Cost:
    """What a process has used so far, its ended threads included.

    Attributes:
        cpu_s: processor time, in seconds.
        pages: of memory that it touched for the first time (page faults).
    """

    cpu_s: float
    pages: int


def cost(pid: int) -> Cost | None:
    """The cost of a process, from ``/proc/PID/stat`` (proc(5)); None where the system does not tell."""
    if sys.platform != "linux":
        return None
    try:
        fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
    except OSError:
        return None
    return Cost((int(fields[11]) + int(fields[12])) / _TICKS_PER_S, int(fields[7]) + int(fields[9]))


def _read(path: str) -> str:
    with open(path, encoding="ascii", errors="replace") as file:
        return file.read()
