"""Looks at a process through /proc, where the system has one: what its threads wait for and what they have cost."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

_ALWAYS = -1
_POINTER, _NUMBER = "pointer", "number"

_BLOCKING: dict[str, dict[int, tuple[int, str]]] = {
    # System call number → the argument that holds its time limit (_ALWAYS where it has none), and whether that is a
    # pointer (null: no limit) or a number (negative: no limit).
    # Sources: arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h of Linux.
    "x86_64": {
        0: (_ALWAYS, ""),  # read
        43: (_ALWAYS, ""),  # accept
        45: (_ALWAYS, ""),  # recvfrom
        47: (_ALWAYS, ""),  # recvmsg
        288: (_ALWAYS, ""),  # accept4
        34: (_ALWAYS, ""),  # pause
        202: (3, _POINTER),  # futex
        23: (4, _POINTER),  # select
        270: (4, _POINTER),  # pselect6
        271: (2, _POINTER),  # ppoll
        7: (2, _NUMBER),  # poll
        232: (3, _NUMBER),  # epoll_wait
        281: (3, _NUMBER),  # epoll_pwait
    },
    "aarch64": {
        63: (_ALWAYS, ""),  # read
        202: (_ALWAYS, ""),  # accept
        207: (_ALWAYS, ""),  # recvfrom
        212: (_ALWAYS, ""),  # recvmsg
        242: (_ALWAYS, ""),  # accept4
        98: (3, _POINTER),  # futex
        72: (4, _POINTER),  # pselect6
        73: (2, _POINTER),  # ppoll
        22: (3, _NUMBER),  # epoll_pwait
    },
}
_MACHINE = os.uname().machine if sys.platform == "linux" else ""
_READ = {"x86_64": 0, "aarch64": 63}.get(_MACHINE)
_TABLE = _BLOCKING.get(_MACHINE, {})
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
_EXITING = 0x4  # PF_EXITING, linux/sched.h
_TICKS_PER_S = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Snapshot(NamedTuple):
    """The threads of a process at one moment.

    Attributes:
        threads: of each: its number, the system call it is in, and how long it has run.
        asleep: whether each of them sleeps.
        blocked: whether each of them sleeps in a call without a time limit.
    """

    threads: tuple[tuple[str, str, str], ...]
    asleep: bool
    blocked: bool


def snapshot(pid: int) -> Snapshot | None:
    """The threads of a process; None where the system does not show them (proc(5): ``syscall`` needs a right)."""
    if not _TABLE:
        return None
    threads = []
    asleep = blocked = True
    try:
        for tid in sorted(os.listdir(f"/proc/{pid}/task")):
            base = f"/proc/{pid}/task/{tid}/"
            call, stat, cost = _read(base + "syscall"), _stat(base), _read(base + "schedstat")
            threads.append((tid, call, cost))
            asleep = asleep and stat[:1] == ["S"]
            blocked = blocked and asleep and _only_others_end(pid, call)
    except OSError:
        return None
    return Snapshot(tuple(threads), asleep and bool(threads), blocked and bool(threads))


def _only_others_end(pid: int, call: str) -> bool:
    """Whether a line of ``/proc/PID/task/TID/syscall`` is a call that ends only when somebody else does something."""
    fields = call.split()
    if not fields or not fields[0].isdigit() or int(fields[0]) not in _TABLE:
        return False
    number = int(fields[0])
    argument, kind = _TABLE[number]
    if number == _READ and not _is_from_outside(pid, int(fields[1], 16)):
        return False
    if argument == _ALWAYS:
        return True
    limit = int(fields[1 + argument], 16)
    return limit == 0 if kind == _POINTER else bool(limit & 0x80000000)


def _is_from_outside(pid: int, fd: int) -> bool:
    """Whether a descriptor is standard input or a socket; a pipe may come from a child that is at work."""
    return fd == 0 or os.readlink(f"/proc/{pid}/fd/{fd}").startswith("socket:")


def has_children(pid: int) -> bool | None:
    """Whether a process has child processes; None where the system does not tell (Linux: CONFIG_PROC_CHILDREN)."""
    try:
        return any(_read(f"/proc/{pid}/task/{tid}/children").strip() for tid in os.listdir(f"/proc/{pid}/task"))
    except OSError:
        return None


class Cost(NamedTuple):
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
        fields = _stat(f"/proc/{pid}/")
    except OSError:
        return None
    return Cost((int(fields[11]) + int(fields[12])) / _TICKS_PER_S, int(fields[7]) + int(fields[9]))


def waited_s(pid: int) -> dict[str, float]:
    """How long each thread of a process could run and had no processor so far, in seconds; empty where nobody tells.

    Source: the second number of ``/proc/PID/task/TID/schedstat`` (Documentation/scheduler/sched-stats.rst of Linux).
    """
    if sys.platform != "linux":
        return {}
    found = {}
    try:
        for tid in os.listdir(f"/proc/{pid}/task"):
            found[tid] = int(_read(f"/proc/{pid}/task/{tid}/schedstat").split()[1]) / 1e9
    except (OSError, IndexError, ValueError):
        pass  # it ends at this moment, or this kernel counts nothing
    return found


def parent_of(pid: int) -> int:
    """The parent of a process, from ``/proc/PID/stat`` (proc(5)); 0 where there is none any more."""
    try:
        return int(_stat(f"/proc/{pid}/")[1])
    except OSError:
        return 0


def goes_on(pid: int) -> bool:
    """Whether a process is there and not about to end, by the flags of its threads; false where the system is silent.

    The kernel marks a thread before it closes its files (proc(5): ``flags`` in ``/proc/PID/stat``, PF_EXITING).
    """
    try:
        stats = [_stat(f"/proc/{pid}/task/{tid}/") for tid in os.listdir(f"/proc/{pid}/task")]
    except OSError:
        return False
    return any(not int(stat[6]) & _EXITING for stat in stats)


def still_queued(pid: int, port: int, peer_port: int) -> bool | None:
    """Whether a connection to a listening port waits to be accepted: no process owns it yet (``inode`` 0, proc(5)).

    None where there is no such connection any more, or the system does not tell.

    Args:
        pid: a process of the network that it is in.
        port: that was called.
        peer_port: the caller's.
    """
    try:
        lines = _read(f"/proc/{pid}/net/tcp").splitlines()
    except OSError:
        return None
    ends = f":{port:04X}", f":{peer_port:04X}"
    # A club's evening leaves thousands of connections that only wait for their end: few lines are worth a look.
    rows = (line.split() for line in lines if ends[0] in line and ends[1] in line)
    # A connection that its program has closed belongs to nobody either, but is no longer established (01).
    found = (row for row in rows if row[1].endswith(ends[0]) and row[2].endswith(ends[1]))
    return next((row[9] == "0" for row in found if row[3] == "01"), None)


def threads_of(pid: int) -> int:
    """How many threads a process has, from ``/proc/PID/task`` (proc(5)); 0 where the system does not tell."""
    try:
        return len(os.listdir(f"/proc/{pid}/task")) if sys.platform == "linux" else 0
    except OSError:
        return 0


class Usage(NamedTuple):
    """What a program and everything that it has started use now.

    Attributes:
        processes: how many there are.
        threads: of all of them.
        memory_bytes: resident, of all of them; what they share counts for each.
        pids: theirs.
    """

    processes: int
    threads: int
    memory_bytes: int
    pids: tuple[int, ...] = ()


def usage(pid: int, enough: int) -> Usage | None:
    """The usage of a process and its descendants; None where the system does not tell.

    Args:
        pid: the first process.
        enough: processes or threads beyond which counting stops.
    """
    if sys.platform != "linux":
        return None
    found, threads, pages = [pid], 0, 0
    processes: list[int] = []
    while found and max(len(processes), threads) <= enough:
        one = found.pop()
        try:
            tasks = os.listdir(f"/proc/{one}/task")
            pages += int(_read(f"/proc/{one}/statm").split()[1])
            for task in tasks[:enough]:
                found += map(int, _read(f"/proc/{one}/task/{task}/children").split())
        except OSError:
            continue  # it has ended meanwhile
        processes.append(one)
        threads += len(tasks)
    return Usage(len(processes), threads, pages * _PAGE_BYTES, tuple(processes))


def own_memory_bytes(pids: tuple[int, ...]) -> int:
    """The memory of processes, what they share counted once (proc(5): ``Pss``): a look takes the kernel 0.2 ms each."""
    kilobytes = 0
    for pid in pids:
        try:
            lines = _read(f"/proc/{pid}/smaps_rollup").splitlines()
        except OSError:
            continue  # it has ended meanwhile
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes * 1024


def fits(folder: str, size: int, count: int) -> bool:
    """Whether a folder holds at most so many bytes, and so many files and folders; one that is not there does."""
    folders = [folder]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            continue
        for entry in entries:
            try:
                size -= entry.stat(follow_symlinks=False).st_size
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
            except OSError:
                continue  # it has gone meanwhile
        count -= len(entries)
        if size < 0 or count < 0:
            return False
    return True


def _stat(folder: str) -> list[str]:
    """The fields of a process's or a thread's ``stat`` from its state on; the name before may hold any sign."""
    return _read(folder + "stat").rpartition(")")[2].split()


def _read(path: str) -> str:
    with open(path, encoding="ascii", errors="replace") as file:
        return file.read()
