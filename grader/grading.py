"""The whole story on one page: folder → submission → scenarios → transcript → verdicts → report."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from .errors import UsageError
from .harness import intact
from .harness.lacks import lack_of, machine_lacks
from .harness.launcher import Launcher as Launcher
from .harness.scheduler import AbandonedError as AbandonedError
from .harness.scheduler import Scheduler
from .harness.workspace import Workspace
from .limits import DEFAULT, Limits
from .scenarios.table import scenarios_of
from .solution import is_solution, read_solution
from .submission import Remark, Submission, parse_submission, read_submission, submission_of
from .transcript.codec import BadFactError
from .transcript.record import Run, Transcript, dumps, loads

if TYPE_CHECKING:
    from .report.model import Report

JUDGING = (".checks.rubric", ".trust.review", ".harness.limited", ".report.model", ".report.json_report")
"""What is needed only once everything was seen. It is imported while the programs start, which takes them as long."""

NOTHING: Mapping[str, bytes] = {}

NO_TRANSCRIPT = "Ce fichier n'est pas un transcript de ChatPy ({error})."

Progress = Callable[[str, int, int], None]
"""Told each scenario as soon as it is over: its name, how many are, and how many there will be."""


def _no_progress(_name: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def grade(
    folder: str,
    parts: tuple[str, ...],
    launcher: Launcher,
    progress: Progress = _no_progress,
    *,
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
    report = replace(_judged(submission, transcript, duration_s, launcher, own=own), folder=folder)
    return report, _dump(submission, transcript, duration_s, launcher.level, own=own) if keep else ""


def grade_files(name: str, files: dict[str, bytes], parts: tuple[str, ...], launcher: Launcher) -> tuple[Report, str]:
    """Grade a submission that was read elsewhere, from its files by path; returns what ``grade`` does.

    Raises:
        GraderError, BrokenError: as ``grade`` does.
    """
    began_s = time.monotonic()
    submission = submission_of(name, files, DEFAULT)
    transcript = _observed(submission, parts, launcher)
    duration_s = time.monotonic() - began_s
    report = _judged(submission, transcript, duration_s, launcher, own=False)
    return report, _dump(submission, transcript, duration_s, launcher.level, own=False)


def _observed(
    submission: Submission,
    parts: tuple[str, ...],
    launcher: Launcher,
    progress: Progress = _no_progress,
    stop: int | None = None,
) -> Transcript:
    """What was seen; what it may have changed of the grader's is as it was."""
    exposed = launcher.exposed
    files = intact.look(exposed=exposed)
    if exposed:
        get_ready_to_judge()  # before anybody can have changed it
    try:
        return observe(submission, parts, launcher, progress, DEFAULT, stop)
    finally:
        intact.check(files, exposed=exposed)  # what explains is imported only now


def _judged(
    submission: Submission, transcript: Transcript, duration_s: float, launcher: Launcher, *, own: bool
) -> Report:
    """The report, made within limits."""
    from .harness.limited import limited  # see JUDGING

    solution = {} if own else read_solution()
    report = limited(lambda: judge(submission, transcript, duration_s, solution), DEFAULT)
    return replace(report, isolation=launcher.level)


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
    submission: Submission, transcript: Transcript, duration_s: float, solution: Mapping[str, bytes] = NOTHING
) -> Report:
    """What the transcript is worth, and why. Runs nothing.

    Args:
        submission: what was graded.
        transcript: what was seen.
        duration_s: how long that took.
        solution: the programs of the solution by role, which nobody may copy.
    """
    from .checks import rubric
    from .checks.verdict import Status
    from .report.model import build
    from .trust.review import review

    verdicts, suspicions = review(rubric.apply(transcript), transcript, submission, solution)
    suspect = tuple((one.slug, one.message) for one in suspicions)
    if all(verdict.status is Status.PASSED for verdict in verdicts.values()):
        return build(submission, verdicts, {}, "", duration_s, transcript.asked, suspect)
    from .diagnosis.choose import explain, first_to_repair  # 8 ms that only a mistake is worth

    why = explain(verdicts, transcript, submission)
    return build(submission, verdicts, why, first_to_repair(verdicts, why), duration_s, transcript.asked, suspect)


def _dump(submission: Submission, transcript: Transcript, duration_s: float, isolation: str, *, own: bool) -> str:
    """The submission's own lines, which explanations quote, and what was seen."""
    sources = {path: data.decode("latin-1") for path, data in submission.files.items() if path.endswith(".py")}
    head = {
        "name": submission.name,
        "remarks": [[remark.text, remark.kind, remark.about] for remark in submission.remarks],
        "files": sources,
        "duration_s": duration_s,
        "isolation": isolation,
        "solution": own,
    }
    return json.dumps(head) + "\n" + dumps(transcript)


def renamed(text: str, name: str) -> str:
    """What ``grade`` has kept, for somebody who has handed in the very same files.

    Raises:
        UsageError: the text is something else.
    """
    head, _, rest = text.partition("\n")
    try:
        return json.dumps(json.loads(head) | {"name": name}) + "\n" + rest
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageError(NO_TRANSCRIPT.format(error=error)) from error


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
    submission, transcript, duration_s, isolation, own = _load(text)
    solution = {} if own else read_solution()
    return replace(judge(submission, transcript, duration_s, solution), isolation=isolation)


def _load(text: str) -> tuple[Submission, Transcript, float, str, bool]:
    """What ``_dump`` was given; a bug in what judges it must not look as if this were no transcript.

    Raises:
        UsageError: the text is something else.
    """
    try:
        head, _, rest = text.partition("\n")
        kept = json.loads(head)
        files = {str(path): source.encode("latin-1") for path, source in kept["files"].items()}
        submission = parse_submission(str(kept["name"]), files, tuple(map(_remark, kept["remarks"])))
        duration_s = float(kept["duration_s"])
        if not 0 <= duration_s < math.inf:
            raise ValueError(f"duration_s cannot be {duration_s}")
        return submission, loads(rest), duration_s, str(kept["isolation"]), kept.get("solution") is True
    except (BadFactError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise UsageError(NO_TRANSCRIPT.format(error=error)) from error


def _remark(kept: object) -> Remark:
    """A remark as ``_dump`` wrote it; those of before are their sentence alone."""
    return Remark(*map(str, kept)) if isinstance(kept, list) else Remark(str(kept))
