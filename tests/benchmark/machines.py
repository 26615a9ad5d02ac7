"""The table `machines`: a score never depends on the machine, nor on the neighbour."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from . import distress, neighbours, versions
from .commands import FULL_MARKS, REFERENCE, ROOT, Command, Workshop
from .load import grade_many
from .measures import Effort
from .table import Figure, figure, total

CROWDS = (20, 40)
"""Gradings at a time: where it is the larger one, the grader may say that the machine is overloaded."""

CORES = 2

SLOWER = 1.05
"""What a grading may take, measured in that of another checkout."""


def crowds(workshop: Workshop, effort: Effort) -> list[Figure]:
    """Correct submissions, many at a time."""
    figures = []
    for at_a_time in CROWDS:
        with few_cores():
            graded = grade_many(workshop, effort.crowd, at_a_time)
        refused = sum(one.refused for one in graded)
        wrong = sum(bool(one.wrong) and not one.refused for one in graded)
        what = f"{effort.crowd} gradings, {at_a_time} at a time on {CORES} cores"
        figures += [
            total(f"wrong scores in {what}", wrong, len(graded)),
            total("  refused: the machine is overloaded", refused, len(graded), 0 if at_a_time == CROWDS[0] else None),
            figure("  one of them", [one.duration_s for one in graded], "s"),
        ]
    return figures


@contextmanager
def few_cores() -> Iterator[None]:
    """Whatever is started meanwhile runs on two cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(sorted(before)[:CORES]))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def straits(workshop: Workshop, effort: Effort) -> list[Figure]:  # noqa: ARG001 - the same at every effort
    """Machines in bad shape."""
    return distress.measure(workshop)


def pythons(workshop: Workshop, effort: Effort) -> list[Figure]:
    """All Pythons judge alike, and accuse nobody honest."""
    return versions.measure(workshop, effort.every)


def attacks(workshop: Workshop, effort: Effort) -> list[Figure]:  # noqa: ARG001 - each attack has a world of its own
    """What one submission does to the next, and to the grader."""
    return neighbours.measure(effort.every)


def checkout(workshop: Workshop, effort: Effort) -> list[Figure]:
    """A single grading here and in another checkout, one after the other, each first as often as the other."""
    if workshop.against is None:
        return []
    here, there = (
        Command(("-m", "grader", str(REFERENCE), "--json", "-"), FULL_MARKS, root=root)
        for root in (ROOT, workshop.against)
    )
    workshop.interleave({"here": here, "there": there}, 1)  # byte code is written, files are read
    ratios = []
    for number in range(2 * effort.runs):
        pair = {}
        for name in ("here", "there") if number % 2 else ("there", "here"):
            pair[name] = workshop.time(here if name == "here" else there)
        ratios.append(pair["here"] / pair["there"])
    return [figure(f"a single grading / the same in {workshop.against.name}", ratios, "x", SLOWER)]


ROWS = {"crowds": crowds, "straits": straits, "pythons": pythons, "attacks": attacks, "checkout": checkout}
"""What the table is made of; each function gives some lines of it."""
