"""The machine-readable result: the contract's schema 1."""

from __future__ import annotations

import json

from ..escape import escape
from .model import CheckResult, Report

SCHEMA = 1
MAX_LEVEL = 40
"""Characters of the level of isolation: a transcript from elsewhere may hold any text there."""


def to_json(report: Report) -> str:
    """The report as one JSON object, indented."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "submission": report.submission,
            "score": report.score,
            "max_score": report.max_score,
            "bonus": report.bonus,
            "duration_s": report.duration_s,
            "isolation": escape(report.isolation, MAX_LEVEL),
            "suspect": [{"what": what, "message": message} for what, message in report.suspect],
            "remarks": list(report.remarks),
            "checks": [_check(check) for check in report.checks],
        },
        ensure_ascii=False,
        indent=2,
        allow_nan=False,
    )


def _check(check: CheckResult) -> dict[str, object]:
    place = check.location
    return {
        "id": check.id,
        "title": check.title,
        "status": check.status,
        "points": check.points,
        "max_points": check.max_points,
        "message": check.message,
        "hint": check.hint,
        "diagnosis": check.diagnosis,
        "location": None if place is None else {"file": place.file, "line": place.line},
    }
