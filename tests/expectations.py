"""Compares a report with what a submission must score, in words that name what differs."""

from __future__ import annotations

from grader.report.model import Report


def not_passed(report: Report) -> set[str]:
    """The checks that did not pass."""
    return {check.id for check in report.checks if check.status != "passed"}


def explain_difference(report: Report, expected: set[str]) -> str:
    """One line for each check that fell or stood against the expectation; empty where none did."""
    fell = not_passed(report)
    lines = []
    for check in report.checks:
        if (check.id in fell) != (check.id in expected):
            verb = "fell" if check.id in fell else "stood"
            lines.append(f"{check.id} {verb}: {check.status}: {check.message} [{check.diagnosis}]")
    return "\n".join(lines)
