"""The command `python -m tests.benchmark.straits NAME VALUE COMMAND…`: runs a command on a machine in bad shape."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..namespaces import (
    BIND,
    NEW_MOUNTS,
    NEW_NETWORK,
    NEW_USER,
    READ_ONLY,
    REMOUNT,
    cover,
    enter,
    mount,
    open_way,
)

ROOT = Path(__file__).parents[2]

RESULTS = "BENCHMARK_RESULTS"
"""The variable that names the folder where results are written: it stays as it is."""

SOMEBODY = 61_234
"""A user that nobody is: the system counts its processes alone."""


@dataclass(frozen=True)
class Strait:
    """A way in which a machine can be in bad shape.

    Attributes:
        enter: makes it so for the calling process, by one of the values.
        values: how badly; all are tried.
        says: what is asked for, in words.
    """

    enter: Callable[[int], None]
    values: tuple[int, ...]
    says: str


def _close(value: int) -> None:
    """Close the standard streams whose bits are set."""
    for fd in range(3):
        if value & 1 << fd:
            os.close(fd)


def _few_processes(value: int) -> None:
    """Become an ordinary user who may have so many processes and threads: the limit does not hold for root."""
    if os.getuid() == 0:
        enter(NEW_MOUNTS)
        open_way(_needed())
        os.setgroups([])
        os.setresgid(SOMEBODY, SOMEBODY, SOMEBODY)
        os.setresuid(SOMEBODY, SOMEBODY, SOMEBODY)
    else:
        value += _own_threads()
    resource.setrlimit(resource.RLIMIT_NPROC, (value, value))


def _own_threads() -> int:
    """How many threads this user has already."""
    count = 0
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and process.stat().st_uid == os.getuid():
                count += len(os.listdir(process / "task"))
        except OSError:
            continue  # it has ended meanwhile
    return count


def _few_descriptors(value: int) -> None:
    """Limit what may be open."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (value, value))


def _little_memory(value: int) -> None:
    """Limit the address space, to so many MB."""
    resource.setrlimit(resource.RLIMIT_AS, (value * 1_000_000, value * 1_000_000))


def _enter_alone(kinds: int) -> None:
    """Take namespaces, as root or as anybody."""
    enter(kinds if os.getuid() == 0 else kinds | NEW_USER)


def _no_loopback(_: int) -> None:
    """A network whose only interface is down, as `unshare -n` gives."""
    _enter_alone(NEW_NETWORK)


def _full_folder(files: int) -> None:
    """No byte left where Python makes temporary files (tempfile.gettempdir), and room for so many empty files."""
    _enter_alone(NEW_MOUNTS)
    _read_only(0)  # the working folder is Python's last choice
    for folder in {os.path.realpath(name) for name in (tempfile.gettempdir(), "/tmp", "/var/tmp")}:
        cover(folder, "size=1M,mode=1777", [one for one in _needed() if one != folder])
        with open(os.path.join(folder, "full"), "wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass  # it is full
        mount("none", folder, "tmpfs", REMOUNT, f"nr_inodes={_inodes(folder) + files}")


def _inodes(folder: str) -> int:
    about = os.statvfs(folder)
    return about.f_files - about.f_ffree


def _read_only(_: int) -> None:
    """The whole project can only be read."""
    _enter_alone(NEW_MOUNTS)
    mount(str(ROOT), str(ROOT), "", BIND)
    mount("none", str(ROOT), "", BIND | REMOUNT | READ_ONLY)


def _needed() -> list[str]:
    """The folders that a grading reads or writes."""
    folders = (sys.base_prefix, sys.prefix, str(ROOT), tempfile.gettempdir(), os.environ.get(RESULTS) or os.sep)
    return [os.path.realpath(folder) for folder in folders]


STRAITS = {
    "streams": Strait(_close, (1, 2, 4, 7), "standard streams closed (bits: input, output, error)"),
    "processes": Strait(_few_processes, (5, 15, 25, 40, 60), "ulimit -u, as an ordinary user"),
    "descriptors": Strait(_few_descriptors, (8, 16, 32, 64, 128), "ulimit -n"),
    "memory": Strait(_little_memory, (20, 24, 28, 32, 40), "ulimit -v, in MB"),
    "loopback": Strait(_no_loopback, (0,), "no loopback"),
    "temporary": Strait(_full_folder, (0, 1000), "full temporary folder (files that still fit)"),
    "read-only": Strait(_read_only, (0,), "read-only project"),
}


def main() -> None:
    """Enter one, and become the command.

    Raises:
        OSError: it cannot be had here.
    """
    name, value, *command = sys.argv[1:]
    STRAITS[name].enter(int(value))
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
