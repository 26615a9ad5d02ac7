"""Shuts a program in before it begins: limits (POSIX), and namespaces of its own where Linux grants them to anybody."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

_NEW_MOUNTS, _NEW_IPC, _NEW_USER, _NEW_PIDS = 0x00020000, 0x08000000, 0x10000000, 0x20000000  # unshare(2)
_RECURSIVE, _SLAVE = 0x4000, 0x80000  # mount(2): MS_REC, MS_SLAVE
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES, _ADOPT_ORPHANS = 1, 38, 36  # prctl(2)
_KEYCTL = {"x86_64": 250, "aarch64": 219}
"""The number of keyctl(2): the C library has no function for it."""

_JOIN_SESSION_KEYRING = 1
_CAPABILITIES_V3 = 0x20080522  # capget(2)


def _libc() -> Any:
    """The C library: Python has no functions of its own for these calls (unshare only from 3.12 on)."""
    import ctypes

    return ctypes.CDLL(None, use_errno=True)


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
            _libc().prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)
        except (ImportError, OSError):
            pass  # an interpreter without ctypes: what leaves its group then gets away


def leave_everybody() -> None:
    """Take new user, process, mount and IPC namespaces; the next child is the first process of the new ones.

    Raises:
        OSError: the system does not grant it (user_namespaces(7)); some distributions forbid it.
        ImportError: this interpreter has no ctypes.
    """
    libc, uid, gid = _libc(), os.getuid(), os.getgid()
    _check(libc.unshare(_NEW_USER | _NEW_PIDS | _NEW_MOUNTS | _NEW_IPC))
    for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)
    number = _KEYCTL.get(os.uname().machine)
    if number is not None:
        libc.syscall(number, _JOIN_SESSION_KEYRING, None)  # keys belong to no namespace (session-keyring(7))
    die_with_parent()


def die_with_parent() -> None:
    """Be killed as soon as the parent ends."""
    _libc().prctl(_DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)


def furnish(root: str, size: int, count: int, hidden: list[str]) -> None:
    """Put an empty file system in memory over ``root``, seen by nobody else, and the own processes into /proc.

    Args:
        root: an existing folder.
        size: bytes that fit.
        count: files and folders that fit.
        hidden: folders that are to look empty.

    Raises:
        OSError: the system does not grant it.
    """
    libc = _libc()
    _check(libc.mount(b"none", b"/", None, _RECURSIVE | _SLAVE, None))  # what is mounted here stays here
    for folder in hidden:
        libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"size=4096,nr_inodes=1,mode=500")
    options = f"size={size},nr_inodes={count},mode=700".encode("ascii")
    _check(libc.mount(b"tmpfs", os.fsencode(root), b"tmpfs", 0, options))
    libc.mount(b"proc", b"/proc", b"proc", 0, None)  # refused inside a sandbox: then its own /proc stays


def give_up_privileges() -> None:
    """Drop what a new user namespace has given, for good: neither the program nor what it runs gets it back.

    Raises:
        OSError: the system refuses it.
    """
    import ctypes

    libc = _libc()
    _check(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0)
    _check(libc.capset(header, (ctypes.c_uint32 * 6)()))


def works() -> bool:
    """Whether the system grants namespaces, tried once in a child."""
    if sys.platform != "linux":
        return False
    try:
        pid = os.fork()
    except OSError:
        return False  # no process to be had: the programs will be told so, too
    if pid == 0:
        try:
            leave_everybody()
            furnish("/proc", 4096, 1, [])
            give_up_privileges()
        except Exception:  # noqa: BLE001 - whatever it is, and even if this child cannot say so
            os._exit(1)
        os._exit(0)
    return os.waitpid(pid, 0)[1] == 0


def limit(caps: dict[str, int], *, private: bool) -> None:
    """Set the limits of the calling process, by the names of getrlimit(2) without their prefix.

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
