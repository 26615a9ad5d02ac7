"""The catalogue of mistakes: complete, well written, and nothing in it that scolds or is jargon."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.checks.rubric import RUBRIC, UNTOLD
from grader.diagnosis import choose, lessons
from grader.diagnosis.lessons import TODOS
from grader.diagnosis.mistake import Mistake
from grader.diagnosis.mistakes import BY_TOPIC, MISTAKES
from grader.diagnosis.topics import connecting
from grader.report.hints import part_of

from ..catalogue import PAGE, TITLES, page

SUBJECT = (Path(__file__).parents[2] / "skeleton" / "README.md").read_text(encoding="utf-8")
CHECKS = {row.id.partition(".")[2] for row in RUBRIC}
ALL = tuple(MISTAKES.values())

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
    assert len(MISTAKES) == sum(map(len, BY_TOPIC.values())) >= 110


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


def test_the_page_for_the_teacher_is_what_the_code_says() -> None:
    """Run ``python -m tests.catalogue --record`` after a change, and read the difference."""
    assert set(TITLES) == set(BY_TOPIC)
    assert PAGE.read_text(encoding="utf-8") == page()


# --- the code that says them --------------------------------------------------------------------------------------

FOLDER = Path(choose.__file__).parent
TREES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.rglob("*.py"))}
NAMED = {mistake.slug.upper(): mistake for mistake in ALL}
ALWAYS = {"file", "line"}
"""The gaps that are filled for every mistake."""

MAKERS = ("Finding", "found_at")
"""What makes a finding; its first argument is the mistake."""


def gaps(mistake: Mistake) -> set[str]:
    """The words that its texts need."""
    parsed = (part for text in texts(mistake) for part in string.Formatter().parse(text))
    return {name for _, name, _, _ in parsed if name} - ALWAYS


def named(node: ast.expr) -> list[str]:
    """The mistakes that an expression can be; none where it does not name any."""
    sides = (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,)
    if isinstance(node, ast.IfExp):
        return [name for side in sides for name in named(side)]
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return [name] if name in NAMED else []


def given(call: ast.Call) -> set[str]:
    """The words that a call gives."""
    words = {one.arg for one in call.keywords if one.arg is not None}
    for values in (one for one in call.args if isinstance(one, ast.Dict)):
        words |= {str(key.value) for key in values.keys if isinstance(key, ast.Constant)}
    return words


def found_in(module: str) -> Iterator[tuple[ast.Call, ast.expr]]:
    """Where a module makes a finding, and what it gives as the mistake."""
    for call in (node for node in ast.walk(TREES[module]) if isinstance(node, ast.Call)):
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name in MAKERS and call.args:
            yield call, call.args[0]


@pytest.mark.parametrize("module", TREES)
def test_every_gap_is_filled_where_a_mistake_is_found(module: str) -> None:
    for call, mistake in found_in(module):
        for name in named(mistake):
            assert gaps(NAMED[name]) <= given(call), (name, call.lineno)


def test_what_has_gaps_is_found_where_it_is_named() -> None:
    """What comes from a table, or from what a check has seen, is filled with nothing."""
    spoken = {name for module in TREES for call, mistake in found_in(module) for name in named(mistake)}
    loose = {name for name, mistake in NAMED.items() if gaps(mistake) and name not in spoken}
    assert loose == set()


def test_what_a_check_has_seen_is_said_only_where_its_gaps_are_filled() -> None:
    """By what it has seen alone are explained the addresses that have nothing to add, and the two programs together."""
    simply = {cause for cause, detect in connecting.BY_CAUSE.items() if detect is connecting._simple}
    assert all(not gaps(mistake) for mistake in simply)
    filled = {cause.slug for cause in set(connecting.BY_CAUSE) - simply} | {one.slug for one in BY_TOPIC["threads"]}
    assert {slug for slug, mistake in choose.CAUSES.items() if gaps(mistake) and slug in seen_by_checks()} <= filled


def test_a_mistake_is_named_after_its_slug_and_its_texts_stand_in_its_topic() -> None:
    """One under another name would be in no catalogue."""
    for module, tree in TREES.items():
        made = [
            (ast.unparse(node.targets[0]), ast.literal_eval(node.value.args[0]))
            for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
            if ast.unparse(node.value.func) == "Mistake"
        ]
        assert [name for name, _ in made] == [slug.upper() for _, slug in made]
        assert tuple(slug for _, slug in made) == tuple(one.slug for one in BY_TOPIC.get(module, ()))


OUTSIDE = {
    "club/job.py": {"fichier_absent"},
    "report/model.py": {"a_faire"},
    "trust/review.py": {"temoignage_faux"},
}
"""The slugs that others write as a text: to import the catalogue for one of them takes too long."""

SNAKE_CASE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")
ENCODINGS = {"unicode_escape"}


def strings_of(path: Path) -> set[str]:
    """The texts of a module, but for the slugs of the mistakes that it makes itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Mistake")
    own = {id(call.args[0]) for call in calls}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in own)
    return {node.value for node in texts if isinstance(node.value, str)}


def test_a_mistake_is_named_by_its_object_and_not_by_a_text() -> None:
    """The checks name causes, and the club's room what it names otherwise: each has a test of its own."""
    grader = FOLDER.parent
    paths = [path for path in grader.rglob("*.py") if path.parent.name != "checks" and path.name != "room.py"]
    bare = {path.relative_to(grader).as_posix(): strings_of(path) & set(MISTAKES) for path in paths}
    assert {path: slugs for path, slugs in bare.items() if slugs} == OUTSIDE


def test_no_check_misspells_a_cause() -> None:
    """Also where it is not given to ``failed`` at once."""
    told = set().union(*map(strings_of, (FOLDER.parent / "checks").glob("*.py")))
    named = {text for text in told if SNAKE_CASE.fullmatch(text)}
    assert len(named) > 40
    assert named - ENCODINGS <= set(choose.CAUSES)


def seen_by_checks() -> set[str]:
    """What the checks say that they have seen."""
    causes: set[str] = set()
    for path in (FOLDER.parent / "checks").glob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "failed":
                parts = ast.walk(call.args[1])
                causes |= {one.value for one in parts if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return causes


def test_what_a_check_sees_is_a_mistake_that_explains() -> None:
    """A cause is the slug of a mistake: the checks do not know the catalogue, so a typo is found here."""
    assert len(seen_by_checks()) > 40
    assert seen_by_checks() | UNTOLD <= set(choose.CAUSES)
