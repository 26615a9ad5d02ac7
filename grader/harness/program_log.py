"""Writes down what the harness does to one program and sees of it, each fact at its moment."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..transcript.facts import Fact


class ProgramLog:
    """The facts about one program, in the order in which they are seen.

    Args:
        name: ``etape1``, ``serveur`` or ``client``.
        zero_s: the moment that facts count from, by ``monotonic``.
        record: takes each fact.
        monotonic: the clock.
    """

    def __init__(
        self, name: str, zero_s: float, record: Callable[[Fact], None], monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = name
        self.zero_s = zero_s
        self.record = record
        self._monotonic = monotonic

    def now_s(self) -> float:
        """The time since the grading began."""
        return round(self._monotonic() - self.zero_s, 6)

    def note(self, kind: Callable[..., Fact], *values: object) -> None:
        """Record a fact of the harness's own, which happens now."""
        self.record(kind(self.now_s(), self.name, *values))
