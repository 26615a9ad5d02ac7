"""What a detector has found: a mistake of the catalogue, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ..checks.rubric import Row
from ..checks.verdict import Verdict
from ..submission import Submission
from ..transcript.facts import ProbeFact
from ..transcript.place import Place
from ..transcript.record import Run, Transcript
from .code import Code
from .mistake import Mistake


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Finding:
    """A mistake that facts show.

    Attributes:
        mistake: which one.
        place: the line to look at; None where no line is to blame.
        values: what the catalogue's texts need beside ``file`` and ``line``.
        check: where it belongs, if the catalogue does not say: the last part of a check's id.
        error: what Python itself said, if it is about an exception.
    """

    mistake: Mistake
    place: Place | None = None
    values: dict[str, str] = field(default_factory=dict)
    check: str = ""
    error: str = ""


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Case:
    """One failed check of one program, with all that may explain it.

    Attributes:
        actor: the program: ``etape1``, ``serveur`` or ``client``.
        row: the check.
        verdict: how it failed.
        cause: the mistake that the check itself has seen.
        transcript: what was seen.
        submission: what was submitted.
        code: the program's text.
    """

    actor: str
    row: Row
    verdict: Verdict
    cause: Mistake
    transcript: Transcript
    submission: Submission
    code: Code

    @property
    def check(self) -> str:
        """The last part of the check's id."""
        return self.row.id.partition(".")[2]

    @property
    def runs(self) -> list[Run]:
        """The scenarios in which the program was alone with the grader."""
        names = [self.actor] if self.actor == "etape1" else [f"{self.actor}.parle", f"{self.actor}.ecoute"]
        return [self.transcript.run(name) for name in names]

    @property
    def run(self) -> Run:
        """The first of them."""
        return self.runs[0]

    def at(self, line: int) -> Place | None:
        """A line of the program."""
        return Place(self.code.file, line) if line else None


def first_found(detectors: Iterable[Callable[..., Finding | None]], *asked: object) -> Finding | None:
    """What the first detector that knows says; the others are not asked."""
    return next((found for found in (detect(*asked) for detect in detectors) if found is not None), None)


def found_at(mistake: Mistake, error: ProbeFact, line: int = 0, **values: str) -> Finding:
    """A mistake that an exception shows, at the line where it stopped or at another one of that file."""
    return Finding(mistake, Place(error.file, line or error.line), values)
