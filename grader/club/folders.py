"""Reads a folder on the disk: its list of names, and single files of it; no link is followed, nothing else opened."""

from __future__ import annotations

import os
import stat
from collections import deque

from ..submission import MAX_DEPTH, MAX_PATH_BYTES, VENV_MARK, is_skipped
from .bounds import MAX_NAMES
from .contents import Entry, Kind


def entries_of(folder: str) -> list[Entry]:
    """All files below a folder, in breadth; those that are never a submission's own are not even listed.

    Raises:
        OSError: the folder itself cannot be listed.
    """
    found: list[Entry] = []
    folders = deque([("", 0)])
    looked = 0
    while folders and looked <= MAX_NAMES:
        around, depth = folders.popleft()
        try:
            with os.scandir(os.path.join(folder, around)) as listed:
                names = sorted(listed, key=lambda entry: entry.name)
        except OSError:
            if not around:
                raise
            found.append(Entry(around[:-1], Kind.UNREAD))
            continue
        if around and any(entry.name == VENV_MARK for entry in names):
            continue
        for entry in names:
            looked += 1
            path = around + entry.name
            if is_link(entry):
                found.append(Entry(path, Kind.LINK))
            elif entry.is_dir(follow_symlinks=False):
                if entry.name.lower() == ".git":
                    found.append(Entry(path, Kind.GIT))
                elif depth < MAX_DEPTH and len(path) < MAX_PATH_BYTES and not is_skipped(entry.name):
                    folders.append((path + "/", depth + 1))
            else:
                found.append(_entry(path, entry))
    if folders:
        found.append(Entry("…", Kind.MANY))
    return found


def is_link(entry: os.DirEntry[str]) -> bool:
    """Whether it leads elsewhere; Windows has junctions beside links, and calls them folders."""
    if entry.is_symlink():
        return True
    try:
        tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    except OSError:
        return False
    return bool(tag) and tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", 0)


def _entry(path: str, entry: os.DirEntry[str]) -> Entry:
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return Entry(path, Kind.UNREAD)
    kind = Kind.FILE if stat.S_ISREG(about.st_mode) else Kind.SPECIAL
    return Entry(path, kind, about.st_size, entry.path, int(about.st_mtime))


def read_file(path: str, most: int) -> bytes:
    """The first ``most`` bytes of a regular file.

    Raises:
        OSError: it cannot be read, or became something else meanwhile.
    """
    # Nothing may change between the look and the opening, and a pipe must not be waited for.
    descriptor = os.open(
        path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError("not a regular file")
        return file.read(most)
