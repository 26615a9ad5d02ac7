"""The report on the screen, with rich: score, steps, checks, and the one thing to repair first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from .model import CheckResult, Report
from .plain import visible

WIDTH = 80
"""Lines longer than this are hard to read, and school terminals have no more."""

BAR_CELLS = 20
TODO = "a_faire"
"""The diagnosis of a program that has not been begun."""


@dataclass(frozen=True)
class Section:
    """A group of checks under one heading."""

    prefix: str
    title: str


SECTIONS = (
    Section("etape1.", "Étape 1 · etape1.py"),
    Section("serveur.", "Étape 2 · serveur.py"),
    Section("client.", "Étape 2 · client.py"),
    Section("duo.", "Étape 2 · les deux ensemble"),
    Section("bonus.", "Bonus"),
)


def points(value: float) -> str:
    """A number of points, as French writes it: 1,5 but 2."""
    return f"{value:g}".replace(".", ",")


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
        """Print the whole report."""
        self.console.print(self._head(report))
        for remark in report.remarks:
            self.console.print(Padding(Text(visible(remark), style="yellow"), (0, 1)))
        for section in SECTIONS:
            checks = [check for check in report.checks if check.id.startswith(section.prefix)]
            self.console.print(self._section(section, checks, details=details))
        self.console.print(self._next(report))
        if details:
            first = report.first_failure()
            for check in report.checks:
                if check.status == "failed" and check is not first:
                    self.console.print(self._explained(check, f"{check.title} ({check.id})"))

    def _head(self, report: Report) -> RenderableType:
        filled = round(report.score / report.max_score * BAR_CELLS)
        line = Text.assemble(
            (f" {points(report.score)} / {points(report.max_score)} ", "bold"),
            ("█" * filled, "green"),
            ("░" * (BAR_CELLS - filled), "dim"),
            (f"   bonus {points(report.bonus)}" if report.bonus else "", "green"),
        )
        return Panel(
            line, title=Text(f"ChatPy · {visible(report.submission)}"), title_align="left", border_style="cyan"
        )

    def _section(self, section: Section, checks: list[CheckResult], *, details: bool) -> RenderableType:
        earned, maximum = sum(check.points for check in checks), sum(check.max_points for check in checks)
        heading = Table.grid(expand=True)
        heading.add_column(ratio=1)
        heading.add_column(justify="right")
        heading.add_row(Text(section.title, style="bold"), Text(f"{points(earned)} / {points(maximum)}", style="bold"))
        marks = {_mark(check).plain for check in checks}
        alike = len(marks) == 1 and marks != {"✘"}
        body = self._rows(checks) if details or not alike else _line(checks)
        return Padding(Group(heading, Padding(body, (0, 0, 0, 2))), (0, 1))

    def _rows(self, checks: list[CheckResult]) -> RenderableType:
        """A line for each check."""
        table = Table.grid(padding=(0, 1), expand=True)
        table.add_column(width=1)
        table.add_column(ratio=1)
        table.add_column(justify="right", no_wrap=True)
        for check in checks:
            mark, worth = _mark(check), points(check.max_points)
            style = mark.style if check.status != "failed" or mark.plain == "✘" else "dim"
            table.add_row(mark, _titled(check), Text(f"0 / {worth}" if mark.plain == "✘" else worth, style=style))
        return table

    def _next(self, report: Report) -> RenderableType:
        check = report.first_failure()
        if report.complete:
            bonus = "" if check is None else f" Pour aller plus loin : {check.title} ({check.hint})"
            return Panel(Text(f"Bravo, tu as tous les points !{bonus}"), border_style="green")
        if check is None:
            return Text("")
        begin = check.diagnosis == TODO
        return self._explained(
            check, "Par où commencer" if begin else f"À réparer d'abord : {check.title} ({check.id})"
        )

    def _explained(self, check: CheckResult, title: str) -> RenderableType:
        table = Table.grid(padding=(0, 1))
        table.add_column(style="bold", no_wrap=True)
        table.add_column()
        rows = [("Attendu", check.expected), ("Vu", check.seen)]
        if check.location is not None:
            rows.append(("Où", f"{check.location.file}, ligne {check.location.line}"))
        rows.append(("Essaie", check.hint))
        for label, text in rows:
            if text:
                table.add_row(label, Text(visible(text)))
        return Panel(table, title=Text(visible(title)), title_align="left", border_style="yellow")


def _mark(check: CheckResult) -> Text:
    """✔, ✘ or ○: passed, failed, or neither tried nor to blame."""
    if check.status == "passed":
        return Text("✔", style="green")
    if check.status == "failed" and check.diagnosis != TODO and not check.is_bonus:
        return Text("✘", style="red")
    return Text("○", style="dim")


def _titled(check: CheckResult) -> Text:
    """A check's title, and why it has no points yet."""
    if check.status == "passed":
        return Text(check.title)
    if _mark(check).plain == "✘":
        return Text.assemble(check.title, (f"  {check.id}", "dim"))
    state = "à faire" if check.diagnosis == TODO else "en attente" if check.status == "skipped" else "pas encore"
    return Text.assemble((check.title, "dim"), (f"  {state}", "dim italic"))


def _line(checks: list[CheckResult]) -> Text:
    """All checks of a section where none differs from the others, in as few lines as possible."""
    titled = [Text.assemble(_mark(check), " ", (check.title, "dim")) for check in checks]
    return Text("  ").join(titled)
