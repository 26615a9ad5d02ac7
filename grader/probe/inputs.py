"""Watches standard input at its raw level, below input(), readline, iteration and read."""

from __future__ import annotations

import builtins
import io
import sys
from typing import Any

from .channel import Channel
from .standins import replace


class RawInput(io.FileIO):
    """Standard input that emits when the program waits for the keyboard, and how many bytes it took."""

    channel: Channel

    def readinto(self, /, *args: Any) -> int | None:
        """Read into a buffer, and emit it."""
        with self.channel.watched("stdin"):
            size = super().readinto(*args)
        self.channel.emit("StdinRead", size or 0)
        return size

    def read(self, size: int | None = -1, /) -> bytes:
        """Read up to ``size`` bytes, or to the end."""
        if size is None:
            return self.readall()
        if not isinstance(size, int):
            return super().read(size)  # it complains
        if size < 0:
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


RawInput.__name__, RawInput.__qualname__, RawInput.__module__ = "FileIO", "FileIO", io.FileIO.__module__


def install(channel: Channel) -> None:
    """Replace sys.stdin by one over RawInput, and emit when a thread is inside input()."""
    raw = RawInput(0, "r", closefd=False)
    raw.channel = channel
    raw.name = "<stdin>"
    before: Any = sys.stdin
    text: Any = io.TextIOWrapper(
        io.BufferedReader(raw),
        encoding=before.encoding,
        errors=before.errors,
        newline=None if sys.platform == "win32" else "\n",  # as the interpreter itself does
        line_buffering=before.line_buffering,
        write_through=before.write_through,
    )
    text.mode = "r"
    sys.stdin = sys.__stdin__ = text  # type: ignore[misc]

    def watch_input(call: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        with channel.watched("input"):
            line = call(*args, **kwargs)
        channel.emit("InputReturned", len(line))
        return line

    replace(builtins, "input", watch_input)
