"""The instructor's terminal: a line a student, in any width; the plain lines say the same."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from grader.club.model import Row, State
from grader.club.room import room_of
from grader.club.screen import TOGETHER, Lines, open_screen
from grader.club.screen_terminal import LEAST_WIDTH, Terminal
from grader.report.console import register_lookalikes

from ..report.examples import HOSTILE
from .rows import BY_NAME, club, graded

COMMA = BY_NAME["threads-args-without-comma"]
PAIR = ("adele", "kenza")


def on_terminal(rows: Sequence[Row], width: int = 80, pairs: Sequence[tuple[str, ...]] = ()) -> list[str]:
    """What a terminal without colours shows."""
    file = io.StringIO()
    console = Console(file=file, width=width, force_terminal=True, color_system=None, highlight=False)
    Terminal(console).show(rows, room_of(rows), pairs)
    return file.getvalue().splitlines()


def in_lines(rows: Sequence[Row], pairs: Sequence[tuple[str, ...]] = ()) -> list[str]:
    """What the plain lines say."""
    file = io.StringIO()
    Lines(file).show(rows, room_of(rows), pairs)
    return file.getvalue().splitlines()


def row_of_table(lines: Sequence[str], pseudo: str) -> str:
    """The line of a student."""
    return next(line.rstrip() for line in lines if line.startswith(f"{pseudo} "))


def test_a_line_says_score_steps_and_what_to_repair_first() -> None:
    lines = on_terminal(club(30))
    assert row_of_table(lines, "elif") == (
        "elif                  13 ▰▰▰▰ ▰▰▰▰▰ ▰▰▱▱▱ ▱▱     Deux threads, client.py:31"
    )
    assert row_of_table(lines, "adele").endswith("20 ▰▰▰▰ ▰▰▰▰▰ ▰▰▰▰▰ ▰▰     tout est juste")
    assert row_of_table(lines, "bilal").endswith("▱▱     commencer client.py")
    assert re.fullmatch(r"diego +– vide +pas commencé", row_of_table(lines, "diego"))
    assert re.fullmatch(r"leo-m +– illisible +L'archive zoe.zip est coupée.*", row_of_table(lines, "leo-m"))
    assert re.fullmatch(r"quentin +– panne +Le correcteur .*", row_of_table(lines, "quentin"))


def test_marks_are_letters_and_the_table_says_what_they_mean() -> None:
    rows = [graded("ana", late=True, odd=("Deux fois le même fichier.",)), graded("ben")]
    lines = on_terminal(rows)
    assert "R!" in row_of_table(lines, "ana")
    assert any("R : rendu en retard" in line and "! : à regarder" in line for line in lines)
    assert "ana : Deux fois le même fichier." in " ".join(lines)
    assert "rendu en retard" not in " ".join(on_terminal([graded("ben")]))


@pytest.mark.parametrize("width", [LEAST_WIDTH, 80, 120, 200])
@pytest.mark.parametrize("number", [0, 1, 30, 300])
def test_no_line_is_wider_than_the_terminal_and_nobody_takes_two(number: int, width: int) -> None:
    rows = club(number)
    lines = on_terminal(rows, width, [PAIR])
    assert all(cell_len(line) <= width for line in lines)
    shown = [line for line in lines if "▰" in line or "▱" in line or re.search(r" – (vide|illisible|panne) ", line)]
    assert len(shown) == number


@pytest.mark.parametrize("width", [40, 80])
def test_nobody_is_first_or_last_but_by_the_alphabet(width: int) -> None:
    rows = sorted(club(30), key=lambda row: row.score or 0)
    lines = on_terminal(rows, width)
    places = [
        next(at for at, line in enumerate(lines) if re.match(rf"{row.pseudo[:16]}\S* ", line))
        for row in sorted(rows, key=lambda row: row.pseudo)
    ]
    assert places == sorted(places)


def test_below_the_table_stands_what_to_say_and_whom_to_visit() -> None:
    text = " ".join(" ".join(on_terminal(club(30), pairs=[PAIR])).split())
    wanted = (
        "30 élèves : 26 notés, 2 vides, 1 illisible, 1 panne. 5 en retard. 6 ont tous les points.",
        "À dire à tout le monde - 4 élèves : args sans virgule, page « serveur.py, créer les deux threads (TODO 5) ». "
        "anna-lou, elif, ines et paul",
        "Ce qui échoue le plus - 5 élèves : Deux threads (client.py). anna-lou, elif, ines, paul et ulysse",
        "Pas commencé - 5 élèves : client.py. bilal, hana, maelle, sacha et zoe-l",
        "À aller voir - diego et rania : pas commencé",
        "xena : à regarder : Un thread dit avoir tourné",
        "Remarqué dans les rendus - jules : Les fichiers étaient un dossier plus bas (chatpy/).",
        f"Pour toi seul - adele et kenza : {TOGETHER}",
    )
    places = [text.index(part) for part in wanted]
    assert places == sorted(places)
    assert "%" not in text


@pytest.mark.parametrize("number", [0, 1, 30])
def test_the_plain_lines_say_the_same_without_a_sign(number: int) -> None:
    rows = club(number)
    text = "\n".join(in_lines(rows, [PAIR] if number else []))
    assert not set(text) & set("▰▱─✔✘○\x1b")
    assert "  " not in text
    for row in rows:
        assert f"\n{row.pseudo} : " in text
    if number == 30:
        assert (
            "\nanna-lou : 13 sur 20, Étape 1 4 sur 4, serveur 5 sur 5, client 2 sur 5, duo 0 sur 2, "
            "d'abord : Deux threads, client.py:31, en retard.\n" in text
        )
        assert "\nleo-m : illisible, L'archive zoe.zip est coupée : demande-la une autre fois.\n" in text
        assert "\ndiego : pas commencé.\n" in text
        assert f"\nadele et kenza : {TOGETHER}" in text


def test_a_console_without_the_signs_still_tells_full_from_empty() -> None:
    line = row_of_table(on_terminal(club(30)), "elif")
    assert "#### ##### ##... .." in line.encode("cp1252", register_lookalikes()).decode("cp1252")


def test_a_narrow_terminal_is_told_in_plain_lines() -> None:
    assert on_terminal(club(30), LEAST_WIDTH - 1) == in_lines(club(30))


def test_a_terminal_that_can_only_write_gets_the_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(open_screen(), Terminal)
    assert isinstance(open_screen(plain=True), Lines)
    monkeypatch.setenv("TERM", "dumb")
    assert isinstance(open_screen(), Lines)


def test_without_rich_there_are_still_lines() -> None:
    script = (
        "import sys; sys.modules['rich'] = None; from grader.club.screen import open_screen; open_screen().line('é')"
    )
    done = subprocess.run([sys.executable, "-X", "utf8", "-c", script], capture_output=True, check=True)
    assert done.stdout.decode("utf-8").strip() == "é"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_a_submission_says_does_nothing_to_the_terminal(text: str) -> None:
    rows = [
        Row("ana", State.UNREADABLE, why=text),
        Row("ben", State.FAILED, why=text),
        replace(graded("cleo", COMMA), odd=(text,), suspect=(text,)),
        replace(graded("dan"), pseudo=text),
    ]
    for lines in (on_terminal(rows), in_lines(rows)):
        assert all(char.isprintable() or char in "\xa0\u0301" for line in lines for char in line)
        assert len(lines) < 60


def test_the_progress_ends_where_it_should_and_leaves_nothing_behind() -> None:
    file = io.StringIO()
    with Terminal(Console(file=file, width=80, force_terminal=True, color_system=None)).progress(30) as advance:
        for row in club(30):
            advance(row.pseudo)
    shown = file.getvalue()
    assert "30/30" in shown
    assert "Je note" in shown
    assert "\x1b[2K" in shown.rpartition("30/30")[2]  # the line is taken away


def test_where_nothing_can_be_taken_back_progress_is_told_at_each_quarter() -> None:
    for show in (Terminal(Console(file=(file := io.StringIO()), width=80)), Lines(file)):
        file.seek(0)
        file.truncate()
        with show.progress(30) as advance:
            for row in club(30):
                advance(row.pseudo)
        assert file.getvalue().splitlines() == ["8 sur 30.", "15 sur 30.", "23 sur 30.", "30 sur 30."]


def test_a_listing_is_a_table_or_a_line_a_row() -> None:
    headings, rows = (
        ("Pseudo", "Fichiers", "Étrange"),
        [("ana", "etape1.py, client.py", ""), ("ben", "", "\x1b[2Jvide")],
    )
    file = io.StringIO()
    Terminal(Console(file=file, width=80, force_terminal=True, color_system=None)).listing(headings, rows)
    lines = file.getvalue().splitlines()
    assert re.fullmatch(r"Pseudo +Fichiers +Étrange *", lines[0])
    assert re.fullmatch(r"ana +etape1.py, client.py *", lines[2])
    assert "\\x1b[2Jvide" in lines[3]
    file = io.StringIO()
    Lines(file).listing(headings, rows)
    assert file.getvalue().splitlines() == [
        "Pseudo : ana, Fichiers : etape1.py, client.py",
        "Pseudo : ben, Étrange : \\x1b[2Jvide",
    ]
