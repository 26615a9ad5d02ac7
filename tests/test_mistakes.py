"""Submissions with one mistake: exactly the checks fall that the mistake is to blame for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.report.model import Report

from .expectations import explain_difference
from .submissions.mistakes import MISTAKES
from .submissions.model import Mistake, mistake_files


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_a_mistake_costs_its_own_checks_and_no_other(
    mistake: Mistake, grade: Callable[[dict[str, str]], Report]
) -> None:
    report = grade(mistake_files(mistake))
    assert not explain_difference(report, set(mistake.falls)), mistake.why
