"""The course itself: the skeleton is worth nothing and says what to do first, the reference is worth everything."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.report.model import Report
from grader.submission import PROGRAMS

from .submissions.model import reference_files

ROOT = Path(__file__).parents[1]
SKELETON = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "skeleton").glob("*.py")}


def test_the_skeleton_scores_nothing(grade: Callable[[dict[str, str]], Report]) -> None:
    report = grade(SKELETON)
    assert (report.score, report.bonus) == (0, 0)


def test_the_skeleton_is_told_which_todo_comes_first(grade: Callable[[dict[str, str]], Report]) -> None:
    first = grade(SKELETON).first_failure()
    assert first is not None
    assert (first.id, first.diagnosis) == ("etape1.ecoute", "a_faire")
    assert first.location is not None
    line = SKELETON["etape1.py"].splitlines()[first.location.line - 1]
    assert line.startswith("# TODO 1 ")


def test_the_skeleton_is_not_told_that_it_failed_everywhere(grade: Callable[[dict[str, str]], Report]) -> None:
    failed = [check.id for check in grade(SKELETON).checks if check.status == "failed"]
    assert failed == ["etape1.ecoute", "serveur.adresse", "client.adresse"]


def test_the_reference_has_every_point(grade: Callable[[dict[str, str]], Report]) -> None:
    report = grade(reference_files())
    assert (report.score, report.bonus) == (20, 1.5)


@pytest.mark.parametrize("name", [f"{program}.py" for program in PROGRAMS])
def test_a_program_of_the_skeleton_runs_as_given(name: str) -> None:
    """It ends without an error and says that its TODOs are waiting."""
    done = subprocess.run(
        [sys.executable, name], cwd=ROOT / "skeleton", capture_output=True, text=True, encoding="utf-8", timeout=30
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "TODO" in done.stdout


@pytest.mark.parametrize("name", [f"{program}.py" for program in PROGRAMS])
def test_the_todos_are_numbered_in_order_and_explained(name: str) -> None:
    numbers = [int(number) for number in re.findall(r"# TODO (\d+) :", SKELETON[name])]
    assert numbers == list(range(1, len(numbers) + 1))
    subject = (ROOT / "skeleton" / "README.md").read_text(encoding="utf-8")
    assert all(re.search(rf"{re.escape(name)}.*TODO.*\b{number}\b", subject) for number in numbers[:-1])


@pytest.mark.parametrize("name", [f"{program}.py" for program in PROGRAMS])
def test_the_reference_has_no_todo_left(name: str) -> None:
    assert "TODO" not in reference_files()[name]


@pytest.mark.parametrize("missing", [f"{program}.py" for program in PROGRAMS])
def test_each_file_unsolved_costs_its_own_points_only(missing: str, grade: Callable[[dict[str, str]], Report]) -> None:
    """With one file of the skeleton among the solved ones, nothing of the two others falls but what needs all."""
    report = grade(reference_files() | {missing: SKELETON[missing]})
    program = missing.removesuffix(".py")
    shared = set() if program == "etape1" else {"duo", "bonus"}
    passed = {check.id.partition(".")[0] for check in report.checks if check.status == "passed"}
    fallen = {check.id.partition(".")[0] for check in report.checks if check.status != "passed"}
    assert fallen == {program} | shared
    assert program not in passed
