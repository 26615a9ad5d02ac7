"""The whole story on one page: folder → submission → scenarios → transcript → verdicts → report."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .checks import rubric
from .diagnosis.explain import explain
from .harness.launcher import Launcher, best_launcher
from .harness.stage import Stage
from .harness.workspace import Workspace
from .limits import DEFAULT, Limits
from .report.model import Report, build
from .scenarios.table import PARTS, scenarios_of
from .submission import Submission, read_submission
from .transcript.record import Run, Transcript

Progress = Callable[[Run], None]
"""Told each scenario as soon as it is over."""


@contextmanager
def open_launcher() -> Iterator[Launcher]:
    """Start what starts programs, as early as possible: it gets ready while the rest is imported."""
    launcher = best_launcher()
    try:
        yield launcher
    finally:
        launcher.close()


def observe(
    submission: Submission, parts: tuple[str, ...], launcher: Launcher, progress: Progress, limits: Limits = DEFAULT
) -> Transcript:
    """Play every scenario that the parts need, and return what was seen.

    Raises:
        GraderError: programs cannot be started on this machine.
    """
    runs: dict[str, Run] = {}

    def on_end(run: Run) -> None:
        runs[run.scenario] = run
        progress(run)

    scenarios = scenarios_of(parts)
    with Workspace(submission.files) as workspace:
        with Stage(submission.program_files(), workspace, launcher, limits) as stage:
            stage.play(scenarios, on_end)
    ordered = {scenario.name: runs[scenario.name] for scenario in scenarios if scenario.name in runs}
    return Transcript(submission.program_files(), parts, ordered)


def judge(submission: Submission, transcript: Transcript, duration_s: float) -> Report:
    """What the transcript is worth, and why. Runs nothing."""
    verdicts = rubric.apply(transcript)
    why = explain(verdicts, transcript, submission)
    return build(submission.name, submission.remarks, verdicts, why, duration_s, transcript.asked)


def grade(
    folder: str,
    parts: tuple[str, ...] = tuple(PARTS),
    progress: Progress = lambda _: None,
    launcher: Launcher | None = None,
) -> tuple[Report, Transcript]:
    """Grade a folder.

    Raises:
        UsageError: the folder cannot be read.
        GraderError: programs cannot be started on this machine.
    """
    began_s = time.monotonic()
    submission = read_submission(folder, DEFAULT)
    if launcher is None:
        with open_launcher() as own:
            transcript = observe(submission, parts, own, progress)
    else:
        transcript = observe(submission, parts, launcher, progress)
    return judge(submission, transcript, time.monotonic() - began_s), transcript
