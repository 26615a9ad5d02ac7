"""The fork server's process, and the socket over which it is told what to start and tells what became of it (POSIX)."""

from __future__ import annotations

import os
import select
import socket
import struct
import sys
import time

from ..errors import GraderError, reason
from ..limits import Limits
from .lacks import START, lack_of, machine_lacks
from .pipes import CHUNK_BYTES, pipe_of
from .process import clean_environment, interpreter_command, kill

_QUIET = () if sys.flags.dev_mode else ((os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),)
"""What a server that cannot go on says is English, and told by us in other words: ``python -X dev`` shows it."""

ANCILLARY_BYTES = 256
"""For who sent it, and a descriptor."""


class ForkServer:
    """A fork server that runs: see ``probe/forkserver.py`` for what is said on its socket.

    Args:
        sandbox: bubblewrap and its options; empty for none.
        project: the folder that holds the grader package, as the server sees it.
        private: give each program namespaces of its own, where the system grants them.
        limits: how long to wait for it.

    Raises:
        GraderError: it cannot be started.
    """

    def __init__(self, sandbox: tuple[str, ...], project: str, *, private: bool, limits: Limits) -> None:
        self.granted: bool | None = None
        """Whether programs have namespaces of their own; None while the server has not found out."""
        self.sockets: list[int] = []
        """Those that it was asked for and has given."""
        self._limits = limits
        self._unfinished = b""
        command = interpreter_command("fork", root=project)
        flags = (str(int(private)), str(int(bool(sandbox))), str(limits.end_patience_s))
        try:
            self._control, self._pid = _started(sandbox, command, flags)
        except OSError as error:
            if lack_of(error):
                raise machine_lacks(lack_of(error)) from error
            program = sandbox[0] if sandbox else command[0]
            raise GraderError(f"Je n'arrive pas à lancer Python ({program}) : {reason(error)}.") from error

    def fileno(self) -> int:
        """The socket's descriptor."""
        return self._control.fileno()

    def send(self, data: bytes, fds: list[int]) -> None:
        """Tell the server something.

        Raises:
            BrokenPipeError, ConnectionResetError: it is gone.
            OSError: there are too many descriptors on the way.
        """
        socket.send_fds(self._control, [data], fds)

    def wait(self, deadline_s: float) -> None:
        """Wait until the server or a program tells something.

        Raises:
            GraderError: it does not come.
        """
        if not select.select([self._control], [], [], max(0.0, deadline_s - time.monotonic()))[0]:
            raise machine_lacks(START)

    def receive(self, flags: int) -> tuple[list[list[bytes]], int] | None:
        """The lines that the server or a program has told, each in words, and who did; None where the server is gone.

        What comes at once is all from one sender: its process number, or 0 where the system does not show it.

        Args:
            flags: of recv(2).

        Raises:
            BlockingIOError: nothing has come.
        """
        try:
            data, ancillary, _, _ = self._control.recvmsg(CHUNK_BYTES, ANCILLARY_BYTES, flags)
        except BlockingIOError:
            raise
        except OSError:
            data, ancillary = b"", []
        if not data:
            return None
        sender = 0
        for level, kind, content in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                self.sockets += struct.unpack(f"{len(content) // 4}i", content[: len(content) // 4 * 4])
            elif (level, kind) == (socket.SOL_SOCKET, getattr(socket, "SCM_CREDENTIALS", -1)):
                sender = struct.unpack("3i", content)[0]  # struct ucred: process, user, group
        *lines, self._unfinished = (self._unfinished + data).split(b"\n")
        return [line.split() for line in lines], sender

    def end(self) -> None:
        """End it; it ends what it has started when its socket ends."""
        self._control.close()
        while self.sockets:
            os.close(self.sockets.pop())
        began_s = time.monotonic()
        try:
            while os.waitpid(self._pid, os.WNOHANG)[0] == 0:
                passed_s = time.monotonic() - began_s
                if passed_s > 4 * self._limits.end_patience_s:
                    return  # not even the system can end it: it waits for a disk
                if passed_s > 2 * self._limits.end_patience_s:
                    kill(self._pid)  # it has had its time to end everything: a program has stopped it
                time.sleep(self._limits.server_poll_s)  # waitpid(2) has no time limit of its own
        except ChildProcessError:
            pass  # closed before


def _started(sandbox: tuple[str, ...], command: list[str], flags: tuple[str, ...]) -> tuple[socket.socket, int]:
    """The socket to a new server, and its process number.

    Raises:
        OSError: it cannot be started.
    """
    own, theirs = socket.socketpair()
    if hasattr(socket, "SO_PASSCRED"):
        own.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)  # who sent it, in this side's numbers (unix(7))
    theirs.set_inheritable(True)
    options = pipe_of(sandbox[1:])
    around = [sandbox[0], "--args", str(options)] if sandbox else []
    whole = [*around, *command, str(theirs.fileno()), *flags]
    try:
        pid = os.posix_spawn(whole[0], whole, clean_environment(), file_actions=_QUIET)
    finally:
        theirs.close()
        os.close(options)
    return own, pid
