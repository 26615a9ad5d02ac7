"""A club's rows made by hand of the mistakes that the other tests grade: 30 students or 300, always the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.checks.rubric import RUBRIC
from grader.club.model import Check, Row, State
from grader.report.model import TODO, Report

from ..submissions.mistakes import MISTAKES
from ..submissions.model import Mistake

NAMES = (
    "adele", "bilal", "camille", "diego", "elif", "farah", "gabin", "hana", "ines", "jules", "kenza", "leo-m", "leo-p",
    "maelle", "nour", "oscar", "paul", "quentin", "rania", "sacha", "tom", "ulysse", "victor", "wassim", "xena",
    "yanis", "zoe-b", "zoe-l", "anna-lou", "jean-baptiste-de-la-salle",
)  # fmt: skip

USUAL = (
    "threads-args-without-comma", "serveur-shows-bytes", "client-shows-bytes", "threads-target-called",
    "send-no-encode", "client-port-4243", "etape1-no-fileno", "join-none",
)  # fmt: skip
"""Mistakes that many make; those that the collection has no longer are left out."""

BY_NAME = {mistake.name: mistake for mistake in MISTAKES if mistake.shown is not None}


def graded(pseudo: str, mistake: Mistake | None = None, **fields: object) -> Row:
    """The row of a submission with one mistake, or with none."""
    shown = mistake.shown if mistake is not None else None
    falls = mistake.falls if mistake is not None else frozenset()
    checks = []
    for rule in RUBRIC:
        if rule.id not in falls or shown is None:
            checks.append(passed(rule.id))
        elif rule.id == shown.check or len(falls) < 4:
            checks.append(failed(rule.id, shown.slug, shown.file or "serveur.py", 31))
        else:
            checks.append(skipped(rule.id))
    return row_of(pseudo, checks, first=shown.check if shown is not None else "", **fields)


def row_of(pseudo: str, checks: Sequence[Check], **fields: object) -> Row:
    """The row of a graded submission, whose checks are these."""
    own, bonus = ([one for one in checks if one.id.startswith("bonus.") == kind] for kind in (False, True))
    row = Row(
        pseudo,
        State.GRADED,
        score=sum(one.points for one in own),
        bonus=sum(one.points for one in bonus),
        checks=tuple(checks),
        version="1.0",
        isolation="forte",
    )
    return replace(row, **fields)  # type: ignore[arg-type]


def row_of_report(pseudo: str, report: Report) -> Row:
    """The row of a report as the grader makes it."""
    checks = [
        Check(
            one.id,
            one.title,
            one.status,
            one.points,
            one.max_points,
            one.message,
            one.hint,
            one.diagnosis,
            one.location.file if one.location is not None else "",
            one.location.line if one.location is not None else 0,
        )
        for one in report.checks
    ]
    return row_of(pseudo, checks, first=report.first)


def passed(check_id: str) -> Check:
    """A check that passes."""
    rule = next(rule for rule in RUBRIC if rule.id == check_id)
    return Check(rule.id, rule.title, "passed", rule.points, rule.points, rule.expected, "", None, "", 0)


def failed(check_id: str, slug: str | None, file: str = "", line: int = 0) -> Check:
    """A check that fails for a mistake."""
    return replace(passed(check_id), status="failed", points=0.0, diagnosis=slug, file=file, line=line, hint="Essaie.")


def skipped(check_id: str) -> Check:
    """A check that could not be tried."""
    return replace(passed(check_id), status="skipped", points=0.0)


def begun(pseudo: str, *untouched: str) -> Row:
    """The row of a submission of which some programs are still the skeleton's: « client », « serveur »."""
    checks = []
    for rule in RUBRIC:
        own = rule.id.partition(".")[0]
        if own in untouched:
            checks.append(failed(rule.id, TODO, f"{own}.py", 12))
        elif own in ("duo", "bonus") and untouched:
            checks.append(failed(rule.id, TODO, f"{untouched[0]}.py", 12))
        else:
            checks.append(passed(rule.id))
    return row_of(pseudo, checks, first=f"{untouched[0]}.{'ecoute' if untouched[0] == 'etape1' else 'adresse'}")


def club(number: int) -> list[Row]:
    """So many students as a club has them: most with one mistake, some done, some not begun, some unlucky."""
    usual = [BY_NAME[name] for name in USUAL if name in BY_NAME]
    rare = list(BY_NAME.values())
    rows = []
    for at in range(number):
        pseudo = NAMES[at % len(NAMES)] + (f"-{at // len(NAMES) + 1}" if at >= len(NAMES) else "")
        rows.append(_student(pseudo, at, usual, rare))
    return rows


def _student(pseudo: str, at: int, usual: Sequence[Mistake], rare: Sequence[Mistake]) -> Row:
    if at % 15 == 3:
        return Row(pseudo, State.BLANK, version="1.0")
    if at % 30 == 11:
        return Row(pseudo, State.UNREADABLE, why="L'archive zoe.zip est coupée : demande-la une autre fois.")
    if at % 30 == 17:
        return Row(pseudo, State.FAILED, why="Le correcteur s'est arrêté deux fois en notant ce rendu.")
    if at % 5 == 0:
        return graded(pseudo, late=at % 10 == 5)
    if at % 6 == 1:
        return begun(pseudo, *(("client",) if at % 4 else ("serveur", "client")))
    if at % 3:
        return graded(pseudo, usual[at * at % len(usual)], late=at % 14 == 0)
    odd = ("Les fichiers étaient un dossier plus bas (chatpy/).",) if at % 9 == 0 else ()
    suspect = ("Un thread dit avoir tourné, le système ne l'a pas vu.",) if at % 27 == 24 else ()
    return graded(pseudo, rare[7 * at % len(rare)], odd=odd, suspect=suspect)
