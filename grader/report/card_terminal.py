"""One check on the screen with all that helps: what was seen, why, where, the picture, and what to do."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..escape import MAX_SENTENCE, escape
from .diagram import cut
from .model import AROUND, CheckResult, Report, State

MARGIN = 4
"""Columns that a panel's border and its inner margin take."""

LABEL = 9
"""Columns of the words on the left of a panel, and the space behind them."""

NO_BREAK = "\N{NO-BREAK SPACE}"

SIGNS = re.compile(r" (?=[:;?!»])|(?<=«) |(?<=[Ll]igne) (?=\d)")
"""The spaces at which French never breaks a line, and nobody who looks for a line wants one broken."""


@dataclass(frozen=True)
class Extent:
    """How much of a card is shown, where the terminal is too small for all of it.

    Attributes:
        around: lines of code on each side of the one to look at.
        picture: whether the exchange is drawn.
        blocked: whether it is said who waits for what.
        air: whether an empty line stands before what to try.
        sentence: cells of a sentence.
    """

    around: int = AROUND
    picture: bool = True
    blocked: bool = True
    air: bool = True
    sentence: int = 2 * MAX_SENTENCE

    def cut(self, text: str, weight: int = 1) -> str:
        """A sentence, or the beginning of it."""
        most = weight * self.sentence
        return text if cell_len(text) <= most else cut(text[:most], most - 1, cell_len)


WHOLE = Extent()

SHORTER = (
    Extent(around=1),
    Extent(around=1, picture=False),
    Extent(around=0, picture=False, air=False),
    *(Extent(around=0, picture=False, blocked=False, air=False, sentence=most) for most in (300, 150, 80, 40)),
)


def card(
    report: Report, check: CheckResult, title: str, style: str, width: int, extent: Extent = WHOLE
) -> RenderableType:
    """A panel on a check.

    Args:
        report: that the check is in.
        check: which does not pass.
        title: above it.
        style: of its border.
        width: the console's columns.
        extent: how much of it.
    """
    room = width - MARGIN - LABEL
    body: list[RenderableType] = [_facts(report, check, room, extent)]
    if check.excerpt and check.state is not State.TODO:
        body.append(Padding(_code(check, extent.around), (0, 0, 0, 1)))
    if check.exchange is not None and extent.picture:
        from .diagram_terminal import draw  # 2 ms that only a picture is worth

        body += [Text(""), draw(check.exchange, width - MARGIN)]
    step = _next_step(check, room, extent)
    body += [Text(""), step] if len(body) > 1 and extent.air else [step]
    return Panel(Group(*body), title=Text(title), title_align="left", border_style=style)


def _facts(report: Report, check: CheckResult, room: int, extent: Extent) -> Table:
    """What was seen, why, and where."""
    table = _labelled("bold")
    rows = [("Attendu", check.expected), ("Vu", check.seen), ("Pourquoi", check.cause)]
    if check.state is State.TODO:
        rows = []
    if extent.blocked:
        rows += [("" if number else "Bloqué", text) for number, text in enumerate(check.blocked)]
    for label, text in rows:
        if text:
            table.add_row(label, Text(wrapped(extent.cut(text), room)))
    if check.location is not None:
        table.add_row("Où", Text(_path(report, check, room), style="cyan"))
    return table


def _next_step(check: CheckResult, room: int, extent: Extent) -> Table:
    """What to try, and where to read more."""
    table = _labelled("bold green")
    table.add_row("Essaie", Text(wrapped(extent.cut(check.step, 2), room)))
    if extent is not WHOLE:
        table.add_row("", Text("Pour tout voir : --details", style="dim"))
    elif check.lesson:
        table.add_row("À relire", Text(wrapped(f"« {check.lesson} », dans le sujet", room), style="dim"))
    return table


def _labelled(style: str) -> Table:
    """A table of texts beside their labels."""
    table = Table.grid(padding=(0, 1))
    table.add_column(style=style, no_wrap=True, width=LABEL - 1)
    table.add_column()
    return table


def wrapped(text: str, room: int) -> str:
    """A text in lines of so many columns, broken where French breaks them."""
    return "\n".join(textwrap.wrap(SIGNS.sub(NO_BREAK, text), room, break_on_hyphens=False)).replace(NO_BREAK, " ")


def _path(report: Report, check: CheckResult, room: int) -> str:
    """The place as terminals and editors open it with a click: file and line, with a colon."""
    place = check.location
    if place is None:
        return ""
    line = f":{place.line}"
    folder, where = escape(report.folder.rstrip("/\\")), cut(place.file, room - len(line), cell_len) + line
    # Broken over two lines a path opens nothing: then the name alone says more.
    return f"{folder}/{where}" if folder not in ("", ".") and len(folder) + len(where) < room else where


def _code(check: CheckResult, around: int) -> RenderableType:
    """The lines around the place, that one marked."""
    at = next((number for number, line in enumerate(check.excerpt) if line.blamed), 0)
    excerpt = check.excerpt[max(0, at - around) : at + around + 1]
    width = max(len(str(line.number)) for line in excerpt)
    shown = Text(no_wrap=True, overflow="ellipsis")
    for line in excerpt:
        shown.append("► " if line.blamed else "  ", style="red")
        shown.append(f"{line.number:>{width}}  ", style="dim")
        shown.append(line.text + "\n", style="bold" if line.blamed else "dim")
    shown.rstrip()
    return shown
