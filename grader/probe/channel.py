"""The probe's way out: one JSON array a line, written at once, from any thread."""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from _json import encode_basestring_ascii  # the C function alone: the json package takes 5 ms to import
from itertools import count
from types import CodeType, FrameType, TracebackType

from .entry_line import LAST, MORE

Value = str | int | float | bool | None | list[str]

MAX_TEXT = 300
"""Characters kept of a text in a fact."""

WHOLE_BYTES = 512
"""The longest line: what every system writes to a pipe in one piece, whoever else writes there (limits.h(0p),
_POSIX_PIPE_BUF; Linux takes 4096, macOS just these)."""

_monotonic = time.monotonic
_write = os.write
_ident = threading.get_ident
_send_lock = threading.Lock()
_numbers = count(1)


def _encode(value: Value) -> str:
    if type(value) is int or type(value) is float:  # most are
        return repr(value)
    if isinstance(value, str):
        return encode_basestring_ascii(value[:MAX_TEXT])
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ",".join(encode_basestring_ascii(item[:40]) for item in value[:8]) + "]"
    return repr(value)


_POSIX = {"ENOTSOCK": "EBADF", "ESHUTDOWN": "EPIPE"} if sys.platform == "win32" else {}
"""What POSIX says of a closed socket, and of one that was shut down, where Windows says something else."""


def symbol(error: BaseException) -> str:
    """The system's symbol for an error, as POSIX spells it; empty for none.

    Windows has numbers of its own for the errors of sockets, and WSA before their names (Winsock, "Error Codes").
    """
    code = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
    code = code.removeprefix("WSA")
    return _POSIX.get(code, code)


def _is_pythons_own(name: str) -> bool:
    """Whether a file is the standard library's by a name without a folder, as it has in the zip of some Pythons."""
    first = name.replace("\\", "/").partition("/")[0]
    return name.endswith(".py") and first.removesuffix(".py") in sys.stdlib_module_names


def seconds(timeout: object) -> float | None:
    """A time limit as a fact can hold it: JSON has no infinity, and a wrong one is None."""
    if not isinstance(timeout, (int, float)) or timeout != timeout:
        return None
    return float(max(min(timeout, 1e9), -1.0))


_NO_TEXT = ("/", "\\", "<frozen ")
"""How the files of code begin that comes from a file, or from the interpreter; on Windows a drive may come first."""


def _lowest() -> object:
    """The code that the interpreter has been started with: a text of the grader's, not of the student's."""
    frame = sys._getframe()  # noqa: SLF001 - as below
    while frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code


_START = _lowest()


class Channel:
    """Where the facts go, with the number of the thread and the line of the student's file that each comes from.

    Args:
        fd: the descriptor of a pipe or a socket to the harness; None to say nothing.
        folder: the submission's copy; only lines of files below it are named.
        token: goes before each fact, and shows the harness that the probe has written it.
    """

    def __init__(self, fd: int | None, folder: str, token: str = "") -> None:
        self._fd = fd
        self._folder = folder
        self._token = token
        self.threads: dict[int, int] = {_ident(): 1}
        """The probe's thread numbers by identifier; the main thread is 1."""
        self.program = ""
        """The file that runs as __main__: what is compiled from a text belongs to it."""

    @property
    def descriptor(self) -> int | None:
        """The descriptor that nobody but the probe knows of."""
        return self._fd

    def mute(self) -> None:
        """Say nothing more: a forked child is not the program that is watched."""
        self._fd = None

    def current_thread(self) -> int:
        """The number of the calling thread, 0 for one that the probe did not see starting."""
        return self.threads.get(_ident(), 0)

    def student_frame(self) -> FrameType | None:
        """The innermost frame of the student's own code, if any; it may have been compiled from a text."""
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the documented way to one's callers
        while frame is not None and not self.is_students(frame.f_code):
            frame = frame.f_back
        return frame

    def is_students(self, code: CodeType) -> bool:
        """Whether code is the student's: from a file of the submission, or from a text that was given to exec.

        The file of such code is no path: ``<string>``, or whatever the student calls it.
        """
        name = code.co_filename
        if self.is_student_file(name):
            return True
        return not name.startswith(_NO_TEXT) and name[1:2] != ":" and code is not _START and not _is_pythons_own(name)

    def place_of(self, frame: FrameType | None) -> tuple[str, int]:
        """The line of a file of the submission that a frame of the student's stands in, or was called from."""
        below = frame
        while frame is not None:
            if self.is_student_file(frame.f_code.co_filename):
                return self.relative(frame.f_code.co_filename), frame.f_lineno
            frame = frame.f_back
        return (self.program, 0) if below is not None else ("", 0)

    def is_student_file(self, filename: str) -> bool:
        """Whether a code object's file belongs to the submission."""
        return filename.startswith(self._folder)

    def relative(self, filename: str) -> str:
        """A file of the submission, named from its folder."""
        return filename[len(self._folder) :].lstrip("/\\")

    def emit(self, kind: str, *values: Value) -> None:
        """Write one fact: kind, time, thread, file, line, then its own values."""
        self.emit_at(self.place_of(self.student_frame()), kind, *values)

    def watched(self, call: str, target: int = 0, timeout: float | None = None, *, enters: bool = True) -> WatchedCall:
        """What a real call is made in: emits that a thread enters it, and if it raises. The caller emits what it gave.

        Args:
            call: its name.
            target: what it waits for.
            timeout: how long at most.
            enters: whether it can wait; if not, only its exceptions are emitted.
        """
        if enters:
            self.emit("Entered", call, target, timeout)
        return WatchedCall(self, call, target)

    def emit_at(self, where: tuple[str, int], kind: str, *values: Value) -> None:
        """Write one fact that happened at a known file and line."""
        if self._fd is None:
            return
        fields: tuple[Value, ...] = (kind, _monotonic(), self.current_thread(), *where, *values)
        line = (self._token + "[" + ",".join(map(_encode, fields)) + "]\n").encode("ascii")
        try:
            if len(line) <= WHOLE_BYTES:
                self._put(line)
            else:
                self._put_parts(line[len(self._token) : -1])
        except OSError:
            self._fd = None  # the program closed it, or the harness is gone

    def _put_parts(self, text: bytes) -> None:
        """Write a long fact in lines of its own number; those of other threads may come between them."""
        head = f"{self._token}{next(_numbers) & 0xFFFFFFFF:08x}".encode("ascii")
        size = WHOLE_BYTES - len(head) - 2
        for start in range(0, len(text), size):
            part = text[start : start + size]
            self._put(head + (MORE if start + size < len(text) else LAST) + part + b"\n")

    def _put(self, line: bytes) -> None:
        if self._fd is not None:
            _write(self._fd, line)  # in one piece, since it is no longer than WHOLE_BYTES (write(2), pipe(7))


class WatchedCall:
    """A call that a thread is in; see Channel.watched."""

    __slots__ = ("_call", "_channel", "_target")

    def __init__(self, channel: Channel, call: str, target: int) -> None:
        self._channel = channel
        self._call = call
        self._target = target

    def __enter__(self) -> None:
        """Nothing is left to do."""

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is not None:
            self._channel.emit("CallFailed", self._call, self._target, kind.__name__)


class SocketChannel(Channel):
    """The same over a TCP socket, for systems where a socket is no file descriptor (Windows)."""

    def __init__(self, sock: object, folder: str, token: str) -> None:
        super().__init__(0, folder, token)
        self._send = sock.sendall  # type: ignore[attr-defined]  # a _socket.socket, which has no public name
        self._fileno = sock.fileno  # type: ignore[attr-defined]  # as above

    @property
    def descriptor(self) -> int | None:
        """The same, where a socket has one."""
        return int(self._fileno())

    def _put(self, line: bytes) -> None:
        with _send_lock:
            self._send(line)
