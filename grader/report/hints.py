"""Hints by degrees: a question, then what is wrong, then the page of the subject; never the solution."""

from __future__ import annotations

from dataclasses import dataclass

from .model import Report, State

LAST_DEGREE = 3


@dataclass(frozen=True)
class Hint:
    """What is told at one degree.

    Attributes:
        degree: from 1 to LAST_DEGREE.
        text: the hint, in French.
        page: a part of the subject, in Markdown; empty below the last degree.
    """

    degree: int
    text: str
    page: str = ""

    @property
    def more(self) -> str:
        """How to go on."""
        if self.degree < LAST_DEGREE:
            return "Encore un coup de pouce ? La même commande."
        return "À deux, on voit mieux : montre cette page à quelqu'un."


def mistake_of(report: Report) -> str:
    """What the hints are about: asked again on the same, they go further. Lines move; they do not count."""
    check = report.first_failure()
    return "" if check is None else f"{check.id} {check.diagnosis or ''}"


def hint_for(report: Report, degree: int, subject: str) -> Hint | None:
    """The hint of a degree; None where nothing is left to be repaired.

    Args:
        report: of the submission.
        degree: from 1; beyond the last it stays there.
        subject: the whole subject, in Markdown.
    """
    check = report.first_failure()
    if check is None:
        return None
    degree = max(1, min(degree, LAST_DEGREE))
    if degree == 1:
        where = f"Regarde {check.location.file}, ligne {check.location.line}. " if check.location is not None else ""
        return Hint(1, where + (check.question or check.expected))
    if degree == 2:
        return Hint(2, " ".join(filter(None, (check.cause, check.step if check.state is not State.TODO else ""))))
    page = part_of(subject, check.lesson)
    if not page:
        return Hint(LAST_DEGREE, check.step)
    return Hint(LAST_DEGREE, f"Voici la page du sujet, « {check.lesson} » :", page)


def part_of(subject: str, heading: str) -> str:
    """The text below a heading of the subject, down to the next one of its rank; empty where there is none."""
    lines = subject.splitlines()
    wanted = [number for number, line in enumerate(lines) if heading and line.lstrip("#").strip() == heading]
    if not wanted or not lines[wanted[0]].startswith("#"):
        return ""
    first = wanted[0]
    rank = len(lines[first]) - len(lines[first].lstrip("#"))
    fenced = False
    found = []
    for line in lines[first + 1 :]:
        fenced ^= line.lstrip().startswith("```")
        if not fenced and line.startswith("#") and len(line) - len(line.lstrip("#")) <= rank:
            break
        found.append(line)
    return "\n".join(found).strip()
