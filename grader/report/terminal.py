"""The report on the screen, with rich: score, progress by step, and the one thing to repair first."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..escape import MAX_SENTENCE, escape
from ..french import decimal
from .diagram import cut
from .model import AROUND, LEFT_OUT, UNSAVED, CheckResult, Report, Standing, State

if TYPE_CHECKING:
    from .hints import Hint

WIDTH = 80
"""Lines longer than this are hard to read, and school terminals have no more."""

BAR_CELLS = 20
MARGIN = 4
"""Columns that a panel's border and its inner margin take."""

LABEL = 9
"""Columns of the words on the left of a panel, and the space behind them."""

NO_BREAK = "\N{NO-BREAK SPACE}"
SIGNS = re.compile(r" (?=[:;?!»])|(?<=«) |(?<=[Ll]igne) (?=\d)")
"""The spaces at which French never breaks a line, and nobody who looks for a line wants one broken."""

INDENT = 2
GAP = "  "

BELOW = 3
"""Rows of a terminal that whatever comes after the report takes: a prompt, or what watching says and the cursor."""


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

COLOURS = {State.PASSED: "green", State.FAILED: "red"}
"""Of the signs; the others are dim."""


class Terminal:
    """Shows progress and report.

    Args:
        console: where; the standard output if none is given.
    """

    def __init__(self, console: Console | None = None) -> None:
        self.console = console or Console(highlight=False)
        if self.console.width > WIDTH:
            self.console.width = WIDTH

    @property
    def _room(self) -> int:
        """The columns beside a label."""
        return self.console.width - MARGIN - LABEL

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """Show how far the grading is; gives a function of what is over, how many are, and of how many."""
        if not self.console.is_terminal:
            yield lambda _name, _done, _total: None
            return
        with Live(Text("…"), console=self.console, auto_refresh=False, transient=True) as live:

            def advance(name: str, done: int, total: int) -> None:
                bar = "█" * done + "░" * (total - done)
                live.update(Text(f"Je discute avec tes programmes  {bar}  {name}", style="cyan"), refresh=True)

            yield advance

    def show(self, report: Report, *, details: bool = False) -> None:
        """Print the report: all of it, or what matters now."""
        self.console.print(self._head(report))
        for remark in report.remarks:
            self.console.print(Padding(Text(remark, style="yellow"), (0, 1)))
        for better, sentence in report.news():
            line = Text(f"{'+' if better else '-'} {sentence}", style="green" if better else "yellow")
            self.console.print(Padding(line, (0, 1)))
        for one in report.sections():
            body = _rows(one.checks) if details else _row(one.checks, self.console.width - 2 * INDENT)
            self.console.print(Padding(_section(one, body), (0, 1)))
        self.console.print(self._next(report, details=details))
        if details:
            for check in report.also_failed():
                self.console.print(self._explained(report, check, check.name, "yellow", WHOLE))
            for _, message in report.suspect:
                self.console.print(Padding(Text(f"Pour l'encadrant : {message}", style="yellow"), (0, 1)))
        if report.unsaved:
            self.console.print(Padding(Text(wrapped(UNSAVED, self.console.width - 2), style="yellow"), (0, 1)))

    def hint(self, report: Report, hint: Hint) -> None:
        """Print one hint only, and how many more there are."""
        from .hints import LAST_DEGREE

        check = report.first_failure()
        name = f" · {check.name}" if check is not None else ""
        body: list[RenderableType] = [Text(hint.text)]
        if hint.page:
            from rich.markdown import Markdown  # 30 ms that only this page is worth

            body += [Text(""), Markdown(hint.page, hyperlinks=False)]
        title = Text(f"Indice {hint.degree} sur {LAST_DEGREE}{name}")
        self.console.print(
            Panel(
                Group(*body),
                title=title,
                title_align="left",
                border_style="magenta",
                subtitle=Text(hint.more),
                subtitle_align="right",
            )
        )

    def line(self, text: str) -> None:
        """Print one sentence, whatever is in it."""
        self.console.print(Text(escape(text), style="cyan"))

    def _head(self, report: Report) -> RenderableType:
        filled = round(report.score / report.max_score * BAR_CELLS)
        line = Text.assemble(
            (f" {decimal(report.score)} / {decimal(report.max_score)} ", "bold"),
            ("█" * filled, "green"),
            ("░" * (BAR_CELLS - filled), "dim"),
            (f"   bonus {decimal(report.bonus)}" if report.bonus else "", "green"),
        )
        return Panel(line, title=Text(f"ChatPy · {report.submission}"), title_align="left", border_style="cyan")

    def clear(self) -> None:
        """Show what follows instead of what was shown before."""
        self.console.clear()

    def _next(self, report: Report, *, details: bool) -> RenderableType:
        check = report.first_failure()
        if report.complete:
            return self._celebration(report, check)
        if check is None:
            return Text("")
        is_todo = check.state is State.TODO
        title = report.lead() if is_todo else f"{report.lead()} : {check.name}"
        if cell_len(title) > self.console.width - 6:  # what a panel's border leaves
            title = f"{report.lead()} : {check.id}"
        card = self._explained(report, check, title, "cyan" if is_todo else "yellow", WHOLE)
        if details or not self.console.is_terminal:
            return card
        unsaved = wrapped(UNSAVED, self.console.width - 2).count("\n") + 1 if report.unsaved else 0
        room = self.console.height - BELOW - unsaved
        for extent in SHORTER:  # whoever reads the end of a long report must see where the card begins
            if len(self.console.render_lines(card, pad=False)) <= room:
                break
            card = self._explained(report, check, title, "cyan" if is_todo else "yellow", extent)
        return card

    def _celebration(self, report: Report, bonus: CheckResult | None) -> RenderableType:
        heading, following = report.praise()
        lines = [Text(heading, style="bold green")]
        if bonus is None or report.following:
            lines.append(Text(following))
        if bonus is not None:
            lines.append(Text(f"{report.lead()} : {bonus.title}. {bonus.cause} {bonus.step}"))
        return Panel(Group(*lines), border_style="green")

    def _explained(self, report: Report, check: CheckResult, title: str, style: str, extent: Extent) -> RenderableType:
        """One check with all that helps: what was seen, why, where, the picture, and what to do."""
        table = Table.grid(padding=(0, 1))
        table.add_column(style="bold", no_wrap=True, width=LABEL - 1)
        table.add_column()
        rows = [("Attendu", check.expected), ("Vu", check.seen), ("Pourquoi", check.cause)]
        if check.state is State.TODO:
            rows = []
        if extent.blocked:
            rows += [("" if number else "Bloqué", text) for number, text in enumerate(check.blocked)]
        for label, text in rows:
            if text:
                table.add_row(label, self._prose(extent.cut(text)))
        if check.location is not None:
            table.add_row("Où", Text(_path(report, check, self._room), style="cyan"))
        body: list[RenderableType] = [table]
        if check.excerpt and check.state is not State.TODO:
            body.append(Padding(_code(check, extent.around), (0, 0, 0, 1)))
        if check.exchange is not None and extent.picture:
            from .diagram_terminal import draw  # 2 ms that only a picture is worth

            body += [Text(""), draw(check.exchange, self.console.width - MARGIN)]
        step = Table.grid(padding=(0, 1))
        step.add_column(style="bold green", no_wrap=True, width=LABEL - 1)
        step.add_column()
        step.add_row("Essaie", self._prose(extent.cut(check.step, 2)))
        if extent is not WHOLE:
            step.add_row("", Text("Pour tout voir : --details", style="dim"))
        elif check.lesson:
            step.add_row("À relire", Text(wrapped(f"« {check.lesson} », dans le sujet", self._room), style="dim"))
        body += [Text(""), step] if len(body) > 1 and extent.air else [step]
        return Panel(Group(*body), title=Text(title), title_align="left", border_style=style)

    def _prose(self, text: str) -> Text:
        """A text beside its label, its lines broken where French breaks them."""
        return Text(wrapped(text, self._room))


def wrapped(text: str, room: int) -> str:
    """A text in lines of so many columns, broken where French breaks them."""
    return "\n".join(textwrap.wrap(SIGNS.sub(NO_BREAK, text), room, break_on_hyphens=False)).replace(NO_BREAK, " ")


def _section(one: Standing, body: RenderableType) -> RenderableType:
    """A section's points, and its checks below them."""
    heading = Table.grid(expand=True)
    heading.add_column(ratio=1)
    heading.add_column(justify="right")
    found = {check.state for check in one.checks}
    states = [state for state in (State.TODO, State.WAITING) if state in found]
    # A section in which nothing has failed or passed says once why: each of its checks has the same mark.
    alike = states[0].value if states and not found & COLOURS.keys() else ""
    if not one.asked:
        alike = LEFT_OUT
    title = Text.assemble((one.section.title, "bold"), (f"  {alike}", "dim italic"))
    heading.add_row(title, Text(f"{decimal(one.points)} / {decimal(one.max_points)}", style="bold"))
    return Group(heading, Padding(body, (0, 0, 0, INDENT)))


def _row(checks: Sequence[CheckResult], room: int) -> Text:
    """All checks in as few lines as possible; a mark and its title stay together."""
    lines = [Text()]
    for check in checks:
        titled = Text.assemble(_mark(check), " ", (check.title, _style(check)))
        if lines[-1] and lines[-1].cell_len + len(GAP) + titled.cell_len > room:
            lines.append(Text())
        lines[-1] += Text(GAP) + titled if lines[-1] else titled
    return Text("\n").join(lines)


def _rows(checks: Sequence[CheckResult]) -> RenderableType:
    """A line for each check."""
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=1)
    table.add_column(ratio=1)
    table.add_column(justify="right", no_wrap=True)
    for check in checks:
        worth = decimal(check.max_points)
        failed = check.state is State.FAILED
        title = Text.assemble((check.title, _style(check)), (f"  {check.id}", "dim"))
        if check.state not in (State.PASSED, State.FAILED):
            title.append(f"  {check.state.value}", style="dim italic")
        table.add_row(_mark(check), title, Text(f"0 / {worth}" if failed else worth, style=_colour(check)))
    return table


def _mark(check: CheckResult) -> Text:
    return Text(check.state.sign, style=_colour(check))


def _colour(check: CheckResult) -> str:
    return COLOURS.get(check.state, "dim")


def _style(check: CheckResult) -> str:
    return {State.FAILED: "red", State.PASSED: ""}.get(check.state, "dim")


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
