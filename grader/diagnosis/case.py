"""A failed check with all that may explain it, and what a detector has found: a mistake, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from ..checks.rubric import Row
from ..checks.verdict import Verdict
from ..submission import Submission
from ..transcript.facts import ProbeFact, Raised, Refused
from ..transcript.place import Place
from ..transcript.record import Run, Transcript
from ..transcript.scenario_names import DUO, conversations, long_message
from ..transcript.value import Value
from .code import Code
from .mistake import Mistake

if TYPE_CHECKING:
    from .conversation import UndeliveredMessage


NO_WORDS: Mapping[str, str] = {}


class Finding(Value):
    """A mistake that facts show.

    Attributes:
        mistake: which one.
        place: the line to look at; None where no line is to blame.
        values: what the catalogue's texts need beside ``file`` and ``line``.
        lesson: the heading of the subject to read again, if it is another than the mistake's own.
        check: where it belongs, if the catalogue does not say: the last part of a check's id.
        error: what Python itself said, if it is about an exception.
    """

    mistake: Mistake
    place: Place | None = None
    values: Mapping[str, str] = NO_WORDS
    lesson: str = ""
    check: str = ""
    error: str = ""


class Case(Value):
    """One failed check of one program, with all that may explain it.

    Attributes:
        program: the program: ``etape1``, ``serveur`` or ``client``.
        row: the check.
        verdict: how it failed.
        cause: the mistake that the check itself has seen.
        transcript: what was seen.
        submission: what was submitted.
        code: the program's text.
        seen_in: the conversation that decides, where it is not the first of the program.
        message: the line that did not come through, if it is about one.
        error: the exception that nothing caught, if it is about one; ``code`` is then the file that it stopped in.
        refusal: the call on a socket that failed: for an exception the last one of its line, if any; without one,
            the program has caught it.
    """

    program: str
    row: Row
    verdict: Verdict
    cause: Mistake
    transcript: Transcript
    submission: Submission
    code: Code
    seen_in: Run | None = None
    message: UndeliveredMessage | None = None
    error: Raised | None = None
    refusal: Refused | None = None

    @property
    def check(self) -> str:
        """The last part of the check's id."""
        return self.row.id.partition(".")[2]

    @property
    def runs(self) -> list[Run]:
        """The scenarios in which the program was alone with the grader."""
        return [self.transcript.run(name) for name in conversations(self.program)]

    @property
    def deciding_runs(self) -> list[Run]:
        """The scenarios that decide the check."""
        return [self.transcript.run(name) for name in PLAYED.get(self.row.id, ())] or self.runs

    @property
    def run(self) -> Run:
        """The conversation that decides: the first of them, if no other is said."""
        return self.runs[0] if self.seen_in is None else self.seen_in

    def at(self, line: int) -> Place | None:
        """A line of the program."""
        return self.code.at(line)


PLAYED = {
    "duo.dialogue": (DUO,),
    "duo.accents": (DUO,),
    "bonus.long": (long_message("serveur"), long_message("client")),
}
"""The scenarios that some checks are decided by; for the others, the conversations of the program alone."""

Detector = Callable[[Case], Iterable[Finding]]
"""Recognises mistakes: what it yields may each explain the case, the likeliest first."""


def each_of(detectors: Iterable[Detector], case: Case) -> Iterator[Finding]:
    """What detectors say, one after the other; none is asked before it is needed."""
    for detect in detectors:
        yield from detect(case)


def raised(case: Case) -> Raised:
    """The exception that nothing caught, for whoever is only asked about one."""
    assert case.error is not None
    return case.error


def found_at(mistake: Mistake, error: ProbeFact, line: int = 0, *, lesson: str = "", **values: str) -> Finding:
    """A mistake that an exception shows, at the line where it stopped or at another one of that file."""
    return Finding(mistake, Place(error.file, line or error.line), values, lesson)
