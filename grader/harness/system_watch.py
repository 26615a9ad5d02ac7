"""Asks the system what programs do of which the probe says nothing: compute, print without end, or sleep."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from enum import Enum

from ..limits import Limits
from .student_process import StudentProcess
from .system import Cost, Snapshot, cost, snapshot


class Seen(Enum):
    """What a look at all programs of a scenario shows."""

    BUSY = "one computes or prints without end"
    QUIET = "each sleeps until somebody else does something"
    NOTHING = "neither is certain"


class SystemWatch:
    """Looks at the programs of one scenario from time to time.

    A look costs the harness time, so the pauses between looks grow while a step waits.

    Args:
        limits: how often to look, and what is busy.
        snapshot: the threads of a process now.
        cost: what a process has used so far.
    """

    def __init__(
        self,
        limits: Limits,
        snapshot: Callable[[int], Snapshot | None] = snapshot,
        cost: Callable[[int], Cost | None] = cost,
    ) -> None:
        self.next_look_s = 0.0
        """When the next look is due, by time.monotonic()."""
        self._limits = limits
        self._snapshot = snapshot
        self._cost = cost
        self._pause_s = 0.0
        self._costs: dict[str, Cost] = {}
        """What each program had used at the first look of the step, or when it last took much new memory."""
        self._asleep_since_s: dict[str, float] = {}
        self._snapshots: dict[str, Snapshot | None] = {}

    def begin_step(self, names: Iterable[str], now_s: float) -> None:
        """A step begins: what was seen before says nothing about it."""
        self.next_look_s = now_s + self._limits.look_after_s
        self._pause_s = self._limits.look_again_s
        self._asleep_since_s = dict.fromkeys(names, now_s)
        self._snapshots.clear()
        self._costs.clear()

    def came_from(self, names: Iterable[str], now_s: float) -> None:
        """Something has come from these programs: no two equal looks lie on both sides of that."""
        self._snapshots.clear()
        self._asleep_since_s.update(dict.fromkeys(names, now_s))

    def postpone(self, now_s: float) -> None:
        """A look is taken now: the next one comes after a longer pause."""
        self.next_look_s = now_s + self._pause_s
        self._pause_s = min(self._pause_s * 1.5, self._limits.look_pause_s)

    def look(self, running: list[StudentProcess], now_s: float, *, resting: bool) -> Seen:
        """Look at the programs that run.

        Args:
            running: those.
            now_s: time.monotonic().
            resting: whether only the moment of the next move is chosen, and no verdict hangs on what is seen.
        """
        if any(self._is_busy(program, resting) for program in running):
            return Seen.BUSY
        quiet = [self._is_quiet(program) for program in running]
        dozing = [program.at_rest(polling=True, until_s=math.inf) or self._dozes(program, now_s) for program in running]
        return Seen.QUIET if all(quiet) or (resting and all(dozing)) else Seen.NOTHING

    def _is_quiet(self, program: StudentProcess) -> bool:
        """Whether a program looks now as it looked before, asleep until somebody else does something."""
        before, now = self._snapshots.get(program.name), self._snapshot(program.process.pid)
        self._snapshots[program.name] = now
        same = now is not None and now.blocked and now == before
        return same and program.all_arrived() and not program.has_children()

    def _dozes(self, program: StudentProcess, now_s: float) -> bool:
        """Whether all threads have slept for a while, in calls that the probe does not know."""
        now = self._snapshots[program.name]
        if now is None or not now.asleep or program.activity.timing or program.activity.ending:
            self._asleep_since_s[program.name] = now_s
        return now_s - self._asleep_since_s[program.name] > self._limits.doze_s

    def _is_busy(self, program: StudentProcess, resting: bool) -> bool:
        """Whether a program computes or prints without end."""
        if program.outputs.printed_bytes > self._limits.flood_bytes:
            return True
        now = self._cost(program.process.pid)
        if now is None:
            return False
        before = self._costs.setdefault(program.name, now)
        if now.pages - before.pages > self._limits.busy_pages:
            self._costs[program.name] = now
        if resting:
            return now.cpu_s - before.cpu_s > self._limits.busy_rest_cpu_s
        if program.activity.timing:
            return False  # another thread sleeps, and may answer when it wakes
        return now.cpu_s - before.cpu_s > self._limits.busy_cpu_s
