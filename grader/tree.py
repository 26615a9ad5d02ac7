"""Reads the files of a folder that programs may use, before anything runs; no more of them than the caps allow."""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto

from .limits import MAX_DEPTH, MAX_ENTRIES, MAX_PATH_BYTES, Limits
from .twins import folded

PROGRAMS = ("etape1", "serveur", "client")
"""What a submission is made of, in the order of the subject."""

PROGRAM_FILES = tuple(program + ".py" for program in PROGRAMS)

SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "venv", "env", "site-packages"})
"""Never the student's own work, and large."""

VENV_MARK = "pyvenv.cfg"
"""What a virtual environment holds, whatever its own name is (PEP 405)."""


class Refusal(Enum):
    """Why a file is not read."""

    OUTSIDE = auto()
    """A link that leads out of the folder."""

    DANGLING = auto()
    """A link that leads nowhere."""

    FOLDER = auto()
    """A folder with the name of a program."""

    SPECIAL = auto()
    """No regular file."""

    FORBIDDEN = auto()
    """The system does not let it be read."""

    TOO_LARGE = auto()
    """Larger than what is left of all that is read."""


@dataclass(frozen=True)
class Tree:
    """What a folder holds.

    Attributes:
        files: what was read, by path inside the folder with ``/``.
        refused: why a file is not read, by its path.
        sizes: in bytes, of those that are too large.
        cut: whether there was more than the caps allow.
    """

    files: dict[str, bytes]
    refused: dict[str, Refusal] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    cut: bool = False


def read_tree(folder: str, limits: Limits) -> Tree:
    """Read a folder that is there."""
    reader = _Reader(os.path.realpath(folder), limits)
    reader.read()
    return Tree(reader.files, reader.refused, reader.sizes, reader.cut)


def program_file(program: str, entries: Iterable[str]) -> str | None:
    """The file of a program: its exact name first, then any capitals (the club's subject has Serveur.py)."""
    wanted = program + ".py"
    alike = [entry for entry in entries if entry.lower() == wanted]
    return min(alike, key=lambda entry: (entry != wanted, entry), default=None)


class _Reader:
    """Reads the files that the programs may use, up to the caps; what comes first in breadth comes first.

    Args:
        root: the folder, without links in its path.
        limits: the caps.
    """

    def __init__(self, root: str, limits: Limits) -> None:
        self.files: dict[str, bytes] = {}
        self.refused: dict[str, Refusal] = {}
        self.sizes: dict[str, int] = {}
        self.cut = False
        self._root = root
        self._limits = limits
        self._entries = 0
        self._room_bytes = limits.copy_bytes
        self._folders: deque[tuple[str, tuple[str, ...]]] = deque([("", (root,))])
        """What is still to be read, each with its real path behind those of the folders around it."""

    def read(self) -> None:
        """Read the folder, then the folders in it, and so on."""
        while self._folders and not self.cut:
            inside, around = self._folders.popleft()
            for entry in self._list(inside, around[-1]):
                if len(self.files) >= self._limits.copy_files:
                    self.cut = True
                    return
                self._look_at(f"{inside}/{entry.name}" if inside else entry.name, entry, around)
            self.cut = self._entries > MAX_ENTRIES

    def _list(self, inside: str, real: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(real) as found:
                entries = list(found)
        except OSError:
            return []  # a program that needs it will say so
        self._entries += len(entries)
        if inside and any(entry.name == VENV_MARK for entry in entries):
            return []
        return sorted(entries, key=_rank)

    def _look_at(self, path: str, entry: os.DirEntry[str], around: tuple[str, ...]) -> None:
        """Read a file, or remember a folder for later; a link is followed only where it stays inside."""
        is_folder = os.path.isdir(entry.path)
        try:
            real = os.path.realpath(entry.path) if is_folder or entry.is_symlink() else entry.path
        except OSError:  # a link that may not be read, on the older Pythons
            self.refused[path] = Refusal.FORBIDDEN
            return
        if len(os.fsencode(path)) > MAX_PATH_BYTES or (is_folder and is_skipped(entry.name)):
            return
        if not (real + os.sep).startswith(self._root.rstrip(os.sep) + os.sep):
            self.refused[path] = Refusal.OUTSIDE
        elif not is_folder:
            self._take(path, real)
        elif path.lower() in PROGRAM_FILES:
            self.refused[path] = Refusal.FOLDER
        elif real not in around and len(around) <= MAX_DEPTH:
            self._folders.append((path, (*around, real)))

    def _take(self, path: str, real: str) -> None:
        """Read a file; nothing is waited for, and what is no file is not even opened."""
        try:
            mode = os.stat(real)
            if not stat.S_ISREG(mode.st_mode):
                self.refused[path] = Refusal.SPECIAL
            elif mode.st_size > self._room_bytes:
                self.refused[path], self.sizes[path] = Refusal.TOO_LARGE, mode.st_size
            else:
                with open(real, "rb") as file:
                    self.files[path] = file.read(self._room_bytes)
                self._room_bytes -= len(self.files[path])
        except FileNotFoundError:
            self.refused[path] = Refusal.DANGLING
        except OSError as error:
            self.refused[path] = Refusal.DANGLING if error.errno == errno.ELOOP else Refusal.FORBIDDEN


def is_skipped(name: str) -> bool:
    """Whether a folder of this name is not the student's own work."""
    return name in SKIPPED_FOLDERS or name.startswith(".")


def _rank(entry: os.DirEntry[str]) -> tuple[bool, int, bool, bool, str]:
    """The order of reading in a folder."""
    size = 0
    if entry.name.lower() in PROGRAM_FILES:
        try:
            size = entry.stat().st_size
        except OSError:
            pass  # why it cannot be read is told when it is its turn
    return rank(entry.name, size)


def rank(name: str, size: int) -> tuple[bool, int, bool, bool, str]:
    """The order of reading: programs, the small ones first; what resembles them; other modules; the rest."""
    plain = folded(name)
    is_program = name.lower() in PROGRAM_FILES
    unlike = not any(program[:4] in plain for program in PROGRAMS)
    return not is_program, size if is_program else 0, unlike, not name.lower().endswith(".py"), name
