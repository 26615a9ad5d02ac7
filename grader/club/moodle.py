"""Fills the grading sheet that a teacher has downloaded from Moodle, and leaves every other byte of it as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from ..french import decimal, some
from ..report.model import MAX_SCORE
from .cells import Cell, harmless_text, heading_of
from .model import Row, State
from .moodle_sheet import NUMBER, Sheet, edited, read_sheet

REFUSED = frozenset({"non", "no"})
"""Where the column « La note peut être modifiée » says so, the gradebook has locked the grade."""

BLANK = frozenset({"", "-"})
"""What Moodle has in the place of a grade that nobody has given."""

OURS = "ChatPy : "
"""How a comment begins that was written here, which may be written anew; a teacher's own words stay."""

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
            changed = some([f"{who} ({before} → {now})" for who, before, now in self.replaced], ELLIPSIS)
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
                lines.append(f"{words} : {some(who, ELLIPSIS)}.")
        lines += self._of_lines()
        if self.absent and not self.given:
            lines.append("Si les rendus ne viennent pas de Moodle, donne aussi --eleves LISTE (pseudo;nom).")
        return lines

    def _of_lines(self) -> Iterator[str]:
        """On what is nobody's."""
        if self.untouched:
            some = _count(self.untouched, "ligne reste", "lignes restent")
            yield f"{some} comme avant : aucun rendu ici n'a ce nom ou ce numéro."
        if self.ragged:
            some = _count(self.ragged, "ligne a", "lignes ont")
            yield f"{some} plus ou moins de cases que la première : je n'y touche pas."


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number < 2 else more}"


def moodle_filled(sheet: bytes, rows: Iterable[Row], names: Mapping[str, str] | None = None) -> tuple[bytes, Filled]:
    """The sheet with the grades of those who are in it, and what was done.

    A student's line is found by the number that Moodle gives a participant, else, where there are ``names``, by the
    name, or by the identifier, the address or the number that the list has in its place. Moodle takes a sheet back
    only if its other columns are unchanged (« Dernière modification (note) » tells it who graded last).

    Raises:
        UsageError: this is no grading sheet, or its cells cannot be told from each other.
    """
    read = read_sheet(sheet)
    everybody = list(rows)
    candidates = _candidates(read, everybody, names or {})
    found, doubtful, absent = _matched(candidates, everybody)
    entries = [_entry(read, read.lines[number], row) for number, row in sorted(found.items())]
    given = [one for one in entries if one.grade]
    theirs = {line for lines in candidates.values() for line in lines}
    outcome = Filled(
        given=tuple(sorted((one.pseudo, one.grade) for one in given)),
        replaced=tuple(sorted((one.pseudo, one.before, one.grade) for one in given if one.before)),
        kept_comments=tuple(sorted(one.pseudo for one in given if one.keeps_comment)),
        absent=tuple(sorted(absent)),
        without_grade=tuple(sorted(one.pseudo for one in entries if not one.grade and not one.is_locked)),
        locked=tuple(sorted(one.pseudo for one in entries if one.is_locked)),
        doubtful=tuple(sorted(doubtful)),
        late=tuple(sorted(one.pseudo for one in given if one.is_late)),
        untouched=len(set(range(len(read.lines))) - theirs),
        ragged=read.ragged,
        scales=tuple(sorted({one.maximum for one in given} - {MAX_SCORE})),
    )
    return edited(sheet, read, [edit for one in entries for edit in one.edits]), outcome


@dataclass(frozen=True)
class _Entry:
    """What becomes of a student's line.

    Attributes:
        pseudo: the student's.
        grade: what is written; empty where nothing is.
        before: the other grade that stood there; empty for none.
        maximum: what the grade is of.
        keeps_comment: whether the teacher's own comment stays.
        is_locked: whether no grade can be written.
        is_late: whether the hand-in was late.
        edits: the cells that change.
    """

    pseudo: str
    grade: str = ""
    before: str = ""
    maximum: float = MAX_SCORE
    keeps_comment: bool = False
    is_locked: bool = False
    is_late: bool = False
    edits: tuple[tuple[Cell, str], ...] = ()


def _entry(read: Sheet, line: list[Cell], row: Row) -> _Entry:
    """What becomes of the line that is this student's."""
    if row.score is None:
        return _Entry(row.pseudo)
    maximum = _number(read.text(line, "maximum")) if "maximum" in read.at else MAX_SCORE
    if maximum is None or maximum <= 0 or heading_of(read.text(line, "changeable")) in REFUSED:
        return _Entry(row.pseudo, is_locked=True)
    grade, before = _grade(row.score * maximum / MAX_SCORE, read, line), read.text(line, "grade")
    is_other = before not in BLANK and _number(before) != _number(grade)
    edits, keeps = [(line[read.at["grade"]], grade)], False
    if "comment" in read.at:
        comment = read.text(line, "comment")
        keeps = comment not in BLANK and not re.sub(r"<[^<>]*>", "", comment).strip().startswith(OURS)
        edits += [] if keeps else [(line[read.at["comment"]], _comment(row))]
    other = harmless_text(before) if is_other else ""
    return _Entry(row.pseudo, grade, other, maximum, keeps, is_late=row.late, edits=tuple(edits))


def _candidates(sheet: Sheet, rows: list[Row], names: Mapping[str, str]) -> dict[str, list[int]]:
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


def _grade(value: float, sheet: Sheet, line: list[Cell]) -> str:
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
    elif row.score == MAX_SCORE:
        parts.append("Tout est juste")
    elif first is not None:
        parts.append(f"À réparer d'abord : {first.title} ({first.id})")
    return harmless_text(escape(". ".join(parts) + ".", quote=False))
