"""The solution and the grader agree: `pytest reference/` shows one line for each check of the barème."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import grading
from grader.checks.rubric import RUBRIC
from grader.harness.launcher import best_launcher
from grader.report.model import CheckResult

FOLDER = Path(__file__).parent


@pytest.fixture(scope="module")
def checks() -> dict[str, CheckResult]:
    """The result of every check on this folder, graded once."""
    launcher = best_launcher()
    try:
        report, _ = grading.grade(str(FOLDER), ("etape1", "chat"), launcher)
    finally:
        launcher.close()
    return {check.id: check for check in report.checks}


@pytest.mark.parametrize("check_id", [row.id for row in RUBRIC])
def test_reference(check_id: str, checks: dict[str, CheckResult]) -> None:
    check = checks[check_id]
    assert check.status == "passed", f"{check.message}\n{check.hint}"
