"""The pipes of a program's standard streams: the harness's ends, which never block."""

from __future__ import annotations

import os
import sys

from .process import Watcher

CHUNK_BYTES = 65536
"""Read at once of a pipe or a socket: what Linux keeps in a pipe (pipe(7)); a larger burst is read in turns."""

PIPES_CAN_WAIT = sys.platform != "win32"
"""Whether pipes can be non-blocking and be selected; else the harness looks into them from time to time."""


class Pipes:
    """The harness's ends of a program's standard streams, never blocking.

    Args:
        stdin: descriptor to write to.
        stdout: descriptor to read from.
        stderr: descriptor to read from.
        watcher: told when there is no more to read.
    """

    def __init__(self, stdin: int, stdout: int, stderr: int, watcher: Watcher) -> None:
        self._stdin: int | None = stdin
        self._outputs: dict[str, int] = {"stdout": stdout, "stderr": stderr}
        self._watcher = watcher
        self._untyped = bytearray()
        self._ending = False
        if PIPES_CAN_WAIT:
            os.set_blocking(stdin, False)
            for fd in self._outputs.values():
                os.set_blocking(fd, False)
                watcher.add(fd)

    def read(self, stream: str) -> bytes:
        """What has come on a stream; nothing at its end or where nothing has."""
        self.flush()
        fd = self._outputs.get(stream)
        if fd is None:
            return b""
        try:
            size = CHUNK_BYTES if PIPES_CAN_WAIT else bytes_in_pipe(fd)
            data = os.read(fd, size) if size else b""
        except BlockingIOError:
            return b""
        except OSError:
            data, size = b"", 1  # Windows says so when the last writer is gone
        if not data and size:
            self._close_output(stream)
        return data

    def _close_output(self, stream: str) -> None:
        fd = self._outputs.pop(stream)
        self._watcher.remove(fd)
        os.close(fd)

    def type(self, data: bytes) -> None:
        """Write to standard input, now or when there is room; a program that has closed it does not care."""
        self._untyped += data
        self.flush()

    def flush(self) -> None:
        """Write what could not be written before, and close standard input if that is all it was waited for."""
        while self._untyped and self._stdin is not None:
            try:
                del self._untyped[: os.write(self._stdin, self._untyped)]
            except BlockingIOError:
                return
            except OSError:
                self._untyped.clear()  # nobody will read it
                self._ending = True
        if self._ending and self._stdin is not None:
            fd, self._stdin = self._stdin, None
            os.close(fd)

    def end_input(self) -> None:
        """Close standard input, as soon as all that was typed is in it."""
        self._ending = True
        self.flush()

    def close(self) -> None:
        """Close all of them."""
        self._untyped.clear()
        self.end_input()
        for stream in list(self._outputs):
            self._close_output(stream)


def bytes_in_pipe(fd: int) -> int:
    """How many bytes can be read from a pipe without waiting (Windows, which cannot make a pipe non-blocking).

    Raises:
        OSError: the last writer has closed it.
    """
    import _winapi
    import msvcrt

    return int(_winapi.PeekNamedPipe(msvcrt.get_osfhandle(fd), 0)[0])  # type: ignore[attr-defined]


def pipe_of(words: tuple[str, ...]) -> int:
    """A descriptor to inherit, from which the words can be read: whoever is in a sandbox can read its command."""
    read_end, write_end = os.pipe()
    os.write(write_end, b"".join(os.fsencode(word) + b"\0" for word in words))  # some kilobytes: they fit
    os.close(write_end)
    os.set_inheritable(read_end, True)
    return read_end


def open_pipes(count: int) -> list[tuple[int, int]]:
    """So many pipes, or none.

    Raises:
        OSError: they are not to be had.
    """
    pairs: list[tuple[int, int]] = []
    try:
        while len(pairs) < count:
            pairs.append(os.pipe())
    except OSError:
        for pair in pairs:
            for fd in pair:
                os.close(fd)
        raise
    return pairs
