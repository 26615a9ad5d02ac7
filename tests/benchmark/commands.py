"""Runs whole commands, as a person would, and times them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.submissions.model import write_files

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "reference"
SKELETON = ROOT / "skeleton"
SEQUENTIAL = Path(__file__).with_name("sequential") / "test_sequential.py"

FULL_MARKS = 0
POINTS_MISSING = 1
GRADER_ERROR = 3
TOO_LONG_S = 600.0
"""The plain tests take 70 s on a submission that hangs; nothing else comes near."""


class BenchmarkError(Exception):
    """A command did not do what was to be measured: its figure would mean nothing."""


@dataclass(frozen=True)
class Command:
    """A command whose time is measured.

    Attributes:
        arguments: for the interpreter.
        status: the exit status that it must have.
        says: what it must print.
        rendu: the submission, where the command takes it from the environment.
        root: the checkout that it runs in.
    """

    arguments: tuple[str, ...]
    status: int = FULL_MARKS
    says: str = ""
    rendu: Path = REFERENCE
    root: Path = ROOT


class Workshop:
    """Where commands run: in the project's root, with a temporary folder of their own.

    Args:
        folder: empty; takes submissions and the commands' temporary files.
        against: another checkout of the project, to compare with.
    """

    def __init__(self, folder: Path, against: Path | None = None) -> None:
        self.against = against
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self._submissions = folder / "submissions"

    def environment(self, rendu: Path = REFERENCE) -> dict[str, str]:
        """The environment of commands: Python as it is when nobody has set anything, which caches its byte code."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return kept | {"TMPDIR": str(self.temporary), "RENDU": str(rendu)}

    def submission(self, name: str, files: dict[str, str]) -> Path:
        """Write a submission."""
        return write_files(files, self._submissions / name)

    def popen(self, arguments: Sequence[str], rendu: Path = REFERENCE, root: Path = ROOT) -> subprocess.Popen[str]:
        """Start the interpreter with these arguments; its output goes to a pipe."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=root,
            env=self.environment(rendu),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    def time(self, command: Command) -> float:
        """Run a command to its end; how long it took, in seconds.

        Raises:
            BenchmarkError: it did something else.
        """
        began_s = time.perf_counter()
        with self.popen(command.arguments, command.rendu, command.root) as process:
            output = wait_for(process)
        duration_s = time.perf_counter() - began_s
        if process.returncode != command.status or command.says not in output:
            line = " ".join(command.arguments)
            raise BenchmarkError(f"`python {line}` ended with {process.returncode}, and said:\n{output[-2000:]}")
        return duration_s

    def interleave(self, commands: dict[str, Command], runs: int) -> dict[str, list[float]]:
        """Time several commands in turn, so that a noisy moment strikes all of them; the first round does not count.

        Raises:
            BenchmarkError: one did something else.
        """
        rounds = [{name: self.time(command) for name, command in commands.items()} for _ in range(runs + 1)]
        return {name: [times_s[name] for times_s in rounds[1:]] for name in commands}

    def left_folders(self) -> list[str]:
        """The temporary folders that gradings have left behind."""
        return sorted(path.name for path in self.temporary.glob("chatpy-*"))


def wait_for(process: subprocess.Popen[str]) -> str:
    """Wait for a command's end, ending it where it takes much too long; returns what it printed."""
    try:
        return process.communicate(timeout=TOO_LONG_S)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0]


def bare_interpreter() -> Command:
    """An interpreter that does nothing: tells how fast the machine is at this moment."""
    return Command(("-c", "pass"))


def version() -> Command:
    """The shortest of all commands: what the grader costs before it does anything."""
    return Command(("-m", "grader", "--version"), says="ChatPy")


def grading(folder: Path, *options: str, status: int = POINTS_MISSING) -> Command:
    """The whole command that grades a folder."""
    return Command(("-m", "grader", str(folder), *options), status)


def floor() -> Command:
    """The same students' processes without a grader."""
    return Command(("-m", "tests.benchmark.floor"))


def sequential(folder: Path, status: int, says: str) -> Command:
    """The same checks as plain tests, one after the other."""
    return Command(("-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", str(SEQUENTIAL)), status, says, folder)
