"""Grades many folders in one process, and writes what came out: run by Python for Windows, and by this system's."""

from __future__ import annotations

import json
import math
import sys
import time
from pathlib import Path
from typing import Any

from grader import grading
from grader.errors import GraderError
from grader.harness.launcher import Launcher, best_launcher
from grader.report.model import Report

BOTH = ("etape1", "chat")


def seen_in(report: Report) -> dict[str, Any]:
    """All of a report that must be the same everywhere."""
    checks = {}
    for check in report.checks:
        place = f"{check.location.file}:{check.location.line}" if check.location is not None else ""
        checks[check.id] = [check.status, check.diagnosis or "", place]
    return {
        "score": report.score,
        "first": report.first,
        "suspect": sorted(slug for slug, _ in report.suspect),
        "checks": checks,
    }


def grade_all(
    folders: list[str], launcher: Launcher, kept: Path | None = None, budget_s: float = math.inf
) -> dict[str, Any]:
    """What each folder is worth, by its name.

    Args:
        folders: those to grade.
        launcher: starts the programs.
        kept: a folder for the transcripts, if they are wanted.
        budget_s: after that no other grading is begun; the rest is left out, as is what the machine cannot grade.
    """
    results: dict[str, Any] = {}
    end_s = time.monotonic() + budget_s
    for folder in folders:
        if time.monotonic() > end_s:
            break
        try:
            report, text = grading.grade(folder, BOTH, launcher, keep=kept is not None)
        except GraderError as error:  # no score is no wrong score
            sys.stderr.write(f"{folder}: {error}\n")
            continue
        results[report.submission] = seen_in(report)
        if kept is not None:
            (kept / report.submission).write_text(text, encoding="utf-8")
    return results


def main() -> None:
    """Grade the folders of a JSON list; the arguments: it, the results, a folder for transcripts, the budget."""
    listed, results, kept = map(Path, sys.argv[1:4])
    launcher = best_launcher()
    try:
        found = grade_all(json.loads(listed.read_text(encoding="utf-8")), launcher, kept, float(sys.argv[4]))
    finally:
        launcher.close()
    results.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
