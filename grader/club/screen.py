"""What the instructor's terminal says of a club, one fact a line: also where a table could not be read."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from ..escape import escape
from ..french import decimal
from ..report.model import TODO, section_of
from .model import Row, State
from .room import NOT_BEGUN, Room, Shared, is_complete, named, students

if TYPE_CHECKING:
    from .screen_terminal import Terminal

Advance = Callable[[str], None]
"""Told the pseudonym of each hand-in that is done."""

MOST_SAID = 6
"""Mistakes that can be explained to a room in one evening."""

MOST_CHECKS = 3
MOST_NAMES = 12
"""Names that a line has; whoever wants all of them has the board."""

MOST_CHARACTERS = 200
"""Of a sentence on one student: a name of a file of theirs may be in it."""

COUNTED = {
    State.GRADED: ("noté", "notés"),
    State.BLANK: ("vide", "vides"),
    State.UNREADABLE: ("illisible", "illisibles"),
    State.FAILED: ("panne", "pannes"),
}
"""How students of a state are counted."""

BARS = {"etape1.": "Étape 1", "serveur.": "serveur", "client.": "client", "duo.": "duo"}
"""The sections that a bar is shown of, by their prefix."""

ALL_RIGHT = "tout est juste"

TOGETHER = "structure identique : ont travaillé ensemble ?"

Part = tuple[str, list[str]]
"""A heading, and the lines below it."""


def open_screen(*, plain: bool = False) -> Terminal | Lines:
    """What shows a club here: a table, or plain lines (``plain``) for who listens, ``TERM=dumb`` and a bare Python."""
    if plain or os.environ.get("TERM") == "dumb":
        return Lines()
    try:
        from .screen_terminal import Terminal
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "rich":
            raise
        return Lines()
    return Terminal()


class Lines:
    """Says all that the table shows, without signs and colours.

    Args:
        file: where; the standard output if none is given.
    """

    def __init__(self, file: IO[str] | None = None) -> None:
        self.file = file or sys.stdout

    @contextmanager
    def progress(self, total: int) -> Iterator[Advance]:
        """Say at each quarter how many are done; gives the function to be told of each."""
        done = 0

        def advance(_pseudo: str) -> None:
            nonlocal done
            done += 1
            if done * 4 // total > (done - 1) * 4 // total:
                self._say([f"{done} sur {total}."])

        yield advance

    def show(self, rows: Sequence[Row], room: Room, pairs: Sequence[tuple[str, ...]] = ()) -> None:
        """Say how a club stands.

        Args:
            rows: one of each student.
            room: what there is to say of all of them.
            pairs: pseudonyms whose programs have the same structure.
        """
        self._say([summary(room), *room.mixed])
        self._say(row_in_words(row) for row in alphabetical(rows))
        for heading, lines in parts(rows, room, pairs):
            self._say([f"{heading} :", *lines])

    def listing(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Say a table, a row a line: each cell after its heading, empty ones left out."""
        for row in rows:
            cells = zip(headings, row, strict=True)
            self._say([", ".join(f"{heading} : {escape(cell)}" for heading, cell in cells if cell)])

    def line(self, text: str) -> None:
        """Say one sentence, whatever is in it."""
        self._say([escape(text)])

    def _say(self, lines: Iterable[str]) -> None:
        self.file.write("".join(f"{line}\n" for line in lines))
        self.file.flush()


def alphabetical(rows: Sequence[Row]) -> list[Row]:
    """The rows in the order of their pseudonyms: nobody is first or last."""
    return sorted(rows, key=lambda row: row.pseudo)


def summary(room: Room) -> str:
    """« 30 élèves : 26 notés, 3 vides, 1 panne. 2 en retard. »."""
    if not room.total:
        return "Aucun rendu."
    counted = ", ".join(f"{number} {COUNTED[state][number > 1]}" for state, number in room.states.items())
    more = [f"{room.late} en retard"] if room.late else []
    if room.complete:
        more.append(f"{room.complete} {'ont' if room.complete > 1 else 'a'} tous les points")
    return " ".join(f"{one}." for one in (f"{students(room.total)} : {counted}", *more))


def score_of(row: Row) -> str:
    """The points, or – where there are none to be had."""
    return decimal(row.score) if row.state is State.GRADED and row.score is not None else "–"


def bars_of(row: Row) -> Iterator[tuple[str, int, int]]:
    """The name of each section, how many of its checks pass, and how many it has."""
    for prefix, name in BARS.items():
        checks = [check for check in row.checks if check.id.startswith(prefix)]
        if checks:
            yield name, sum(check.status == "passed" for check in checks), len(checks)


def first_of(row: Row) -> str:
    """What is to be done first, in a few words: « Deux threads, client.py:31 »."""
    if row.state is State.BLANK:
        return NOT_BEGUN
    if row.state is not State.GRADED:
        return escape(row.why, MOST_CHARACTERS) or COUNTED[row.state][0]
    if is_complete(row):
        return ALL_RIGHT
    check = row.check(row.first)
    if check is None:
        return ""
    if check.diagnosis == TODO:
        section = section_of(check.id)
        return f"commencer {escape(check.file, MOST_CHARACTERS) or (section.short if section is not None else '')}"
    if check.file:
        place = f"{check.file}:{check.line}" if check.line else check.file
        return f"{escape(check.title)}, {escape(place, MOST_CHARACTERS)}"
    return escape(named(check))


def row_in_words(row: Row) -> str:
    """A student's row as a sentence."""
    if row.state is not State.GRADED:
        words = [f"{COUNTED[row.state][0]}, {first_of(row)}" if row.state is not State.BLANK else NOT_BEGUN]
    else:
        words = [f"{score_of(row)} sur 20", *(f"{name} {passed} sur {of}" for name, passed, of in bars_of(row))]
        words.append(ALL_RIGHT if is_complete(row) else f"d'abord : {first_of(row)}")
    return f"{escape(row.pseudo)} : {', '.join(words).rstrip('.')}{', en retard' * row.late}."


def parts(rows: Sequence[Row], room: Room, pairs: Sequence[tuple[str, ...]] = ()) -> Iterator[Part]:
    """What stands below the table: what to say to the room, whom to visit, what is odd."""
    shared = [one for one in room.mistakes if len(one.who) > 1]
    if shared:
        yield "À dire à tout le monde", [_with_names(one) for one in shared[:MOST_SAID]]
    failing = [one for one in room.checks if len(one.who) > 1]
    if failing:
        yield "Ce qui échoue le plus", [_with_names(one) for one in failing[:MOST_CHECKS]]
    if room.not_begun:
        yield "Pas commencé", [_with_names(one) for one in room.not_begun]
    if room.visits:
        reasons: dict[str, list[str]] = {}
        for visit in room.visits:
            reasons.setdefault(visit.why, []).append(visit.pseudo)
        yield (
            "À aller voir",
            [f"{_listed(who)} : {escape(why, 2 * MOST_CHARACTERS)}" for why, who in reasons.items()],
        )
    odd = [f"{escape(row.pseudo)} : {escape(one, MOST_CHARACTERS)}" for row in alphabetical(rows) for one in row.odd]
    if odd:
        yield "Remarqué dans les rendus", odd
    if pairs:
        yield "Pour toi seul", [f"{_listed(sorted(names))} : {TOGETHER}" for names in sorted(pairs)]


def _with_names(shared: Shared) -> str:
    return f"{shared.sentence}. {_listed(shared.who)}"


def _listed(names: Sequence[str]) -> str:
    """« ana, ben et zoe-b », or some of them and how many more there are."""
    shown = [escape(name) for name in names]
    if len(shown) > MOST_NAMES:
        return f"{', '.join(shown[: MOST_NAMES - 1])} et {len(shown) - MOST_NAMES + 1} autres"
    return " et ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))
