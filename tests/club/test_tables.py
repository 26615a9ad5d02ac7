"""The table for a spreadsheet, and the list of who is who."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.rubric import RUBRIC
from grader.club.tables import names_in, names_of, notes_csv, read_names
from grader.errors import UsageError

from .graded import row, unread


def read(table: bytes) -> list[dict[str, str]]:
    """What a French spreadsheet has before it."""
    assert table.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(table.decode("utf-8-sig").split("\r\n"), delimiter=";"))


def test_a_spreadsheet_finds_a_line_a_student_and_a_column_a_check() -> None:
    first, second = read(notes_csv([row("ali", falls=("serveur.send", "bonus.long")), unread("zoe-b")]))
    assert (first["Pseudonyme"], first["Note sur 20"], first["Bonus"], first["État"]) == ("ali", "18,5", "1", "noté")
    assert (first["serveur.send"], first["client.send"], first["etape1.fileno"]) == ("0", "1,5", "0,5")
    assert first["À réparer d'abord"] == "serveur.send : Send envoie"
    assert [name for name in first if "." in name] == [one.id for one in RUBRIC]
    assert (second["Note sur 20"], second["serveur.send"], second["État"]) == ("", "", "illisible")
    assert second["Remarque"] == "L'archive est coupée."


def test_it_is_there_without_anybody_too() -> None:
    assert notes_csv([]).endswith(b"\r\n")
    assert read(notes_csv([])) == []


def test_names_are_there_only_where_they_were_given() -> None:
    assert "Nom" not in read(notes_csv([row("zoe-b")]))[0]
    table = read(notes_csv([row("zoe-b"), row("ali")], {"zoe-b": "Zoé Bernard"}))
    assert [line["Nom"] for line in table] == ["Zoé Bernard", ""]


def test_who_was_late_and_when_is_told_by_the_clock_of_the_room() -> None:
    (line,) = read(notes_csv([row("ali", late=True)]))
    assert line["En retard"] == "oui"
    assert line["Rendu le"][2::3][:2] == "//"
    assert read(notes_csv([row("ali", when_s=10**15)]))[0]["Rendu le"] == ""
    assert read(notes_csv([row("ali", when_s=None)]))[0]["Rendu le"] == ""


NASTY = st.text(st.sampled_from("=+-@＝\t\r\n\";,|' aé1\x00\x0b\u2028\ufeff\ud800"), max_size=12) | st.sampled_from(
    ['=HYPERLINK("http://x";"clic")', "@SUM(1)", "a,=1+1", '"=1', " =1", "\n=1", "x\n=1", "-2+3"]
)


@given(NASTY, NASTY)
def test_no_cell_begins_a_formula_whatever_tells_the_cells_apart(name: str, why: str) -> None:
    text = notes_csv([row("ali"), unread("zoe", why)], {"ali": name}).decode("utf-8-sig")
    assert text.count("\r\n") == 3 == text.count("\n")
    lines = text.split("\r\n")
    for delimiter in ";,\t|":
        for line in csv.reader(lines, delimiter=delimiter):
            assert not [cell for cell in line if cell.strip()[:1] and cell.strip()[0] in "=+-@＝"]


LISTS = {
    "with headings": "Pseudo;Nom\nzoe-b;Zoé Bernard\nali;Ali Ö.\n",
    "without": "zoe-b;Zoé Bernard\nali;Ali Ö.",
    "tabs, CRLF": "zoe-b\tZoé Bernard\r\nali\tAli Ö.\r\n",
    "commas, quotes": '"zoe-b","Zoé Bernard"\n"ali","Ali Ö."\n',
    "the other way round, capitals": "NOM COMPLET;PSEUDONYME\nZoé Bernard;zoe-b\nAli Ö.;ali",
    "first name and name": "Groupe;Nom;Prénom;Pseudo\nA;Bernard;Zoé;zoe-b\nB;Ö.;Ali;ali\n",
    "headings of their own": "Compte;Élève\nzoe-b;Zoé Bernard\nali;Ali Ö.\n",
    "more than is needed": "Identifiant,Pseudo,Nom\nParticipant 7,zoe-b,Zoé Bernard\nParticipant 8,ali,Ali Ö.\n",
    "as it was typed": "Zoé B. ; Zoé Bernard\n\n ALI ;Ali Ö.\n;;\n",
}


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_of_students_is_read_as_people_save_it(text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(text.encode(encoding))
    assert read_names(str(path)) == {"zoe-b": "Zoé Bernard", "ali": "Ali Ö."}


def test_a_list_may_have_moodles_identifiers_in_the_place_of_names() -> None:
    assert names_in("Pseudo;Identifiant\nali;Participant 8\n", "liste") == {"ali": "Participant 8"}


def test_names_are_found_again_in_the_table() -> None:
    names = {"ali": '=Ali;"Ö"'}
    table = notes_csv([row("ali"), row("zoe-b")], names)
    kept = names_of(table)
    assert kept is not None
    assert notes_csv([row("ali"), row("zoe-b")], kept) == table
    assert names_of(notes_csv([row("ali")])) is None
    assert names_of(b"") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "vide"),
        ("Pseudo;Nom\n", "vide"),
        ("zoe-b;Zoé\nali\n", "ligne 2"),
        ("zoe-b;Zoé\nzoe-b;Ali\n", "deux noms"),
        ("🙂;Zoé\n", "ligne 1"),
        ("PK\x03\x04...", "CSV"),
    ],
)
def test_a_list_that_is_none_is_refused_in_one_sentence(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "élèves.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        read_names(str(path))


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="n'existe pas"):
        read_names(str(tmp_path / "rien.csv"))


@given(st.text())
def test_no_text_at_all_breaks_the_reader_of_lists(text: str) -> None:
    try:
        names = names_in(text, "liste")
    except UsageError:
        return
    assert all(names)
