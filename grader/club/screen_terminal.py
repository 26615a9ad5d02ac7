"""The club on the instructor's terminal, with rich: a table of the students, then what to say and whom to visit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from ..escape import escape
from ..report.card_terminal import wrapped
from ..report.diagram import cut
from .model import Row, State
from .room import Room, is_complete
from .screen import COUNTED, Advance, Lines, alphabetical, bars_of, first_of, parts, score_of, summary

LEAST_WIDTH = 64
"""Columns below which a table is no longer one: the plain lines say the same."""

MOST_PSEUDO = 18
"""Columns of a pseudonym: most are shorter, and the sentences below the table have all of it."""

HEADING = "Ét.1 serv. cli.  duo"
"""Of the bars: four cells, five, five and two."""

FULL, EMPTY = "▰", "▱"
BULLET = "  - "
LATE, ODD = "R", "!"
LEGEND = {LATE: "rendu en retard", ODD: "à regarder, dit plus bas"}
STYLES = {State.GRADED: "", State.BLANK: "yellow", State.UNREADABLE: "red", State.FAILED: "magenta"}
"""Of the words that say the state: no style says anything by itself."""


class Terminal:
    """Shows a club.

    Args:
        console: where; the standard output if none is given.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)

    @contextmanager
    def progress(self, total: int) -> Iterator[Advance]:
        """Show how far the grading is and what is left; gives the function to be told of each pseudonym."""
        if not self.console.is_terminal:
            with Lines(self.console.file).progress(total) as advance:
                yield advance
            return
        columns = (
            TextColumn("Je note"),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("reste"),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.description}", style="dim"),
        )
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task("", total=total)
            yield lambda pseudo: progress.update(task, advance=1, description=escape(pseudo))

    def show(self, rows: Sequence[Row], room: Room, pairs: Sequence[tuple[str, ...]] = ()) -> None:
        """Print how a club stands; see ``Lines.show``."""
        if self.console.width < LEAST_WIDTH:
            Lines(self.console.file).show(rows, room, pairs)
            return
        self.console.print(Text(wrapped(summary(room), self.console.width), style="bold"))
        for sentence in room.mixed:
            self.console.print(Text(wrapped(sentence, self.console.width), style="yellow"))
        if rows:
            self.console.print(_table(alphabetical(rows), self.console.width))
        used = {mark for row in rows for mark in _marks(row)}
        if used:
            told = "   ".join(f"{mark} : {words}" for mark, words in LEGEND.items() if mark in used)
            self.console.print(Padding(Text(told, style="dim"), (0, 1)))
        for heading, lines in parts(rows, room, pairs):
            self.console.print()
            self.console.print(Text(heading, style="bold"))
            for line in lines:
                self.console.print(_item(line, self.console.width))

    def listing(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table of texts."""
        if self.console.width < LEAST_WIDTH:
            Lines(self.console.file).listing(headings, rows)
            return
        table = _bare()
        for number, heading in enumerate(headings):
            table.add_column(heading, no_wrap=number == 0, overflow="fold")
        for row in rows:
            table.add_row(*(Text(escape(cell)) for cell in row))
        self.console.print(table)

    def line(self, text: str) -> None:
        """Print one sentence, whatever is in it."""
        self.console.print(Text(wrapped(escape(text), self.console.width)))


def _bare() -> Table:
    """A table without lines between its rows: 300 of them stay together."""
    return Table(box=box.SIMPLE_HEAD, padding=0, pad_edge=False, header_style="bold", show_edge=False)


def _table(rows: Sequence[Row], width: int) -> Table:
    """One line a student, so that 300 can still be run through; what does not fit is told whole below."""
    table = _bare()
    longest = max(len(row.pseudo) for row in rows)
    columns = {"Pseudo": min(max(longest, len("Pseudo")), MOST_PSEUDO), "/ 20": 5, HEADING: len(HEADING), "": 2}
    left = width - sum(columns.values()) - len(columns)
    for heading, cells in (columns | {"À réparer d'abord": left}).items():
        table.add_column(heading, no_wrap=True, width=cells, justify="right" if heading == "/ 20" else "left")
    for row in rows:
        table.add_row(
            Text(cut(escape(row.pseudo), MOST_PSEUDO)),
            Text(score_of(row), style="bold"),
            _bars(row) if row.state is State.GRADED else Text(COUNTED[row.state][0], style=STYLES[row.state]),
            Text(_marks(row), style="yellow"),
            Text(cut(first_of(row), left, cell_len), style="green" if is_complete(row) else ""),
        )
    return table


def _bars(row: Row) -> Text:
    """A cell a check, each section's filled from the left."""
    bars = Text()
    for number, (_, passed, of) in enumerate(bars_of(row)):
        bars += Text.assemble(" " * bool(number), (FULL * passed, "green"), (EMPTY * (of - passed), "dim"))
    return bars


def _marks(row: Row) -> str:
    return LATE * row.late + ODD * bool(row.odd or row.suspect)


def _item(line: str, width: int) -> Text:
    """One of a list, whose further lines come back below its beginning."""
    return Text(BULLET + wrapped(line, width - len(BULLET)).replace("\n", "\n" + " " * len(BULLET)))
