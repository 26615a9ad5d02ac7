"""Figures, and the table that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        what: what was measured.
        middle: what is compared with the limit, the median unless said otherwise.
        low: the smallest value.
        high: the largest value.
        runs: how many values there are.
        unit: of all of them.
        limit: what the median may be; None where it is shown for information.
        at_least: whether the limit is the smallest allowed value, not the largest.
    """

    what: str
    middle: float
    low: float
    high: float
    runs: int
    unit: str
    limit: float | None = None
    at_least: bool = False

    @property
    def over(self) -> bool:
        """Whether the limit is exceeded."""
        if self.limit is None:
            return False
        return self.middle < self.limit if self.at_least else self.middle > self.limit


def figure(what: str, values: Sequence[float], unit: str, limit: float | None = None) -> Figure:
    """The figure of several measurements of one thing."""
    return Figure(what, median(values), min(values), max(values), len(values), unit, limit)


def total(what: str, count: int, runs: int, limit: float | None = 0) -> Figure:
    """How often something happened in so many runs."""
    return Figure(what, count, count, count, runs, "", limit)


def largest(what: str, values: Sequence[float], unit: str, limit: float) -> Figure:
    """The figure of what must hold for every one of several values."""
    return Figure(what, max(values), min(values), max(values), len(values), unit, limit)


def ratio(
    what: str, above: Sequence[float], below: Sequence[float], limit: float | None, *, at_least: bool = False
) -> Figure:
    """The ratio of two medians; its range is that of the pairs that were measured one after the other."""
    pairs = [first / second for first, second in zip(above, below, strict=True)]
    middle = median(above) / median(below)
    return Figure(what, middle, min(pairs), max(pairs), len(pairs), "x", limit, at_least)


def render(figures: Sequence[Figure]) -> str:
    """The table, aligned."""
    rows = [("what", "measured: median [range]", "limit", "verdict", "runs")]
    for line in figures:
        measured = _number(line.middle, line.unit)
        if line.low != line.high:
            measured += f" [{_number(line.low)} .. {_number(line.high)}]"
        limit = "" if line.limit is None else f"{'>=' if line.at_least else '<='} {_number(line.limit, line.unit)}"
        verdict = "" if line.limit is None else "OVER" if line.over else "ok"
        rows.append((line.what, measured, limit, verdict, str(line.runs)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _number(value: float, unit: str = "") -> str:
    """Three digits that mean something."""
    decimals = 0 if value == int(value) or value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{decimals}f} {unit}".rstrip()
