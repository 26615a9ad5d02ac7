"""Reads Moodle's grading sheet, whatever its delimiter, and exchanges some of its cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..errors import UsageError
from .cells import DELIMITERS, BrokenTableError, Cell, heading_of, raw, scan

HEADINGS: dict[str, frozenset[str]] = {
    "identifier": frozenset({"identifiant", "identifier"}),
    "name": frozenset({"nom complet", "full name"}),
    "grade": frozenset({"note", "grade"}),
    "maximum": frozenset({"note maximale", "maximum grade"}),
    "changeable": frozenset({"la note peut etre modifiee", "grade can be changed"}),
    "comment": frozenset({"feedback par commentaires", "feedback comments"}),
    "id_number": frozenset({"numero d'identification", "id number", "numero d'etudiant"}),
    "user": frozenset({"nom d'utilisateur", "username"}),
    "email": frozenset({"adresse de courriel", "email address", "courriel", "email"}),
}
"""The columns by their French and English headings (Moodle: mod/assign/lang, recordid and so on)."""

FRENCH = frozenset({"identifiant", "nom complet", "note", "note maximale"})

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?\Z")


@dataclass(frozen=True)
class Sheet:
    """A sheet whose columns are known.

    Attributes:
        lines: the cells of each student.
        ragged: how many other lines there are, with more or fewer cells than the headings.
        at: the number of each column that is there, by its key in HEADINGS.
        delimiter, encoding: how it is written.
        comma: whether its numbers have a decimal comma.
    """

    lines: list[list[Cell]]
    ragged: int
    at: dict[str, int]
    delimiter: str
    encoding: str
    comma: bool

    def text(self, line: list[Cell], column: str) -> str:
        """What is in a column; empty where there is none."""
        at = self.at.get(column)
        # Moodle writes an apostrophe in front of what a spreadsheet would take for a formula.
        return "" if at is None or at >= len(line) else line[at].text.strip().removeprefix("'").strip()


def read_sheet(sheet: bytes) -> Sheet:
    """The columns of a sheet, whatever its delimiter.

    Raises:
        UsageError: it has no such columns, or is not to be read.
    """
    if sheet[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in sheet or sheet[:4] == b"PK\x03\x04":
        raise UsageError("La feuille de Moodle n'est pas un CSV en UTF-8 : reprends celle que Moodle a téléchargée.")
    try:
        sheet.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "cp1252"
    for delimiter in DELIMITERS:
        try:
            lines = scan(sheet, delimiter, encoding)
        except BrokenTableError:
            continue
        headings = [heading_of(cell.text) for cell in lines[0]]
        at = {key: headings.index(one) for key, known in HEADINGS.items() for one in headings if one in known}
        if "grade" in at and ("identifier" in at or "name" in at):
            filled = [line for line in lines[1:] if any(cell.text for cell in line)]
            whole = [line for line in filled if len(line) == len(headings)]
            numbers = [line[at[key]].text.strip() for line in whole for key in ("grade", "maximum") if key in at]
            separators = Counter(sign for number in numbers if NUMBER.match(number) for sign in number if sign in ",.")
            comma = separators[","] > separators["."] if separators else bool(FRENCH & set(headings))
            return Sheet(whole, len(filled) - len(whole), at, delimiter, encoding, comma)
    raise UsageError(
        "Je ne reconnais pas la feuille de Moodle : il me faut ses colonnes « Identifiant » (ou « Nom complet ») et "
        "« Note ». Dans le devoir : « Voir tous les travaux remis », puis « Télécharger le formulaire d'évaluation »."
    )


def edited(sheet: bytes, read: Sheet, edits: list[tuple[Cell, str]]) -> bytes:
    """The bytes of a sheet with some cells exchanged."""
    pieces, position = [], 0
    for cell, text in sorted(edits, key=lambda edit: edit[0].start):
        written = raw(text, read.delimiter, is_quoted=cell.is_quoted)
        pieces += [sheet[position : cell.start], written.encode(read.encoding, "replace")]
        position = cell.end
    return b"".join([*pieces, sheet[position:]])
