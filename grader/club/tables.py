"""Makes the table for a spreadsheet, and reads the list that says which pseudonym is whose."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from ..errors import UsageError, reason
from ..escape import shown
from ..french import decimal
from .bounds import MAX_PUPILS_BYTES
from .cells import DELIMITERS, decoded, harmless_text, heading_of
from .model import Row, State
from .pseudonym import safe

PSEUDO = frozenset({"pseudo", "pseudonyme", "pseudonym", "pseudos", "pseudonymes"})
FIRST_NAME = frozenset({"prenom", "first name", "firstname", "given name", "prenoms"})
NAME = frozenset({
    "nom", "name", "nom complet", "full name", "fullname", "eleve", "nom et prenom", "prenom et nom", "student",
    "nom de famille", "last name", "surname",
})  # fmt: skip
IDENTIFIER = frozenset({"identifiant", "identifier", "adresse de courriel", "email", "email address", "courriel"})
"""Headings of a list, as ``heading_of`` makes them; the last stand for the name where there is none."""

STATES = {
    State.GRADED: "noté",
    State.BLANK: "vide",
    State.UNREADABLE: "illisible",
    State.FAILED: "panne",
}


def notes_csv(rows: Iterable[Row], names: Mapping[str, str] | None = None) -> bytes:
    """The table of a club, as a French spreadsheet opens it with a double click.

    Args:
        rows: in the order in which they are to be shown.
        names: of pseudonyms; None for a table without names.

    Returns:
        ``;``, UTF-8 with BOM, decimal commas, CRLF; no cell begins a formula.
    """
    kept = list(rows)
    ids = list({check.id: None for row in kept for check in row.checks})
    name = [] if names is None else ["Nom"]
    table = [["Pseudonyme", *name, "Note sur 20", "Bonus", "État", *ids, "À réparer d'abord", "Rendu le",
              "En retard", "Remarque"]]  # fmt: skip
    for row in kept:
        given = {check.id: decimal(check.points) for check in row.checks}
        first = row.check(row.first)
        table.append(
            [
                row.pseudo,
                *([] if names is None else [names.get(row.pseudo, "")]),
                _points(row.score),
                _points(row.bonus),
                STATES[row.state],
                *(given.get(check, "") for check in ids),
                "" if first is None or first.is_bonus else f"{first.id} : {first.title}",
                local_time(row.when_s),
                "oui" if row.late else "",
                row.why,
            ]
        )
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless_text(cell) for cell in line] for line in table)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def names_of(table: bytes) -> dict[str, str] | None:
    """The names that such a table has; None where it has no such column."""
    lines = csv.DictReader(decoded(table).splitlines(), delimiter=";")
    if not {"Pseudonyme", "Nom"} <= set(lines.fieldnames or ()):
        return None
    return {line["Pseudonyme"]: line["Nom"] for line in lines if line["Nom"]}


def local_time(when_s: int | None) -> str:
    """A moment as a French spreadsheet knows it, by this machine's clock; empty where nobody knows."""
    if when_s is None:
        return ""
    try:
        return datetime.fromtimestamp(when_s).strftime("%d/%m/%Y %H:%M")
    except (ValueError, OverflowError, OSError):
        return ""  # a clock that is wrong by thousands of years


def _points(value: float | None) -> str:
    return "" if value is None else decimal(value)


def read_names(path: str) -> dict[str, str]:
    """Whose each pseudonym is, from a list: a table of two columns or more, saved by a spreadsheet or typed.

    Without headings the first column is the pseudonym, and what follows is the name. An identifier of Moodle's or an
    address may stand in the place of the name: it is for ``moodle``.

    Raises:
        UsageError: the file cannot be read, or is no such list.
    """
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_PUPILS_BYTES + 1)
    except OSError as error:
        raise UsageError(f"Je ne peux pas lire la liste « {shown(path)} » : {reason(error)}.") from error
    if len(data) > MAX_PUPILS_BYTES or data[:4] == b"PK\x03\x04":
        raise UsageError(
            f"« {shown(path)} » n'est pas une liste d'élèves en texte : dans le tableur, enregistre-la au format CSV."
        )
    return names_in(decoded(data), shown(path))


def _columns(cells: list[str]) -> tuple[int, list[int]] | None:
    """Where the pseudonym and the parts of the name are, by the headings; None where these cells are none."""
    headings = [heading_of(cell) for cell in cells]
    first, last, other = (
        [at for at, heading in enumerate(headings) if heading in known] for known in (FIRST_NAME, NAME, IDENTIFIER)
    )
    if not (PSEUDO & set(headings) or first or last or other):
        return None
    names_at = first + last or other
    free = [at for at in range(len(headings)) if at not in names_at]
    return next((at for at in free if headings[at] in PSEUDO), min(free, default=0)), names_at


def names_in(text: str, what: str) -> dict[str, str]:
    """See ``read_names``; ``what`` is how the list is called in a sentence.

    Raises:
        UsageError: it is no such list.
    """
    lines = text.splitlines()
    delimiter = max(DELIMITERS, key=lambda sign: sum(sign in line for line in lines))
    try:
        table = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True))
    except csv.Error as error:
        raise UsageError(f"« {what} » n'est pas une liste d'élèves en texte : enregistre-la au format CSV.") from error
    numbered = [(number, cells) for number, cells in enumerate(table, 1) if any(cell.strip() for cell in cells)]
    columns = _columns(numbered[0][1]) if numbered else None
    pseudo_at, names_at = columns or (0, None)
    numbered = numbered[columns is not None :]
    names: dict[str, str] = {}
    for number, cells in numbered:
        pseudo = safe(cells[pseudo_at]) if len(cells) > pseudo_at else ""
        at = [one for one in range(len(cells)) if one != pseudo_at] if names_at is None else names_at
        name = " ".join(cells[one].strip() for one in at if one < len(cells)).strip()
        if not pseudo or not name:
            raise UsageError(
                f"Je ne comprends pas la ligne {number} de « {what} » : il faut un pseudo, un point-virgule, un nom "
                "(par exemple « zoe-b;Zoé Bernard »)."
            )
        if names.setdefault(pseudo, name) != name:
            raise UsageError(f"Dans « {what} », le pseudo {pseudo} a deux noms : n'en garde qu'un (ligne {number}).")
    if not names:
        raise UsageError(f"La liste « {what} » est vide : il faut une ligne par élève, pseudo;nom.")
    return names
