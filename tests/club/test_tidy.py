"""Which files of a list are taken, under which pseudonym, and what is said: the rules that all sources share."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.club.contents import Entry, Kind
from grader.club.pseudonym import is_safe
from grader.club.tidy import Left, about_time, is_portable, odd_sentences, plan, pseudonyms, without
from grader.limits import DEFAULT

NOW_S = 1_790_000_000

BEGUN = b"import socket\ns = socket.socket()\n"


def listed(*paths: str) -> list[Entry]:
    return [Entry(path, size=100) for path in paths]


@pytest.mark.parametrize(
    ("paths", "taken", "odd"),
    [
        (["etape1.py", "serveur.py", "outils/a.py"], ["etape1.py", "outils/a.py", "serveur.py"], ""),
        (["skeleton/Etape1.py", "skeleton/lib/a.py", "LISEZMOI"], ["Etape1.py", "lib/a.py"], "un dossier plus bas"),
        (["a/b/client.py"], ["client.py"], "2 dossiers plus bas"),
        (["a/client.py", "b/etape1.py"], ["a/client.py", "b/etape1.py"], "plusieurs dossiers"),
        (["etape1.py", "skeleton/client.py"], ["etape1.py", "skeleton/client.py"], ""),
        (["notes.txt"], ["notes.txt"], ""),
        (["client.py", "__pycache__/a.pyc", "venv/b.py", ".vscode/c", "__MACOSX/._client.py"], ["client.py"], ""),
        (["client.py", "._client.py", ".DS_Store", "Thumbs.db", ".env"], [".env", "client.py"], ""),
        (["client.py", "py/pyvenv.cfg", "py/lib/client.py"], ["client.py"], ""),
    ],
)
def test_the_files_are_those_of_one_folder(paths: list[str], taken: list[str], odd: str) -> None:
    chosen = plan(listed(*paths), DEFAULT)
    assert sorted(chosen.chosen) == taken
    assert odd in " ".join(chosen.odd)
    assert bool(odd) == bool(chosen.odd)


def test_the_programs_come_first_then_what_may_be_one() -> None:
    paths = ["z/etape1.py", "a.txt", "config.py", "mon_serveur.py", "serveur.py", "etape1.py"]
    entries = [replace(entry, size=9 if entry.path == "serveur.py" else 100) for entry in listed(*paths)]
    order = list(plan(entries, DEFAULT).chosen)
    assert order == ["serveur.py", "etape1.py", "mon_serveur.py", "config.py", "a.txt", "z/etape1.py"]


def test_only_where_no_program_is_there_an_archive_is_opened() -> None:
    assert plan(listed("rendu.zip", "client.py"), DEFAULT).archive is None
    for paths, name in [(["b.zip", "a.rendu"], "a.rendu"), (["x/b.zip", "c.zip"], "c.zip"), (["photo.png"], None)]:
        archive = plan(listed(*paths), DEFAULT).archive
        assert (archive and archive.path) == name


@pytest.mark.parametrize(
    "paths", [["etape1.py", "etape1.py"], ["Etape1.py", "etape1.py"], ["etape1.py", "etape1.py/x"],
              ["e\u0301.py", "\u00e9.py"], ["A/b.py", "a/B.py"], ["stra\u00dfe", "STRASSE"]],
)  # fmt: skip
def test_no_two_files_would_be_written_to_one_place(paths: list[str]) -> None:
    chosen = plan(listed(*paths), DEFAULT)
    assert len(chosen.chosen) == 1
    assert "etape1.py" in chosen.chosen or "etape1.py" not in paths
    assert Kind.TWICE in chosen.left.names


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "../x", "a/../x", "a//b", "C:x", "a\\b", "a\0", "con", "lib/NUL.py", "x.", "x ", "a\nb",
             "x" * 256, "é" * 128, "d/" * 600, "\udcff", "?", "", ".", "COM1.txt"],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_or_fits_nowhere_is_left_out(path: str) -> None:
    assert not is_portable(path)
    assert "client.py" in plan([*listed(path), *listed("client.py")], DEFAULT).chosen
    assert path not in plan([*listed(path), *listed("client.py")], DEFAULT).chosen


@pytest.mark.parametrize("path", ["a.py", "Réception.py", "d/é (1).py", "\U0001f600.py", "x" * 255, "console.py"])
def test_an_honest_path_is_taken(path: str) -> None:
    assert is_portable(path)


def test_however_much_is_left_out_it_is_a_few_sentences() -> None:
    entries = [Entry(f"{number}", kind) for kind in Kind if kind.value for number in range(1000)]
    chosen = plan(entries, DEFAULT)
    sentences = odd_sentences(chosen.left, {}, DEFAULT, is_read=False)
    assert len(sentences) <= len(Kind)
    assert max(map(len, sentences)) < 200
    assert "« 0 », « 1 », « 2 » et 997 de plus : laissé de côté (un lien n'est jamais suivi)." in sentences


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"etape1.py": BEGUN, "serveur.py": BEGUN, "client.py": BEGUN}, ""),
        ({"Etape1.py": BEGUN}, ""),
        ({"etape1.py": b"import socket\n# socket.socket()\n"}, "Encore vierge"),
        ({}, "Aucun des trois"),
        ({"client.py": BEGUN, "Serveur (1).py": BEGUN}, "« Serveur (1).py » : mal nommé, à renommer serveur.py."),
        ({"mon client final.txt": BEGUN}, "« mon client final.txt » : mal nommé, à renommer client.py."),
    ],
)
def test_what_is_odd_about_the_programs_is_said(files: dict[str, bytes], words: str) -> None:
    sentences = odd_sentences(Left(), files, DEFAULT, is_read=True)
    assert words in " ".join(sentences)
    assert bool(words) == bool(sentences)


@pytest.mark.parametrize(
    ("when_s", "words"),
    [(None, ""), (NOW_S, ""), (NOW_S + 3600, ""), (NOW_S + 200_000, "l'avenir"), (1, "un passé lointain")],
)
def test_a_clock_that_was_wrong_is_said(when_s: int | None, words: str) -> None:
    assert words in " ".join(about_time(when_s, NOW_S))
    assert bool(words) == bool(about_time(when_s, NOW_S))


def test_a_name_that_is_a_pseudonym_keeps_it() -> None:
    given_names = pseudonyms(["Zoé", "zoe", "ZOE!", "zoe-2", "?", "x" * 40, "x" * 41])
    assert {name: pseudo for name, (pseudo, _) in given_names.items()} == {
        "zoe": "zoe",
        "zoe-2": "zoe-2",
        "ZOE!": "zoe-3",
        "Zoé": "zoe-4",
        "?": "sans-nom",
        "x" * 40: "x" * 32,
        "x" * 41: "x" * 30 + "-2",
    }
    assert [name for name, (_, odd) in given_names.items() if not odd] == ["zoe", "zoe-2", "x" * 40]


@given(st.lists(st.text(max_size=50)))
def test_every_name_has_a_pseudonym_of_its_own_in_whatever_order(names: list[str]) -> None:
    found = pseudonyms(names)
    assert found.keys() == set(names)
    assert len({pseudo for pseudo, _ in found.values()}) == len(found)
    assert all(is_safe(pseudo) for pseudo, _ in found.values())
    assert all(sentence.isprintable() for _, sentence in found.values())
    assert pseudonyms(reversed(names)) == found


@pytest.mark.parametrize(
    ("sentence", "cleaned"),
    [
        ("Dans « Zoé DUPONT/x.zip » : pris là.", "Dans « … » : pris là."),
        ("Dans « zoedupont.zip » : pris là.", "Dans « … » : pris là."),
        ("Dans « rendu.zip » : pris là.", "Dans « rendu.zip » : pris là."),
        ("« a », « dupont », « b » : non.", "« a », « … », « b » : non."),
    ],
)
def test_a_real_name_is_taken_out_of_a_sentence(sentence: str, cleaned: str) -> None:
    assert without(("Zoé", "Dupont"))(sentence) == cleaned
