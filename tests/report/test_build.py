"""A report is built whole: with what is known of the run before, and with every text in it escaped but two."""

from __future__ import annotations

from grader.checks.rubric import RUBRIC
from grader.checks.verdict import PASSED, Status, Verdict
from grader.report.build import KNOWN, build
from grader.report.model import MAX_SCORE, LastRun, Report
from grader.submission import Remark, Submission

BOTH = ("etape1", "chat")
SUBMISSION = Submission("rendu", {"etape1.py": b"print()\n"})
FAILED = Verdict(Status.FAILED, "Rien.")
STEP_1 = frozenset(row.id for row in RUBRIC if row.part == "etape1" and not row.is_bonus)
STEP_2 = frozenset(row.id for row in RUBRIC if row.part == "chat" and not row.is_bonus)


def built(last: LastRun | None, *failing: str, asked: tuple[str, ...] = BOTH) -> Report:
    """A report in which all but some checks pass."""
    verdicts = {row.id: FAILED if row.id in failing else PASSED for row in RUBRIC}
    return build(SUBMISSION, verdicts, {}, "", 0.25, asked, last=last)


def test_nothing_is_compared_where_there_was_no_run() -> None:
    report = built(None, "etape1.fin")
    assert (report.gained, report.lost, report.unsaved) == ((), (), False)
    assert list(report.news()) == []


def test_what_passes_now_is_told_and_what_did_and_fails_now() -> None:
    everything = frozenset(row.id for row in RUBRIC)
    report = built(LastRun(everything - {"duo.accents"}), "etape1.fin")
    assert (report.gained, report.lost) == (("duo.accents",), ("etape1.fin",))
    assert [better for better, _ in report.changed()] == [True, False]


def test_a_file_was_not_saved_only_where_something_is_to_be_repaired() -> None:
    same, another = LastRun(STEP_1, SUBMISSION.checksum()), LastRun(STEP_1, "x")
    assert built(same, "etape1.fin").unsaved
    assert not built(another, "etape1.fin").unsaved
    assert not built(LastRun(STEP_1), "etape1.fin").unsaved, "nobody is to be asked"
    assert not built(same).unsaved


def test_the_other_step_is_announced_until_it_is_known() -> None:
    assert "etape1.py" in built(LastRun(STEP_2), asked=("chat",)).following
    assert built(LastRun(STEP_1), asked=("chat",)).following == KNOWN
    assert built(LastRun(STEP_1)).following == ""


def test_the_folder_stays_a_way_to_it() -> None:
    verdicts = {row.id: PASSED for row in RUBRIC}
    odd = Submission("a\x1b", remarks=(Remark("b\x1b"),))
    report = build(odd, verdicts, {}, "", 0.25, BOTH, folder="c\x1b", isolation="d\x1b")
    assert (report.submission, report.remarks, report.folder, report.isolation) == (
        r"a\x1b",
        (r"b\x1b",),
        "c\x1b",
        "d\x1b",
    )


def test_the_most_is_what_the_rubric_gives() -> None:
    assert built(None).max_score == MAX_SCORE
