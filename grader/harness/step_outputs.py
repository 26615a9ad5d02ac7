"""Keeps what a program writes in a step, each stream up to a cap: none can fill the transcript or the memory."""

from __future__ import annotations

from ..transcript.facts import Flooded
from .program_log import ProgramLog

STREAMS = ("stdout", "stderr", "peer")
"""What a program writes to; ``peer`` is its connection."""


class StepOutputs:
    """What a program has written in the current step.

    Args:
        log: told when a stream reaches the cap.
        most_bytes: kept of each stream.
    """

    def __init__(self, log: ProgramLog, most_bytes: int) -> None:
        self.printed_bytes = 0
        """All that came on standard output and standard error, kept or not."""
        self._log = log
        self._most_bytes = most_bytes
        self._kept = {stream: bytearray() for stream in STREAMS}

    def begin_step(self) -> None:
        """A new step begins: each stream has room again."""
        self.printed_bytes = 0
        for kept in self._kept.values():
            kept.clear()

    def keep(self, stream: str, data: bytes) -> bytes:
        """The part of ``data`` that is kept; that there is more is noted once a step."""
        if stream != "peer":
            self.printed_bytes += len(data)
        kept = self._kept[stream]
        room = self._most_bytes - len(kept)
        kept += data[:room]
        if 0 < room < len(data):
            self._log.note(Flooded, stream)
        return data[:room]

    @property
    def shown(self) -> bytearray:
        """What is kept of the standard output."""
        return self._kept["stdout"]

    @property
    def received(self) -> bytearray:
        """What is kept of what the peer has received."""
        return self._kept["peer"]
