"""The catalogue of mistakes: complete, well written, and nothing in it that scolds or is jargon."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from grader.checks.rubric import RUBRIC
from grader.diagnosis import explain, lessons, picture, step1, threads
from grader.diagnosis.lessons import TODOS
from grader.diagnosis.mistake import Mistake
from grader.diagnosis.mistakes import MISTAKES
from grader.diagnosis.mistakes_chat import CHAT
from grader.diagnosis.mistakes_limits import LIMITS
from grader.diagnosis.mistakes_network import NETWORK
from grader.diagnosis.mistakes_python import PYTHON
from grader.diagnosis.mistakes_windows import ONLY_POSIX
from grader.report.hints import part_of

SUBJECT = (Path(__file__).parents[2] / "skeleton" / "README.md").read_text(encoding="utf-8")
CHECKS = {row.id.partition(".")[2] for row in RUBRIC}
ALL = PYTHON + NETWORK + CHAT + LIMITS + ONLY_POSIX

FORBIDDEN = re.compile(r"\b(timeout|timed out|handler|buffer|parser|stack|vous|votre|vos|erreur fatale|faute)\b", re.I)
"""Words that scold, that are jargon, or that are not said to a friend."""

CODE = re.compile(r"\"[^\"]*\"|'[^']*'|World!|while True:|with verrou:")
"""What follows the rules of Python, not those of French."""

MAX_TEXT = 200
"""Characters of a text: three lines of a terminal."""


def texts(mistake: Mistake) -> tuple[str, ...]:
    """What a student reads of it."""
    return (mistake.cause, mistake.step, mistake.question)


def test_there_are_enough_and_no_slug_twice() -> None:
    assert len(MISTAKES) == len(ALL) >= 110


@pytest.mark.parametrize("mistake", ALL, ids=lambda mistake: mistake.slug)
def test_a_mistake_is_said_kindly_and_shortly(mistake: Mistake) -> None:
    assert re.fullmatch(r"[a-z0-9_]+", mistake.slug)
    assert mistake.check in CHECKS | {""}
    assert mistake.when
    assert part_of(SUBJECT, mistake.lesson), mistake.lesson
    for text in texts(mistake):
        assert not FORBIDDEN.search(text), text
        assert len(text) <= MAX_TEXT, text
    assert mistake.cause.rstrip()[-1] in ".?}", mistake.cause
    assert mistake.step.rstrip()[-1] in "?!.:", mistake.step
    assert mistake.question.endswith("?") or mistake.question.endswith("."), mistake.question


@pytest.mark.parametrize("mistake", ALL, ids=lambda mistake: mistake.slug)
def test_french_signs_have_their_spaces(mistake: Mistake) -> None:
    """A space stands before « ? », « ! », « ; » and « : », and inside guillemets."""
    for text in texts(mistake):
        french = CODE.sub("", text)
        assert not re.search(r"[\w)][?!;](\s|$)|\w:\s", french), text
        assert not re.search(r"«\S|\S»", french), text


@pytest.mark.parametrize("mistake", ALL, ids=lambda mistake: mistake.slug)
def test_what_a_text_asks_for_has_a_simple_name(mistake: Mistake) -> None:
    for text in texts(mistake):
        for _, name, _, _ in string.Formatter().parse(text):
            assert name is None or name.isidentifier(), text


def test_every_heading_is_one_of_the_subject_and_sent_to() -> None:
    headings = [value for name, value in vars(lessons).items() if name.isupper() and isinstance(value, str)]
    assert len(headings) == len(set(headings)) >= 30
    assert all(part_of(SUBJECT, heading) for heading in headings)
    named = {mistake.lesson for mistake in ALL} | {lesson for pages in TODOS.values() for lesson in pages}
    assert named == set(headings)


def test_every_todo_of_the_skeleton_has_its_page_in_the_subject() -> None:
    for program, pages in TODOS.items():
        source = (Path(__file__).parents[2] / "skeleton" / f"{program}.py").read_text(encoding="utf-8")
        numbers = re.findall(r"# TODO (\d+) ", source)
        assert len(pages) == len(numbers) - 1  # the last one only takes a line away
        assert all(part_of(SUBJECT, lesson) for lesson in pages)


def test_what_is_said_of_some_mistakes_is_said_of_mistakes_that_there_are() -> None:
    """Names in the lists of the detectors are names of the catalogue."""
    lists = (explain.HELD_UP, explain.VAGUE, explain.ENDLESS, explain.WRONG_PLACES, threads.ROOTS, step1.UNANSWERED)
    assert {slug for slugs in (*lists, picture.PLAIN) for slug in slugs} <= set(MISTAKES)
