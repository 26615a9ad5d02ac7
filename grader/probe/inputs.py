"""Watches standard input at its raw level, below input(), readline, iteration and read."""

from __future__ import annotations

import builtins
import io
import sys
from typing import Any

from .channel import Channel


class RawInput(io.FileIO):
    """Standard input that tells when the program waits for the keyboard, and how many bytes it took."""

    channel: Channel

    def readinto(self, buffer: Any, /) -> int | None:
        """Read into ``buffer``, telling it."""
        self.channel.emit("Entered", "stdin", 0, None)
        try:
            size = super().readinto(buffer)
        except BaseException as error:
            self.channel.emit("Left", "stdin", 0, -1, type(error).__name__)
            raise
        self.channel.emit("Left", "stdin", 0, size or 0, "")
        return size

    def read(self, size: int | None = -1, /) -> bytes:
        """Read up to ``size`` bytes, or to the end."""
        if size is None or size < 0:
            return self.readall()
        buffer = bytearray(size)
        count = self.readinto(buffer) or 0
        return bytes(buffer[:count])

    def readall(self) -> bytes:
        """Read to the end."""
        parts = []
        while part := self.read(io.DEFAULT_BUFFER_SIZE):
            parts.append(part)
        return b"".join(parts)


def install(channel: Channel) -> None:
    """Replace sys.stdin by one over RawInput, and tell when a thread is inside input()."""
    raw = RawInput(0, "r", closefd=False)
    raw.channel = channel
    raw.name = "<stdin>"
    before = sys.stdin
    # newline=None and the encoding are what the interpreter itself gives to standard input.
    text: Any = io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8", errors=before.errors)
    text.mode = "r"
    sys.stdin = sys.__stdin__ = text  # type: ignore[misc]
    real_input = builtins.input

    def input_probed(*args: Any) -> str:
        channel.emit("Entered", "input", 0, None)
        try:
            line = real_input(*args)
        except BaseException as error:
            channel.emit("Left", "input", 0, -1, type(error).__name__)
            raise
        channel.emit("Left", "input", 0, len(line), "")
        return line

    input_probed.__name__ = input_probed.__qualname__ = "input"
    input_probed.__doc__ = real_input.__doc__
    builtins.input = input_probed
