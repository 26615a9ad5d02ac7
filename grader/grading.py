"""The whole story on one page: folder → submission → scenarios → transcript → verdicts → report."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from .harness import intact
from .harness.lacks import lack_of, machine_lacks
from .harness.launcher import Launcher as Launcher
from .harness.scheduler import AbandonedError as AbandonedError
from .harness.scheduler import Scheduler
from .harness.workspace import Workspace
from .limits import DEFAULT, Limits
from .scenarios.table import scenarios_of
from .solution import is_solution, read_solution
from .story import Story, read_story
from .submission import Submission, read_submission, submission_of
from .transcript.record import Run, Transcript

if TYPE_CHECKING:
    from .report.model import LastRun, Report

JUDGING = (".checks.rubric", ".trust.review", ".harness.limited", ".report.build", ".report.json_report")
"""What is needed only once everything was seen. It is imported while the programs start, which takes them as long."""

NOTHING: Mapping[str, bytes] = {}

Progress = Callable[[str, int, int], None]
"""Told each scenario as soon as it is over: its name, how many are, and how many there will be."""

Recall = Callable[[], "LastRun | None"]
"""Asked what is known of the run before, once everything was seen."""


def _no_progress(_name: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def _know_nothing() -> None:
    """There is no run that the report is to be compared with."""


def grade(
    folder: str,
    parts: tuple[str, ...],
    launcher: Launcher,
    progress: Progress = _no_progress,
    *,
    recall: Recall = _know_nothing,
    keep: bool = False,
    stop: int | None = None,
) -> tuple[Report, str]:
    """Grade a folder; returns the report and, to keep, all that was seen in a form that judge_again reads.

    Raises:
        AbandonedError: the descriptor ``stop`` could be read from before everything was seen.
        UsageError: the folder cannot be read.
        GraderError: programs cannot be started on this machine, or what they are is too heavy to be judged.
        BrokenError: a bug of ours in what judges.
    """
    began_s = time.monotonic()
    submission = read_submission(folder, DEFAULT)
    transcript = _observed(submission, parts, launcher, progress, stop)
    duration_s = time.monotonic() - began_s
    own = is_solution(folder)
    story = Story(submission, transcript, duration_s, launcher.level, own=own)
    return _judged(story, folder, recall()), story.text() if keep else ""


def grade_files(name: str, files: dict[str, bytes], parts: tuple[str, ...], launcher: Launcher) -> tuple[Report, str]:
    """Grade a submission that was read elsewhere, from its files by path; returns what ``grade`` does.

    Raises:
        GraderError, BrokenError: as ``grade`` does.
    """
    began_s = time.monotonic()
    submission = submission_of(name, files, DEFAULT)
    transcript = _observed(submission, parts, launcher)
    duration_s = time.monotonic() - began_s
    story = Story(submission, transcript, duration_s, launcher.level, own=False)
    return _judged(story), story.text()


def _observed(
    submission: Submission,
    parts: tuple[str, ...],
    launcher: Launcher,
    progress: Progress = _no_progress,
    stop: int | None = None,
) -> Transcript:
    """What was seen; what it may have changed of the grader's is as it was."""
    exposed = launcher.exposed
    files = intact.snapshot(exposed=exposed)
    if exposed:
        get_ready_to_judge()  # before anybody can have changed it
    try:
        return observe(submission, parts, launcher, progress, DEFAULT, stop)
    finally:
        intact.check(files, exposed=exposed)  # what explains is imported only now


def _judged(story: Story, folder: str = "", last: LastRun | None = None) -> Report:
    """The report, made within limits."""
    from .harness.limited import limited  # see JUDGING

    return limited(lambda: _told(story, folder, last), DEFAULT)


def _told(story: Story, folder: str = "", last: LastRun | None = None) -> Report:
    """The report."""
    return judge(
        story.submission,
        story.transcript,
        story.duration_s,
        {} if story.own else read_solution(),
        folder=folder,
        isolation=story.isolation,
        last=last,
    )


def observe(
    submission: Submission,
    parts: tuple[str, ...],
    launcher: Launcher,
    progress: Progress,
    limits: Limits,
    stop: int | None = None,
) -> Transcript:
    """Play every scenario that the parts need, and return what was seen.

    Raises:
        AbandonedError: the descriptor ``stop`` could be read from.
        GraderError: programs cannot be started on this machine.
    """
    scenarios = scenarios_of(parts)
    runs: dict[str, Run] = {}

    def on_end(run: Run) -> None:
        runs[run.scenario] = run
        progress(run.scenario, len(runs), len(scenarios))

    try:
        with Workspace(submission.files, launcher.root) as workspace:
            with Scheduler(submission.program_files(), workspace, launcher, limits, stop) as scheduler:
                scheduler.run(scenarios, on_end, get_ready_to_judge)
    except (OSError, MemoryError) as error:
        if not lack_of(error):
            raise
        raise machine_lacks(lack_of(error)) from error
    ordered = {scenario.name: runs[scenario.name] for scenario in scenarios if scenario.name in runs}
    return Transcript(submission.program_files(), parts, ordered, sys.platform)


def get_ready_to_judge() -> None:
    """Import what ``judge`` needs and most gradings have time for."""
    for name in JUDGING:
        import_module(name, __package__)


def judge(
    submission: Submission,
    transcript: Transcript,
    duration_s: float,
    solution: Mapping[str, bytes] = NOTHING,
    *,
    folder: str = "",
    isolation: str = "",
    last: LastRun | None = None,
) -> Report:
    """What the transcript is worth, and why. Runs nothing.

    Args:
        submission: what was graded.
        transcript: what was seen.
        duration_s: how long that took.
        solution: the programs of the solution by name, which nobody may copy.
        folder: its path as it was given; empty where unknown.
        isolation: the level that the programs ran under; empty where unknown.
        last: what is known of the run before.
    """
    from .checks import rubric
    from .checks.verdict import Status
    from .report.build import build
    from .trust.review import review

    verdicts, suspicions = review(rubric.apply(transcript), transcript, submission, solution)
    suspect = tuple((one.slug, one.message) for one in suspicions)
    why, first = {}, ""
    if any(verdict.status is not Status.PASSED for verdict in verdicts.values()):
        from .diagnosis.choose import explain, first_to_repair  # 8 ms that only a mistake is worth

        why = explain(verdicts, transcript, submission)
        first = first_to_repair(verdicts, why)
    return build(
        submission, verdicts, why, first, duration_s, transcript.asked, suspect,
        folder=folder, isolation=isolation, last=last,
    )  # fmt: skip


def judge_again(text: str) -> Report:
    """The report on what ``grade`` has kept.

    Raises:
        UsageError: the text is something else.
        GraderError: it is too heavy to be judged.
        BrokenError: a bug of ours in what judges.
    """
    from .harness.limited import limited

    return limited(lambda: _judge_kept(text), DEFAULT)


def _judge_kept(text: str) -> Report:
    return _told(read_story(text))
