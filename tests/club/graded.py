"""Rows as the tests need them: graded, blank, unreadable, failed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from grader.checks.rubric import RUBRIC
from grader.club.model import Check, Row, State


def row(pseudo: str, *, falls: tuple[str, ...] = (), **fields: object) -> Row:
    """A graded row: all checks pass but those of ``falls``, the first of which is the one to repair first."""
    checks = tuple(
        Check(
            id=one.id,
            title=one.title,
            status="failed" if one.id in falls else "passed",
            points=0.0 if one.id in falls else one.points,
            max_points=one.points,
            message=one.expected + ".",
            hint="",
            diagnosis="sans_print" if one.id in falls else None,
            file="serveur.py" if one.id in falls else "",
            line=12 if one.id in falls else 0,
        )
        for one in RUBRIC
    )
    graded = Row(
        pseudo,
        State.GRADED,
        score=sum(check.points for check in checks if not check.id.startswith("bonus.")),
        bonus=sum(check.points for check in checks if check.id.startswith("bonus.")),
        first=falls[0] if falls else "",
        checks=checks,
        version="0.4.0",
        isolation="forte",
        when_s=1_790_000_000,
    )
    return replace(graded, **fields)  # type: ignore[arg-type]


def unread(pseudo: str, why: str = "L'archive est coupée.") -> Row:
    """A row of what could not be read."""
    return Row(pseudo, State.UNREADABLE, why=why)


def scores(notes: Path) -> dict[str, float | None]:
    """Each result's score, by its pseudonym, as a graded club's folder has it."""
    found = {}
    for path in sorted((notes / "rendus").glob("*.json")):
        found[path.stem] = json.loads(path.read_text(encoding="utf-8"))["score"]
    return found
