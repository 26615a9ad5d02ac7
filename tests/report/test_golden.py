"""The whole report on chosen mistakes, letter by letter; `pytest tests/report/test_golden.py --record` writes it."""

from __future__ import annotations

import io
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any, Literal

import pytest
from rich.console import Console

from grader.report.html import to_html
from grader.report.model import Report
from grader.report.terminal import Terminal

from ..submissions.mistakes import MISTAKES, SKELETON
from ..submissions.model import mistake_files, reference_files

FOLDER = Path(__file__).with_name("golden")
KEY = re.compile(r"[a-zA-Z2-9]{7}aZ7")
"""What is new in the texts of each grading."""

CHOSEN = (
    "hello-space-before-mark", "hello-str-of-bytes", "etape1-port-4243", "etape1-bind-two-arguments",
    "etape1-accept-not-unpacked", "etape1-listening-socket-sends", "etape1-no-encode", "etape1-serves-without-end",
    "etape1-no-fileno", "etape1-unclosed-parenthesis", "python-word-quotes", "python-merge-conflict",
    "file-serveur-called-server", "file-socket-py", "client-port-4243", "client-address-0-0-0-0",
    "client-shows-bytes", "client-shows-a-fixed-sentence", "serveur-shows-nothing",
    "serveur-prints-what-it-should-send",
    "threads-args-without-comma", "threads-target-called", "threads-one-after-the-other", "join-only-envoi",
    "end-empty-not-seen-silent", "accents-sent-in-latin1", "serveur-no-reuse",
)  # fmt: skip
"""One of each kind that students meet most."""

FILES = {mistake.name: mistake_files(mistake) for mistake in MISTAKES if mistake.name in CHOSEN} | {
    "skeleton": SKELETON,
    "reference": reference_files(),
}


def steady(value: Any) -> Any:
    """A report without what changes from one grading to the next."""
    if isinstance(value, str):
        return KEY.sub("abcdefgaZ7", value)
    if isinstance(value, tuple):
        return tuple(steady(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: steady(getattr(value, field.name)) for field in fields(value)})
    return value


def drawn(report: Report, *, colour: bool) -> str:
    """The report on a terminal of 80 columns, or on a pipe."""
    file = io.StringIO()
    system: Literal["standard"] | None = "standard" if colour else None
    console = Console(file=file, width=80, height=100, highlight=False, force_terminal=colour, color_system=system)
    Terminal(console).show(report)
    return file.getvalue()


@pytest.mark.grades(files=lambda name: FILES[name])
@pytest.mark.parametrize("name", FILES)
def test_the_report_is_the_one_that_was_read_and_approved(
    name: str, report: Report, request: pytest.FixtureRequest
) -> None:
    shown = replace(steady(report), duration_s=0.25, folder="skeleton", submission="skeleton")
    made = {"txt": drawn(shown, colour=False), "ansi": drawn(shown, colour=True), "html": to_html(shown)}
    for kind, text in made.items():
        path = FOLDER / f"{name}.{kind}"
        if request.config.getoption("--record"):
            FOLDER.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")
