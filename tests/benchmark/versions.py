"""The collections graded once, and judged again by every Python that is there: the same story is worth the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader import grading
from grader.checks.verdict import Status
from grader.harness.launcher import best_launcher
from tests.submissions.mistakes import MISTAKES
from tests.submissions.model import broken_files, mistake_files, style_files
from tests.submissions.odd_inputs import ODD_INPUTS, write
from tests.submissions.rarer_mistakes import RARER_MISTAKES
from tests.submissions.second_hand import PROGRAMS
from tests.submissions.styles import STYLES

from .commands import ROOT, BenchmarkError, Workshop
from .table import Figure, total

MINORS = range(10, 15)
BOTH = ("etape1", "chat")

JUDGE = """
import json, sys
from grader.grading import judge_again
from grader.report.json_report import to_json
for path in sys.stdin.read().splitlines():
    with open(path, encoding="utf-8") as file:
        report = json.loads(to_json(judge_again(file.read())))
    del report["duration_s"]
    print(json.dumps(report, sort_keys=True))
"""
"""Judges many transcripts in one interpreter: `--depuis` does the same to each."""


@dataclass(frozen=True)
class Subject:
    """A submission of a collection.

    Attributes:
        folder: where it is.
        falls: for a correct one, the bonuses that it does not earn; None for all others.
    """

    folder: Path
    falls: frozenset[str] | None = None


def collections(workshop: Workshop, every: int) -> Iterator[Subject]:
    """Every submission that is no attack, written to a folder of its own."""
    for style in STYLES[::every]:
        yield Subject(workshop.submission(f"style-{style.name}", style_files(style)), style.no_bonus)
    for mistake in (*MISTAKES, *RARER_MISTAKES)[::every]:
        yield Subject(workshop.submission(f"mistake-{mistake.name}", mistake_files(mistake)))
    for broken in PROGRAMS[::every]:
        yield Subject(workshop.submission(f"second-{broken.name}", broken_files(broken)))
    for odd in ODD_INPUTS[::every]:
        yield Subject(write(odd, workshop.submission(f"odd-{odd.name}", {})))


def measure(workshop: Workshop, every: int) -> list[Figure]:
    """Grade all, then judge all with each Python; and count the honest programs that were marked down or accused.

    Raises:
        BenchmarkError: a Python cannot judge.
    """
    subjects = list(collections(workshop, every))
    folder = workshop.submission("transcripts", {})
    paths = [folder / f"{number}.jsonl" for number in range(len(subjects))]
    launcher = best_launcher()
    try:
        unfair = sum(not _is_fair(*pair, launcher) for pair in zip(subjects, paths, strict=True))
    finally:
        launcher.close()
    honest = sum(subject.falls is not None for subject in subjects)
    figures = [total("honest programs accused or marked down (styles)", unfair, honest)]
    pythons = find_pythons()
    answers = {name: _judge(python, paths) for name, python in pythons.items()}
    first = next(iter(answers.values()))
    differing = 0
    for number, subject in enumerate(subjects):
        odd = [name for name, lines in answers.items() if lines[number] != first[number]]
        if odd:
            differing += 1
            print(f"{subject.folder.name}: judged otherwise by {', '.join(odd)}", flush=True)
    what = f"verdicts that differ between {', '.join(pythons)}"
    return [total(what, differing, len(subjects)), *figures]


def _is_fair(subject: Subject, path: Path, launcher: grading.Launcher) -> bool:
    """Grade one, keep its transcript, and look whether it lost a point or was accused although it is correct."""
    report, kept = grading.grade(str(subject.folder), BOTH, launcher, keep=True)
    path.write_text(kept, encoding="utf-8")
    if subject.falls is None:
        return True
    lost = {check.id for check in report.checks if check.status != Status.PASSED.value} - subject.falls
    if lost or report.suspect:
        print(f"{subject.folder.name}: lost {sorted(lost)}, suspect {report.suspect}", flush=True)
    return not lost and not report.suspect


def _judge(python: str, paths: Iterable[Path]) -> list[str]:
    """The results of one Python, a line each.

    Raises:
        BenchmarkError: it failed.
    """
    names = "\n".join(map(str, paths))
    command = [python, "-B", "-X", "utf8", "-c", JUDGE]
    done = subprocess.run(command, cwd=ROOT, input=names, capture_output=True, encoding="utf-8", check=False)
    lines = done.stdout.splitlines()
    if done.returncode != 0:
        raise BenchmarkError(f"{python} cannot judge transcript {len(lines)}:\n{done.stderr[-2000:]}")
    return lines


def find_pythons() -> dict[str, str]:
    """The interpreters of this machine by their version: this one, those on the PATH, those that pyenv keeps."""
    folders = os.environ.get("PATH", "").split(os.pathsep)
    pyenv = shutil.which("pyenv")
    if pyenv is not None:
        root = subprocess.run([pyenv, "root"], capture_output=True, encoding="utf-8", check=False).stdout.strip()
        folders += map(str, Path(root).glob("versions/*/bin"))
    found = {f"3.{sys.version_info.minor}": sys.executable}
    for minor in MINORS:
        for folder in folders:
            python = os.path.join(folder, f"python3.{minor}")
            test = f"import sys; sys.exit(sys.version_info[:2] != (3, {minor}))"
            if (
                f"3.{minor}" not in found
                and os.access(python, os.X_OK)
                and subprocess.run([python, "-c", test], capture_output=True, check=False).returncode == 0
            ):
                found[f"3.{minor}"] = python
    return dict(sorted(found.items(), key=lambda pair: int(pair[0].partition(".")[2])))
