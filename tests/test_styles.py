"""Correct submissions in many styles: each earns all 20 points, and the bonuses that it deserves."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from grader.report.model import Report

from .expectations import explain_difference
from .submissions.model import Style, style_files
from .submissions.styles import STYLES

HERE = [style for style in STYLES if sys.platform != "win32" or not style.name.startswith("posix-")]
"""Some styles use what only POSIX has: os.write on a socket, select on the keyboard."""


@pytest.mark.parametrize("style", HERE, ids=lambda style: style.name)
def test_a_style_costs_nothing_and_shows_no_diagnosis(style: Style, grade: Callable[[dict[str, str]], Report]) -> None:
    report = grade(style_files(style))
    assert not explain_difference(report, set(style.no_bonus)), style.why
    assert report.score == report.max_score
    assert [check.diagnosis for check in report.checks if check.diagnosis and not check.is_bonus] == []
