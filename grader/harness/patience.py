"""Counts the time that the machine gave to a scenario, which is less than what passed where others used it up."""

from __future__ import annotations

from .system import waited_s

TURN_S = 0.1
"""What one turn of the harness's loop counts at most. It asks to be woken within 0.05 s: if it comes back later, it was
itself kept from running, on every system, and what a program has done meanwhile is only read now."""


class Clock:
    """Given time: stands still while the harness or the threads of the programs wait for a processor.

    Args:
        now_s: time.monotonic().
    """

    def __init__(self, now_s: float) -> None:
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
        counted_s = min(passed_s, TURN_S)
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
