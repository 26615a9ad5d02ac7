"""The report as data: what every renderer shows, and the contract's JSON is made of."""

from __future__ import annotations

from dataclasses import dataclass

from ..checks.rubric import MAX_POINTS, RUBRIC, score
from ..checks.verdict import Place, Status, Verdict
from ..diagnosis.explain import Explanation


@dataclass(frozen=True)
class CheckResult:
    """One line of the report; the fields are the contract's.

    Attributes:
        id: the check.
        title: what it is about.
        status: ``passed``, ``failed`` or ``skipped``.
        points: earned.
        max_points: to be earned.
        message: what was expected and what happened.
        hint: the likely cause and how to go on; empty when passed.
        diagnosis: the mistake's slug, or None.
        location: the line to look at, or None.
        expected: what must be seen.
        seen: what was seen.
    """

    id: str
    title: str
    status: str
    points: float
    max_points: float
    message: str
    hint: str
    diagnosis: str | None
    location: Place | None
    expected: str
    seen: str

    @property
    def is_bonus(self) -> bool:
        """Whether it is shown beside the 20 points."""
        return self.id.startswith("bonus.")


@dataclass(frozen=True)
class Report:
    """A graded submission.

    Attributes:
        submission: the folder's name.
        remarks: French sentences on the folder itself.
        score: earned of max_score.
        max_score: 20.
        bonus: earned beside them.
        duration_s: how long the grading took.
        checks: all of them, in the order of the rubric.
        complete: whether every point that was asked for is there.
    """

    submission: str
    remarks: tuple[str, ...]
    score: float
    max_score: float
    bonus: float
    duration_s: float
    checks: tuple[CheckResult, ...]
    complete: bool

    def first_failure(self) -> CheckResult | None:
        """The check to repair first: a failed one before any bonus."""
        failures = [check for check in self.checks if check.status == "failed"]
        return next((check for check in failures if not check.is_bonus), failures[0] if failures else None)


def build(
    name: str,
    remarks: tuple[str, ...],
    verdicts: dict[str, Verdict],
    explanations: dict[str, Explanation],
    duration_s: float,
    asked: tuple[str, ...],
) -> Report:
    """Put verdicts and explanations together."""
    checks = []
    for row in RUBRIC:
        verdict, why = verdicts[row.id], explanations.get(row.id)
        expected = row.expected + "."
        checks.append(
            CheckResult(
                id=row.id,
                title=row.title,
                status=verdict.status.value,
                points=row.points if verdict.status is Status.PASSED else 0.0,
                max_points=row.points,
                message=_message(verdict, expected),
                hint=why.hint if why else "",
                diagnosis=why.slug if why else None,
                location=why.place if why else None,
                expected=expected,
                seen=verdict.seen,
            )
        )
    wanted = [row.id for row in RUBRIC if row.part in asked and not row.is_bonus]
    return Report(
        submission=name,
        remarks=remarks,
        score=score(verdicts, bonus=False),
        max_score=MAX_POINTS,
        bonus=score(verdicts, bonus=True),
        duration_s=round(duration_s, 3),
        checks=tuple(checks),
        complete=all(verdicts[check].status is Status.PASSED for check in wanted),
    )


def _message(verdict: Verdict, expected: str) -> str:
    if verdict.status is Status.PASSED:
        return expected
    if verdict.status is Status.SKIPPED:
        return verdict.seen or f"Pas essayé : {verdict.waits_for} doit d'abord passer."
    return f"Attendu : {expected} Vu : {verdict.seen}"
