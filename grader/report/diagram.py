"""Says what every picture of an exchange says: a label for each arrow, words below it, a text for who cannot see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..diagnosis.exchange import Arrow, Exchange, Kind
from ..french import of_file
from ..transcript.place import Place

ELLIPSIS = "…"


@dataclass(frozen=True)
class Step:
    """A line of the picture, ready to be drawn.

    Attributes:
        kind: how it is drawn.
        source: the lane that it starts from.
        target: the lane that it goes to; the same as ``source`` for what stands beside a lane.
        label: what travels.
        words: what to say below the arrow, so that it is understood without colour; empty for nothing.
    """

    kind: Kind
    source: int
    target: int
    label: str
    words: str

    @property
    def is_beside(self) -> bool:
        """Whether it is no arrow, but a text beside its lane."""
        return self.source == self.target


def steps(exchange: Exchange) -> tuple[Step, ...]:
    """The lines of the picture, in order."""
    return tuple(
        Step(arrow.kind, arrow.source, arrow.target, arrow.text, _words(arrow, exchange.lanes[arrow.source]))
        for arrow in exchange.arrows
    )


def describe(exchange: Exchange) -> str:
    """The whole picture as French sentences."""
    return " ".join(_sentence(step, exchange.lanes) for step in steps(exchange))


def cut(text: str, room: int, cells: Callable[[str], int] = len) -> str:
    """A text that takes no more than so many cells, with … where something is left out.

    Args:
        text: any text.
        room: how many cells there are; nothing is left of the text where there are none.
        cells: how many of them a text takes.
    """
    if cells(text) <= room:
        return text
    end = min(len(text), max(room, 0))
    while end and cells(text[:end] + ELLIPSIS) > room:
        end -= 1
    return text[:end] + ELLIPSIS if room > 0 else ""


def wrap(text: str, room: int, most: int, cells: Callable[[str], int] = len) -> list[str]:
    """A text in at most so many lines of so many cells, broken at spaces where there are any."""
    lines: list[str] = []
    while cells(text) > room and len(lines) < most - 1:
        end = min(len(text), room)
        while end > 1 and cells(text[:end]) > room:
            end -= 1
        space = text.rfind(" ", 1, end + 1)
        end = space if space > 0 else end
        lines.append(text[:end])
        text = text[end:].lstrip(" ")
    return [*lines, cut(text, room, cells)]


def _words(arrow: Arrow, lane: str) -> str:
    if arrow.kind is Kind.MISSING:
        return f"devait partir de la {_line(arrow.place, lane)}" if arrow.place else "attendu, jamais venu"
    if arrow.kind is Kind.WRONG:
        return "pas ce qui était attendu" + (f" ({_line(arrow.place, lane)})" if arrow.place else "")
    return ""


def _line(place: Place, lane: str) -> str:
    """A place; its file only where the arrow does not start from a lane of that name."""
    return f"ligne {place.line}" + (f" {of_file(place.file)}" if place.file not in ("", lane) else "")


def _sentence(step: Step, lanes: tuple[str, ...]) -> str:
    if step.kind is Kind.FOLDED:
        return f"{step.label}."
    who = lanes[step.source] if step.is_beside else f"{lanes[step.source]} vers {lanes[step.target]}"
    missing = "Il manque, " if step.kind is Kind.MISSING else ""
    words = f" ({step.words})" if step.words else ""
    return f"{missing}{who} : {step.label}{words}."
