"""Shuts a program in before it begins: limits (POSIX), and namespaces of its own where Linux grants them to anybody."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterable
from functools import cache
from typing import Any

from .refuse import library, refuse_rest
from .walls import Walls

_NEW_MOUNTS, _NEW_IPC, _NEW_USER, _NEW_PIDS = 0x00020000, 0x08000000, 0x10000000, 0x20000000  # unshare(2)
_NEW_CGROUP = 0x02000000
_READ_ONLY, _REMOUNT, _BIND, _RECURSIVE, _SLAVE = 0x1, 0x20, 0x1000, 0x4000, 0x80000  # mount(2)
_NO_DEVICES, _KEPT_FLAGS = 0x6, 0xE  # mount(2): MS_NOSUID and NODEV; a mount of somebody else's keeps these and NOEXEC
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES, _ADOPT_ORPHANS = 1, 38, 36  # prctl(2)
_CAPABILITIES_V3 = 0x20080522  # capget(2)


def _check(result: int) -> None:
    """Raise what a C function has left in errno.

    Raises:
        OSError: it failed.
    """
    if result != 0:
        import ctypes

        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def adopt_orphans() -> None:
    """Become the parent of every descendant whose own parent ends: none escapes (prctl(2), PR_SET_CHILD_SUBREAPER)."""
    if sys.platform == "linux":
        try:
            library().prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
        except (ImportError, OSError):
            pass  # an interpreter without ctypes: what leaves its group then gets away


def leave_everybody() -> None:
    """Take new user, process, mount, IPC and cgroup namespaces; the next child is the first process of the new ones.

    Raises:
        OSError: the system does not grant it (user_namespaces(7)); some distributions forbid it.
        ImportError: this interpreter has no ctypes.
    """
    libc, uid, gid = library(), os.getuid(), os.getgid()
    try:
        _check(libc.unshare(_NEW_USER | _NEW_PIDS | _NEW_MOUNTS | _NEW_IPC))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EUSERS):  # no disk is full: there are too many namespaces
            raise OSError(errno.EAGAIN, error.strerror) from None
        raise
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)
    libc.unshare(_NEW_CGROUP)  # some kernels have none: it only hides a name
    die_with_parent()


def die_with_parent() -> None:
    """Be killed as soon as the parent ends."""
    library().prctl(_DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)


def mount_private_tmpfs(root: str, size: int, count: int, walls: Walls) -> None:
    """Put an empty file system in memory over ``root``, seen by nobody else, and the own processes into /proc.

    Args:
        root: an existing folder.
        size: bytes that fit, there and in each emptied folder.
        count: files and folders that fit, as for ``size``.
        walls: what else to change.

    Raises:
        OSError: the system does not grant it.
    """
    libc = library()
    _check(libc.mount(b"none", b"/", None, _RECURSIVE | _SLAVE, None))  # what is mounted here stays here
    for folder in walls.pinned:
        path = os.fsencode(folder)
        _check(libc.mount(path, path, None, _BIND | _RECURSIVE, None))  # what is mounted somewhere cannot be moved
    for folder in walls.locked:
        _lock(libc, folder)
    for folder in walls.hidden:
        libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"size=4096,nr_inodes=1,mode=500")
    for folder in walls.emptied:
        _empty(libc, folder, f"size={size},nr_inodes={count},mode=1777", walls.kept)
    options = f"size={size},nr_inodes={count},mode=700".encode("ascii")
    _check(libc.mount(b"tmpfs", os.fsencode(root), b"tmpfs", 0, options))
    libc.mount(b"proc", b"/proc", b"proc", 0, None)  # refused inside a sandbox: then its own /proc stays


def _lock(libc: Any, folder: str) -> None:
    """Make a folder one that can only be read.

    Raises:
        OSError: the system does not grant it.
    """
    path, flags = os.fsencode(folder), os.statvfs(folder).f_flag & _KEPT_FLAGS
    _check(libc.mount(path, path, None, _BIND | _RECURSIVE, None))
    _check(libc.mount(None, path, None, _REMOUNT | _BIND | _READ_ONLY | flags, None))


def _empty(libc: Any, folder: str, options: str, kept: Iterable[str]) -> None:
    """Put an empty folder in memory in the place of one, with ``kept`` at its old place in it.

    Raises:
        OSError: the system does not grant it.
    """
    inside = {path: os.open(path, os.O_RDONLY | os.O_DIRECTORY) for path in kept if path.startswith(folder + "/")}
    _check(libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", _NO_DEVICES, options.encode("ascii")))
    for path, fd in inside.items():
        os.makedirs(path)
        _check(libc.mount(f"/proc/self/fd/{fd}".encode("ascii"), os.fsencode(path), None, _BIND | _RECURSIVE, None))
        os.close(fd)


def rename(*words: str) -> None:
    """Be shown as another command in /proc, as far as it fits: the real one names the grader's folders (proc(5)).

    Does nothing where that cannot be done.
    """
    begin, size = command_place()
    if size:
        import ctypes

        text = b"".join(os.fsencode(word) + b"\0" for word in words)[: size - 1]
        ctypes.memmove(begin, text.ljust(size, b"\0"), size)


@cache
def command_place() -> tuple[int, int]:
    """Where the own command is in memory, and its size, the same after every fork; 0 where that cannot be known."""
    try:
        with open("/proc/self/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        import ctypes  # noqa: F401 - without it, nobody can write there
    except (ImportError, OSError):
        return 0, 0
    return int(fields[45]), int(fields[46]) - int(fields[45])  # arg_start and arg_end, the 48th and the 49th


def give_up_privileges() -> None:
    """Drop what a new user namespace has given, for good: neither the program nor what it runs gets it back.

    Raises:
        OSError: the system refuses it.
    """
    import ctypes

    libc = library()
    _check(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    _check(libc.capset(header, (ctypes.c_uint32 * 6)()))


def works(walls: Walls | None = None) -> bool:
    """Whether the system grants namespaces, with these walls, tried once in a child."""
    if sys.platform != "linux":
        return False
    try:
        pid = os.fork()
    except OSError:
        return False  # no process to be had: the programs will be told so, too
    if pid == 0:
        try:
            leave_everybody()
            mount_private_tmpfs("/proc", 1 << 20, 1000, walls or Walls())
            give_up_privileges()
        except Exception:  # noqa: BLE001 - whatever it is, and even if this child cannot say so
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0


def limit(caps: dict[str, int], *, private: bool) -> None:
    """Set the limits of the calling process, by the names of getrlimit(2) without their prefix, and refuse the rest.

    The last step before the program: it cannot be shut in any further.

    Args:
        caps: the limits; what this system does not have is left out.
        private: whether the user namespace is the program's own: only then its processes alone are counted.
    """
    try:
        import resource
    except ImportError:
        return  # Windows: the harness's job object limits the program
    for name, value in caps.items():
        number = getattr(resource, "RLIMIT_" + name, None)
        if number is None or (name == "NPROC" and not private):
            continue
        hard = resource.getrlimit(number)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(number, (value, value))
        except (OSError, ValueError):
            pass  # macOS refuses some: the harness watches from outside, too
    try:
        refuse_rest()
    except (ImportError, OSError):
        pass  # only Linux has it; the strong isolation is not begun without
