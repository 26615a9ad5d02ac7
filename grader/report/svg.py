"""Draws an exchange as an inline SVG: headed vertical lines, time downwards, colours by CSS classes alone."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from html import escape

from ..diagnosis.exchange import Exchange, Kind
from .diagram import Step, cut, describe, steps, wrap
from .page import rules_of

STYLE = rules_of("svg.css")
"""The rules of every picture; the page that shows one defines the variables, for light and for dark."""

WIDTH = 400
"""In units of which a phone shows about 0.8 px: with more of them, letters would be too small there."""

MARGIN = 46
"""From the edge to the first and the last lane: half a lane's name."""

CELL = 7.3
"""The width of a monospaced letter of 12 px, a little too large."""

LINE = 15
"""From one line of text to the next."""

MOST_LINES = 3
"""Lines of a label; what does not fit into them is in its title."""


@dataclass(frozen=True)
class Part:
    """Some of the picture.

    Attributes:
        svg: the elements, drawn as if the picture began here.
        height: how far down the next part begins.
    """

    svg: str
    height: float


def draw(exchange: Exchange) -> str:
    """The picture of an exchange, one <svg> element; what it shows is said in its title and description."""
    count = len(exchange.lanes)
    xs = [MARGIN + (WIDTH - 2 * MARGIN) * number / max(1, count - 1) for number in range(count)]
    heads = [wrap(lane, int(min(WIDTH / count - 4, 2 * MARGIN) / CELL), 2, cells) for lane in exchange.lanes]
    top = LINE * max(map(len, heads)) + 6
    body, y = [], float(top)
    for step in steps(exchange):
        part = _step(step, xs)
        kind, said = step.kind.name.lower(), _said(step)
        body.append(f'<g class="d-{kind}" transform="translate(0 {y:g})"><title>{said}</title>{part.svg}</g>')
        y += part.height
    height = y + 12
    lines = "".join(f'<path class="d-lane" d="M{x:.1f} {top}V{height - 2:g}"/>' for x in xs)
    titles = "".join(_lines(head, x, LINE - 3, "d-head") for head, x in zip(heads, xs, strict=True))
    return (
        f'<svg class="dia" role="img" viewBox="0 0 {WIDTH} {height:g}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>Ce qui s'est passé, de haut en bas</title><desc>{escape(describe(exchange))}</desc>"
        f"{lines}{titles}{''.join(body)}</svg>"
    )


def cells(text: str) -> int:
    """About how many letters wide a text is: browsers draw emoji and ideograms twice as wide, accents over letters."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _said(step: Step) -> str:
    return escape(" : ".join(filter(None, (step.label, step.words))))


def _step(step: Step, xs: list[float]) -> Part:
    if step.kind is Kind.FOLDED:
        text = cut(f"⋮ {step.label}", int(WIDTH / CELL), cells)
        return Part(_lines([text], (xs[0] + xs[-1]) / 2, LINE + 6, "d-folded"), LINE + 12)
    return _beside(step, xs[step.source]) if step.is_beside else _arrow(step, xs[step.source], xs[step.target])


def _beside(step: Step, x: float) -> Part:
    """A text beside its lane, on the side that has more room for it."""
    rightwards = x <= WIDTH / 2
    room = (WIDTH - x if rightwards else x) - 14
    lines = wrap(step.label, int(room / CELL), MOST_LINES, cells)
    side, at = ("d-right", x + 10) if rightwards else ("d-left", x - 10)
    dot = f'<circle class="d-dot" cx="{x:.1f}" cy="{LINE + 1}" r="4.5"/>'
    return Part(dot + _lines(lines, at, LINE + 5, f"d-note {side}"), LINE * len(lines) + 8)


def _arrow(step: Step, start: float, end: float) -> Part:
    """An arrow with its label above it, and its words below."""
    sign = 1 if start < end else -1
    middle, room = (start + end) / 2, abs(end - start) - 12
    label = wrap(step.label, int(room / CELL), MOST_LINES, cells) if step.label else []
    words = wrap(step.words, int(WIDTH / CELL), 2, cells) if step.words else []
    y = LINE * len(label) + 9
    tip = end - sign * 2
    if step.kind is Kind.MISSING:
        tip -= sign * 8
        head = f'<path class="d-cross" d="M{tip - 5:.1f} {y - 5}l10 10m0 -10l-10 10"/>'
    else:
        head = f'<path class="d-tip" d="M{tip:.1f} {y}l{-sign * 10} -5v10z"/>'
    shaft = f'<path class="d-shaft" d="M{start + sign * 2:.1f} {y}H{tip - sign * 8:.1f}"/>'
    half = max((cells(line) for line in words), default=0) * CELL / 2
    centre = min(max(middle, half), WIDTH - half)
    text = _lines(label, middle, LINE + 2, "d-label") + _lines(words, centre, y + LINE, "d-words")
    return Part(shaft + head + text, y + LINE * len(words) + 5)


def _lines(lines: list[str], x: float, y: float, kind: str) -> str:
    """Lines of text, the first at ``y``."""
    return "".join(
        f'<text class="{kind}" x="{x:.1f}" y="{y + LINE * number:g}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
