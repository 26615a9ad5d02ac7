"""The report on the screen, with rich: score, progress by step, and the one thing to repair first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from ..escape import escape
from ..french import decimal
from .card_terminal import SHORTER, card, wrapped
from .model import LEFT_OUT, UNSAVED, CheckResult, Report, Standing, State

if TYPE_CHECKING:
    from .hints import Hint

WIDTH = 80
"""Lines longer than this are hard to read, and school terminals have no more."""

BAR_CELLS = 20
INDENT = 2
GAP = "  "

BELOW = 3
"""Rows of a terminal that whatever comes after the report takes: a prompt, or what watching says and the cursor."""

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
                self.console.print(card(report, check, check.name, "yellow", self.console.width))
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
        style = "cyan" if is_todo else "yellow"
        shown = card(report, check, title, style, self.console.width)
        if details or not self.console.is_terminal:
            return shown
        unsaved = wrapped(UNSAVED, self.console.width - 2).count("\n") + 1 if report.unsaved else 0
        room = self.console.height - BELOW - unsaved
        for extent in SHORTER:  # whoever reads the end of a long report must see where the card begins
            if len(self.console.render_lines(shown, pad=False)) <= room:
                break
            shown = card(report, check, title, style, self.console.width, extent)
        return shown

    def _celebration(self, report: Report, bonus: CheckResult | None) -> RenderableType:
        heading, following = report.praise()
        lines = [Text(heading, style="bold green")]
        if bonus is None or report.following:
            lines.append(Text(following))
        if bonus is not None:
            lines.append(Text(f"{report.lead()} : {bonus.title}. {bonus.cause} {bonus.step}"))
        return Panel(Group(*lines), border_style="green")


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
