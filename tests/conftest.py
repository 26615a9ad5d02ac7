"""What the tests share: the switches, several processes, one launcher for all gradings of each."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, settings

from grader import grading
from grader.harness.launcher import Launcher, best_launcher
from grader.harness.spawned import SpawnLauncher
from grader.report.model import Report

from .beside import BESIDE, FEW, Beside, groups_of, run
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
    """Mark what is quick; with --every, leave tests out."""
    for item in items:
        if is_quick(item):
            item.add_marker("quick")
    step = config.getoption("--every")
    config.hook.pytest_deselected(items=[item for number, item in enumerate(items) if number % step])
    items[:] = items[::step]


STARTING = frozenset({"launcher", "grade", "report"})
"""The fixtures that start programs."""

STARTS = frozenset({"subprocess.Popen", "os.posix_spawn", "os.exec", "os.spawn", "os.system"})
"""The audit events (PEP 578) of a program's start."""


def is_quick(item: pytest.Item) -> bool:
    """Whether a test starts no program, as far as its fixtures and its module's imports tell, and is not slow."""
    if not isinstance(item, pytest.Function) or item.get_closest_marker("slow") is not None:
        return False
    return STARTING.isdisjoint(item.fixturenames) and not can_start(item.module)


@functools.cache
def can_start(module: ModuleType) -> bool:
    """Whether a module has what starts processes, or uses another one that has it."""
    homes = {
        getattr(one, "__name__" if isinstance(one, ModuleType) else "__module__", "") for one in vars(module).values()
    }
    used = [module, *(sys.modules[home] for home in homes if isinstance(home, str) and home in sys.modules)]
    return any(hasattr(one, name) for one in used for name in ("subprocess", "ProcessPoolExecutor"))


quick_now = ""
"""The test that runs, if it is quick."""


def refuse_programs(event: str, _: object) -> None:
    """What is quick stays quick: such a test fails where it starts a program."""
    if quick_now and event in STARTS:
        raise AssertionError(f"{quick_now} starts a program: mark it slow, or have its module import subprocess")


sys.addaudithook(refuse_programs)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """See refuse_programs."""
    global quick_now
    quick_now = item.nodeid if item.get_closest_marker("quick") is not None else ""
    try:
        return (yield)
    finally:
        quick_now = ""


def graded_by(item: pytest.Item) -> tuple[tuple[str, str], ...] | None:
    """The files that a test wants graded by its mark ``grades``, by name and text."""
    mark = item.get_closest_marker("grades")
    if mark is None or not isinstance(item, pytest.Function):
        return None
    return tuple(sorted(mark.kwargs["files"](**item.callspec.params).items()))


def kin(item: pytest.Item) -> object:
    """See groups_of: the same submission, or what is made for a whole module."""
    files = graded_by(item)
    if files is not None or not isinstance(item, pytest.Function):
        return files
    scopes = {one.scope for found in item._fixtureinfo.name2fixturedefs.values() for one in found}
    together = "module" in scopes or item.get_closest_marker("together") is not None
    return item.module.__name__ if together else None


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Have many tests run by several processes; see beside.py."""
    option = session.config.option
    if option.collectonly or option.usepdb or option.capture == "no" or not hasattr(os, "fork"):
        return
    groups = groups_of(session.items, kin)
    if len(groups) >= FEW and not session.testsfailed:
        session.config.stash[BESIDE] = Beside(session, groups)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Hand on what another process has seen of a test."""
    return run(item, nextitem) or None


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End what is still being done."""
    if BESIDE in session.config.stash:
        session.config.stash[BESIDE].close()


@pytest.fixture(scope="session")
def launcher(request: pytest.FixtureRequest) -> Iterator[Launcher]:
    """Starts programs for the whole session: getting ready takes longer than a grading."""
    one = SpawnLauncher() if request.config.getoption("--spawn") else best_launcher()
    yield one
    one.close()


@pytest.fixture(scope="session")
def reports() -> dict[object, Report]:
    """Those on submissions that several tests look at: each is graded once."""
    return {}


@pytest.fixture
def report(
    request: pytest.FixtureRequest, grade: Callable[[dict[str, str]], Report], reports: dict[object, Report]
) -> Report:
    """What the grader says of the files of the test's mark ``grades``."""
    files = graded_by(request.node)
    assert files is not None
    if files not in reports:
        reports[files] = grade(dict(files))
    return reports[files]


@pytest.fixture
def grade(launcher: Launcher, tmp_path: Path) -> Callable[[dict[str, str]], Report]:
    """Grades files given by name and text."""

    def grade_files(files: dict[str, str]) -> Report:
        folder = write_files(files, tmp_path / "rendu")
        return grading.grade(str(folder), BOTH, launcher)[0]

    return grade_files
