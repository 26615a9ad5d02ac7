"""Runs the tests in several processes at once; their reports come in the usual order, as if there were one.

Tests wait more than they compute, and the grader's process may have no second thread (grader/harness/limited.py). So
when all tests are collected this process forks a few times. Each child takes the next test that nobody has begun, and
leaves its report in a folder, where this process finds it when its turn has come.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import select
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn, cast

import pytest
from _pytest.runner import runtestprotocol

AT_ONCE = (os.cpu_count() or 1) + 2
"""Processes: some of them always wait for what a program was given to do."""

FEW = 8
"""Tests that are worth no process: they are run here, where a debugger can follow."""

LOOK_S = 0.5
"""Between two looks at whether the process that runs a test is still there: nobody tells of its end."""


def groups_of(items: list[pytest.Item], kin: Callable[[pytest.Item], object]) -> list[list[int]]:
    """The numbers of the tests that one process runs one after the other.

    Args:
        items: all tests.
        kin: the same for tests that share what takes long to make; None for those that share nothing.
    """
    found: dict[object, list[int]] = {}
    for number, item in enumerate(items):
        shared = kin(item)
        found.setdefault(number if shared is None else (shared,), []).append(number)
    return list(found.values())


class Beside:
    """The processes that run the tests of a session.

    Args:
        session: everything is collected.
        groups: see ``groups_of``.
    """

    def __init__(self, session: pytest.Session, groups: list[list[int]]) -> None:
        self._session = session
        self._numbers = {item.nodeid: number for number, item in enumerate(session.items)}
        self._folder = Path(tempfile.mkdtemp(prefix="beside-"))
        self._ended, self._told = os.pipe()
        session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        gc.freeze()
        self._pids: list[int] = []
        for _ in range(min(AT_ONCE, len(groups))):
            pid = os.fork()
            if pid == 0:
                self._work(groups)
            self._pids.append(pid)
        gc.unfreeze()
        os.close(self._told)

    def report(self, item: pytest.Item) -> None:
        """Wait for a test's reports, and hand them on."""
        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        call = pytest.CallInfo.from_call(lambda: self._wait_for(item), when="call", reraise=(KeyboardInterrupt,))
        reports = call.result if call.excinfo is None else [item.ihook.pytest_runtest_makereport(item=item, call=call)]
        for report in reports:
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)

    def close(self) -> None:
        """End what is still being done; nobody will ask for it."""
        for pid in self._pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        for pid in self._pids:
            os.waitpid(pid, 0)
        os.close(self._ended)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait_for(self, item: pytest.Item) -> list[pytest.TestReport]:
        number = self._numbers[item.nodeid]
        path = self._folder / f"{number}.done"
        while not path.exists():
            if select.select([self._ended], [], [], LOOK_S)[0] and os.read(self._ended, 4096):
                continue
            gone = [pid for pid in self._pids if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)]
            if not path.exists() and (len(gone) == len(self._pids) or self._owner(number) in gone):
                pytest.fail("the process that was to run this test has died", pytrace=False)
        read = item.config.hook.pytest_report_from_serializable
        return [read(config=item.config, data=data) for data in pickle.loads(path.read_bytes())]

    def _owner(self, number: int) -> int | None:
        """The process that has begun a test."""
        with contextlib.suppress(OSError, ValueError):
            return int((self._folder / f"{number}.begun").read_text())
        return None

    # --- in each child ------------------------------------------------------------------------------------------------

    def _work(self, groups: list[list[int]]) -> NoReturn:
        """Run what nobody else has begun."""
        status = 1
        try:
            os.close(self._ended)
            capture = self._session.config.pluginmanager.getplugin("capturemanager")
            capture.stop_global_capturing()  # what the others capture goes to the same files
            capture.start_global_capturing()
            for number, following in self._claimed(groups):
                self._run(number, following)
            status = 0
        except KeyboardInterrupt:
            pass  # nobody will ask for the rest
        finally:
            self._session._setupstate.teardown_exact(None)
            os._exit(status)

    def _claimed(self, groups: list[list[int]]) -> Iterator[tuple[int, pytest.Item]]:
        """The tests of the groups that nobody else has begun, each with the one that follows in the same process."""
        nobody = cast(pytest.Item, self._session)  # so that only what is the whole session's is kept
        for group in groups:
            try:
                (self._folder / f"{group[0]}.begun").touch(exist_ok=False)
            except FileExistsError:
                continue
            for number, after in zip(group, [*group[1:], None], strict=True):
                (self._folder / f"{number}.begun").write_text(str(os.getpid()))
                yield number, nobody if after is None else self._session.items[after]

    def _run(self, number: int, following: pytest.Item) -> None:
        item = self._session.items[number]
        item.config.stash[REPORTS] = []
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        found = [
            item.config.hook.pytest_report_to_serializable(config=item.config, report=one)
            for one in item.config.stash[REPORTS]
        ]
        (self._folder / f"{number}.new").write_bytes(pickle.dumps(found))
        os.replace(self._folder / f"{number}.new", self._folder / f"{number}.done")
        os.write(self._told, b"\n")


REPORTS = pytest.StashKey[list[pytest.TestReport]]()
"""In a child, of the test that it runs."""

BESIDE = pytest.StashKey[Beside]()


def run(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """What pytest_runtest_protocol does: run the test, or hand on what came of it; false where it is to run here."""
    if REPORTS in item.config.stash:
        item.config.stash[REPORTS] += runtestprotocol(item, log=False, nextitem=nextitem)
    elif BESIDE in item.config.stash:
        item.config.stash[BESIDE].report(item)
    else:
        return False
    return True
