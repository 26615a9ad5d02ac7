"""Builds the report from verdicts and explanations, whole: nobody changes it afterwards."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..checks.rubric import MAX_POINTS, RUBRIC, Row, score
from ..checks.verdict import Status, Verdict
from ..escape import MAX_CHARACTERS, escape, escaped
from ..french import of_file, with_file
from ..submission import BLANK, PROGRAMS, Submission
from ..transcript.place import Place
from .model import AROUND, TODO, CheckResult, CodeLine, LastRun, Report, State

if TYPE_CHECKING:
    from ..diagnosis.explanation import Explanation

MAX_CODE = 300
"""Characters of a line of code that are shown at most."""

TAB = "→   "
"""A tab among lines that begin with spaces."""

OTHERS = {"etape1": ("Il reste l'Étape 1", PROGRAMS[:1]), "chat": ("Maintenant, l'Étape 2", PROGRAMS[1:])}
"""How the part that was not asked for is announced, and its programs."""

KNOWN = "Tout le reste marchait déjà : tape python -m grader pour noter les deux étapes ensemble."
"""What follows a step where the other one is known."""


def build(
    submission: Submission,
    verdicts: dict[str, Verdict],
    explanations: dict[str, Explanation],
    first: str,
    duration_s: float,
    asked: tuple[str, ...],
    suspect: tuple[tuple[str, str], ...] = (),
    *,
    folder: str = "",
    isolation: str = "",
    last: LastRun | None = None,
) -> Report:
    """Put verdicts and explanations together.

    Args:
        submission: what was graded.
        verdicts: of all checks.
        explanations: of those that do not pass.
        first: the id of the check to repair first.
        duration_s: how long the grading took.
        asked: the parts that were to be graded.
        suspect: see Report, like what follows.
        folder: see Report.
        isolation: see Report.
        last: what the report is compared with.

    Raises:
        ValueError: no grading takes so long.
    """
    if not 0 <= duration_s < math.inf:
        raise ValueError(f"duration_s cannot be {duration_s}")
    points = [row for row in RUBRIC if not row.is_bonus]
    complete = all(verdicts[row.id].status is Status.PASSED for row in points if row.part in asked)
    digest = submission.checksum()
    known = last is not None and last.passed.issuperset(row.id for row in points if row.part not in asked)
    following = next((KNOWN if known else _following(part, submission) for part in OTHERS if part not in asked), "")
    gained, lost = _news(verdicts, last)
    return Report(
        submission=escape(submission.name, MAX_CHARACTERS["submission"]),
        folder=folder,
        remarks=escaped(tuple(remark.text for remark in submission.remarks)),
        score=score(verdicts, bonus=False),
        max_score=MAX_POINTS,
        bonus=score(verdicts, bonus=True),
        duration_s=round(duration_s, 3),
        checks=tuple(
            escaped(_result(row, verdicts[row.id], explanations.get(row.id), submission, asked=row.part in asked))
            for row in RUBRIC
        ),
        complete=complete,
        first=first,
        gained=gained,
        lost=lost,
        isolation=isolation,
        suspect=escaped(suspect),
        following=escape(following),
        digest=digest,
        unsaved=not complete and last is not None and digest == last.digest != "",
    )


def _news(verdicts: dict[str, Verdict], last: LastRun | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the checks that pass now and did not at the last run, and of those that did and fail now."""
    if last is None:
        return (), ()
    now = {row.id: verdicts[row.id].status for row in RUBRIC}
    gained = tuple(check for check, status in now.items() if status is Status.PASSED and check not in last.passed)
    return gained, tuple(check for check, status in now.items() if status is Status.FAILED and check in last.passed)


def _following(part: str, submission: Submission) -> str:
    """What is to be done in a part that was not asked for."""
    words, programs = OTHERS[part]
    for program in programs:
        graded = submission.programs.get(program)
        if graded is None:
            return f"{words} : il te faut {program}.py (il y en a un à compléter dans skeleton)."
        if graded.todos:
            number, line = graded.todos[0]
            place = f"ligne {line} {of_file(graded.file)}"
            return f"{words} : ouvre {graded.file} et fais le TODO {number or 1}, {place}."
    return f"{words} : python -m grader note les deux."


def _result(row: Row, verdict: Verdict, why: Explanation | None, submission: Submission, *, asked: bool) -> CheckResult:
    expected = row.expected + "."
    place = why.place if why is not None else None
    file = place.file if place is not None else ""
    cause, step, question = (with_file(text, file) for text in _texts(why, submission, file))
    said = f"Python dit « {why.error} »." if why is not None and why.error else ""
    seen = " ".join(filter(None, (verdict.seen, said)))
    return CheckResult(
        id=row.id,
        title=row.title,
        status=verdict.status.value,
        points=row.points if verdict.status is Status.PASSED else 0.0,
        max_points=row.points,
        message=_message(verdict, expected, seen),
        hint=" ".join(filter(None, (cause, *why.blocked, step))) if why is not None else "",
        diagnosis=why.slug if why is not None else None,
        location=place,
        state=_state(row, verdict, why),
        expected=expected,
        seen=seen,
        cause=cause,
        step=step,
        blocked=why.blocked if why is not None else (),
        excerpt=_excerpt(place, submission) if place is not None else (),
        exchange=why.exchange if why is not None else None,
        lesson=why.lesson if why is not None else "",
        question=question,
        asked=asked,
    )


def _texts(why: Explanation | None, submission: Submission, file: str) -> tuple[str, str, str]:
    """The cause, the step and the question; nobody is to do a second time what was done in another file."""
    if why is None:
        return "", "", ""
    elsewhere = submission.remark(BLANK, file) if why.slug == TODO else ""
    return why.cause, elsewhere or why.step, why.question


def _message(verdict: Verdict, expected: str, seen: str) -> str:
    if verdict.status is Status.PASSED:
        return expected
    if verdict.status is Status.SKIPPED:
        return verdict.seen or f"Pas essayé : {verdict.waits_for} doit d'abord passer."
    return f"Attendu : {expected} Vu : {seen}"


def _state(row: Row, verdict: Verdict, why: Explanation | None) -> State:
    if verdict.status is Status.PASSED:
        return State.PASSED
    if why is not None and why.slug == TODO:
        return State.TODO
    if why is None or (verdict.status is Status.SKIPPED and why.slug is None) or why.home != row.id:
        return State.WAITING
    return State.EXTRA if row.is_bonus else State.FAILED


def _excerpt(place: Place, submission: Submission) -> tuple[CodeLine, ...]:
    """The line to look at between its neighbours; empty lines at the ends are left out."""
    lines = submission.source(place.file).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not 1 <= place.line <= len(lines):
        return ()
    numbers = range(max(1, place.line - AROUND), min(len(lines), place.line + AROUND) + 1)
    code = {number: lines[number - 1][:MAX_CODE] for number in numbers}
    indents = "".join(text[: len(text) - len(text.lstrip())] for text in code.values())
    if " " in indents and "\t" in indents:  # they look the same, and are often the mistake itself
        code = {number: text.replace("\t", TAB) for number, text in code.items()}
    shown = [CodeLine(number, text.expandtabs(4)[:MAX_CODE], number == place.line) for number, text in code.items()]
    while shown and not shown[0].text.strip() and not shown[0].blamed:
        shown.pop(0)
    while shown and not shown[-1].text.strip() and not shown[-1].blamed:
        shown.pop()
    return tuple(shown)
