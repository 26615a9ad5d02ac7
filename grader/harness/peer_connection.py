"""The peer's end of a connection: never blocks, counts every byte, keeps what fits."""

from __future__ import annotations

import socket
from collections.abc import Callable

from ..transcript.facts import Unaccepted
from .pipes import CHUNK_BYTES
from .process import Watcher
from .program_log import ProgramLog
from .system import still_queued


def accepted(listener: socket.socket, watcher: Watcher) -> socket.socket:
    """The first call; further ones stay unanswered, as with a one-client server.

    Raises:
        BlockingIOError: nobody has called yet.
        OSError: who called has hung up already.
    """
    sock = listener.accept()[0]
    watcher.remove(listener.fileno())
    return sock


def connected(sock: socket.socket, address: tuple[str, int], patience_s: float) -> socket.socket:
    """The socket, connected to a program that listens.

    Raises:
        OSError: it listens no more; the socket is closed.
    """
    sock.settimeout(patience_s)
    try:
        sock.connect(address)
    except OSError:
        sock.close()
        raise
    return sock


class PeerConnection:
    """One connection with a student's program.

    Args:
        sock: connected to the program; taken over.
        watcher: told when there is no more to read.
    """

    def __init__(self, sock: socket.socket, watcher: Watcher) -> None:
        sock.setblocking(False)
        # A second small write would wait for the first one's delayed acknowledgement (RFC 896, RFC 1122 4.2.3.2).
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        self.port = int(sock.getsockname()[1])
        self.received_bytes = 0
        self.sent_bytes = 0
        self.ended = False
        self.reset = False
        self.closed = False
        self._unsent = bytearray()
        self._watcher = watcher
        watcher.add(sock.fileno())

    @property
    def unsent_bytes(self) -> int:
        """Bytes that the program's side could not take yet."""
        return len(self._unsent)

    def send(self, data: bytes) -> None:
        """Send, now or when there is room."""
        self._unsent += data
        self.sent_bytes += len(data)
        self.flush()

    def flush(self) -> None:
        """Send what could not be sent before."""
        while self._unsent and not self.closed:
            try:
                sent = self.sock.send(self._unsent)
            except BlockingIOError:
                return
            except OSError:
                self._unsent.clear()  # the program is gone: nobody will read it
                return
            del self._unsent[:sent]

    def read(self) -> bytes:
        """What has arrived; nothing where nothing has, or at the end: ``ended`` tells."""
        if self.ended or self.closed:
            return b""
        try:
            data = self.sock.recv(CHUNK_BYTES)
        except BlockingIOError:
            return b""
        except OSError:
            self.reset = True
            data = b""
        if not data:
            self.end()
        self.received_bytes += len(data)
        return data

    def end(self) -> None:
        """The program will send nothing more."""
        self.ended = True
        if not self.closed:
            self._watcher.remove(self.sock.fileno())

    def end_sending(self) -> None:
        """Close this direction only, as the relay does when the other program has."""
        try:
            self.sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # the program has closed the connection already

    def close(self) -> None:
        """Shut down and close: a close alone sends nothing while somebody else waits on the socket."""
        if self.closed:
            return
        self.closed = True
        self._watcher.remove(self.sock.fileno())
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # the program has closed the connection already
        self.sock.close()


class AcceptWatch:
    """Notices a program that says it has accepted the peer's connection, which the system still queues.

    A program that has called itself may accept its own call first: what counts is how it stands in the end.

    Args:
        log: told at the end.
        still_queued: tells of a connection whether nobody has accepted it; None where that cannot be known.
    """

    def __init__(self, log: ProgramLog, still_queued: Callable[[int, int, int], bool | None] = still_queued) -> None:
        self._log = log
        self._still_queued = still_queued
        self._queued: bool | None = None
        """As the system last showed it; None if it never did."""

    def look(self, pid: int, port: int, peer_port: int) -> None:
        """Look again, unless it was accepted before.

        Args:
            pid: the program's process.
            port: that it listens on.
            peer_port: the peer's.
        """
        if self._queued is False:
            return
        queued = self._still_queued(pid, port, peer_port)
        if queued is not None:
            self._queued = queued

    def end(self) -> None:
        """The program is over."""
        if self._queued:
            self._log.note(Unaccepted)
