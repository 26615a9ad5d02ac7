"""What is measured: each function gives some lines of the table."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from statistics import median

from .. import processes
from .commands import (
    FULL_MARKS,
    REFERENCE,
    SKELETON,
    BenchmarkError,
    Workshop,
    bare_interpreter,
    floor,
    grading,
    sequential,
    version,
)
from .submissions import CHURNING, ENDLESS, HANGING, LOOPING, quick_mistakes
from .table import Figure, figure, ratio


@dataclass(frozen=True)
class Effort:
    """How often things are measured.

    Attributes:
        runs: of what takes less than a second.
        slow_runs: of what takes several.
        patient: whether to run the plain tests on the hanging submission too, which takes a minute and more.
        crowd: gradings on a machine that is full of them.
        every: of a collection, only every so many submissions.
    """

    runs: int
    slow_runs: int
    patient: bool
    crowd: int
    every: int


FULL = Effort(runs=15, slow_runs=5, patient=True, crowd=400, every=1)
QUICK = Effort(runs=5, slow_runs=1, patient=False, crowd=40, every=25)


def speed(workshop: Workshop, effort: Effort) -> list[Figure]:
    """The everyday commands, and the floor."""
    times_s = workshop.interleave(
        {
            "json": grading(REFERENCE, "--json", "-", status=FULL_MARKS),
            "floor": floor(),
            "report": grading(REFERENCE, status=FULL_MARKS),
            "skeleton": grading(SKELETON),
            "hanging": grading(workshop.submission("hanging", HANGING)),
            "bare": bare_interpreter(),
            "version": version(),
        },
        effort.runs,
    )
    return [
        figure("one bare interpreter", times_s["bare"], "s"),
        figure("reference graded, with its report", times_s["report"], "s", 0.40),
        figure("reference graded, --json -", times_s["json"], "s", 0.30),
        figure("blank skeleton graded", times_s["skeleton"], "s", 0.40),
        figure("hanging submission graded", times_s["hanging"], "s", 0.40),
        figure("the floor: the same processes, no grader", times_s["floor"], "s"),
        ratio("--version / one bare interpreter", times_s["version"], times_s["bare"], 3),
        ratio("reference graded, --json - / the floor", times_s["json"], times_s["floor"], 2),
    ]


def mistakes(workshop: Workshop, effort: Effort) -> list[Figure]:
    """Submissions with one mistake, of the kind that neither sleeps nor loops."""
    commands = {name: grading(workshop.submission(name, files)) for name, files in quick_mistakes().items()}
    times_s = workshop.interleave(commands, effort.runs)
    slowest = max(times_s, key=lambda name: median(times_s[name]))
    together = [duration_s for durations_s in times_s.values() for duration_s in durations_s]
    return [
        figure(f"{len(commands)} single mistakes graded, all together", together, "s", 0.40),
        figure(f"the slowest of them: {slowest}", times_s[slowest], "s"),
    ]


def plain_tests(workshop: Workshop, effort: Effort) -> list[Figure]:
    """The same checks as plain tests, one after the other."""
    commands = {
        "plain": sequential(REFERENCE, 0, "20.0 / 20, bonus 1.5"),
        "grader": grading(REFERENCE, status=FULL_MARKS),
    }
    times_s = workshop.interleave(commands, effort.slow_runs)
    figures = [
        figure("plain sequential tests on the reference", times_s["plain"], "s"),
        ratio("the same / grader with its report", times_s["plain"], times_s["grader"], 5, at_least=True),
    ]
    if effort.patient:
        folder = workshop.submission("hanging", HANGING)
        plain_s = workshop.time(sequential(folder, 1, "/ 20"))
        grader_s = median(workshop.time(grading(folder)) for _ in range(effort.slow_runs))
        figures += [
            figure("plain sequential tests on the hanging submission", [plain_s], "s"),
            ratio("the same / grader with its report", [plain_s], [grader_s], 50, at_least=True),
        ]
    return figures


PROGRAMS_PLAYED = 10
"""Processes of students' programs in a whole grading: two of them in the duo."""


def isolation(workshop: Workshop, effort: Effort) -> list[Figure]:
    """What the strong isolation costs, where bubblewrap is."""
    if shutil.which("bwrap") is None:
        return []
    commands = {
        level: grading(REFERENCE, "--json", "-", "--isolation", level, status=FULL_MARKS)
        for level in ("simple", "forte")
    }
    times_s = workshop.interleave(commands, effort.runs)
    pairs = zip(times_s["forte"], times_s["simple"], strict=True)
    return [
        figure("reference graded, --isolation forte", times_s["forte"], "s", 0.40),
        figure("what forte costs, a program", [(a - b) / PROGRAMS_PLAYED for a, b in pairs], "s", 0.030),
    ]


def loops(workshop: Workshop, effort: Effort) -> list[Figure]:
    """Submissions that never stop computing."""
    commands = {
        "looping": grading(workshop.submission("looping", LOOPING)),
        "endless": grading(workshop.submission("endless", ENDLESS)),
        "churning": grading(workshop.submission("churning", CHURNING)),
    }
    times_s = {name: [workshop.time(command) for _ in range(effort.slow_runs)] for name, command in commands.items()}
    return [
        figure("every program loops from its first line", times_s["looping"], "s", 5),
        figure("programs print or loop after the conversation", times_s["endless"], "s", 5),
        figure("every program makes sockets without end", times_s["churning"], "s", 5),
    ]


def memory(workshop: Workshop, effort: Effort) -> list[Figure]:
    """The grader's own memory, without the students' programs."""
    figures = []
    for what, folder, runs in (
        ("reference", REFERENCE, effort.runs),
        ("programs print without end", workshop.submission("endless", ENDLESS), effort.slow_runs),
        ("programs make sockets without end", workshop.submission("churning", CHURNING), effort.slow_runs),
    ):
        peaks = []
        for _ in range(runs):
            with workshop.popen(("-m", "grader", str(folder), "--json", os.devnull)) as process:
                peaks.append(processes.peaks_mb(process))
        own, helper = zip(*peaks, strict=True)
        if not min(own + helper):
            raise BenchmarkError("the memory of a grading could not be seen")
        figures += [
            figure(f"memory of the grader, {what}", own, "MB", 80),
            figure(f"memory of its helper, {what}", helper, "MB", 80),
        ]
    return figures


def remains(workshop: Workshop) -> list[Figure]:
    """What all commands together have left behind."""
    left = [f"process {process.pid}: {process.command}" for process in processes.left_behind()]
    folders = workshop.left_folders()
    if left or folders:
        print("left behind:", *left, *folders, sep="\n    ")
    return [
        Figure("processes left behind", len(left), len(left), len(left), 1, "", 0),
        Figure("temporary folders left behind", len(folders), len(folders), len(folders), 1, "", 0),
    ]
