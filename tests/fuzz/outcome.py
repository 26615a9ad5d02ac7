"""Grades one case, and says what came of it."""

from __future__ import annotations

import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from grader import grading
from grader.harness.launcher import Launcher
from grader.report.html import to_html
from grader.report.json_report import to_json
from grader.report.model import Report
from tests.submissions.model import REFERENCE, write_files

from .cases import Case, Made, make
from .likeness import difference, is_equivalent
from .verify import problems_of

PARTS = ("etape1", "chat")
TOO_LONG_S = 30.0
EQUIVALENT = "equivalent"
LOOK = "look"


@dataclass(frozen=True)
class Outcome:
    """What came of a case.

    Attributes:
        name: the case's.
        how: it was made.
        file: the one that is not the reference's.
        duration_s: of the grading.
        score: of 20; None where there is no report.
        passed: the checks that passed.
        problems: what the grader did wrong; a finding where there are any.
        full: for 20 points, ``equivalent`` or ``look``; else empty.
        diff: against the reference, where a person may want to see it.
        crashed: whether the launcher may not be used again.
    """

    name: str
    how: str
    file: str
    duration_s: float = 0.0
    score: float | None = None
    passed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    full: str = ""
    diff: str = ""
    crashed: bool = False


def try_case(case: Case, launcher: Launcher) -> Outcome:
    """Grade a case in a folder of its own, and look at the report."""
    made = make(case)
    began_s = time.monotonic()
    with TemporaryDirectory(prefix="fuzz-") as folder:
        submission = write_files(made.files(), Path(folder) / case.name)
        try:
            report, kept = grading.grade(str(submission), PARTS, launcher, keep=True)
            duration_s = time.monotonic() - began_s
            problems = tuple(_problems(report, kept, made, duration_s))
        except Exception:  # noqa: BLE001  any exception of the grader's is what is looked for
            problem = traceback.format_exc()
            duration_s = time.monotonic() - began_s
            return Outcome(case.name, made.how, made.file, duration_s, None, (), (problem,), crashed=True)
    passed = tuple(check.id for check in report.checks if check.status == "passed")
    full, diff = _if_full(report, made)
    return Outcome(case.name, made.how, made.file, duration_s, report.score, passed, problems, full, diff)


def lost(case: Case, problem: str) -> Outcome:
    """The outcome of a case whose process never answered."""
    made = make(case)
    return Outcome(case.name, made.how, made.file, problems=(problem,), crashed=True)


def _problems(report: Report, kept: str, made: Made, duration_s: float) -> Iterator[str]:
    files = made.files()

    def lines(file: str) -> int:
        # An empty last line counts: that is where a file that stops too early is wrong.
        return len(files[file].replace("\r\n", "\n").replace("\r", "\n").split("\n")) if file in files else 0

    text = to_json(report)
    yield from problems_of(text, lines)
    if "</html>" not in to_html(report):
        yield "the HTML page has no end"
    again = to_json(grading.judge_again(kept))
    if again != text:
        yield f"judged again, the report is another one:\n{again}"
    if duration_s > TOO_LONG_S:
        yield f"the grading took {duration_s:.1f} s"


def _if_full(report: Report, made: Made) -> tuple[str, str]:
    """How a submission that got all points differs from the reference."""
    if report.score < report.max_score:
        return "", ""
    reference = (REFERENCE / made.file).read_bytes()
    same = is_equivalent(made.content, reference)
    return EQUIVALENT if same else LOOK, difference(made.content, reference, made.file)
