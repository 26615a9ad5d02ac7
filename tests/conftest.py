"""What the tests share: the switches, one launcher for all gradings, and what is begun ahead of them."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from grader.harness.launcher import Launcher
from grader.report.model import Report

from .ahead import BOTH as BOTH
from .ahead import Ahead, Launchers, Work, grade_with, whole_test

WORK = pytest.StashKey[Work]()
AHEAD = pytest.StashKey[Ahead]()

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


def pytest_configure(config: pytest.Config) -> None:
    """With --spawn, all launchers are the portable one."""
    Launchers.spawn = config.getoption("--spawn")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin what the tests that are left will ask for."""
    if session.config.option.collectonly:
        return
    works = []
    for item in session.items:
        if any(mark.args[0] for mark in item.iter_markers("skipif")):
            continue
        mark = item.get_closest_marker("ahead")
        if mark is not None and isinstance(item, pytest.Function):
            item.stash[WORK] = mark.kwargs["work"](**item.callspec.params)
        elif item.get_closest_marker("beside") and isinstance(item, pytest.Function):
            item.stash[WORK] = whole_test(item)
        else:
            continue
        works.append(item.stash[WORK])
    session.config.stash[AHEAD] = Ahead(works)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """What is marked ``beside`` is run in another process; a few tests are run here, where a debugger can follow."""
    ahead = pyfuncitem.config.stash[AHEAD]
    if pyfuncitem.get_closest_marker("beside") is not None and ahead.is_begun(pyfuncitem.stash[WORK]):
        ahead.outcome(pyfuncitem.stash[WORK])
        return True
    return None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End what nobody will ask for, and the launcher."""
    if AHEAD in session.config.stash:
        session.config.stash[AHEAD].close()
    Launchers.close()


@pytest.fixture
def outcome(request: pytest.FixtureRequest) -> Any:
    """What came of the work in the test's mark ``ahead``."""
    return request.config.stash[AHEAD].outcome(request.node.stash[WORK])


@pytest.fixture
def grade(launcher: Launcher) -> Callable[[dict[str, str]], Report]:
    """Grades files given by name and text."""
    return grade_with(launcher)


@pytest.fixture(scope="session")
def launcher() -> Launcher:
    """Starts programs for the whole session."""
    return Launchers.shared()
