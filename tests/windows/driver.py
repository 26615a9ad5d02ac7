"""Grades many folders in one process, and writes what came out: run by Python for Windows, and by this system's."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from grader import grading
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


def grade_all(folders: list[str], launcher: Launcher, kept: Path | None = None) -> dict[str, Any]:
    """What each folder is worth, by its name.

    Args:
        folders: those to grade.
        launcher: starts the programs.
        kept: a folder for the transcripts, if they are wanted.
    """
    results = {}
    for folder in folders:
        report, text = grading.grade(folder, BOTH, launcher, keep=kept is not None)
        results[report.submission] = seen_in(report)
        if kept is not None:
            (kept / report.submission).write_text(text, encoding="utf-8")
    return results


def main() -> None:
    """Grade the folders that a JSON file lists; the arguments: it, the results' file, the transcripts' folder."""
    listed, results, kept = map(Path, sys.argv[1:])
    launcher = best_launcher()
    try:
        found = grade_all(json.loads(listed.read_text(encoding="utf-8")), launcher, kept)
    finally:
        launcher.close()
    results.write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
