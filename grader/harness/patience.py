"""Counts the time that the machine gave to a scenario, and says when a step has waited long enough of it."""

from __future__ import annotations

from ..limits import Limits
from .system import waited_s


class Clock:
    """Given time: stands still while the harness or the threads of the programs wait for a processor.

    Args:
        now_s: time.monotonic().
        turn_s: what one turn of the harness's loop counts at most.
    """

    def __init__(self, now_s: float, turn_s: float) -> None:
        self._turn_s = turn_s
        self.given_s = 0.0
        """How much was given since the clock was made."""
        self.taken_s = 0.0
        """How much others have taken since."""
        self._last_s = now_s
        self._window_s = 0.0
        self._waited_s: dict[tuple[int, str], float] = {}

    def begin_step(self) -> None:
        """What was waited for a processor before is no matter of the step that begins."""
        self._window_s = 0.0

    def turn(self, now_s: float) -> None:
        """The harness has its turn."""
        passed_s = now_s - self._last_s
        counted_s = min(passed_s, self._turn_s)
        self._last_s = now_s
        self.given_s += counted_s
        self._window_s += counted_s
        self.taken_s += passed_s - counted_s

    def deduct_waits(self, pids: list[int]) -> None:
        """Take back what the threads of some processes have waited for a processor since the last time (Linux)."""
        delayed_s = 0.0
        for pid in pids:
            for tid, so_far_s in waited_s(pid).items():
                delayed_s += max(0.0, so_far_s - self._waited_s.get((pid, tid), 0.0))
                self._waited_s[pid, tid] = so_far_s
        taken_s = min(delayed_s, self._window_s)
        self.given_s -= taken_s
        self.taken_s += taken_s
        self._window_s = 0.0


class StepPatience:
    """Says when a step has waited long enough, in given time.

    Args:
        limits: how long that is.
        clock: counts the time.
    """

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._step_began_s = 0.0
        self._programs_began_s = 0.0
        self._progress_s = 0.0
        self._taken_bytes = 0
        self._long = False

    def begin_step(self, *, long: bool) -> None:
        """A step begins.

        Args:
            long: whether its text takes a while to read.
        """
        self._long = long
        self._step_began_s = self._clock.given_s

    def progress(self, taken_bytes: int, *, all_began: bool) -> None:
        """Something has come from the programs.

        Args:
            taken_bytes: what they have received so far.
            all_began: whether the student's code has begun in all of them, or never will.
        """
        if not self._programs_began_s and all_began:
            self._programs_began_s = self._clock.given_s
        if taken_bytes > self._taken_bytes:
            self._taken_bytes, self._progress_s = taken_bytes, self._clock.given_s

    def end_s(self, now_s: float, *, all_began: bool) -> float:
        """When the step has waited long enough; the time that an interpreter takes to start is no wait."""
        given_s = self._clock.given_s
        if not all_began:
            return now_s + self._limits.start_patience_s - given_s
        from_s = max(self._step_began_s, self._programs_began_s)
        if self._long:
            # One that reads it byte by byte on a busy machine has not made the harness wait yet.
            from_s = min(max(from_s, self._progress_s), from_s + self._limits.longest_step_s - self._limits.patience_s)
        return now_s + from_s + self._limits.patience_s - given_s
