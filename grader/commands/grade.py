"""The command without a verb: grades a folder, and shows the report on the screen or writes it to files."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from .. import grading
from ..cli import parse
from ..errors import ExitStatus, GraderError, UsageError, reason
from ..files import ROOT, write_whole
from ..folder import DEFAULT_FOLDER, folder_of
from ..guarded import free_output_encoding, guarded
from . import VERBS

if TYPE_CHECKING:
    from ..memory import Store
    from ..report.model import LastRun, Report
    from ..report.spoken import Spoken
    from ..report.terminal import Terminal
    from ..watch import View

PARTS = {"1": ("etape1",), "2": ("chat",), "": ("etape1", "chat")}
"""The parts of the subject by the number of the step; the empty one is both."""


def main(arguments: list[str], launcher: grading.Launcher) -> int:
    """Run the command, and return its exit status."""
    return guarded(lambda: _run(parse(arguments), launcher))


def _run(options: argparse.Namespace, launcher: grading.Launcher) -> int:
    free_output_encoding()
    terminal = None if options.json == "-" else _terminal(plain=options.texte or os.environ.get("TERM") == "dumb")
    if options.suivre and terminal is not None:
        return _follow(options, launcher, terminal)
    report, saved = _graded(options, launcher, terminal)
    if options.transcript:
        _write(options.transcript, saved)
    try:
        _show(report, options, terminal)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise GraderError(f"le rapport ne peut pas être montré, {reason(error)}.") from error
    return ExitStatus.FULL_MARKS if report.complete else ExitStatus.POINTS_MISSING


def _graded(
    options: argparse.Namespace, launcher: grading.Launcher, terminal: Terminal | Spoken | None
) -> tuple[Report, str]:
    """The report, and what was seen in the form to be kept."""
    if options.depuis:
        return grading.judge_again(_read(options.depuis)), ""
    folder, parts, keep = folder_of(options.folder, tuple(VERBS)), PARTS[options.etape], bool(options.transcript)
    if terminal is None:
        return grading.grade(folder, parts, launcher, keep=keep)
    asks = not (options.indice or options.details)  # whoever asks for more has nothing to save
    with terminal.progress() as progress:
        return grading.grade(folder, parts, launcher, progress, recall=lambda: _last_run(folder, asks=asks), keep=keep)


def _last_run(folder: str, *, asks: bool) -> LastRun | None:
    from ..memory import store_of  # what a program reads does not need it

    return store_of(folder).read().last_run(asks=asks)


def _show(report: Report, options: argparse.Namespace, terminal: Terminal | Spoken | None) -> None:
    from ..report.json_report import to_json  # see grading.JUDGING

    if options.json == "-":
        print(to_json(report))
    elif options.json:
        _write(options.json, to_json(report) + "\n")
    if terminal is not None:
        from ..memory import Memory, after_run, store_of

        store = None if options.depuis else store_of(report.folder)
        memory = after_run(store.read() if store is not None else Memory(), report)
        if options.indice:
            from ..report.hints import mistake_of  # only this option needs it

            memory = memory.asked_again(mistake_of(report))
            _show_hint(report, memory.degree, terminal)
        else:
            terminal.show(report, details=options.details)
        if store is not None:
            store.write(memory)
    if options.html:
        from ..report.html import to_html  # only this option needs it

        _write(options.html, to_html(report))


def _show_hint(report: Report, degree: int, terminal: Terminal | Spoken) -> None:
    from ..report.hints import hint_for  # only this option needs it

    hint = hint_for(report, degree, _subject())
    if hint is None:
        terminal.line("Rien à réparer : tu n'as pas besoin d'indice.")
    else:
        terminal.hint(report, hint)


def _subject() -> str:
    """The subject, for hints; empty where it was taken away."""
    try:
        with open(os.path.join(ROOT, DEFAULT_FOLDER, "README.md"), encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return ""


class _Screen:
    """Where watching shows its reports."""

    def __init__(self, terminal: Terminal | Spoken, store: Store) -> None:
        self._terminal = terminal
        self._store = store
        self._seen: Report | None = None

    def report(self, report: Report, view: View) -> None:
        """Show a report, instead of what was shown before."""
        from ..memory import after_run

        if report is not self._seen:  # a key shows the same one in another way: nothing has got better by it
            self._seen = report
            self._store.write(after_run(self._store.read(), report))
        self._terminal.clear()
        self._terminal.show(report, details=view.details)
        if view.hints:
            _show_hint(report, view.hints, self._terminal)

    def problem(self, error: UsageError) -> None:
        """Show why there is no report this time."""
        self._terminal.clear()
        self._terminal.line(str(error))

    def status(self, line: str) -> None:
        """Say what can be done now."""
        self._terminal.line(line)


def _follow(options: argparse.Namespace, launcher: grading.Launcher, terminal: Terminal | Spoken) -> int:
    from ..memory import store_of
    from ..watch import watch  # only this option needs it, and the library that it imports

    folder, parts = folder_of(options.folder, tuple(VERBS)), PARTS[options.etape]
    store = store_of(folder)

    def recall() -> LastRun | None:
        return store.read().last_run(asks=False)  # it is a save that made us grade

    def grade(stop: int) -> Report:
        with terminal.progress() as progress:
            return grading.grade(folder, parts, launcher, progress, recall=recall, stop=stop)[0]

    return watch(folder, grade, _Screen(terminal, store), details=options.details)


def _terminal(*, plain: bool) -> Terminal | Spoken:
    """The renderer for the screen; ``plain`` for who listens to it.

    Raises:
        UsageError: rich is not installed.
    """
    if plain:
        from ..report.spoken import Spoken

        return Spoken()
    try:
        from ..report.terminal import Terminal
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "rich":
            raise
        from ..missing import how_to_get

        raise UsageError(how_to_get("rich")) from error
    return Terminal()


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "ce n'est pas un texte"
        raise UsageError(f"Je ne peux pas lire « {path} » : {why}.") from error


def _write(path: str, text: str) -> None:
    try:
        write_whole(path, text)
    except OSError as error:
        raise UsageError(f"Je ne peux pas écrire dans « {path} » : {reason(error)}.") from error
