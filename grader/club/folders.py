"""Reads a folder on the disk: its list of names, and single files of it; no link is followed, nothing else opened."""

from __future__ import annotations

import os
import stat
from collections import deque
from typing import BinaryIO

from ..limits import MAX_DEPTH, MAX_PATH_BYTES
from ..tree import VENV_MARK, is_skipped
from .bounds import MAX_NAMES
from .contents import Entry, Kind, UnreadableError


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
            if is_folder(entry):
                if entry.name.lower() == ".git":
                    found.append(Entry(path, Kind.GIT))
                elif depth < MAX_DEPTH and len(path) < MAX_PATH_BYTES and not is_skipped(entry.name):
                    folders.append((path + "/", depth + 1))
            else:
                found.append(entry_of(path, entry))
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


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, and not a link to one."""
    return entry.is_dir(follow_symlinks=False) and not is_link(entry)


def entry_of(path: str, entry: os.DirEntry[str]) -> Entry:
    """What is no folder, as an entry of a list.

    Args:
        path: its path inside the submission.
        entry: as the system lists it.
    """
    if is_link(entry):
        return Entry(path, Kind.LINK)
    try:
        about = entry.stat(follow_symlinks=False)
    except OSError:
        return Entry(path, Kind.UNREAD)
    kind = Kind.FILE if stat.S_ISREG(about.st_mode) else Kind.SPECIAL
    return Entry(path, kind, about.st_size, entry.path, int(about.st_mtime))


def open_file(path: str) -> BinaryIO:
    """A regular file, opened; a link is not followed, and a pipe not waited for, even where one came there just now.

    Raises:
        OSError: it cannot be opened.
        UnreadableError: it is no regular file.
    """
    flags = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))  # as far as the system has them
    descriptor = os.open(path, sum(flags) | os.O_RDONLY)
    file = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        file.close()
        raise UnreadableError("Ce n'est pas un fichier ordinaire.")
    return file


def read_file(path: str, most: int) -> bytes:
    """The first ``most`` bytes of a regular file.

    Raises:
        OSError: it cannot be read.
        UnreadableError: it is no regular file.
    """
    with open_file(path) as file:
        return file.read(most)


def read_entry(entry: Entry, most: int) -> bytes:
    """What is in a file on the disk, or the beginning of it; see ``read_file``."""
    return read_file(entry.key, most)
