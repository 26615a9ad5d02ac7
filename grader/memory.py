"""Remembers, in a small file that git ignores, what passed at the last run and how far the hints went."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace

from .checks.rubric import NOT_ASKED
from .files import write_whole
from .report.model import Report

MAX_FOLDERS = 50
"""Submissions remembered; the oldest is forgotten."""

MAX_DEGREE = 99
"""Nobody asks for so many hints; a file that says more was not written by us."""


@dataclass(frozen=True)
class Memory:
    """What is known of the last run on one folder.

    Attributes:
        passed: the ids of the checks that passed; None if there was no run yet.
        mistake: what the last hint was about.
        degree: how far it went.
    """

    passed: frozenset[str] | None = None
    mistake: str = ""
    degree: int = 0

    def asked_again(self, mistake: str) -> Memory:
        """The memory once a hint was asked for: one degree further on the same mistake, the first on another."""
        return replace(self, mistake=mistake, degree=self.degree + 1 if mistake == self.mistake else 1)


class Store:
    """The file, one entry a folder. Where it cannot be read or written, nothing is remembered: that is no error.

    Args:
        path: the file.
        folder: the submission.
    """

    def __init__(self, path: str, folder: str) -> None:
        self._path = path
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
        try:
            write_whole(self._path, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
        except OSError:
            pass  # it is as it was

    def _all(self) -> dict[str, Memory]:
        try:
            with open(self._path, encoding="utf-8") as file:
                found = json.load(file)
        except (OSError, ValueError, RecursionError):
            return {}
        return {key: _memory(entry) for key, entry in found.items()} if isinstance(found, dict) else {}


def _entry(memory: Memory) -> dict[str, object]:
    passed = sorted(memory.passed) if memory.passed is not None else None
    return {"passed": passed, "mistake": memory.mistake, "degree": memory.degree}


def _memory(entry: object) -> Memory:
    """What an entry says; anybody may have written the file."""
    if not isinstance(entry, dict):
        return Memory()
    passed, mistake, degree = entry.get("passed"), entry.get("mistake"), entry.get("degree")
    return Memory(
        frozenset(one for one in passed if isinstance(one, str)) if isinstance(passed, list) else None,
        mistake if isinstance(mistake, str) else "",
        max(0, min(degree, MAX_DEGREE)) if isinstance(degree, int) else 0,
    )


def after_run(memory: Memory, report: Report) -> Memory:
    """The memory after a run; what was not asked for stays as it was."""
    passed = {check.id for check in report.checks if check.status == "passed"}
    tried = {check.id for check in report.checks if check.message != NOT_ASKED}
    return replace(memory, passed=frozenset(passed | ((memory.passed or frozenset()) - tried)))
