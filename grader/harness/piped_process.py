"""What the programs of all launchers have in common: pipes for the standard streams, and the probe's channel."""

from __future__ import annotations

import os
from typing import Protocol

from .pipes import CHUNK_BYTES, Pipes
from .process import Watcher


class Channel(Protocol):
    """Where the probe's facts come from: a pipe, or a socket."""

    def fileno(self) -> int:
        """Its descriptor."""

    def setblocking(self, flag: bool, /) -> None:
        """Whether ``recv`` waits."""

    def recv(self, size: int, /) -> bytes:
        """What has come; nothing at the end.

        Raises:
            BlockingIOError: nothing has.
            OSError: it was cut off.
        """

    def close(self) -> None:
        """Give the descriptor back."""


class PipeChannel:
    """A pipe with a socket's methods.

    Args:
        fd: its end to read from; taken over.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd

    def fileno(self) -> int:
        """See Channel."""
        return self._fd

    def setblocking(self, flag: bool, /) -> None:
        """See Channel."""
        os.set_blocking(self._fd, flag)

    def recv(self, size: int, /) -> bytes:
        """See Channel."""
        return os.read(self._fd, size)

    def close(self) -> None:
        """See Channel."""
        os.close(self._fd)


class PipedProcess:
    """A started program, but for how it is ended.

    Args:
        pipes: its standard streams.
        watcher: told the descriptors to wait for.
    """

    def __init__(self, pipes: Pipes, watcher: Watcher) -> None:
        self.private = False
        self.lack = ""
        self.silent = False
        self._pipes = pipes
        self._watcher = watcher
        self._channel: Channel | None = None

    def attach(self, channel: Channel) -> None:
        """The probe's facts come from there."""
        channel.setblocking(False)
        self._channel = channel
        self._watcher.add(channel.fileno())

    def read(self, stream: str) -> bytes:
        """See Process."""
        if stream != "channel":
            return self._pipes.read(stream)
        if self._channel is None:
            return b""
        try:
            data = self._channel.recv(CHUNK_BYTES)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""  # Windows resets the connections of a process that was ended
        if not data:
            self._close_channel()
        return data

    def _close_channel(self) -> None:
        if self._channel is not None:
            channel, self._channel = self._channel, None
            self.silent = True
            self._watcher.remove(channel.fileno())
            channel.close()

    def type(self, data: bytes) -> None:
        """See Process."""
        self._pipes.type(data)

    def end_input(self) -> None:
        """See Process."""
        self._pipes.end_input()

    def close_streams(self) -> None:
        """Give the pipes and the channel back."""
        self._pipes.close()
        self._close_channel()
