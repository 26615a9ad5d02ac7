"""What a club has, as data: what one student has handed in, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .state import State as State


class NotBegun(str):
    """A sentence on a hand-in in which nothing was begun: a list says it, a result says so by its state."""


NOTHING_THERE = NotBegun("Aucun des trois programmes n'y est.")
STILL_BLANK = NotBegun("Encore vierge : aucun programme n'est commencé.")


@dataclass(frozen=True)
class HandIn:
    """What one student has handed in, as it was found; nothing of it has run.

    Attributes:
        pseudo: 2 to 32 of a-z, 0-9 and -, see ``pseudonym``.
        files: the regular files by path inside the submission, with ``/``; within the caps of ``limits``.
        origin: where it was found, in a few French words for the instructor (« branche rendu/zoe-b », « zoe.zip »).
        when_s: when it was handed in, in seconds since 1970 (UTC); None where nobody knows.
        odd: French sentences on what is odd about it and was left out or put right.
        unreadable: why it cannot be read, a French sentence; empty where it can.
        earlier_s: when it was handed in before, in the same place; the newest first.
        participant: the number that Moodle gives whoever hands in; empty elsewhere.
    """

    pseudo: str
    files: dict[str, bytes] = field(default_factory=dict)
    origin: str = ""
    when_s: int | None = None
    odd: tuple[str, ...] = ()
    unreadable: str = ""
    earlier_s: tuple[int, ...] = ()
    participant: str = ""


@dataclass(frozen=True)
class Check:
    """A line of a result: see ``report.model.CheckResult``, whose fields these are."""

    id: str
    title: str
    status: str
    points: float
    max_points: float
    message: str
    hint: str
    diagnosis: str | None
    file: str
    line: int

    @property
    def is_bonus(self) -> bool:
        """Whether it is shown beside the 20 points."""
        return self.id.startswith("bonus.")


@dataclass(frozen=True)
class Row:
    """What is kept of one submission: all that a board and a table show.

    Attributes:
        pseudo: the student's.
        state: what became of it.
        why: why it cannot be read or was not graded, a French sentence; empty where it was.
        score: earned of 20; None where it was not graded.
        bonus: earned beside them.
        first: the id of the check to repair first; empty where nothing is, or nothing is known.
        checks: all of them in the order of the rubric; empty where it was not graded.
        suspect: what an instructor should look at, French sentences.
        remarks: French sentences on the submission's folder.
        digest: of the files, see ``packing.digest_of``.
        shapes: of each program that has more than the skeleton's, a checksum of its shape, see ``pairs``.
        version: the grader's.
        python: the Python that graded it.
        isolation: ``simple`` or ``forte``; empty where nothing was run.
        duration_s: how long the grading took.
        origin, when_s, odd, earlier_s, participant: as in HandIn.
        late: whether it came after the day that ``club.toml`` names.
        others: where else something of the same pseudonym was found, and left aside for this one, which is newer.
    """

    pseudo: str
    state: State
    why: str = ""
    score: float | None = None
    bonus: float | None = None
    first: str = ""
    checks: tuple[Check, ...] = ()
    suspect: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    digest: str = ""
    shapes: dict[str, str] = field(default_factory=dict)
    version: str = ""
    python: str = ""
    isolation: str = ""
    duration_s: float = 0.0
    origin: str = ""
    when_s: int | None = None
    odd: tuple[str, ...] = ()
    earlier_s: tuple[int, ...] = ()
    participant: str = ""
    late: bool = False
    others: tuple[str, ...] = ()

    def check(self, check_id: str) -> Check | None:
        """One of the checks."""
        return next((check for check in self.checks if check.id == check_id), None)
