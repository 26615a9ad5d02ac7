"""The same submission, many times, on a machine that has other things to do: is the score always the same?"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .commands import REFERENCE, Workshop, wait_for
from .table import Figure, figure

BUSY_PROCESSES = 8
AT_A_TIME = 2


@dataclass(frozen=True)
class Graded:
    """One grading under load.

    Attributes:
        duration_s: of the whole command.
        wrong: what is not as it should be, a line each; empty where all is.
    """

    duration_s: float
    wrong: tuple[str, ...]


@contextmanager
def busy_machine() -> Iterator[None]:
    """Processes that compute all the time share the cores."""
    processes = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BUSY_PROCESSES)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def grade(workshop: Workshop, transcript: Path) -> Graded:
    """Grade the reference; the transcript stays only if the score is wrong."""
    began_s = time.perf_counter()
    arguments = ["-m", "grader", str(REFERENCE), "--json", "-", "--transcript", str(transcript)]
    with workshop.popen(arguments) as process:
        output = wait_for(process)
    duration_s = time.perf_counter() - began_s
    wrong = tuple(_what_is_wrong(output, process.returncode))
    if not wrong:
        transcript.unlink(missing_ok=True)
    return Graded(duration_s, wrong)


def _what_is_wrong(output: str, status: int) -> Iterator[str]:
    try:
        report = json.loads(output)
    except ValueError:
        yield f"exit status {status}, and no result: {output[-1000:]}"
        return
    if (report["score"], report["bonus"], status) != (20.0, 1.5, 0):
        yield f"score {report['score']}, bonus {report['bonus']}, exit status {status}"
    for check in report["checks"]:
        if check["status"] != "passed":
            yield f"{check['id']} {check['status']}: {check['message']} [{check['diagnosis']}]"


def measure(workshop: Workshop, count: int) -> list[Figure]:
    """Grade the reference ``count`` times under load; what is wrong is printed at once."""
    folder = Path(tempfile.mkdtemp(prefix="benchmark-wrong-"))
    wrong = 0
    durations_s = []
    with busy_machine(), ThreadPoolExecutor(AT_A_TIME) as pool:
        paths = [folder / f"{number}.jsonl" for number in range(1, count + 1)]
        for path, graded in zip(paths, pool.map(lambda path: grade(workshop, path), paths), strict=True):
            durations_s.append(graded.duration_s)
            if graded.wrong:
                wrong += 1
                print(f"{path}:", *graded.wrong, sep="\n    ", flush=True)
    if not wrong:
        folder.rmdir()
    return [
        Figure(f"wrong scores in {count} gradings under load", wrong, wrong, wrong, count, "", 0),
        figure(f"reference graded under load ({BUSY_PROCESSES} busy processes)", durations_s, "s"),
    ]
