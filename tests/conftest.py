"""What the tests share: one launcher for all gradings, and the check that nothing is left running."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from grader import grading
from grader.harness.launcher import Launcher, best_launcher
from grader.harness.spawned import SpawnLauncher
from grader.report.model import Report

from .submissions.model import write_files

BOTH = ("etape1", "chat")

# How long an example takes to make or to run says how busy the machine is, not whether the property holds.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so a shell starts what runs in its background
    signal.signal(signal.SIGINT, signal.default_int_handler)


# The command remembers the last run: what a test runs must neither read nor change what a student's command remembers.
MEMORY = tempfile.mkdtemp(prefix="chatpy-memory-")
atexit.register(shutil.rmtree, MEMORY, ignore_errors=True)
os.environ["CHATPY_MEMORY"] = os.path.join(MEMORY, "memory.json")

os.environ["TERM"] = "xterm"  # a dumb terminal is given another form of the report: see test_small_screens.py


class Unwatched:
    """For programs whose descriptors nobody waits for."""

    def add(self, fd: int) -> None:
        """See Watcher."""

    def remove(self, fd: int) -> None:
        """See Watcher."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switches of the tests."""
    parser.addoption("--record", action="store_true", help="write the golden reports anew")
    parser.addoption("--every-level", action="store_true", help="try the attacks under every level of isolation")
    parser.addoption("--spawn", action="store_true", help="start an interpreter for each program, as on Windows")
    parser.addoption("--every", type=int, default=1, metavar="N", help="only every Nth test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --every, leave tests out."""
    step = config.getoption("--every")
    config.hook.pytest_deselected(items=[item for number, item in enumerate(items) if number % step])
    items[:] = items[::step]


@pytest.fixture(scope="session")
def launcher(request: pytest.FixtureRequest) -> Iterator[Launcher]:
    """Starts programs for the whole session: getting ready takes longer than a grading."""
    one = SpawnLauncher() if request.config.getoption("--spawn") else best_launcher()
    yield one
    one.close()


@pytest.fixture
def grade(launcher: Launcher, tmp_path: Path) -> Callable[[dict[str, str]], Report]:
    """Grades files given by name and text."""

    def grade_files(files: dict[str, str]) -> Report:
        folder = write_files(files, tmp_path / "rendu")
        return grading.grade(str(folder), BOTH, launcher)[0]

    return grade_files
