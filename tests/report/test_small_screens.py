"""What a small terminal keeps in sight, what a screen reader says, and that no line stands without its file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.console import Console

from grader.diagnosis.mistakes import MISTAKES
from grader.french import LINE, of_file, with_file
from grader.report.diagram import describe
from grader.report.model import UNSAVED, Report, State
from grader.report.spoken import Spoken
from grader.report.terminal import BELOW, Terminal

from ..submissions.mistakes import MISTAKES as BROKEN_PROGRAMS
from ..submissions.mistakes import SKELETON
from ..submissions.model import mistake_files, reference_files
from ..test_cli import run, text
from .examples import BROKEN, COMPLETE, COMPLETE_BUT_A_BONUS, HOSTILE, UNTOUCHED, filled

ROWS = 24
CARDS = ("À réparer d'abord", "Par où commencer", "Bravo")

HAND_MADE = {
    "broken": BROKEN,
    "complete": COMPLETE,
    "complete but a bonus": COMPLETE_BUT_A_BONUS,
    "untouched": UNTOUCHED,
    **{f"filled with {name}": filled(text) for name, text in HOSTILE.items()},
}

GRADED = (
    "client-shows-bytes", "threads-one-after-the-other", "end-empty-not-seen-silent", "serveur-shows-nothing",
    "python-merge-conflict", "etape1-accept-not-unpacked", "serveur-no-reuse", "client-port-4243",
)  # fmt: skip
"""Mistakes whose cards are long, or hold a picture, or lines of code."""

FILES = {one.name: mistake_files(one) for one in BROKEN_PROGRAMS if one.name in GRADED} | {
    "skeleton": SKELETON,
    "reference": reference_files(),
}


def on_terminal(report: Report, width: int, *, details: bool = False) -> list[str]:
    """The rows of the whole report on a terminal of 24 rows."""
    file = io.StringIO()
    console = Console(file=file, width=width, height=ROWS, highlight=False, force_terminal=True, color_system=None)
    Terminal(console).show(report, details=details)
    return file.getvalue().splitlines()


def said(report: Report, capsys: pytest.CaptureFixture[str], *, details: bool = False) -> list[str]:
    """What a screen reader says of it."""
    Spoken().show(report, details=details)
    return capsys.readouterr().out.splitlines()


def assert_fits(report: Report, width: int) -> None:
    """Marks stand beside their names, and the card is whole on the last rows, however long the report is."""
    rows = on_terminal(report, width)
    assert max(map(len, rows)) <= width
    for check in report.checks:
        if len(check.title) < min(width, 80) - 10:
            assert any(f"{check.state.sign} {check.title}" in row for row in rows), check.title
    in_sight = rows[-(ROWS - BELOW) :]
    assert any(card in row for row in in_sight for card in CARDS)
    assert in_sight[-1].startswith("╰") or any(UNSAVED.endswith(row.strip()) for row in in_sight[-1:])
    first = report.first_failure()
    if first is not None and not report.complete:
        assert any("Essaie" in row for row in in_sight)
        assert first.location is None or any("Où" in row for row in in_sight)


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("unsaved", [False, True], ids=["saved", "unsaved"])
@pytest.mark.parametrize("name", HAND_MADE)
def test_a_small_terminal_shows_marks_with_names_and_the_whole_card(name: str, unsaved: bool, width: int) -> None:
    assert_fits(replace(HAND_MADE[name], unsaved=unsaved), width)


@pytest.mark.parametrize("name", FILES)
def test_so_it_does_for_what_was_graded_and_names_the_file_of_each_line(
    name: str, grade: Callable[[dict[str, str]], Report]
) -> None:
    report = grade(FILES[name])
    for width in (60, 80, 100):
        assert_fits(report, width)
    for check in report.checks:
        for sentence in (check.cause, check.step, check.question, *check.blocked):
            assert ".py" in sentence or not re.search(LINE, sentence), sentence
        # In the picture the lane that an arrow starts from names the file.
        for arrow in describe(check.exchange).split(". ") if check.exchange is not None else ():
            assert ".py" in arrow or "ligne " not in arrow


def test_details_leave_nothing_out_of_a_card() -> None:
    short, whole = (" ".join(on_terminal(BROKEN, 60, details=details)) for details in (False, True))
    assert "Pour tout voir : --details" in short
    assert "Pour tout voir" not in whole
    for part in ("recep est déjà fini", "un retour à travers tout", "input(), ligne 15"):
        assert part in whole
    assert "À relire" in whole


@pytest.mark.parametrize("slug", MISTAKES)
def test_no_sentence_of_the_catalogue_names_a_line_without_its_file(slug: str) -> None:
    class Words(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return "x"

    words = Words(line="12", other="9", file="serveur.py")
    for template in (MISTAKES[slug].cause, MISTAKES[slug].step, MISTAKES[slug].question):
        sentence = with_file(template.format_map(words), "serveur.py")
        assert "serveur.py" in sentence or not re.search(r"[Ll]igne \d", sentence)


def test_a_file_is_named_as_french_does_and_once() -> None:
    assert with_file("Ligne 12, rien.", "client.py") == "Ligne 12 de client.py, rien."
    assert (
        with_file("Vois la ligne 12 : puis la ligne 3.", "etape1.py")
        == "Vois la ligne 12 d'etape1.py : puis la ligne 3."
    )
    assert with_file("client.py, ligne 12.", "client.py") == "client.py, ligne 12."
    assert with_file("La ligne tapée.", "client.py") == "La ligne tapée."
    assert with_file("Ligne 12.", "") == "Ligne 12."
    assert [of_file(file) for file in ("Étape1.py", "Serveur.py", "aide.py")] == [
        "d'Étape1.py", "de Serveur.py", "d'aide.py",
    ]  # fmt: skip


# --- For screen readers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HAND_MADE)
def test_a_screen_reader_hears_the_score_then_the_first_thing_then_the_rest(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    report = HAND_MADE[name]
    lines = said(report, capsys, details=True)
    signs = {state.sign for state in State} | set("│─╭╮╰╯█░►◄●⋮")
    if not name.startswith("filled"):
        assert not signs & set("".join(lines))
    assert "Note : " in lines[0]
    assert " sur 20" in lines[0]
    card = next(number for number, line in enumerate(lines) if line.startswith(CARDS))
    sections = next(number for number, line in enumerate(lines) if line.startswith("Étape 1, etape1.py : "))
    assert card < sections
    for check in report.checks:
        assert f"{check.title} : {check.state.value}." in lines[sections:]
    for sentence in (*report.remarks, *(check.step for check in report.checks if check.id == report.first)):
        assert any(sentence in line for line in lines)
    assert all(line.isprintable() or not line.isascii() for line in lines)


def test_each_state_is_a_word_of_its_own() -> None:
    assert len({state.value for state in State}) == len(State)
    assert {"réussi", "à réparer", "pas encore"} <= {state.value for state in State}


@pytest.mark.parametrize("how", ["option", "terminal"])
def test_the_plain_form_is_had_by_an_option_or_on_a_terminal_that_can_only_write(how: str) -> None:
    done = run("skeleton", "--texte") if how == "option" else run("skeleton", TERM="dumb")
    assert (done.returncode, done.stderr) == (1, b"")
    lines = text(done).splitlines()
    assert lines[0] == "ChatPy, dossier skeleton. Note : 0 sur 20."
    assert lines[1] == "Par où commencer :"
    assert not set("│─╭█░✔✘○\x1b") & set(text(done))
    hint = run("skeleton", "--texte", "--indice")
    assert text(hint).startswith("Indice ")
    assert text(hint).endswith(("La même commande.\n", "à quelqu'un.\n"))
    assert not set("│─╭█░\x1b") & set(text(hint))


def test_the_plain_form_needs_no_library() -> None:
    import subprocess
    import sys

    from ..test_cli import ROOT

    done = subprocess.run([sys.executable, "-S", "-m", "grader", "--texte"], cwd=ROOT, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (1, b"")
    assert "Note : 0 sur 20" in done.stdout.decode()
