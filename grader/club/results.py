"""The folder of a graded club: one result a submission, from which everything else can be made again."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from ..errors import UsageError, reason
from ..files import write_whole, write_whole_bytes
from .bounds import MAX_RESULT_BYTES
from .model import Check, Row, State
from .packing import unpacked
from .pseudonym import is_safe

RESULTS, PAGES = "rendus", "eleves"
BOARD, TABLE = "index.html", "notes.csv"
"""What is in the folder: the contract's names."""

RESULT, TRANSCRIPT, PAGE = ".json", ".transcript.gz", ".html"


class Notes:
    """A graded club's folder.

    Args:
        folder: where it is; it is made when the first result is written.
    """

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def pseudonyms(self) -> list[str]:
        """Whose results are there, in the order of the alphabet."""
        try:
            names = os.listdir(os.path.join(self.folder, RESULTS))
        except FileNotFoundError:
            return []
        found = (name.removesuffix(RESULT) for name in names if name.endswith(RESULT))
        return sorted(pseudo for pseudo in found if is_safe(pseudo))

    def row(self, pseudo: str) -> Row | None:
        """One result; None where there is none that can be read."""
        try:
            return row_of(pseudo, self.result(pseudo))
        except ValueError:
            return None

    def rows(self) -> list[Row]:
        """All results that can be read, in the order of the alphabet."""
        return list(filter(None, map(self.row, self.pseudonyms())))

    def result(self, pseudo: str) -> dict[str, Any]:
        """One result as it is kept; empty where there is none."""
        try:
            with open(self._path(RESULTS, pseudo, RESULT), encoding="utf-8") as file:
                found = json.loads(file.read(MAX_RESULT_BYTES))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def packed_transcript(self, pseudo: str) -> bytes | None:
        """What was seen of one submission, as it is kept; None where nothing is."""
        try:
            with open(self._path(RESULTS, pseudo, TRANSCRIPT), "rb") as file:
                return file.read()
        except OSError:
            return None

    def transcript(self, pseudo: str) -> str | None:
        """What was seen of one submission; None where nothing was kept, or it cannot be read."""
        data = self.packed_transcript(pseudo)
        try:
            return None if data is None else unpacked(data)
        except ValueError:
            return None

    def page(self, pseudo: str) -> str | None:
        """The report of one student; None where there is none."""
        try:
            with open(self._path(PAGES, pseudo, PAGE), encoding="utf-8") as file:
                return file.read()
        except (OSError, UnicodeDecodeError):
            return None

    def write(self, row: Row, result: dict[str, Any], transcript: bytes | None, page: str | None) -> None:
        """Keep a result; whatever was kept of the same pseudonym before is replaced, or removed where it has no heir.

        The result comes last: as long as it is not there, nothing is said to be known.

        Args:
            row: what is to be kept.
            result: the contract's result; empty where nothing was graded.
            transcript: what was seen, see ``packed``; None where nothing was.
            page: the report for the student; None where there is none.

        Raises:
            UsageError: the folder cannot be written to.
        """
        try:
            for folder in (RESULTS, PAGES):
                os.makedirs(os.path.join(self.folder, folder), exist_ok=True)
            self._put(self._path(RESULTS, row.pseudo, TRANSCRIPT), transcript)
            self._put(self._path(PAGES, row.pseudo, PAGE), None if page is None else page.encode("utf-8"))
            self._write_result(row, result)
        except OSError as error:
            raise self._not_written(error) from error

    def write_row(self, row: Row) -> None:
        """Keep what is now known of a submission whose result stays as it is.

        Raises:
            UsageError: the folder cannot be written to.
        """
        try:
            self._write_result(row, self.result(row.pseudo))
        except OSError as error:
            raise self._not_written(error) from error

    def _write_result(self, row: Row, result: dict[str, Any]) -> None:
        text = json.dumps(kept_form(row, result), ensure_ascii=False, indent=2) + "\n"
        write_whole(self._path(RESULTS, row.pseudo, RESULT), text)

    def _not_written(self, error: OSError) -> UsageError:
        return UsageError(f"Je ne peux pas écrire dans « {self.folder} » : {reason(error)}.")

    def write_file(self, name: str, data: bytes) -> None:
        """Write one of the files that are made from all results.

        Raises:
            UsageError: it cannot be written.
        """
        path = os.path.join(self.folder, name)
        try:
            os.makedirs(self.folder, exist_ok=True)
            write_whole_bytes(path, data)
        except OSError as error:
            raise UsageError(f"Je ne peux pas écrire « {path} » : {reason(error)}.") from error

    def _path(self, folder: str, pseudo: str, ending: str) -> str:
        return os.path.join(self.folder, folder, pseudo + ending)

    @staticmethod
    def _put(path: str, data: bytes | None) -> None:
        if data is not None:
            write_whole_bytes(path, data)
        elif os.path.exists(path):
            os.unlink(path)


def is_notes(folder: str) -> bool:
    """Whether a folder is a graded club's."""
    notes = Notes(folder)
    return any("state" in notes.result(pseudo) for pseudo in notes.pseudonyms())


def kept_form(row: Row, result: dict[str, Any]) -> dict[str, Any]:
    """A row as it is kept: the contract's result, and what the club knows beside it."""
    graded = {key: value for key, value in result.items() if key not in CLUB_KEYS}
    graded = graded or {"schema": None, "submission": row.pseudo, "score": None, "bonus": None, "checks": []}
    return {
        **graded,
        "pseudo": row.pseudo,
        "state": row.state.value,
        "why": row.why,
        "first": row.first or None,
        "digest": row.digest,
        "shapes": row.shapes,
        "version": row.version,
        "python": row.python,
        "isolation": row.isolation,
        "origin": row.origin,
        "when": _day(row.when_s),
        "earlier": [_day(when_s) for when_s in row.earlier_s],
        "late": row.late,
        "odd": list(row.odd),
        "others": list(row.others),
        "participant": row.participant,
    }


CLUB_KEYS = frozenset({
    "pseudo", "state", "why", "first", "digest", "shapes", "version", "python", "isolation", "origin", "when",
    "earlier", "late", "odd", "others", "participant",
})  # fmt: skip
"""What the club adds to the contract's result."""


def row_of(pseudo: str, kept: Any) -> Row:
    """A row from what is kept of it.

    Raises:
        ValueError: it is something else.
    """
    try:
        row = Row(
            pseudo=pseudo,
            state=State(kept["state"]),
            why=str(kept["why"]),
            first=str(kept["first"] or ""),
            digest=str(kept["digest"]),
            shapes={str(file): str(shape) for file, shape in kept["shapes"].items()},
            version=str(kept["version"]),
            python=str(kept["python"]),
            isolation=str(kept["isolation"]),
            origin=str(kept["origin"]),
            when_s=_seconds(kept["when"]),
            odd=tuple(map(str, kept["odd"])),
            earlier_s=tuple(when_s for when_s in map(_seconds, kept["earlier"]) if when_s is not None),
            participant=str(kept["participant"]),
            late=kept["late"] is True,
            others=tuple(map(str, kept["others"])),
        )
        return row if kept["score"] is None else with_result(row, kept)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise ValueError(f"no result of a club: {error}") from error


def with_result(row: Row, result: dict[str, Any]) -> Row:
    """A row with the contract's result in it."""
    return replace(
        row,
        score=float(result["score"]),
        bonus=float(result["bonus"]),
        checks=tuple(map(_check, result["checks"])),
        suspect=tuple(str(one["message"]) for one in result["suspect"]),
        remarks=tuple(map(str, result["remarks"])),
        duration_s=float(result["duration_s"]),
    )


def _check(kept: dict[str, Any]) -> Check:
    place = kept["location"] or {"file": "", "line": 0}
    return Check(
        id=str(kept["id"]),
        title=str(kept["title"]),
        status=str(kept["status"]),
        points=float(kept["points"]),
        max_points=float(kept["max_points"]),
        message=str(kept["message"]),
        hint=str(kept["hint"]),
        diagnosis=None if kept["diagnosis"] is None else str(kept["diagnosis"]),
        file=str(place["file"]),
        line=int(place["line"]),
    )


def _day(when_s: int | None) -> str | None:
    """Seconds since 1970 as ISO 8601, in UTC."""
    if when_s is None:
        return None
    return datetime.fromtimestamp(when_s, timezone.utc).isoformat().replace("+00:00", "Z")


def _seconds(day: object) -> int | None:
    if day is None:
        return None
    return int(datetime.fromisoformat(str(day).replace("Z", "+00:00")).timestamp())
