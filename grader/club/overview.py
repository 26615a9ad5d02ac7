"""Writes the two files that are made from all results of a club: the board, and the table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .board import page
from .model import Row
from .results import BOARD, TABLE, Notes
from .room import room_of
from .tables import notes_csv


def write_overview(
    notes: Notes, rows: Sequence[Row], names: Mapping[str, str] | None, *, follow_s: int | None = None
) -> None:
    """Write both.

    Args:
        notes: where.
        rows: all results.
        names: of students by pseudonym, for the table alone; None for a table without names.
        follow_s: after how many seconds an open board is read again; None for never.

    Raises:
        UsageError: one of them cannot be written.
    """
    notes.write_file(TABLE, notes_csv(rows, names))
    notes.write_file(BOARD, page(rows, room_of(rows), follow_s=follow_s).encode("utf-8"))
