"""Says a finding in the words of the catalogue: what a report shows of a check that did not pass."""

from __future__ import annotations

from ..checks.rubric import Row
from ..transcript.facts import Fact, ThreadStarted
from ..transcript.place import Place
from ..transcript.record import Run
from ..transcript.value import Value
from .case import Case, Finding
from .common import JAMAIS_DEMARRE
from .conversation import moment
from .exchange import Exchange
from .mistake import Flags
from .picture import picture
from .waiting import waiting
from .written_threads import named_threads

Chosen = dict[str, tuple[Case, Finding]]
"""What explains each failed check, by its id."""


class Explanation(Value):
    """Why a check did not pass, and what to do.

    Attributes:
        slug: the mistake; None where no mistake is known.
        place: the line to look at, if any.
        home: the id of the check where the mistake belongs; other checks only follow from it.
        cause: the likely cause, in French.
        step: the one next step, in French.
        question: a nudge that gives less than the step.
        lesson: the heading of the subject to read again.
        error: what Python itself said of it; empty for no exception.
        blocked: who waits where and for what, if the program hangs.
        exchange: the picture of what was said, if it helps.
    """

    slug: str | None
    place: Place | None
    home: str
    cause: str = ""
    step: str = ""
    question: str = ""
    lesson: str = ""
    error: str = ""
    blocked: tuple[str, ...] = ()
    exchange: Exchange | None = None


def waiting_for(row: Row, first: str) -> Explanation:
    """The explanation of a check that could not be tried."""
    return Explanation(None, None, row.id, step=f"Répare d'abord {first}." if first else "")


def explanation_of(row: Row, chosen: Chosen) -> Explanation:
    """The explanation of a check by what was chosen for it."""
    case, finding = chosen[row.id]
    mistake, place = finding.mistake, finding.place
    words = {
        "file": place.file if place is not None else case.code.file,
        "line": str(place.line) if place is not None else "?",
        **finding.values,
    }
    return Explanation(
        slug=mistake.slug,
        place=place if place is not None and place.line else None,
        home=_home(row, chosen),
        cause=filled(mistake.cause, words),
        step=filled(mistake.step, words),
        question=filled(mistake.question, words),
        lesson=finding.lesson or mistake.lesson,
        error=finding.error,
        blocked=_waits(case, finding) if mistake.flags & Flags.WAITS else (),
        exchange=picture(case, finding),
    )


def filled(text: str, words: dict[str, str]) -> str:
    """A text of the catalogue with its gaps filled, as French says it: « d'etape1.py ».

    Raises:
        KeyError: a gap has no word.
    """
    return text.format_map(words).replace(" de etape1", " d'etape1")


def _home(row: Row, chosen: Chosen) -> str:
    """The check where a mistake belongs: its own if that failed for it too, else the first that did."""
    case, finding = chosen[row.id]
    alike = [
        one for one, (_, other) in chosen.items() if other.mistake is finding.mistake and _file(other) == _file(finding)
    ]
    own = f"{case.program}.{finding.mistake.check or finding.check}"
    if own in alike:
        return own
    same_check = (one for one in alike if one.endswith("." + finding.mistake.check))
    return next(same_check, alike[0])


def _file(finding: Finding) -> str:
    """Where it is: one mistake made on two lines of a file is still one."""
    return finding.place.file if finding.place is not None else ""


def _waits(case: Case, finding: Finding) -> tuple[str, ...]:
    """Who waits where, one sentence a thread."""
    run, until = moment(case)
    found = waiting(run, case.program, until)
    told = [one.text[0].upper() + one.text[1:] + "." for one in found]
    if case.check in ("send", "reception", "threads") or finding.mistake is JAMAIS_DEMARRE:
        told += [f"« {name} » n'a pas démarré." for name in _not_started(case, run, until)]
    return tuple(told)


def _not_started(case: Case, run: Run, until: Fact | None) -> list[str]:
    """The names of the threads that the file makes, but that were not started before a fact, or ever."""
    facts = run.facts if until is None else run.facts[: run.position(until)]
    begun = (one for one in facts if isinstance(one, ThreadStarted) and one.program == case.program)
    started = {name for one in begun for name in (*one.names, one.function)}
    return [name for _, name in named_threads(case.code) if name not in started]
