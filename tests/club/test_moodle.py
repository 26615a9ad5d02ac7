"""Moodle's grading sheet: the grades come in, and every other byte stays."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.club.model import Row, State
from grader.club.moodle import moodle_filled
from grader.errors import UsageError

from .graded import row, unread

FRENCH = (
    "\ufeffIdentifiant,\"Nom complet\",\"Adresse de courriel\",Statut,Note,\"Note maximale\","
    "\"La note peut être modifiée\",\"Dernière modification (travail remis)\",\"Dernière modification (note)\","
    "\"Feedback par commentaires\"\r\n"
    "\"Participant 10012\",\"Zoé BERNARD\",zoe@example.org,\"Remis pour évaluation - \",,\"20,00\",Oui,"
    "\"dimanche 29 novembre 2026, 18:12\",-,\r\n"
    "\"Participant 10013\",\"Ali Ünal\",ali@example.org,\"Aucun travail remis - \",,\"20,00\",Oui,-,-,\r\n"
    "\"Participant 10014\",\"Le \"\"Grand\"\" Luc\",luc@example.org,\"Remis pour évaluation - \",\"12,00\",\"20,00\","
    "Oui,\"samedi 28 novembre 2026, 09:00\",\"samedi 28 novembre 2026, 20:00\","
    "\"<p>Bien,\r\nmais relis <b>join</b>.</p>\"\r\n"
).encode()  # fmt: skip

ENGLISH = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
    "Participant 10012,Zoé BERNARD,zoe@example.org,Submitted for grading - ,,100.00,Yes,"
    "\"Sunday, 29 November 2026, 6:12 PM\",-,\n"
    "Participant 10013,Ali Ünal,ali@example.org,No submission - ,,100.00,No,-,-,\n"
).encode()  # fmt: skip

SAVED_BY_A_SPREADSHEET = (
    "Identifiant;Nom complet;Note;Note maximale;Dernière modification (note);Feedback par commentaires\r\n"
    "Participant10012;Zoé BERNARD;-;20;-;\r\n"
    "Participant10013;Ali Ünal;;20;-;\r\n"
).encode("cp1252")


def cells(sheet: bytes, delimiter: str = ",", encoding: str = "utf-8-sig") -> list[list[str]]:
    """What Moodle finds in a sheet."""
    return list(csv.reader(io.StringIO(sheet.decode(encoding), newline=""), delimiter=delimiter))


ZOE = row("zoe-b", falls=("serveur.join", "client.send"), participant="10012")
LUC = row("luc", participant="10014")


def test_a_french_sheet_gets_its_grades_and_nothing_else_changes() -> None:
    filled, report = moodle_filled(FRENCH, [ZOE, LUC])
    expected = FRENCH.replace(
        '"Remis pour évaluation - ",,"20,00"'.encode(), '"Remis pour évaluation - ","17,50","20,00"'.encode()
    ).replace(
        b"18:12\",-,\r\n",
        "18:12\",-,\"ChatPy : 17,5 / 20, bonus 1,5. À réparer d'abord : La fin (serveur.join).\"\r\n".encode(),
    ).replace(b'"12,00"', b'"20,00"', 1)  # fmt: skip
    assert filled == expected
    assert report.given == (("luc", "20,00"), ("zoe-b", "17,50"))
    assert report.replaced == (("luc", "12,00", "20,00"),)
    assert report.kept_comments == ("luc",)
    assert report.untouched == 1
    said = " ".join(report.sentences())
    assert "2 notes écrites" in said
    assert "luc (12,00 → 20,00)" in said


def test_an_english_sheet_of_100_points_is_filled_on_its_own_scale() -> None:
    filled, report = moodle_filled(ENGLISH, [ZOE, row("ali", participant="10013")])
    assert cells(filled)[1][4] == "87.50"
    assert b" - ,87.50,100.00,Yes" in filled
    assert cells(filled)[2] == cells(ENGLISH)[2]
    assert report.locked == ("ali",)
    assert report.scales == (100.0,)
    assert "sur 100" in " ".join(report.sentences())


def test_a_sheet_that_a_spreadsheet_has_saved_is_filled_as_it_is() -> None:
    filled, _ = moodle_filled(SAVED_BY_A_SPREADSHEET, [ZOE])
    assert filled.startswith(SAVED_BY_A_SPREADSHEET[:90])
    assert 'Zoé BERNARD;17,5;20;-;"ChatPy : ' not in filled.decode("cp1252")
    assert "Zoé BERNARD;17,5;20;-;ChatPy : 17,5 / 20" in filled.decode("cp1252")


def test_what_was_filled_here_before_is_filled_anew() -> None:
    once, _ = moodle_filled(FRENCH, [ZOE])
    better = replace(ZOE, score=20.0, first="", bonus=0.0)
    again, report = moodle_filled(once, [better])
    assert cells(again) == cells(moodle_filled(FRENCH, [better])[0])
    assert report.replaced == (("zoe-b", "17,50", "20,00"),)
    assert moodle_filled(once, [ZOE])[0] == once


@pytest.mark.parametrize(
    "name", ["Zoé Bernard", "BERNARD Zoe\u0301", "zoe bernard", "zoe@example.org", "Participant 10012"]
)
def test_names_from_a_list_find_the_line_too(name: str) -> None:
    filled, report = moodle_filled(FRENCH, [replace(ZOE, participant="")], {"zoe-b": name})
    assert cells(filled)[1][4] == "17,50"
    assert report.absent == ()


def test_nobody_is_guessed() -> None:
    two = FRENCH + FRENCH.split(b"\r\n")[1].replace(b"10012", b"10099") + b"\r\n"
    without = [replace(ZOE, participant="")]
    assert moodle_filled(two, without, {"zoe-b": "Zoé Bernard"})[0] == two
    filled, report = moodle_filled(FRENCH, [ZOE, replace(LUC, participant="10012")])
    assert filled == FRENCH
    assert report.doubtful == ("luc", "zoe-b")
    assert "à la main" in " ".join(report.sentences())
    filled, report = moodle_filled(FRENCH, without)
    assert (filled, report.absent) == (FRENCH, ("zoe-b",))
    assert "--eleves" in " ".join(report.sentences())


def test_without_a_grade_nothing_is_written() -> None:
    rows = [replace(unread("zoe-b"), participant="10012"), Row("ali", State.FAILED, participant="10013")]
    filled, report = moodle_filled(FRENCH, rows)
    assert filled == FRENCH
    assert report.without_grade == ("ali", "zoe-b")


def test_blank_work_has_its_zero_and_says_so() -> None:
    blank = Row("ali", State.BLANK, score=0.0, bonus=0.0, participant="10013")
    line = cells(moodle_filled(FRENCH, [blank])[0])[2]
    assert (line[4], line[9]) == ("0,00", "ChatPy : 0 / 20. Le travail est encore à faire.")


def test_a_quote_behind_a_backslash_is_read_as_moodle_writes_it() -> None:
    sheet = FRENCH.replace(b"<p>Bien,", rb"<p>D\"abord, le dossier C:\", puis")
    filled, report = moodle_filled(sheet, [ZOE, LUC])
    assert filled.endswith(sheet[-60:])
    assert [who for who, _ in report.given] == ["luc", "zoe-b"]


def test_a_number_of_nothing_is_nobody() -> None:
    nobody = FRENCH.replace(b"Participant 10013", b"Participant")
    assert moodle_filled(nobody, [replace(ZOE, participant="0")])[0] == nobody


def test_a_bonus_is_nothing_to_repair() -> None:
    line = cells(moodle_filled(FRENCH, [row("ali", falls=("bonus.long",), participant="10013")])[0])[2]
    assert line[9] == "ChatPy : 20 / 20, bonus 1. Tout est juste."


def test_a_scale_of_words_is_left_to_the_teacher() -> None:
    words = FRENCH.replace(b'"20,00"', b'"Non atteint, Atteint"')
    filled, report = moodle_filled(words, [ZOE])
    assert (filled, report.locked) == (words, ("zoe-b",))


@pytest.mark.parametrize(
    "sheet",
    [
        b"",
        b"Pseudo;Nom\n",
        b"PK\x03\x04",
        "Identifiant,Note\n".encode("utf-16"),
        b'Identifiant,Note\n"Participant 1,3\n',
    ],
)
def test_what_is_no_sheet_is_refused_in_one_sentence(sheet: bytes) -> None:
    with pytest.raises(UsageError, match="Moodle"):
        moodle_filled(sheet, [ZOE])


def test_a_line_with_too_many_cells_stays_and_is_told() -> None:
    odd = b"Identifiant,Note\nParticipant 10012,,,,\nParticipant 10014,\n"
    filled, report = moodle_filled(odd, [ZOE, LUC])
    assert filled == odd.replace(b"10014,", b"10014,20")
    assert report.ragged == 1


@dataclass(frozen=True)
class Look:
    """How a sheet is written."""

    delimiter: str
    end: str
    bom: bool
    every_cell_quoted: bool
    last_end: bool

    def cell(self, text: str) -> str:
        if self.every_cell_quoted or set(text) & {self.delimiter, '"', "\r", "\n"} or text.strip() != text:
            return '"' + text.replace('"', '""') + '"'
        return text

    def sheet(self, lines: list[list[str]]) -> bytes:
        whole = self.end.join(self.delimiter.join(map(self.cell, line)) for line in lines)
        return ("\ufeff" * self.bom + whole + self.end * self.last_end).encode()


LOOKS = st.builds(
    Look, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans(), st.booleans()
)
WORDS = st.text(st.sampled_from("ab é\"',;\t\r\n-=<€🙂"), max_size=10)


@given(LOOKS, st.lists(st.tuples(WORDS, WORDS, st.integers(0, 40), st.booleans()), min_size=1, max_size=6))
def test_byte_for_byte_only_the_grades_are_others(look: Look, students: list[tuple[str, str, int, bool]]) -> None:
    """The sheet is made a second time, with the grades in it: that is what must come out."""
    before = [["Nom complet", "Identifiant", "Statut", "Note", "Note maximale", "Remarque"]]
    after = [list(before[0])]
    rows = []
    for number, (name, remark, halves, is_here) in enumerate(students, start=7001):
        line = [name, f"Participant {number}", "-", "", "20,00", remark]
        before.append(line)
        after.append([*line[:3], f"{halves / 2:.2f}".replace(".", ",") if is_here else "", *line[4:]])
        if is_here:
            rows.append(row(f"p{number}", score=halves / 2, participant=str(number)))
    filled, report = moodle_filled(look.sheet(before), rows)
    assert filled == look.sheet(after)
    assert len(report.given) == len(rows)


@given(st.binary(max_size=200), st.sampled_from([FRENCH, ENGLISH, SAVED_BY_A_SPREADSHEET]), st.integers(0, 600))
def test_a_damaged_sheet_is_filled_or_refused(noise: bytes, sheet: bytes, at: int) -> None:
    try:
        filled, report = moodle_filled(sheet[:at] + noise + sheet[at:], [ZOE, LUC])
    except UsageError:
        return
    assert noise in filled or report.given
    assert report.sentences()
