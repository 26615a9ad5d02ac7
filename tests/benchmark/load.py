"""Correct submissions, many times, on a machine that has other things to do: is the score always the same?"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from tests.submissions.model import style_files
from tests.submissions.styles import STYLES

from .commands import GRADER_ERROR, REFERENCE, Workshop, wait_for
from .competitors import BUSY_PROCESSES, busy_machine, starved_machine
from .table import Figure, figure, total

AT_A_TIME = 2

NAMES = (
    "from-socket-star",
    "lambda-target",
    "makefile-text",
    "posix-os-write",
    "recv-one-byte",
    "recv-sixteen",
    "prompts-and-prefixes",
    "thread-subclass",
    "threads-as-attributes",
    "extra-threads",
    "welcome-and-nickname",
    "create-server",
    "recv-timeout",
    "non-blocking-poll",
    "select-loop",
    "queue-between",
    "stop-event",
    "join-while-alive",
    "uncaught-eof",
)
"""With the reference, 20: those whose threads wait, poll and end in ways of their own."""


@dataclass(frozen=True)
class Graded:
    """One grading under load.

    Attributes:
        name: of the style.
        duration_s: of the whole command.
        wrong: what is not as it should be, a line each; empty where all is.
        refused: whether the grader said that it cannot grade on this machine, and gave no score.
    """

    name: str
    duration_s: float
    wrong: tuple[str, ...]
    refused: bool = False


@dataclass(frozen=True)
class Subject:
    """What is graded.

    Attributes:
        name: of the style.
        folder: where it is.
        falls: the bonuses that it does not earn; everything else passes.
    """

    name: str
    folder: Path
    falls: frozenset[str] = frozenset()


def subjects(workshop: Workshop) -> list[Subject]:
    """The reference and the styles.

    Raises:
        KeyError: the collection of styles has lost one of them.
    """
    by_name = {style.name: style for style in STYLES}
    styles = [by_name[name] for name in NAMES]
    return [
        Subject("reference", REFERENCE),
        *(Subject(style.name, workshop.submission(style.name, style_files(style)), style.no_bonus) for style in styles),
    ]


def grade(workshop: Workshop, subject: Subject, transcript: Path) -> Graded:
    """Grade a submission; the transcript stays only if the score is wrong."""
    began_s = time.perf_counter()
    arguments = ["-m", "grader", str(subject.folder), "--json", "-", "--transcript", str(transcript)]
    with workshop.popen(arguments) as process:
        output = wait_for(process)
    duration_s = time.perf_counter() - began_s
    wrong = tuple(_what_is_wrong(output, process.returncode, subject.falls))
    if not wrong:
        transcript.unlink(missing_ok=True)
    return Graded(subject.name, duration_s, wrong, process.returncode == GRADER_ERROR)


def _what_is_wrong(output: str, status: int, falls: frozenset[str]) -> Iterator[str]:
    try:
        report = json.loads(output)
    except ValueError:
        yield f"exit status {status}, and no result: {output[-1000:]}"
        return
    if (report["score"], status) != (20.0, 0):
        yield f"score {report['score']}, bonus {report['bonus']}, exit status {status}"
    for check in report["checks"]:
        if (check["status"] == "passed") == (check["id"] in falls):
            yield f"{check['id']} {check['status']}: {check['message']} [{check['diagnosis']}]"


def measure(workshop: Workshop, count: int) -> list[Figure]:
    """Grade ``count`` times beside processes that compute."""
    return _measure(workshop, count, busy_machine(), f"under load ({BUSY_PROCESSES} busy processes)")


def measure_starved(workshop: Workshop, count: int) -> list[Figure]:
    """Grade ``count`` times while one core after the other is taken away and given back."""
    return _measure(workshop, count, starved_machine(), "starved (a core taken away at random)")


def _measure(workshop: Workshop, count: int, machine: AbstractContextManager[None], how: str) -> list[Figure]:
    with machine:
        graded = grade_many(workshop, count, AT_A_TIME)
    wrong = sum(bool(one.wrong) for one in graded)
    styles = len({one.name for one in graded})
    return [
        total(f"wrong scores in {count} gradings {how}", wrong, count),
        figure(f"one of {styles} correct submissions graded {how}", [one.duration_s for one in graded], "s"),
    ]


def grade_many(workshop: Workshop, count: int, at_a_time: int) -> list[Graded]:
    """Grade each submission in turn, several at a time; what is wrong is printed at once."""
    folder = Path(tempfile.mkdtemp(prefix="benchmark-wrong-"))
    chosen = list(islice(cycle(subjects(workshop)), count))
    paths = [folder / f"{number}-{subject.name}.jsonl" for number, subject in enumerate(chosen, start=1)]
    results = []
    try:
        with ThreadPoolExecutor(at_a_time) as pool:
            for path, graded in zip(paths, pool.map(lambda *pair: grade(workshop, *pair), chosen, paths), strict=True):
                results.append(graded)
                if graded.wrong:
                    print(f"{path}:", *graded.wrong, sep="\n    ", flush=True)
    finally:
        if not any(folder.iterdir()):
            folder.rmdir()
    return results
