"""What is said to the room: each mistake once a student, nothing that only follows, and who needs a visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.club.model import Row, State
from grader.club.room import NAMED_APART, label_of, mistakes_of, room_of, stands_of
from grader.diagnosis.mistakes import MISTAKES
from grader.report.model import Report
from grader.report.model import State as Stand

from ..submissions.model import mistake_files
from .rows import BY_NAME, begun, club, failed, graded, passed, row_of, row_of_report, skipped

COMMA = BY_NAME["threads-args-without-comma"]
SUBJECT = Path(__file__).parents[2] / "skeleton" / "README.md"

BLANK = Row("ben", State.BLANK)
UNREADABLE = Row("cleo", State.UNREADABLE, why="L'archive est coupée.")
FAILED = Row("dan", State.FAILED, why="Le correcteur s'est arrêté.")


def test_a_mistake_is_said_with_how_many_who_and_which_page() -> None:
    room = room_of([graded(name, COMMA) for name in ("zoe-b", "ana", "leo", "ben", "mia", "tom", "eve")])
    assert room.mistakes[0].sentence == (
        "7 élèves : args sans virgule, page « serveur.py, créer les deux threads (TODO 5) »"
    )
    assert room.mistakes[0].who == ("ana", "ben", "eve", "leo", "mia", "tom", "zoe-b")


def test_a_mistake_that_several_checks_name_counts_once_a_student() -> None:
    same = [failed(check, "affiche_octets", "serveur.py", 9) for check in ("serveur.reception", "duo.accents")]
    twice = failed("client.reception", "affiche_octets", "client.py", 9)
    row = row_of("ana", [*same, twice], first="serveur.reception")
    assert mistakes_of(row) == ("affiche_octets",)
    assert [(one.key, one.who) for one in room_of([row]).mistakes] == [("affiche_octets", ("ana",))]


def test_what_only_follows_from_another_mistake_fails_nowhere_else() -> None:
    row = row_of(
        "ana",
        [
            failed("serveur.send", "args_sans_virgule", "serveur.py", 31),
            skipped("serveur.reception"),
            failed("serveur.threads", "args_sans_virgule", "serveur.py", 31),
            failed("duo.dialogue", "args_sans_virgule", "serveur.py", 31),
            passed("client.send"),
        ],
        first="serveur.threads",
    )
    assert [one.key for one in room_of([row]).checks] == ["serveur.threads"]
    stands = stands_of(row)
    assert [one for one, stand in stands.items() if stand is Stand.FAILED] == ["serveur.threads"]
    assert stands["duo.dialogue"] is stands["serveur.reception"] is Stand.WAITING


def test_the_same_mistake_in_both_programs_is_to_be_repaired_in_both() -> None:
    checks = [failed(f"{one}.reception", "affiche_octets", f"{one}.py", 9) for one in ("serveur", "client")]
    stands = stands_of(row_of("ana", checks))
    assert set(stands.values()) == {Stand.FAILED}


def test_what_is_not_begun_is_no_mistake() -> None:
    blank = replace(row_of("ben", [failed("etape1.ecoute", "fichier_absent", "etape1.py")]), state=State.BLANK)
    room = room_of([blank, begun("ana", "client"), begun("eve", "serveur", "client"), graded("tom")])
    assert room.mistakes == ()
    assert room.checks == ()
    assert [(one.label, one.who) for one in room.not_begun] == [("serveur.py", ("eve",)), ("client.py", ("ana", "eve"))]
    assert [(one.pseudo, one.why) for one in room.visits if one.pseudo == "ben"] == [("ben", "pas commencé")]


def test_a_bonus_is_nobodys_mistake() -> None:
    row = row_of("ana", [failed("bonus.relance", "sans_reuse", "serveur.py", 9)], first="bonus.relance")
    assert room_of([row]).mistakes == ()
    assert stands_of(row)["bonus.relance"] is Stand.EXTRA
    assert room_of([row_of("ana", [passed("etape1.fin"), *row.checks])]).complete == 1


def test_the_most_frequent_comes_first_whatever_the_order_of_the_rows() -> None:
    rows = club(30)
    room = room_of(rows)
    numbers = [len(one.who) for one in room.mistakes]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[0] >= 3
    assert [len(one.who) for one in room.checks] == sorted((len(one.who) for one in room.checks), reverse=True)
    assert room_of(rows[::-1]) == room
    assert room.total == sum(room.states.values()) == 30


def test_a_visit_says_why_and_names_nobody_first_but_by_the_alphabet() -> None:
    low = graded("zoe", score=3.5)
    odd = replace(graded("ana"), suspect=("Un thread n'a pas été vu.",))
    fine = graded("mia", COMMA)
    visits = room_of([low, UNREADABLE, fine, FAILED, odd, BLANK]).visits
    assert [(one.pseudo, one.why) for one in visits] == [
        ("ana", "à regarder : Un thread n'a pas été vu."),
        ("ben", "pas commencé"),
        ("cleo", "illisible : L'archive est coupée."),
        ("dan", "panne : ce n'est pas sa faute, à noter encore une fois (Le correcteur s'est arrêté.)"),
        ("zoe", "3,5 / 20"),
    ]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (graded("cleo", version="2.0"), "par plusieurs versions du correcteur (1.0 : 2 élèves, 2.0 : 1 élève)"),
        (graded("cleo", isolation="simple"), "sous plusieurs isolations (forte : 2 élèves, simple : 1 élève)"),
    ],
    ids=["version", "isolation"],
)
def test_rows_that_were_not_graded_alike_are_never_mixed_in_silence(other: Row, said: str) -> None:
    rows = [graded("ana"), graded("ben"), other, replace(FAILED, version="0.9")]
    assert room_of(rows).mixed == (f"Ces rendus ont été notés {said}.",)
    assert room_of(rows[:2]).mixed == ()


def test_an_empty_room_has_nothing_to_be_said() -> None:
    room = room_of([])
    assert (room.total, room.states, room.mistakes, room.visits, room.mixed) == (0, {}, (), (), ())


def test_every_mistake_has_a_short_name_and_a_page_of_the_subject() -> None:
    headings = {line.lstrip("# ") for line in SUBJECT.read_text(encoding="utf-8").splitlines() if line.startswith("#")}
    for slug, mistake in MISTAKES.items():
        label = label_of(slug)
        assert 4 < len(label) < 100
        assert not label.startswith(("tout autre", "toute autre"))
        assert "sans autre cause" not in label
        assert not label.endswith(".")
        assert mistake.lesson in headings
    assert set(NAMED_APART) <= set(MISTAKES)


def test_a_mistake_of_another_version_is_called_by_its_slug() -> None:
    room = room_of([row_of("ana", [failed("serveur.send", "oubli_nouveau", "serveur.py", 3)])])
    assert room.mistakes[0].sentence == "1 élève : oubli nouveau"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["threads-args-without-comma", "ports-80", "file-client-skeleton"],
)
def test_a_check_stands_as_the_students_own_report_says(name: str, grade: Callable[[dict[str, str]], Report]) -> None:
    report = grade(mistake_files(BY_NAME[name]))
    assert stands_of(row_of_report("ana", report)) == {check.id: check.state for check in report.checks}
