"""Runs all scenarios of a submission side by side, in one loop that waits for whatever comes first."""

from __future__ import annotations

import os
import selectors
import sys
import time
from collections.abc import Callable, Iterable
from types import TracebackType

from ..limits import Limits
from ..scenarios.steps import Scenario
from ..scenarios.table import CONTROL
from ..transcript.facts import Exited
from ..transcript.record import Run
from .control import FILE as CONTROL_FILE
from .control import PROGRAM as CONTROL_PROGRAM
from .lacks import lack_of, machine_lacks
from .loopback import candidates, loopback_host
from .process import Launcher
from .scenario_run import ScenarioRun
from .starter import Starter
from .student_process import StudentProcess
from .workspace import Workspace


class AbandonedError(Exception):
    """What was being run is of no use any more."""


class FdWatcher:
    """The descriptors of one scenario's run in the selector.

    Args:
        selector: where they are registered, with the run as their data.
        run: what to call.
    """

    def __init__(self, selector: selectors.BaseSelector, run: ScenarioRun) -> None:
        self._selector = selector
        self._run = run

    def add(self, fd: int) -> None:
        """Advance the run when something can be read from ``fd``."""
        self._selector.register(fd, selectors.EVENT_READ, self._run)

    def remove(self, fd: int) -> None:
        """Do so no more, if it did."""
        registered = self._selector.get_map()  # None once the selector is closed
        if registered is not None and fd in registered:
            self._selector.unregister(fd)


class Scheduler:
    """Runs scenarios and decides which of them may run now.

    Args:
        files: the submission's file for each program.
        workspace: makes the copies that programs run in.
        launcher: starts them.
        limits: how long to wait for what.
        stop: a descriptor; everything is abandoned as soon as it can be read from.
    """

    def __init__(
        self,
        files: dict[str, str],
        workspace: Workspace,
        launcher: Launcher,
        limits: Limits,
        stop: int | None = None,
    ) -> None:
        self._files = files | {CONTROL_PROGRAM: CONTROL_FILE}
        self._workspace = workspace
        self._launcher = launcher
        self._limits = limits
        self._zero_s = time.monotonic()
        self._host = loopback_host(launcher.socket, candidates(), limits.loopback_patience_s)
        self.starter = Starter(self._files, workspace, launcher, self._host, limits, self._zero_s)
        self._stop = stop
        self._selector = selectors.DefaultSelector()
        self._running: list[ScenarioRun] = []
        self._most = sys.maxsize
        """Scenarios that may run at the same time: as many as the machine has processes and descriptors for."""
        self._ports: dict[str, dict[int, int]] = {}
        """The real ports of each scenario that is over, by those that its server has asked for."""

    def __enter__(self) -> Scheduler:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for run in self._running:
            run.close()
        self._selector.close()

    def run(
        self,
        scenarios: Iterable[Scenario],
        on_end: Callable[[Run], None],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """Run scenarios to their end; ``on_end`` is given each as soon as it is over.

        While the first programs start, nothing can come from them: that is when ``meanwhile`` is called.

        What the machine lacked processes, memory or descriptors for is run again, one scenario at a time, and only
        if a program of our own then gets what a chat may need. That it had enough a moment before proves nothing where
        others may have taken it meanwhile: what no program can do to itself is never judged.

        Raises:
            AbandonedError: told to stop.
            GraderError: programs cannot be started on this machine, or not as they should be.
        """
        if self._stop is not None:
            self._selector.register(self._stop, selectors.EVENT_READ, AbandonedError)
        for fd in self._launcher.descriptors():
            self._selector.register(fd, selectors.EVENT_READ)
        known = [scenario for scenario in scenarios if set(scenario.programs) <= set(self._files)]
        lacking = self._run_known(known, on_end, meanwhile)
        if lacking:
            self._run_again(known, lacking, on_end)

    def _run_known(
        self,
        scenarios: list[Scenario],
        on_end: Callable[[Run], None],
        meanwhile: Callable[[], None] | None = None,
    ) -> list[ScenarioRun]:
        """Run scenarios; give each result to ``on_end``, but for the runs that the machine lacked something for."""
        lacking: list[ScenarioRun] = []

        def take(run: ScenarioRun) -> None:
            if run.lack:
                lacking.append(run)
            else:
                on_end(run.result())

        self._run(scenarios, take, meanwhile)
        return lacking

    def _run_again(self, known: list[Scenario], lacking: list[ScenarioRun], on_end: Callable[[Run], None]) -> None:
        """Run again what the machine lacked something for, and what depends on it: see ``run``.

        Raises:
            GraderError: it still lacks it, and the programs have no part in that.
        """
        deadline_s = time.monotonic() + self._limits.again_s
        for _ in range(self._limits.again):
            lack = lacking[0].lack
            self._check_machine(lack)
            names = {run.scenario.name for run in lacking}
            lacking = []
            for scenario in [one for one in known if one.name in names or one.after in names]:
                if time.monotonic() > deadline_s:
                    raise machine_lacks(lack)
                lacking += self._run_known([scenario], on_end)
            if not any(run.blameless for run in lacking):
                break
        for run in lacking:
            self._check_machine(run.lack)
            if run.blameless:
                raise machine_lacks(run.lack)
            on_end(run.result())

    def _run(
        self,
        scenarios: list[Scenario],
        take: Callable[[ScenarioRun], None],
        meanwhile: Callable[[], None] | None = None,
    ) -> None:
        """Run scenarios, ``self._most`` at a time; give each to ``take``."""
        waiting = list(scenarios)
        while waiting or self._running:
            unfinished = {scenario.name for scenario in waiting} | {run.scenario.name for run in self._running}
            for scenario in [scenario for scenario in waiting if scenario.after not in unfinished]:
                if len(self._running) >= self._most:
                    break
                waiting.remove(scenario)
                if (not scenario.after or self._ports.get(scenario.after)) and not self._begin(scenario):
                    waiting.insert(0, scenario)
            if meanwhile is not None:
                meanwhile()
                meanwhile = None
            if self._running:
                self._turn()
            for run in [run for run in self._running if run.finished and run.gone()]:
                self._running.remove(run)
                for program in run.programs.values():
                    self._ports[run.scenario.name] = program.probe.real_ports
                run.close()
                take(run)

    def _check_machine(self, lack: str) -> None:
        """Run a program of our own, alone, and make a connection.

        Raises:
            GraderError: it does not get what a chat may need, or ends in another way than it should.
        """
        loopback_host(self._launcher.socket, (self._host,), self._limits.loopback_patience_s)
        runs: list[ScenarioRun] = []
        self._run([CONTROL], runs.append)
        exits = runs[0].result().of(Exited)
        if runs[0].lack or not exits or exits[0].status != 0:
            raise machine_lacks(runs[0].lack or lack)

    def _begin(self, scenario: Scenario) -> bool:
        """Start the programs of a scenario; false where they must wait until others have ended.

        Raises:
            GraderError: there are no others, and the machine has not enough for this one.
        """
        run = ScenarioRun(scenario, self._limits, self._zero_s)
        watcher = FdWatcher(self._selector, run)
        programs: list[StudentProcess] = []
        try:
            for name in scenario.programs:
                programs.append(self.starter.start(name, self._ports.get(scenario.after, {}), watcher, run.record))
            self._check_room(
                self._limits.spare_descriptors + len(programs) + sum(len(other.programs) for other in self._running)
            )
        except BaseException as error:
            for program in programs:
                program.close()
            if not isinstance(error, OSError) or not lack_of(error):
                raise
            if not self._running:
                raise machine_lacks(lack_of(error)) from error
            self._most = len(self._running)
            return False
        self._running.append(run)
        run.begin(programs)
        return True

    def _check_room(self, count: int) -> None:
        """Make sure that so many descriptors more can be had: a connection for each program, and some for looking.

        Raises:
            OSError: they cannot.
        """
        spare: list[int] = []
        try:
            while len(spare) < count:
                spare.append(os.dup(self._workspace.packet))
        finally:
            for fd in spare:
                os.close(fd)

    def _turn(self) -> None:
        """Wait until something may have happened, and advance the runs that it may concern."""
        wait_s = min(run.call_at_s() for run in self._running) - time.monotonic()
        if self._launcher.needs_ticks:
            wait_s = min(wait_s, self._limits.tick_s)
        ready = [key.data for key, _ in self._selector.select(max(wait_s, 0.0))]
        if AbandonedError in ready:
            raise AbandonedError
        self._launcher.update()
        everybody = None in ready or self._launcher.needs_ticks  # a process may have ended
        for run in self._running:
            run.turn()
        now_s = time.monotonic()
        for run in self._running:
            if not run.finished and (everybody or run in ready or now_s >= run.call_at_s()):
                run.advance()
