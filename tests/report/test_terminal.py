"""The report on the screen: what it shows, and that nothing of a student's acts on it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Literal

import pytest
from rich.console import Console

from grader.escape import escape
from grader.french import decimal
from grader.report.console import register_lookalikes
from grader.report.html import to_html
from grader.report.json_report import to_json
from grader.report.model import Report
from grader.report.terminal import Terminal

from ..submissions.model import reference_files

MAX_JSON_BYTES = 1_000_000


def shown(report: Report, *, details: bool = False, colour: bool = False, width: int = 80) -> str:
    """The whole report on a console of that kind."""
    file = io.StringIO()
    system: Literal["truecolor"] | None = "truecolor" if colour else None
    console = Console(file=file, width=width, highlight=False, force_terminal=colour, color_system=system)
    Terminal(console).show(report, details=details)
    return file.getvalue()


def etape1_that(prints: str, answers: str = "MESSAGE") -> dict[str, str]:
    """The reference with an etape1.py that shows something first and answers something."""
    source = reference_files()["etape1.py"].replace("MESSAGE.encode", f"({answers}).encode")
    return reference_files() | {"etape1.py": source.replace("import socket\n", f"import socket\n{prints}\n", 1)}


HOSTILE = {
    "markup": "[red]20/20[/red] [link=http://x]x[/link] [/]",
    "escapes": "\\x1b[2J\\x1b[H\\x1b]0;titre\\x07\\x9b31m",
    "nul and control": "a\\x00b\\x08c\\rd\\x7f",
    "bidi": "\\u202eessai\\u2066x",
    "a long line": 'x" * 10_000_000 + "',
    "wide": '表" * 200 + "',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("colour", [False, True], ids=["plain", "colour"])
def test_what_a_program_says_is_shown_and_does_not_act(
    text: str, colour: bool, grade: Callable[[dict[str, str]], Report]
) -> None:
    """It is shown (here as the wrong answer of Étape 1), cut and spelled out; the score is what it is."""
    report = grade(etape1_that(f'print("{text}")', f'"{text}"'))
    page = shown(report, details=True, colour=colour)
    assert (report.score, report.bonus) == (18, 1.5)
    foreign = set(page) & {"\x00", "\x07", "\x08", "\r", "\x7f", "\x9b", "\u202e", "\u2066"}
    assert not foreign
    assert "\x1b[2J" not in page
    assert "\x1b]" not in page
    assert ("\x1b" in page) == colour
    assert len(to_json(report).encode()) < MAX_JSON_BYTES


def test_output_that_is_no_text_is_shown_as_bytes(grade: Callable[[dict[str, str]], Report]) -> None:
    binary = reference_files()["etape1.py"].replace('MESSAGE.encode("utf-8")', "bytes(range(128, 160))")
    page = shown(grade(reference_files() | {"etape1.py": binary}))
    assert "\\x80\\x81" in page


def test_a_program_that_prints_ten_megabytes_and_then_works_loses_nothing(
    grade: Callable[[dict[str, str]], Report],
) -> None:
    files = {name: "print('x' * 10_000_000)\n" + text for name, text in reference_files().items()}
    report = grade(files)
    assert (report.score, report.bonus) == (20, 1.5)


def test_a_line_is_never_wider_than_the_console(grade: Callable[[dict[str, str]], Report]) -> None:
    page = shown(grade(etape1_that("", '"表" * 200')), details=True, width=60)
    assert max(len(line) for line in page.splitlines()) <= 60


def test_every_check_has_its_line_and_the_first_failure_its_explanation(
    grade: Callable[[dict[str, str]], Report],
) -> None:
    report = grade(reference_files() | {"client.py": "import nulle_part\n"})
    page = shown(report)
    assert all(check.title in page for check in report.checks)
    assert page.count("Essaie") == 1
    assert "client.py:1" in page
    assert "ModuleNotFoundError" in page


def test_a_number_of_points_is_written_as_in_french() -> None:
    assert [decimal(value) for value in (0, 0.5, 1.5, 20.0)] == ["0", "0,5", "1,5", "20"]


def test_a_console_without_a_character_shows_one_that_looks_like_it() -> None:
    handler = register_lookalikes()
    assert "✔ Étape « œuf » 🎉…".encode("ascii", handler) == b'+ Etape " oeuf " -...'


def test_visible_text_keeps_what_can_be_read() -> None:
    assert escape("Été 🎉 'a'") == "Été 🎉 'a'"
    assert escape("a\tb\n\x1b\u202e") == "a\\tb\\n\\x1b\\u202e"


def test_a_tab_is_seen_where_other_lines_have_spaces(grade: Callable[[dict[str, str]], Report]) -> None:
    """On the screen and on the page: mixed with spaces, it is the mistake itself."""
    source = reference_files()["etape1.py"]
    tabbed = grade({"etape1.py": source + "if True:\n\tprint(1)\n        print(2)\n"})
    first = tabbed.first_failure()
    assert first is not None
    assert first.diagnosis == "tabulations"
    for page in (shown(tabbed), to_html(tabbed)):
        assert "→   print(1)" in page
    only = grade({"etape1.py": source + "if True:\n\tprint(1)\n\tprint(2)\n\tprint(rien)\n"})
    assert "→   print" not in shown(only)
    assert "    print(2)" in shown(only)
