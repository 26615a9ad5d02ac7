"""The verb ``club``: collects what a club has handed in, grades it, and shows who has what."""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ..cli import club_parser
from ..club import batch
from ..club.bounds import FAR_S, NEAR_S
from ..club.collection import Found, Spool, from_notes, newest, part_of
from ..club.engine import engine
from ..club.git import shown_address
from ..club.place import address_in
from ..club.results import BOARD, Notes, is_notes
from ..club.settings import Settings, read_settings
from ..errors import ExitStatus, UsageError, reason
from ..escape import shown
from ..files import ROOT, write_whole_bytes
from ..limits import DEFAULT

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from ..club.model import Row
    from ..club.screen import Lines
    from ..club.screen_terminal import Terminal


def main(arguments: list[str]) -> int:
    """Run the command, and return its exit status.

    Raises:
        UsageError: the command cannot be understood, or what it names cannot be read or written.
        KeyboardInterrupt: stopped; what was graded is kept.
    """
    gc.enable()  # a club is graded longer than one submission
    options = club_parser().understood(arguments)
    settings = read_settings(ROOT)
    if options.creer is not None:
        return _create(options)
    if options.jusqu_au:
        raise UsageError("--jusqu-au va avec --creer ; ensuite, change la date dans club.toml.")
    sources = options.sources or ([address_in(ROOT, settings.where)] if settings.where else [])
    if not sources:
        raise UsageError("Dis-moi où sont les rendus : python -m grader club SOURCE (--help les explique).")
    screen = _screen(plain=options.texte)
    if options.liste:
        return _list(sources, screen)
    work = _Work(options, settings, sources, screen, _part(options.part))
    with engine(options.moteur, options.isolation) as (executor, at_once):
        if options.suivre:
            return work.follow(executor, at_once)
        rows = work.once(executor, at_once)
    work.show(rows)
    return ExitStatus.FULL_MARKS


def _create(options: argparse.Namespace) -> int:
    """Make the students' copy."""
    from ..club.kit import make_kit

    if len(options.sources) > 1:
        raise UsageError("Les élèves rendent à un seul endroit : donne une seule adresse avec --creer.")
    try:
        until = datetime.fromisoformat(options.jusqu_au).astimezone() if options.jusqu_au else None
    except (ValueError, OverflowError) as error:
        raise UsageError(f"« {shown(options.jusqu_au)} » n'est pas une date : écris 2026-12-05T18:00.") from error
    where = options.sources[0] if options.sources else ""
    for line in make_kit(ROOT, options.creer, where, until):
        print(line)
    return ExitStatus.FULL_MARKS


def _screen(*, plain: bool) -> Terminal | Lines:
    from ..club.screen import open_screen

    return open_screen(plain=plain)


def _collected(sources: list[str], spool: Spool) -> Iterator[Found]:
    """All that is in the sources, laid aside."""
    from ..club.sources import collect

    for source in sources:
        if os.path.isdir(source) and is_notes(source):
            yield from from_notes(Notes(source).rows(), source)
        else:
            yield from map(spool.lay_aside, collect(source, DEFAULT))


def _list(sources: list[str], screen: Terminal | Lines) -> int:
    from ..club.listing import HEADINGS, listed

    with Spool() as spool:
        found = newest(_collected(sources, spool))
        screen.listing(HEADINGS, listed(found))
    if not found:
        screen.line(_nothing(sources))
    return ExitStatus.FULL_MARKS


def _nothing(sources: list[str]) -> str:
    return f"Aucun rendu dans {', '.join(f'« {shown_address(source)} »' for source in sources)}."


@dataclass
class _Work:
    """One run of the command.

    Attributes:
        options: the command line's.
        settings: the club's.
        sources: where hand-ins are.
        screen: where things are shown.
        part: which part of the hand-ins is this machine's, and of how many.
    """

    options: argparse.Namespace
    settings: Settings
    sources: list[str]
    screen: Terminal | Lines
    part: tuple[int, int]

    @property
    def notes(self) -> Notes:
        """Where results are kept."""
        return Notes(self.options.dans)

    def once(self, executor: Executor, at_once: int, follow_s: float = 0.0) -> list[Row]:
        """Collect, grade what is new, write what is made from all results; returns these.

        Raises:
            UsageError: a source cannot be read, or the notes cannot be written.
            KeyboardInterrupt: stopped; the tables say what is there.
        """
        with Spool() as spool:
            found = part_of(newest(_collected(self.sources, spool)), *self.part)
            plan = batch.planned(found, self.notes.rows(), self.options.isolation)
            try:
                if plan.grade:
                    with self.screen.progress(len(plan.grade)) as advance:
                        self._carry_out(plan, executor, at_once, lambda row: advance(row.pseudo))
                else:
                    self._carry_out(plan, executor, at_once, lambda _row: None)
            except KeyboardInterrupt:
                done = len(self._write_tables(0.0))
                self.screen.line(f"Arrêté : {done} notes sont là. La même commande continue où elle en était.")
                raise
        if not found:
            self.screen.line(_nothing(self.sources))
        return self._write_tables(follow_s)

    def _carry_out(self, plan: batch.Plan, executor: Executor, at_once: int, on_row: Callable[[Row], None]) -> None:
        until = self.settings.until
        deadline_s = None if until is None else int(until.timestamp())
        batch.carry_out(plan, self.notes, executor, at_once, self.options.isolation, deadline_s, on_row)

    def _write_tables(self, follow_s: float) -> list[Row]:
        """Make everything that is made from all results; returns these."""
        from ..club.overview import write_overview

        rows, names = self.notes.rows(), self._names()
        write_overview(self.notes, rows, names, follow_s=int(follow_s) or None)
        if self.options.moodle:
            self._fill_sheet(rows, names)
        return rows

    def _names(self) -> dict[str, str] | None:
        from ..club.tables import read_names

        return read_names(self.options.eleves) if self.options.eleves else None

    def _fill_sheet(self, rows: list[Row], names: dict[str, str] | None) -> None:
        from ..club.moodle import moodle_filled

        path = self.options.moodle
        try:
            with open(path, "rb") as file:
                sheet = file.read()
            filled, told = moodle_filled(sheet, rows, names)
            write_whole_bytes(path, filled)
        except OSError as error:
            raise UsageError(f"Je ne peux pas remplir « {path} » : {reason(error)}.") from error
        for line in told.sentences():
            self.screen.line(line)

    def show(self, rows: list[Row]) -> None:
        """Show how the club stands."""
        from ..club.pairs import pairs
        from ..club.room import room_of

        self.screen.show(rows, room_of(rows), pairs(rows))
        self.screen.line(f"Le tableau à projeter : {os.path.join(self.options.dans, BOARD)}")

    def follow(self, executor: Executor, at_once: int) -> int:
        """Do it again and again, until Ctrl+C."""
        seen: list[Row] | None = None
        pause_s = NEAR_S if all(map(os.path.exists, self.sources)) else FAR_S
        try:
            while True:
                try:
                    rows = self.once(executor, at_once, pause_s)
                except UsageError as error:
                    if seen is None:
                        raise  # it has never worked
                    self.screen.line(str(error))
                else:
                    if rows != seen:
                        self.show(rows)
                        self.screen.line("Je continue à ramasser. Ctrl+C pour arrêter.")
                    seen = rows
                time.sleep(pause_s)  # nobody can tell us that something has come to a repository
        except KeyboardInterrupt:
            self._write_tables(0.0)  # an open board need not follow any more
            raise


def _part(text: str) -> tuple[int, int]:
    """« 2/3 » as numbers.

    Raises:
        UsageError: it is no part.
    """
    number, _, parts = text.partition("/")
    if number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts):
        return int(number), int(parts)
    raise UsageError(f"« {shown(text)} » n'est pas une part : écris --part 2/3 pour la deuxième de trois.")
