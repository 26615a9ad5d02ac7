"""Processes that grade: each has a launcher, and takes one case after the other."""

from __future__ import annotations

import multiprocessing
import signal
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from grader.harness.launcher import best_launcher

from .cases import Case
from .outcome import Outcome, lost, try_case

HANGS_S = 300.0
"""A process that has not answered after this will not: every patience of a grading together is 45 s."""

GRACE_S = 10.0
"""For a process to put everything away."""


def work(channel: Connection, temporary: str) -> None:
    """Grade what comes, until nothing more can come or someone says stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    tempfile.tempdir = temporary
    launcher = best_launcher()
    try:
        while True:
            outcome = try_case(channel.recv(), launcher)
            if outcome.crashed:
                old, launcher = launcher, best_launcher()
                old.close()
            channel.send(outcome)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        pass  # the run is over
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it ends already
        launcher.close()


@dataclass
class Worker:
    """One such process, seen from outside.

    Attributes:
        process: itself.
        channel: to it.
        case: what it is at; None while it has nothing to do.
        began_s: when it was given the case.
    """

    process: SpawnProcess
    channel: Connection
    case: Case | None = None
    began_s: float = 0.0

    def take(self, case: Case | None) -> None:
        """Give it a case, if there is one."""
        self.case = case
        self.began_s = time.monotonic()
        if case is not None:
            self.channel.send(case)

    def end(self) -> None:
        """End it, gently where that works."""
        self.channel.close()  # tells one that has nothing to do
        if self.case is not None:
            self.process.terminate()
        self.process.join(GRACE_S)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


@dataclass
class Crew:
    """The processes that work on one run.

    Attributes:
        jobs: how many.
        temporary: a folder for everything that they leave behind.
        workers: those that there are.
    """

    jobs: int
    temporary: str
    workers: list[Worker] = field(default_factory=list)

    def run(self, cases: Iterator[Case]) -> Iterator[Outcome]:
        """The outcomes, in the order in which they come."""
        try:
            while len(self.workers) < self.jobs:
                self._hire(next(cases, None))
            while busy := [worker for worker in self.workers if worker.case is not None]:
                ready = wait([worker.channel for worker in busy], timeout=1.0)
                for worker in busy:
                    if worker.channel in ready:
                        yield self._outcome(worker, cases)
                    elif time.monotonic() - worker.began_s > HANGS_S:
                        yield self._replace(worker, cases, f"no answer after {HANGS_S:.0f} s")
        finally:
            for worker in self.workers:
                worker.end()

    def _hire(self, case: Case | None) -> None:
        context = multiprocessing.get_context("spawn")
        own, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self.temporary), daemon=True)
        process.start()
        theirs.close()
        worker = Worker(process, own)
        self.workers.append(worker)
        worker.take(case)

    def _outcome(self, worker: Worker, cases: Iterator[Case]) -> Outcome:
        try:
            outcome: Outcome = worker.channel.recv()
        except (EOFError, OSError):
            return self._replace(worker, cases, "the process that graded it died")
        worker.take(next(cases, None))
        return outcome

    def _replace(self, worker: Worker, cases: Iterator[Case], problem: str) -> Outcome:
        assert worker.case is not None
        self.workers.remove(worker)
        worker.end()
        self._hire(next(cases, None))
        return lost(worker.case, problem)
