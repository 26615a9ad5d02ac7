"""Fills the grading sheet that a teacher has downloaded from Moodle, and leaves every other byte of it as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ..errors import UsageError
from ..french import decimal
from .cells import DELIMITERS, BrokenTableError, Cell, harmless_text, heading_of, raw, scan
from .model import Row, State

MAX_POINTS = 20.0
"""Of a score here; a sheet may want another scale."""

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
REFUSED = frozenset({"non", "no"})
"""Where the column « La note peut être modifiée » says so, the gradebook has locked the grade."""

BLANK = frozenset({"", "-"})
"""What Moodle has in the place of a grade that nobody has given."""

OURS = "ChatPy : "
"""How a comment begins that was written here, which may be written anew; a teacher's own words stay."""

NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?\Z")
ELLIPSIS = 12
"""Names in a sentence, at most."""


@dataclass(frozen=True)
class Filled:
    """What was done to a sheet; « who » is the student's pseudonym.

    Attributes:
        given: who got a grade, and which, as it stands in the sheet.
        replaced: the grades that stood there and were others: who, before, now.
        kept_comments: whose comment is the teacher's own, and stays.
        absent: who has a grade here and is not in the sheet.
        without_grade: who is in the sheet, and has no grade here.
        locked: whose grade Moodle does not let anybody change, or has no maximum in numbers.
        doubtful: who could be two lines of the sheet, or shares a line with somebody else: nothing was written.
        late: who was late, among those who got a grade.
        untouched: how many lines of the sheet are nobody's who has handed in here.
        ragged: how many lines have more or fewer cells than the headings; nothing is written there.
        scales: the maxima other than 20.
    """

    given: tuple[tuple[str, str], ...] = ()
    replaced: tuple[tuple[str, str, str], ...] = ()
    kept_comments: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    without_grade: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    untouched: int = 0
    ragged: int = 0
    scales: tuple[float, ...] = ()

    def __iter__(self) -> Iterator[str]:
        """The sentences, one after the other."""
        return iter(self.sentences())

    def sentences(self) -> list[str]:
        """What was done, in French, for the instructor."""
        lines = [f"Feuille de Moodle : {_count(len(self.given), 'note écrite', 'notes écrites')}."]
        if self.scales:
            lines.append(
                f"Les notes y sont sur {' et '.join(map(decimal, self.scales))} : les 20 points y sont ramenés."
            )
        if self.replaced:
            changed = _names([f"{who} ({before} → {now})" for who, before, now in self.replaced])
            lines.append(f"Une autre note y était, et elle est remplacée : {changed}.")
        for who, words in (
            (self.locked, "Moodle ne laisse pas changer cette note, ou elle n'est pas un nombre, et je n'y touche pas"),
            (self.doubtful, "Plusieurs lignes ou plusieurs rendus pour la même personne : à remplir à la main"),
            (self.without_grade, "Dans la feuille, mais sans note ici"),
            (self.absent, "Pas trouvés dans la feuille"),
            (self.kept_comments, "Un commentaire de toi y était, et il reste"),
            (self.late, "En retard (la note n'en tient pas compte)"),
        ):
            if who:
                lines.append(f"{words} : {_names(who)}.")
        if self.untouched:
            lines.append(
                f"{_count(self.untouched, 'ligne reste', 'lignes restent')} comme avant : "
                "aucun rendu ici n'a ce nom ou ce numéro."
            )
        if self.ragged:
            lines.append(
                f"{_count(self.ragged, 'ligne a', 'lignes ont')} plus ou moins de cases que la première : "
                "je n'y touche pas."
            )
        if self.absent and not self.given:
            lines.append("Si les rendus ne viennent pas de Moodle, donne aussi --eleves LISTE (pseudo;nom).")
        return lines


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number < 2 else more}"


def _names(names: Sequence[str]) -> str:
    more = f" et {len(names) - ELLIPSIS} autres" if len(names) > ELLIPSIS + 1 else ""
    return ", ".join(names[:ELLIPSIS] if more else names) + more


@dataclass(frozen=True)
class _Sheet:
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


def moodle_filled(sheet: bytes, rows: Iterable[Row], names: Mapping[str, str] | None = None) -> tuple[bytes, Filled]:
    """The sheet with the grades of those who are in it, and what was done.

    A student's line is found by the number that Moodle gives a participant, else, where there are ``names``, by the
    name, or by the identifier, the address or the number that the list has in its place. Moodle takes a sheet back
    only if its other columns are unchanged (« Dernière modification (note) » tells it who graded last).

    Raises:
        UsageError: this is no grading sheet, or its cells cannot be told from each other.
    """
    read = _read(sheet)
    everybody = list(rows)
    candidates = _candidates(read, everybody, names or {})
    found, doubtful, absent = _matched(candidates, everybody)
    edits: list[tuple[Cell, str]] = []
    given, replaced, kept, locked, ungraded, late = [], [], [], [], [], []
    scales: set[float] = set()
    for number, row in sorted(found.items()):
        line = read.lines[number]
        maximum = _number(read.text(line, "maximum")) if "maximum" in read.at else MAX_POINTS
        if row.score is None:
            ungraded.append(row.pseudo)
            continue
        if maximum is None or maximum <= 0 or heading_of(read.text(line, "changeable")) in REFUSED:
            locked.append(row.pseudo)
            continue
        scales |= {maximum} - {MAX_POINTS}
        grade = _grade(row.score * maximum / MAX_POINTS, read, line)
        before = read.text(line, "grade")
        if before not in BLANK and _number(before) != _number(grade):
            replaced.append((row.pseudo, harmless_text(before), grade))
        edits.append((line[read.at["grade"]], grade))
        given.append((row.pseudo, grade))
        if row.late:
            late.append(row.pseudo)
        if "comment" in read.at:
            comment = read.text(line, "comment")
            if comment in BLANK or re.sub(r"<[^<>]*>", "", comment).strip().startswith(OURS):
                edits.append((line[read.at["comment"]], _comment(row)))
            else:
                kept.append(row.pseudo)
    outcome = Filled(
        given=tuple(sorted(given)),
        replaced=tuple(sorted(replaced)),
        kept_comments=tuple(sorted(kept)),
        absent=tuple(sorted(absent)),
        without_grade=tuple(sorted(ungraded)),
        locked=tuple(sorted(locked)),
        doubtful=tuple(sorted(doubtful)),
        late=tuple(sorted(late)),
        untouched=len(set(range(len(read.lines))) - {line for lines in candidates.values() for line in lines}),
        ragged=read.ragged,
        scales=tuple(sorted(scales)),
    )
    return _edited(sheet, read, edits), outcome


def _read(sheet: bytes) -> _Sheet:
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
            return _Sheet(whole, len(filled) - len(whole), at, delimiter, encoding, comma)
    raise UsageError(
        "Je ne reconnais pas la feuille de Moodle : il me faut ses colonnes « Identifiant » (ou « Nom complet ») et "
        "« Note ». Dans le devoir : « Voir tous les travaux remis », puis « Télécharger le formulaire d'évaluation »."
    )


def _candidates(sheet: _Sheet, rows: list[Row], names: Mapping[str, str]) -> dict[str, list[int]]:
    """The lines that may be each pseudonym's."""
    by_number: dict[str, list[int]] = {}
    by_word: dict[str, list[int]] = {}
    for at, line in enumerate(sheet.lines):
        by_number.setdefault(_participant(sheet.text(line, "identifier")), []).append(at)
        for column in ("name", "identifier", "id_number", "user", "email"):
            by_word.setdefault(_words(sheet.text(line, column)), []).append(at)
    candidates: dict[str, list[int]] = {}
    for row in rows:
        number, words = _participant(row.participant), _words(names.get(row.pseudo, ""))
        lines = by_number.get(number, []) if number else []
        candidates[row.pseudo] = sorted(set(lines or (by_word.get(words, []) if words else [])))
    return candidates


def _matched(candidates: dict[str, list[int]], rows: list[Row]) -> tuple[dict[int, Row], list[str], list[str]]:
    """Whose line is whose: the rows by the numbers of their lines, those in doubt, those with a grade and no line."""
    claims = Counter(lines[0] for lines in candidates.values() if len(lines) == 1)
    found, doubtful, absent = {}, [], []
    for row in rows:
        lines = candidates[row.pseudo]
        if not lines:
            absent += [row.pseudo] if row.score is not None else []
        elif len(lines) > 1 or claims[lines[0]] > 1:
            doubtful.append(row.pseudo)
        else:
            found[lines[0]] = row
    return found, doubtful, absent


def _participant(text: str) -> str:
    """The number at the end of « Participant 12345 »."""
    found = re.search(r"(?<!\d)(\d+)\s*\Z", text)  # a number is not looked for again within itself
    return found[1].lstrip("0") if found else ""


def _words(name: str) -> str:
    """A name as it is compared: its words in any order, without accents and capitals."""
    return " ".join(sorted(re.findall(r"[^\W_]+", heading_of(name))))


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if NUMBER.match(text) else None


def _grade(value: float, sheet: _Sheet, line: list[Cell]) -> str:
    """A grade as the sheet writes its numbers: two decimals where its maxima have some, as many as needed else."""
    decimals = re.search(r"[.,](\d+)\Z", sheet.text(line, "maximum"))
    text = f"{value:.2f}" if decimals else f"{round(value, 2):g}"
    return text.replace(".", ",") if sheet.comma else text


def _comment(row: Row) -> str:
    """What the student reads beside the grade; Moodle takes it for HTML."""
    parts = [f"{OURS}{decimal(row.score or 0.0)} / 20"]
    if row.bonus:
        parts[0] += f", bonus {decimal(row.bonus)}"
    first = row.check(row.first)
    if row.state is State.BLANK:
        parts.append("Le travail est encore à faire")
    elif row.score == MAX_POINTS:
        parts.append("Tout est juste")
    elif first is not None:
        parts.append(f"À réparer d'abord : {first.title} ({first.id})")
    return harmless_text(escape(". ".join(parts) + ".", quote=False))


def _edited(sheet: bytes, read: _Sheet, edits: list[tuple[Cell, str]]) -> bytes:
    """The bytes of a sheet with some cells exchanged."""
    pieces, position = [], 0
    for cell, text in sorted(edits, key=lambda edit: edit[0].start):
        written = raw(text, read.delimiter, is_quoted=cell.is_quoted)
        pieces += [sheet[position : cell.start], written.encode(read.encoding, "replace")]
        position = cell.end
    return b"".join([*pieces, sheet[position:]])
