"""Draws an exchange on a terminal, with rich: headed vertical lines, time downwards, one or two rows an arrow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from ..diagnosis.exchange import Exchange, Kind
from .diagram import Step, cut, steps

STYLES = {Kind.SEEN: "", Kind.WRONG: "yellow", Kind.MISSING: "red", Kind.NOTE: "italic", Kind.FOLDED: "dim"}
"""Colours only underline what shafts, heads and words already say."""

LANE, SHAFT, DASHES, DOT, FOLD = "│", "─", "─ ", "●", "⋮"
# ► and ◄ rather than ▶ and ◀: those are emoji too, which some terminals draw two cells wide.
RIGHT, LEFT, CROSS = "►", "◄", "✘"

LEAST_SHAFT = 2
"""Cells of shaft to be seen on each side of a label: with fewer, the arrow is no longer seen as one."""

LEAST_LABEL = 8
"""Cells of what should have travelled that are kept, whatever the words beside it lose for it."""


@dataclass(frozen=True)
class Piece:
    """A text at a column of a row."""

    column: int
    text: str
    style: str

    @property
    def end(self) -> int:
        """The first column behind it."""
        return self.column + cell_len(self.text)


def draw(exchange: Exchange, width: int) -> RenderableType:
    """The picture of an exchange.

    Args:
        exchange: what to draw.
        width: how many columns it may take.
    """
    share = width // len(exchange.lanes)
    lanes = [cut(name, share - 1, cell_len) for name in exchange.lanes]
    columns = _columns(lanes, width)
    heads = [
        Piece(column - cell_len(lane) // 2, lane, "bold") for lane, column in zip(lanes, columns, strict=True) if lane
    ]
    rows = [_row(heads, ())]
    for step in steps(exchange):
        rows.extend(_row(pieces, columns) for pieces in _pieces(step, columns, width))
    return Text("\n", no_wrap=True, overflow="crop").join(rows)


def _columns(lanes: list[str], width: int) -> list[int]:
    """Where the lanes stand: as far from each other as the names of the outer ones allow."""
    first = cell_len(lanes[0]) // 2
    last = max(first, width - 1 - cell_len(lanes[-1]) // 2)
    gaps = max(1, len(lanes) - 1)
    return [first + (last - first) * number // gaps for number in range(len(lanes))]


def _row(pieces: Iterable[Piece], columns: Iterable[int]) -> Text:
    """A row: the pieces, and the lanes wherever no piece covers them."""
    pieces = list(pieces)
    lanes = [
        Piece(column, LANE, "dim")
        for column in columns
        if not any(piece.column <= column < piece.end for piece in pieces)
    ]
    row = Text()
    for piece in sorted([*pieces, *lanes], key=lambda piece: piece.column):
        row.append(" " * (piece.column - row.cell_len))
        row.append(piece.text, style=piece.style)
    return row


def _pieces(step: Step, columns: list[int], width: int) -> list[list[Piece]]:
    """The rows of a step, without the lanes."""
    style = STYLES[step.kind]
    if step.kind is Kind.FOLDED:
        return [[_centred(f"{FOLD} {step.label}", (columns[0] + columns[-1]) // 2, width, style)]]
    if step.is_beside:
        return [[_beside(step, columns[step.source], width)]]
    start, end = sorted((columns[step.source], columns[step.target]))
    start, middle, room = start + 1, (start + end) // 2, end - start - 1
    fits = cell_len(step.label) + 2 * LEAST_SHAFT + len(RIGHT) + 2 <= room
    arrow = [Piece(start, _arrow(step, f" {step.label} " if fits and step.label else "", room), style)]
    if step.words:
        words = step.words
        if not fits:
            label = cut(step.label, max(LEAST_LABEL, width - cell_len(f" «  » {words} ")), cell_len)
            words = f"« {label} » {words}"
        return [arrow, [_centred(words, middle, width, style)]]
    if fits:
        return [arrow]
    label = cut(step.label, room - 2, cell_len)
    return [[Piece(start + (room - cell_len(label)) // 2, label, style)], arrow]


def _arrow(step: Step, label: str, room: int) -> str:
    """An arrow that takes the whole room, with the label in its middle."""
    shaft = max(0, room - len(RIGHT))
    line = (DASHES if step.kind is Kind.MISSING else SHAFT) * shaft
    before = (shaft - cell_len(label)) // 2
    after = before + cell_len(label)
    forward = step.source < step.target
    head = CROSS if step.kind is Kind.MISSING else RIGHT if forward else LEFT
    body = line[:before] + label + line[after:shaft]
    return body + head if forward else head + body


def _beside(step: Step, column: int, width: int) -> Piece:
    """A text beside its lane, on the side that has room for it."""
    style, right, left = STYLES[step.kind], width - column - 2, column - 1
    if cell_len(step.label) <= right or right >= left:
        return Piece(column, f"{DOT} {cut(step.label, right, cell_len)}", style)
    text = f"{cut(step.label, left, cell_len)} {DOT}"
    return Piece(column + 1 - cell_len(text), text, style)


def _centred(text: str, middle: int, width: int, style: str) -> Piece:
    """A text in the middle of something, a space around it, moved where it would leave the picture."""
    text = f" {cut(text, width - 2, cell_len)} "
    return Piece(min(max(0, middle - cell_len(text) // 2), max(0, width - cell_len(text))), text, style)
