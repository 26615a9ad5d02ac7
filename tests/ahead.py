"""What tests wait for, begun as soon as they are collected, beside them; whoever asks for the same gets the same.

A test waits much longer than it computes, and this process may have no second thread (grader/harness/limited.py). So
processes of their own take one piece of work after the other from a folder, in the order in which the tests will ask.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from grader import grading
from grader.harness.launcher import Launcher, best_launcher
from grader.harness.spawned import SpawnLauncher
from grader.report.model import Report

from .submissions.model import write_files

ROOT = Path(__file__).parents[1]
BOTH = ("etape1", "chat")

AT_ONCE = (os.cpu_count() or 1) + 2
"""Processes: some of them always wait for what a program was given to do."""

FEW = 4
"""Pieces of work for which no process is worth its start."""


@dataclass(frozen=True)
class Work:
    """A call that another process can make.

    Attributes:
        function: of a module's top level.
        arguments: what it is given; equal ones are the same work.
    """

    function: Callable[..., Any]
    arguments: tuple[Hashable, ...]


def graded(files: dict[str, str]) -> Work:
    """The grading of files given by name and text; its outcome is the report."""
    return Work(_grade, tuple(sorted(files.items())))


def _grade(*files: tuple[str, str]) -> Report:
    return grade_with(Launchers.shared())(dict(files))


def grade_with(launcher: Launcher) -> Callable[[dict[str, str]], Report]:
    """Grades files given by name and text."""

    def grade(files: dict[str, str]) -> Report:
        with tempfile.TemporaryDirectory(prefix="ahead-") as folder:
            return grading.grade(str(write_files(files, Path(folder) / "rendu")), BOTH, launcher)[0]

    return grade


def whole_test(item: pytest.Function) -> Work:
    """A whole test, which needs nothing but its parameters and what is in ``GIVEN``.

    Raises:
        TypeError: it needs more.
    """
    given = dict(item.callspec.params) if hasattr(item, "callspec") else {}
    needed = tuple(name for name in inspect.signature(item.function).parameters if name not in given)
    if not set(needed) <= set(GIVEN):
        raise TypeError(f"{item.nodeid} cannot be run beside the others: it needs {set(needed) - set(GIVEN)}")
    return Work(_run_test, (item.module.__name__, item.originalname, needed, pickle.dumps(given)))


GIVEN: dict[str, Callable[[contextlib.ExitStack], object]] = {
    "tmp_path": lambda stack: Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="beside-"))),
    "monkeypatch": lambda stack: stack.enter_context(pytest.MonkeyPatch.context()),
    "launcher": lambda _: Launchers.shared(),
    "grade": lambda _: grade_with(Launchers.shared()),
}
"""The fixtures of a test that is run beside the others."""


def _run_test(module: str, name: str, needed: tuple[str, ...], given: bytes) -> None:
    test = getattr(importlib.import_module(module), name)
    with contextlib.ExitStack() as stack:
        test(**pickle.loads(given), **{one: GIVEN[one](stack) for one in needed})


class Launchers:
    """Starts the programs of all gradings of a process: getting ready takes longer than a grading."""

    spawn = False
    """Whether an interpreter is started for each program, as on Windows."""

    _shared: Launcher | None = None

    @classmethod
    def shared(cls) -> Launcher:
        """The one launcher of this process."""
        if cls._shared is None:
            cls._shared = SpawnLauncher() if cls.spawn else best_launcher()
        return cls._shared

    @classmethod
    def close(cls) -> None:
        """End it, if it was ever asked for."""
        if cls._shared is not None:
            cls._shared.close()
            cls._shared = None


class Ahead:
    """Work that is being done, and its outcomes.

    Args:
        works: what will be asked for, in this order.
    """

    def __init__(self, works: Iterable[Work]) -> None:
        self._outcomes: dict[Work, Any] = {}
        self._numbers = {work: number for number, work in enumerate(dict.fromkeys(works))}
        self._processes: list[subprocess.Popen[bytes]] = []
        if len(self._numbers) < FEW:
            self._numbers.clear()
            return
        self._folder = Path(tempfile.mkdtemp(prefix="ahead-"))
        (self._folder / "works").write_bytes(pickle.dumps(list(self._numbers)))
        self._ended, theirs = os.pipe()
        # What is a mistake in a test is one there too: see filterwarnings.
        command = [sys.executable, "-W", "error", "-m", __name__, str(self._folder), str(int(Launchers.spawn))]
        for _ in range(min(AT_ONCE, len(self._numbers))):
            self._processes.append(subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=theirs))
        os.close(theirs)

    def is_begun(self, work: Work) -> bool:
        """Whether other processes have it; else it is worth no process."""
        return work in self._numbers

    def outcome(self, work: Work) -> Any:
        """Wait for the outcome; what was not begun is done here.

        Raises:
            AssertionError: the work has failed in another process, or that process has died.
        """
        if work not in self._outcomes:
            number = self._numbers.get(work)
            self._outcomes[work] = work.function(*work.arguments) if number is None else self._wait_for(number)
        return self._outcomes[work]

    def _wait_for(self, number: int) -> Any:
        path = self._folder / f"{number}.done"
        while not path.exists():
            assert os.read(self._ended, 4096), "the process that was to do this has died"  # empty once all have ended
        value, skipped, error = pickle.loads(path.read_bytes())
        if skipped:
            pytest.skip(skipped)
        if error:
            pytest.fail(error, pytrace=False)
        return value

    def close(self) -> None:
        """End what is still being done; nobody will ask for it."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait()
        if self._processes:
            os.close(self._ended)
            shutil.rmtree(self._folder, ignore_errors=True)


def work_off(folder: Path, out: int) -> None:
    """Do what nobody else has begun; a byte in ``out`` tells of each piece that is done."""
    works: list[Work] = pickle.loads((folder / "works").read_bytes())
    for number, work in enumerate(works):
        try:
            (folder / f"{number}.begun").touch(exist_ok=False)
        except FileExistsError:
            continue
        (folder / f"{number}.new").write_bytes(pickle.dumps(_outcome(work)))
        os.replace(folder / f"{number}.new", folder / f"{number}.done")
        os.write(out, b"\n")


def _outcome(work: Work) -> tuple[Any, str, str]:
    """What the work returns, why it was skipped, and how it has failed."""
    lost: list[str] = []
    sys.unraisablehook = lambda one: lost.append(f"{one.exc_value!r} in {one.object!r}")
    try:
        return work.function(*work.arguments), "", "\n".join(lost)
    except pytest.skip.Exception as skipped:
        return None, str(skipped), ""
    except (Exception, pytest.fail.Exception):  # noqa: BLE001 - the test that waits for it fails with this traceback
        return None, "", traceback.format_exc()


def main() -> None:
    """The arguments: the folder, and whether to spawn."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # what has been begun is tidied up
    out = os.dup(1)
    os.dup2(2, 1)
    Launchers.spawn = sys.argv[2] == "1"
    with contextlib.suppress(KeyboardInterrupt, OSError):  # the tests have ended, and the folder may be gone
        try:
            work_off(Path(sys.argv[1]), out)
        finally:
            Launchers.close()


if __name__ == "__main__":
    from tests import ahead  # what is pickled names this module so

    ahead.main()
