"""Remembers what passed at the last run and how far the hints went, in a small file that git ignores."""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import dataclass, field, replace

from .files import ROOT, temporary_folder, write_whole
from .limits import MAX_DEGREE, MAX_FOLDERS, MAX_HANDED
from .report.model import MAX_SCORE, LastRun, Report

ONLY = os.environ.get("CHATPY_MEMORY", "")
"""Where to remember what is known between two runs, and nowhere else; for tests."""


@dataclass(frozen=True)
class Handed:
    """What was handed in last, in one place under one pseudonym.

    Attributes:
        mark: what it is known by there: a commit's number, a file's checksum.
        files: a checksum of each file, by its path.
    """

    mark: str
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Memory:
    """What is known of the last run on one folder, and of the last hand-ins.

    Attributes:
        passed: the ids of the checks that passed; None if there was no run yet.
        mistake: what the last hint was about.
        degree: how far it went.
        digest: of the files that were graded; empty where it is not known.
        score: what they earned of 20; None where it is not known.
        pseudo: under which the folder was handed in; empty if it was not yet.
        handed: the hand-ins by place and pseudonym, in the form of ``club.send``; the newest last.
    """

    passed: frozenset[str] | None = None
    mistake: str = ""
    degree: int = 0
    digest: str = ""
    score: float | None = None
    pseudo: str = ""
    handed: dict[str, Handed] = field(default_factory=dict)

    def last_run(self, *, asks: bool) -> LastRun | None:
        """What a report is compared with; ``asks`` whether a file that is the same as before was saved."""
        return LastRun(self.passed, self.digest if asks else "") if self.passed is not None else None

    def asked_again(self, mistake: str) -> Memory:
        """The memory once a hint was asked for: one degree further on the same mistake, the first on another."""
        return replace(self, mistake=mistake, degree=self.degree + 1 if mistake == self.mistake else 1)

    def after_hand_in(self, pseudo: str, key: str, handed: Handed) -> Memory:
        """The memory once something was handed in."""
        others = {one: was for one, was in self.handed.items() if one != key}
        return replace(self, pseudo=pseudo, handed=dict([*others.items(), (key, handed)][-MAX_HANDED:]))


class Store:
    """The file, one entry a folder. Where it cannot be read or written, nothing is remembered: that is no error.

    Args:
        path: the file.
        folder: the submission.
        spares: the files to take instead, in this order, where that one cannot be written.
    """

    def __init__(self, path: str, folder: str, spares: tuple[str, ...] = ()) -> None:
        self._path = path
        self._spares = spares
        self._key = os.path.abspath(folder)

    def read(self) -> Memory:
        """What is remembered of the folder."""
        return self._all().get(self._key, Memory())

    def write(self, memory: Memory) -> None:
        """Remember."""
        entries = self._all()
        entries.pop(self._key, None)
        entries[self._key] = memory
        kept = {key: _entry(one) for key, one in list(entries.items())[-MAX_FOLDERS:]}
        for path in (self._path, *self._spares):
            try:
                if path != self._path:
                    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
                if self._is_safe(path):
                    return write_whole(path, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
            except OSError:
                pass  # it is as it was
        return None

    def _all(self) -> dict[str, Memory]:
        """What all files say; the one that was written last is right."""
        found: dict[str, Memory] = {}
        for path in sorted((self._path, *self._spares), key=_changed):
            found |= _load(path) if self._is_safe(path) else {}
        return found

    def _is_safe(self, path: str) -> bool:
        """Whether nobody else can have put the file there: a spare one may be where everybody writes."""
        return path == self._path or _is_own(os.path.dirname(path))


def store_of(folder: str) -> Store:
    """What is remembered of a folder."""
    return Store(ONLY, folder) if ONLY else Store(os.path.join(ROOT, ".chatpy.json"), folder, spare_files())


def spare_files() -> tuple[str, ...]:
    """Where to remember what a project that cannot be written to has no place for: the user's own folders."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        state = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        state = os.path.join(home, "Library", "Application Support")
    else:
        given = os.environ.get("XDG_STATE_HOME", "")  # the XDG Base Directory Specification
        state = given if os.path.isabs(given) else os.path.join(home, ".local", "state")
    shared = os.path.join(temporary_folder(), f".chatpy-{_user()}")
    return os.path.join(state, "chatpy", "memory.json"), os.path.join(shared, "memory.json")


def _user() -> int:
    return os.getuid() if sys.platform != "win32" else 0  # Windows has a temporary folder for each user


def _is_own(folder: str) -> bool:
    """Whether it is a real folder, the user's, and closed to everybody else."""
    try:
        status = os.lstat(folder)
    except OSError:
        return False
    closed = sys.platform == "win32" or (status.st_uid == _user() and not status.st_mode & 0o077)
    return stat.S_ISDIR(status.st_mode) and closed


def _changed(path: str) -> float:
    try:
        return os.stat(path).st_mtime
    except OSError:
        return 0.0


def _load(path: str) -> dict[str, Memory]:
    try:
        with open(path, encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError, RecursionError):
        return {}
    return {key: _memory(entry) for key, entry in found.items()} if isinstance(found, dict) else {}


def _entry(memory: Memory) -> dict[str, object]:
    entry: dict[str, object] = {
        "passed": sorted(memory.passed) if memory.passed is not None else None,
        "mistake": memory.mistake,
        "degree": memory.degree,
        "digest": memory.digest,
        "score": memory.score,
    }
    if memory.pseudo:
        handed = {key: {"mark": one.mark, "files": one.files} for key, one in memory.handed.items()}
        entry |= {"pseudo": memory.pseudo, "handed": handed}
    return entry


def _memory(entry: object) -> Memory:
    """What an entry says; anybody may have written the file."""
    if not isinstance(entry, dict):
        return Memory()
    passed, mistake, degree, digest = map(entry.get, ("passed", "mistake", "degree", "digest"))
    score, pseudo, handed = map(entry.get, ("score", "pseudo", "handed"))
    return Memory(
        frozenset(one for one in passed if isinstance(one, str)) if isinstance(passed, list) else None,
        mistake if isinstance(mistake, str) else "",
        max(0, min(degree, MAX_DEGREE)) if isinstance(degree, int) else 0,
        digest if isinstance(digest, str) else "",
        float(score) if isinstance(score, (int, float)) and 0 <= score <= MAX_SCORE else None,
        pseudo if isinstance(pseudo, str) else "",
        {str(key): _handed(one) for key, one in handed.items()} if isinstance(handed, dict) else {},
    )


def _handed(entry: object) -> Handed:
    if not isinstance(entry, dict):
        return Handed("")
    mark, files = map(entry.get, ("mark", "files"))
    return Handed(
        mark if isinstance(mark, str) else "",
        {str(path): str(one) for path, one in files.items()} if isinstance(files, dict) else {},
    )


def after_run(memory: Memory, report: Report) -> Memory:
    """The memory after a run; what was not asked for stays as it was."""
    passed = {check.id for check in report.checks if check.status == "passed"}
    tried = {check.id for check in report.checks if check.asked}
    passed |= (memory.passed or frozenset()) - tried
    known = memory.score if report.digest == memory.digest else None
    score = known if report.not_asked() else report.score
    return replace(memory, passed=frozenset(passed), digest=report.digest, score=score)
