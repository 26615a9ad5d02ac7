"""Correct submissions in many styles: each earns all 20 points, and the bonuses that it deserves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.report.model import Report

from .expectations import explain_difference
from .submissions.model import Style, style_files
from .submissions.styles import STYLES


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_style_costs_nothing(style: Style, grade: Callable[[dict[str, str]], Report]) -> None:
    report = grade(style_files(style))
    assert not explain_difference(report, set(style.no_bonus)), style.why
    assert report.score == report.max_score


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_a_correct_program_shows_no_diagnosis(style: Style, grade: Callable[[dict[str, str]], Report]) -> None:
    report = grade(style_files(style))
    assert [check.diagnosis for check in report.checks if check.diagnosis and not check.is_bonus] == []
