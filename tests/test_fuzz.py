"""Random mutants of the reference and random files, a few of them: `python -m tests.fuzz` makes thousands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.harness.launcher import Launcher

from .fuzz import tokens, verify
from .fuzz.archive import Archive
from .fuzz.cases import BYTES, MUTATION, Case, make
from .fuzz.likeness import difference, hunks, is_equivalent
from .fuzz.outcome import EQUIVALENT, LOOK, Outcome, try_case
from .submissions.model import reference_files

SEED = 2
CASES = [Case(SEED, MUTATION, number) for number in range(25)] + [Case(SEED, BYTES, number) for number in range(15)]
CODE = b'"""Un."""\nprint(f"Deux {x}")\nf(a=1, b=2)  # trois\n'


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_grader_bears_it(case: Case, launcher: Launcher) -> None:
    assert try_case(case, launcher).problems == ()


@pytest.mark.parametrize("case", CASES[::5], ids=lambda case: case.name)
def test_a_case_is_always_the_same_and_not_the_reference(case: Case) -> None:
    made = make(case)
    assert made == make(case)
    assert made.content != reference_files()[made.file].encode("utf-8")


def test_the_pieces_of_a_text_are_the_text() -> None:
    for text in reference_files().values():
        assert tokens.join(tokens.cut(text)) == text


@pytest.mark.parametrize(
    ("mutant", "same"),
    [
        (b'print(f"Quatre {y}")\nf(b=2, a=1)\n', True),
        (b'"""Un."""\n"""Un."""\nf(a=1, b=2)\n', True),
        (b'"""Un."""\nf(a=2, b=2)\n', False),
        (b"print(g())\nf(a=1, b=2)\n", False),
        (b"f(a=1, b=2\n", False),
        (b"\0", False),
    ],
)
def test_only_what_no_verdict_hangs_on_is_equivalent(mutant: bytes, same: bool) -> None:
    assert is_equivalent(mutant, CODE) is same


def test_the_same_change_is_the_same_hunk() -> None:
    first = difference(CODE.replace(b"a=1", b"a=9"), CODE, "client.py")
    second = difference(b"# trois\n" + CODE.replace(b"a=1", b"a=9"), CODE, "client.py")
    assert hunks(first) == hunks(second)
    assert "+f(a=9, b=2)" in hunks(first)[0]


def test_a_result_that_contradicts_itself_is_found() -> None:
    report = {"score": 20.0, "bonus": 0.0, "checks": []}
    assert verify.problems_of(json.dumps(report), lambda _file: 0) == ["the checks are []"]
    assert "no JSON" in verify.problems_of('{"score": NaN}', lambda _file: 0)[0]


def test_an_interrupted_run_goes_on_and_the_same_change_is_listed_once(tmp_path: Path) -> None:
    archive = Archive(tmp_path, SEED)
    diff = "--- a\n+++ b\n@@ -1 +1 @@\n-un\n+deux\n"
    for case, full in zip(CASES, (LOOK, LOOK, EQUIVALENT), strict=False):
        archive.add(case, Outcome(case.name, "tokens x1", "client.py", score=20.0, full=full, diff=diff))
    with next(tmp_path.glob("*.jsonl")).open("a") as file:
        file.write('{"name": "torn')
    again = Archive(tmp_path, SEED)
    assert again.outcomes == archive.outcomes
    assert again.write_changes().count("-un") == 1
    assert "alone 2" in again.write_changes()
