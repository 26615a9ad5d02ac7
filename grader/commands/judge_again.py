"""The verb ``rejuger``: shows what the installed grader would change in a graded club, and changes it where asked."""

from __future__ import annotations

import gc
import os

from .. import __version__
from ..cli import judge_again_parser
from ..club.compare import Change, change_of, told
from ..club.model import State
from ..club.rejudge import adopt, can_be_judged, judged_all, rejudged
from ..club.results import Notes, is_notes
from ..errors import ExitStatus, UsageError
from ..escape import escape, shown

LONGEST_LINE = 2000
"""Characters of a line on one student: nineteen checks and why each changes."""


def main(arguments: list[str]) -> int:
    """Run the command, and return its exit status.

    Raises:
        UsageError: the command cannot be understood, or there are no results there, or they cannot be written.
        KeyboardInterrupt: stopped; the same command goes on where it was.
    """
    gc.enable()  # a club is judged longer than one submission
    options = judge_again_parser().understood(arguments)
    notes = Notes(options.notes or "notes")
    if not is_notes(notes.folder):
        raise UsageError(
            f"« {shown(notes.folder)} » n'est pas un dossier de notes : donne celui que "
            "« python -m grader club SOURCE --dans NOTES » a écrit."
        )
    return _judge(notes, adopts=options.adopter)


def _judge(notes: Notes, *, adopts: bool) -> int:
    rows = {row.pseudo: row for row in notes.rows()}
    not_judged = {pseudo: why for pseudo, row in rows.items() if (why := can_be_judged(row))}
    unreadable = [pseudo for pseudo in notes.pseudonyms() if pseudo not in rows]
    failed = dict.fromkeys(unreadable, "son résultat ne se laisse pas lire : note ce rendu de nouveau")
    changes: dict[str, Change] = {}
    for judgement in judged_all(notes.folder, [pseudo for pseudo in rows if pseudo not in not_judged], pages=adopts):
        row = rows[judgement.pseudo]
        if judgement.why:
            (not_judged if row.state is State.BLANK else failed)[row.pseudo] = judgement.why  # a blank one stays blank
            continue
        after = rejudged(row, judgement)
        changes[row.pseudo] = change_of(row, after)
        if adopts and (changes[row.pseudo].is_any or row.version != after.version):
            adopt(notes, after, judgement)
    in_order = [changes[pseudo] for pseudo in sorted(changes)]
    for line in told(in_order, sorted((not_judged | failed).items())):
        print(visible_line(line))
    changed = [change for change in in_order if change.is_any]
    print(visible_line(_conclusion(notes, in_order, changed, adopts=adopts)))
    if adopts:
        _write_tables(notes)
    return ExitStatus.POINTS_MISSING if changed or failed else ExitStatus.FULL_MARKS


def visible_line(text: str) -> str:
    """A line in which nothing acts on the terminal; its indentation stays."""
    return " " * (len(text) - len(text.lstrip(" "))) + escape(text.lstrip(" "), LONGEST_LINE)


def _conclusion(notes: Notes, judged: list[Change], changed: list[Change], *, adopts: bool) -> str:
    versions = sorted({change.before.version for change in judged})
    by = f"Noté par la version {', '.join(versions)}, jugé de nouveau par la {__version__}." if versions else ""
    if not changed:
        what = "Rien ne change." if adopts else "Rien ne changerait."
    elif adopts:
        what = f"C'est écrit dans « {shown(notes.folder)} »."
    else:
        what = f"Rien n'est écrit. Pour l'adopter : python -m grader rejuger {shown(notes.folder)} --adopter"
    return f"{by} {what}".strip()


def _write_tables(notes: Notes) -> None:
    """Make anew what is made from all results, with the names that were in it."""
    from ..club.overview import write_overview
    from ..club.results import TABLE
    from ..club.tables import names_of

    try:
        with open(os.path.join(notes.folder, TABLE), "rb") as file:
            names = names_of(file.read())
    except OSError:
        names = None
    write_overview(notes, notes.rows(), names)
