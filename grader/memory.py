"""Remembers, in a small file that git ignores, what passed at the last run and how far the hints went."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace

from .checks.rubric import NOT_ASKED
from .report.model import Report

MAX_FOLDERS = 50
"""Submissions remembered; the oldest is forgotten."""


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
        entry = self._all().get(self._key)
        if not isinstance(entry, dict):
            return Memory()
        passed, mistake, degree = entry.get("passed"), entry.get("mistake"), entry.get("degree")
        known = frozenset(str(one) for one in passed) if isinstance(passed, list) else None
        return Memory(known, str(mistake or ""), degree if isinstance(degree, int) else 0)

    def write(self, memory: Memory) -> None:
        """Remember, in one step: a run that is interrupted leaves the old file or the new one."""
        entries = self._all()
        entries.pop(self._key, None)
        passed = sorted(memory.passed) if memory.passed is not None else None
        entries[self._key] = {"passed": passed, "mistake": memory.mistake, "degree": memory.degree}
        kept = dict(list(entries.items())[-MAX_FOLDERS:])
        beside = f"{self._path}.{os.getpid()}"
        try:
            with open(beside, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
            os.replace(beside, self._path)
        except OSError:
            if os.path.exists(beside):
                os.unlink(beside)

    def _all(self) -> dict[str, object]:
        try:
            with open(self._path, encoding="utf-8") as file:
                found = json.load(file)
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def after_run(memory: Memory, report: Report) -> Memory:
    """The memory after a run; what was not asked for stays as it was."""
    passed = {check.id for check in report.checks if check.status == "passed"}
    tried = {check.id for check in report.checks if check.message != NOT_ASKED}
    return replace(memory, passed=frozenset(passed | ((memory.passed or frozenset()) - tried)))
