"""Gradings on machines in bad shape: the same result as on a healthy one, or none and one sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.submissions.mistakes import MISTAKES
from tests.submissions.model import mistake_files, write_files

from ..namespaces import public_folder
from .commands import GRADER_ERROR, REFERENCE, ROOT, TOO_LONG_S, BenchmarkError, Workshop
from .straits import RESULTS, STRAITS
from .table import Figure, total

BROKEN = "serveur-receives-one"
"""A mistake that costs points: they must stay lost."""

BARE = ("-c", "import json, selectors, socket, threading")
"""Where not even this works, a grader cannot either."""


@dataclass(frozen=True)
class Answer:
    """What a grading said.

    Attributes:
        status: of the command.
        result: of each check, and the suspicions; None where there is no score.
        errors: what came on standard error.
    """

    status: int
    result: dict[str, Any] | None
    errors: str = ""

    def is_refusal(self, *, heard: bool) -> bool:
        """Whether it is no score, and one sentence that says so; where it could not be ``heard``, no score is enough.

        English is what Python itself says of its errors: on the screen it makes more than one line.
        """
        lines = [line for line in self.errors.splitlines() if line.strip()]
        return self.result is None and self.status == GRADER_ERROR and (len(lines) == 1 or not heard)


def measure(workshop: Workshop) -> list[Figure]:
    """Grade the reference and a broken submission in every strait, and compare.

    Raises:
        BenchmarkError: a strait cannot be had on this machine, or a healthy machine gives no score.
    """
    by_name = {mistake.name: mistake for mistake in MISTAKES}
    results = public_folder("results-")
    try:
        folders = [REFERENCE, write_files(mistake_files(by_name[BROKEN]), results / BROKEN)]
        return [figure for name in STRAITS for figure in _strait(workshop, name, folders, results)]
    finally:
        shutil.rmtree(results)


def _strait(workshop: Workshop, name: str, folders: list[Path], results: Path) -> list[Figure]:
    """The figures of one strait, for all its values."""
    strait = STRAITS[name]
    right = {folder: _grade(workshop, folder, results, ()) for folder in folders}
    if any(answer.result is None for answer in right.values()):
        raise BenchmarkError(f"no score on a healthy machine: {right}")
    wrong = silent = refused = runs = 0
    for value in strait.values:
        prefix = (sys.executable, "-m", "tests.benchmark.straits", name, str(value))
        if name != "streams" and _run(workshop, (*prefix, sys.executable, *BARE), results).returncode != 0:
            print(f"{name} {value}: not even an interpreter starts here", flush=True)
            continue
        heard = name != "streams" or not value & 4
        for folder in folders:
            answer = _grade(workshop, folder, results, prefix)
            refusal = answer.is_refusal(heard=heard)
            differs = answer.result is not None and answer.result != right[folder].result
            runs, refused, wrong = runs + 1, refused + refusal, wrong + differs
            silent += answer.result is None and not refusal
            if differs or (answer.result is None and not refusal):
                print(f"{name} {value}, {folder.name}:", *_differences(answer, right[folder]), sep="\n    ", flush=True)
    return [
        total(f"wrong scores: {strait.says} ({refused} refusals)", wrong, runs),
        total("  neither a score nor status 3 and one sentence", silent, runs),
    ]


def _grade(workshop: Workshop, folder: Path, results: Path, prefix: tuple[str, ...]) -> Answer:
    file = results / "result.json"
    file.unlink(missing_ok=True)
    command = (*prefix, sys.executable, "-m", "grader", str(folder), "--json", str(file))
    done = _run(workshop, command, results)
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Answer(done.returncode, None, done.stderr)
    checks = {check["id"]: (check["status"], check["diagnosis"]) for check in report["checks"]}
    return Answer(done.returncode, checks | {"suspect": report["suspect"]}, done.stderr)


def _run(workshop: Workshop, command: tuple[str, ...], results: Path) -> subprocess.CompletedProcess[str]:
    """Run a command whose user may be another one.

    Raises:
        BenchmarkError: the strait cannot be had on this machine.
    """
    temporary = public_folder("strait-", workshop.temporary)
    own = {"TMPDIR": str(temporary), RESULTS: str(results), "CHATPY_MEMORY": os.devnull}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=workshop.environment() | own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        timeout=TOO_LONG_S,
        check=False,
    )
    if "tests/benchmark/straits.py" in done.stderr:
        raise BenchmarkError(done.stderr)
    return done


def _differences(answer: Answer, right: Answer) -> list[str]:
    """What is wrong with an answer, in a few lines."""
    if answer.result is None or right.result is None:
        return [f"status {answer.status}", *answer.errors.strip().splitlines()[-2:]]
    changed = [f"{key}: {value}" for key, value in answer.result.items() if value != right.result[key]]
    return changed[:4]
