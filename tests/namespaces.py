"""Namespaces and mounts for the calling process, where Linux grants them: another machine for it and its children."""

from __future__ import annotations

import ctypes
import os
import tempfile
from pathlib import Path

NEW_MOUNTS, NEW_USER, NEW_NETWORK = 0x00020000, 0x10000000, 0x40000000
"""Kinds of namespaces (unshare(2))."""

READ_ONLY, REMOUNT, BIND, RECURSIVE, PRIVATE = 0x1, 0x20, 0x1000, 0x4000, 0x40000
"""Ways of mounting (mount(2))."""


def _check(result: int, what: str) -> None:
    """Raise what a C function has left in errno.

    Raises:
        OSError: it failed.
    """
    if result != 0:
        raise OSError(ctypes.get_errno(), f"{what}: {os.strerror(ctypes.get_errno())}")


def enter(kinds: int) -> None:
    """Take new namespaces; with NEW_USER, as the same user as before, who may then do in them what root may.

    Raises:
        OSError: this machine does not grant them.
    """
    uid, gid = os.getuid(), os.getgid()
    _check(ctypes.CDLL(None, use_errno=True).unshare(kinds), "unshare")
    if kinds & NEW_USER:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{uid} {uid} 1"), ("gid_map", f"{gid} {gid} 1")):
            Path("/proc/self", name).write_text(text, encoding="ascii")
    if kinds & NEW_MOUNTS:
        mount("none", "/", "", RECURSIVE | PRIVATE)  # what is mounted from now on nobody else sees


def mount(source: str, target: str, kind: str, flags: int = 0, options: str = "") -> None:
    """Put a file system, or a folder once more, over a folder (mount(2)).

    Raises:
        OSError: the system refuses.
    """
    words = [os.fsencode(word) or None for word in (source, target, kind)]
    libc = ctypes.CDLL(None, use_errno=True)
    _check(libc.mount(*words, flags, os.fsencode(options) or None), f"mount {target}")


def cover(top: str, options: str, kept: list[str]) -> None:
    """Put an empty file system in memory over a folder.

    Args:
        top: the folder; a real path, as all others.
        options: how large it is, and whose (tmpfs(5)).
        kept: folders that stay where they are, those of them that are inside.

    Raises:
        OSError: the system refuses.
    """
    held = [(folder, os.open(folder, os.O_PATH)) for folder in kept if folder.startswith(top + "/")]
    mount("none", top, "tmpfs", 0, options)
    for folder, fd in held:
        os.makedirs(folder, exist_ok=True)
        mount(f"/proc/self/fd/{fd}", folder, "", BIND)
        os.close(fd)


def open_way(folders: list[str]) -> None:
    """Make folders reachable for everybody, whatever folders are around them: those are seen as empty from now on.

    Raises:
        OSError: the system refuses.
    """
    for top in {top for folder in folders for top in closed_parents(folder)[:1]}:
        cover(top, "mode=755", folders)


def closed_parents(folder: str) -> list[str]:
    """The folders around one that not everybody may enter, outermost first."""
    parents = [str(parent) for parent in reversed(Path(folder).parents)]
    return [parent for parent in parents if not os.stat(parent).st_mode & 0o001]


def public_folder(prefix: str, inside: Path | None = None) -> Path:
    """A new folder that everybody may write to."""
    path = Path(tempfile.mkdtemp(prefix=prefix, dir=inside))
    path.chmod(0o777)
    return path
