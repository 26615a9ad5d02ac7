"""The report as plain lines, one fact a line: for screen readers, and for terminals that can only write."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..escape import escape
from ..french import decimal
from .diagram import describe
from .model import LEFT_OUT, UNSAVED, CheckResult, Report, State

if TYPE_CHECKING:
    from .hints import Hint


class Spoken:
    """Says what the terminal's report shows: the score, the first thing to repair, then the rest; no signs."""

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """Nothing is said of what is over a moment later."""
        yield lambda _name, _done, _total: None

    def show(self, report: Report, *, details: bool = False) -> None:
        """Print the report: all of it, or what matters now."""
        _say(spoken(report, details=details))

    def hint(self, report: Report, hint: Hint) -> None:
        """Print one hint only."""
        from .hints import LAST_DEGREE

        check = report.first_failure()
        about = f", {check.name}" if check is not None else ""
        _say([f"Indice {hint.degree} sur {LAST_DEGREE}{about}.", hint.text, *hint.page.splitlines(), hint.more])

    def line(self, text: str) -> None:
        """Print one sentence, whatever is in it."""
        _say([escape(text)])

    def clear(self) -> None:
        """What was said cannot be taken back."""
        _say([""])


def _say(lines: Iterator[str] | list[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def spoken(report: Report, *, details: bool) -> Iterator[str]:
    """The lines of the report: all of it, or what matters now."""
    bonus = f", et {decimal(report.bonus)} de bonus" if report.bonus else ""
    yield f"ChatPy, dossier {report.submission}. Note : {decimal(report.score)} sur {decimal(report.max_score)}{bonus}."
    yield from _next(report)
    if report.unsaved:
        yield UNSAVED
    yield from report.remarks
    yield from (f"{sentence}." for _, sentence in report.news())
    for one in report.sections():
        title = one.section.title.replace(" · ", ", ")
        if not one.asked:
            yield f"{title} : {LEFT_OUT}."
            continue
        yield f"{title} : {decimal(one.points)} sur {decimal(one.max_points)}."
        yield from (f"{check.title} : {check.state.value}." for check in one.checks)
    if details:
        for check in report.also_failed():
            yield f"Aussi à réparer : {check.name}."
            yield from _explained(check)
        yield from (f"Pour l'encadrant : {message}" for _, message in report.suspect)


def _next(report: Report) -> Iterator[str]:
    check = report.first_failure()
    if report.complete:
        yield from report.praise()
        if check is not None:
            yield f"{report.lead()} : {check.title}. {check.cause} {check.step}"
    elif check is not None:
        yield f"{report.lead()} :" if check.state is State.TODO else f"{report.lead()} : {check.name}."
        yield from _explained(check)


def _explained(check: CheckResult) -> Iterator[str]:
    if check.state is not State.TODO:
        facts = [("Attendu", check.expected), ("Vu", check.seen), ("Pourquoi", check.cause)]
        facts += [("Bloqué", text) for text in check.blocked]
        yield from (f"{label} : {text}" for label, text in facts if text)
    if check.location is not None:
        code = next((line.text.strip() for line in check.excerpt if line.blamed), "")
        yield f"Où : {check.location.file}, ligne {check.location.line}" + (f" : {code}" if code else ".")
    if check.exchange is not None:
        yield f"Ce qui s'est passé : {describe(check.exchange)}"
    yield f"Essaie : {check.step}"
    if check.lesson:
        yield f"À relire : « {check.lesson} », dans le sujet."
