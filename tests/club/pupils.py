"""A pupil at a machine: a folder with work in it, a memory, a home, and the command ``rendre``."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader import commands

ROOT = Path(__file__).parents[2]

PATIENCE_S = 60
"""For one command."""


@dataclass
class Pupil:
    """Whoever hands in, from this process.

    Attributes:
        folder: the submission.
        capture: what the command writes.
    """

    folder: Path
    capture: pytest.CaptureFixture[str]

    def hand_in(self, *words: str | Path) -> tuple[int, str]:
        """Run the command without a question; returns its exit status and all that it says, in one line."""
        status = commands.run("rendre", [str(self.folder), "--oui", *map(str, words)])
        said = self.capture.readouterr()
        return status, " ".join((said.out + said.err).split())

    def change(self, file: str = "client.py") -> None:
        """Save another version of a file."""
        path = self.folder / file
        path.write_text(path.read_text(encoding="utf-8") + "# mieux\n", encoding="utf-8")


def another_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Forget all hand-ins, as a machine does that has not seen them."""
    monkeypatch.setattr("grader.memory.ONLY", str(tmp_path / "another.json"))


def git(*words: str | Path, folder: Path | None = None) -> str:
    """Run git as a teacher does, and return what it says."""
    command = ["git", "-c", "safe.directory=*", *map(str, words)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S, check=True)
    return done.stdout.strip()


def run(*words: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, without a keyboard."""
    command = [sys.executable, "-m", "grader", "rendre", *map(str, words)]
    env = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    nobody = subprocess.DEVNULL
    return subprocess.run(command, cwd=cwd, env=env, stdin=nobody, capture_output=True, text=True, timeout=PATIENCE_S)
