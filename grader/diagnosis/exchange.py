"""The picture of an exchange as data: who gave what to whom, and the one arrow that should have come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ..transcript.place import Place


class Kind(Enum):
    """What an arrow of the picture is."""

    SEEN = "seen"
    WRONG = "wrong: it came, but is not what was expected"
    MISSING = "missing: it should have come"
    NOTE = "a note beside one lane: source and target are the same"
    FOLDED = "a sentence instead of several arrows that matter less"


@dataclass(frozen=True)
class Arrow:
    """One line of the picture.

    Attributes:
        source: the number of the lane that it starts from, from 0 (left).
        target: the lane that it goes to.
        text: what travels, as the program or the grader wrote it: not yet made fit to be shown.
        kind: how it is drawn.
        place: the line of the program that made it, or that should have; None where there is none.
    """

    source: int
    target: int
    text: str
    kind: Kind = Kind.SEEN
    place: Place | None = None


@dataclass(frozen=True)
class Exchange:
    """A sequence diagram, time downwards.

    Attributes:
        lanes: who takes part, from left to right (two to four short names).
        arrows: what happened, in order.
    """

    lanes: tuple[str, ...]
    arrows: tuple[Arrow, ...]
