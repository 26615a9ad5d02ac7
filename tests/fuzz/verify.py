"""What must be true of every report, whatever was graded."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

from grader.checks.rubric import RUBRIC

MOST_BYTES = 1_000_000
"""The contract's limit."""

STATUSES = ("passed", "failed", "skipped")
GRADERS_OWN = ("Traceback (most recent call last)", "/grader/", "grader.")
"""No text for a student shows the grader's own failure."""

Lines = Callable[[str], int]
"""How many lines a file of the submission has, by its name; 0 where it is not there."""


def problems_of(text: str, lines: Lines) -> list[str]:
    """What is wrong with a JSON result, a sentence each; none where all is as it must be."""
    if len(text.encode("utf-8")) >= MOST_BYTES:
        return [f"the result has {len(text.encode('utf-8'))} bytes"]
    try:
        report = json.loads(text, parse_constant=_no_number)
    except ValueError as error:
        return [f"the result is no JSON: {error}"]
    found = [check.get("id") for check in report["checks"]]
    if found != [row.id for row in RUBRIC]:
        return [f"the checks are {found}"]
    problems = [problem for check in report["checks"] for problem in _check(check, lines)]
    return [*problems, *_sums(report)]


def _sums(report: dict[str, Any]) -> Iterator[str]:
    """The score and the bonus are the sums of the points."""
    for name, is_bonus, most in (("score", False, 20.0), ("bonus", True, 1.5)):
        points = [check["points"] for check in report["checks"] if check["id"].startswith("bonus.") == is_bonus]
        if not math.isclose(report[name], sum(points)) or not 0 <= report[name] <= most:
            yield f"{name} {report[name]}, but the points are {points}"


def _check(check: dict[str, Any], lines: Lines) -> Iterator[str]:
    name, status = check["id"], check["status"]
    row = next(row for row in RUBRIC if row.id == name)
    if status not in STATUSES:
        yield f"{name}: status {status}"
    if check["max_points"] != row.points or check["points"] != (row.points if status == "passed" else 0):
        yield f"{name} {status}: {check['points']} of {check['max_points']} points"
    if not check["message"].strip():
        yield f"{name} {status}: no message"
    if status == "passed" and (check["hint"] or check["diagnosis"] is not None):
        yield f"{name} passed, with the hint {check['hint']!r} and the diagnosis {check['diagnosis']!r}"
    for text in (check["message"], check["hint"]):
        if any(own in text for own in GRADERS_OWN):
            yield f"{name} shows the grader's own: {text!r}"
    place = check["location"]
    if place is not None and not 1 <= place["line"] <= lines(place["file"]):
        yield f"{name}: no such place: {place}"


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")
