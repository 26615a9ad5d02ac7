"""What a check answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..transcript.facts import ChannelClosedEarly, Replaced
from ..transcript.place import Place
from ..transcript.questions import place_of


class Status(Enum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Verdict:
    """A check's answer.

    Attributes:
        status: passed, failed or skipped.
        seen: what was seen, one or two French sentences; empty when passed.
        cause: the slug of the mistake that these facts show; empty for none.
        place: the line to look at; None where no line is to blame.
        waits_for: the check that must pass before this one can be tried; empty if not skipped for that.
    """

    status: Status
    seen: str = ""
    cause: str = ""
    place: Place | None = None
    waits_for: str = ""


PASSED = Verdict(Status.PASSED)


def failed(seen: str, cause: str = "", place: Place | None = None) -> Verdict:
    """A failed check."""
    return Verdict(Status.FAILED, seen, cause, place)


def skipped(waits_for: str, seen: str = "") -> Verdict:
    """A check that could not be tried."""
    return Verdict(Status.SKIPPED, seen, waits_for=waits_for)


def unseen(hidden: ChannelClosedEarly | Replaced) -> Verdict:
    """The verdict on what only the probe could have seen: not given, and nobody is to blame."""
    place = place_of(hidden) if isinstance(hidden, Replaced) else None
    return failed("À partir d'un moment, je n'ai plus vu ce que le programme fait à l'intérieur.", "hors_de_vue", place)
