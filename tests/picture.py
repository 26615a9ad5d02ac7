"""Draws the README's picture of a report: `python -m tests.picture` writes .github/rapport.svg."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from grader import grading
from grader.harness.launcher import best_launcher
from grader.report.terminal import Terminal

from .submissions.model import reference_files, write_files

PICTURE = Path(__file__).parents[1] / ".github" / "rapport.svg"


def main() -> None:
    """Grade a submission that forgets to make text of what it received, and draw its report."""
    files = reference_files()
    files["client.py"] = files["client.py"].replace(
        'print(decodeur.decode(octets), end="", flush=True)', "print(octets)"
    )
    launcher = best_launcher()
    with tempfile.TemporaryDirectory() as folder:
        try:
            report, _ = grading.grade(str(write_files(files, Path(folder) / "skeleton")), ("etape1", "chat"), launcher)
        finally:
            launcher.close()
    console = Console(record=True, width=80, height=100, file=io.StringIO(), force_terminal=True, highlight=False)
    Terminal(console).show(replace(report, folder="skeleton"))  # as if it had been graded in the project
    console.save_svg(str(PICTURE), title="python -m grader")


if __name__ == "__main__":
    main()
