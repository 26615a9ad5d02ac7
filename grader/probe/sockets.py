"""Watches the methods of sockets: redirects bind and connect to loopback, and records what each call did."""

from __future__ import annotations

import _socket
import errno
import sys
from typing import Any

from .addresses import INET, INET6, NOBODY, NOBODY6, Redirect, asked_for, is_own_name
from .channel import Channel, symbol
from .entry_line import NO_PORT

Real: Any = _socket.socket
"""The C type below socket.socket; everything real is done by it."""

_STREAM = _socket.SOCK_STREAM
_DGRAM = _socket.SOCK_DGRAM
_PEEK = getattr(_socket, "MSG_PEEK", 0)
_REUSE = (_socket.SOL_SOCKET, _socket.SO_REUSEADDR)

_get_frame = sys._getframe  # noqa: SLF001 - the caller's file decides whether fileno() is the student's

Call = Any
"""A method of the C type, bound to the socket that it is called on: its ``__self__``."""


class Sockets:
    """The numbers of the program's sockets, and the watchers of their methods.

    A watcher is given the real method and the arguments. Where these are wrong, the real method complains.
    """

    def __init__(self, channel: Channel, redirect: Redirect) -> None:
        self.channel = channel
        self.redirect = redirect
        self.by_fd: dict[int, int] = {}
        self.count = 0
        self.emitted_fileno: set[int] = set()
        self.emitted_refusals: set[tuple[str, str, int]] = set()

    def number(self, sock: Any) -> int:
        """The number of a socket, 0 for a closed one."""
        return self.by_fd.get(Real.fileno(sock), 0)

    def new(self, fd: int) -> int:
        """Give the next number to the socket behind ``fd``."""
        self.count += 1
        self.by_fd[fd] = self.count
        return self.count

    def made(self, sock: Any, *, given: bool) -> None:
        """A socket object was made, perhaps for a descriptor that was given."""
        fd = Real.fileno(sock)
        if fd not in self.by_fd or not given:
            self.channel.emit("SocketMade", self.new(fd), int(sock.family), int(sock.type))

    # Addresses.

    def bind(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Bind to the loopback address that stands for the one asked for."""
        sock = call.__self__
        asked = asked_for(sock.family, args[0]) if len(args) == 1 and not kwargs else None
        if asked is None:
            return call(*args, **kwargs)
        number, redirect, (host, port, ip) = self.number(sock), self.redirect, asked
        if sock.family == INET6:
            call(("::1", 0))
            self._bound(sock, ip, port)
            self.channel.emit("Bound", number, host, port, "", False, 6, 0)
            return None
        try:
            call((redirect.bind_host, redirect.bind_ports.get(port, 0)))
        except OSError as error:
            if port not in redirect.bind_ports:  # the port was the system's to choose
                self._check_port(number, error.errno)
            raise
        real_port = self._bound(sock, ip, port)
        if port:
            redirect.bind_ports.setdefault(port, real_port)
        self.channel.emit("Bound", number, host, port, ip, is_own_name(host), 4, real_port)
        return None

    def _check_port(self, number: int, code: int | None) -> None:
        """Emit that the system had no port left for an address of the harness's: no student can have asked for that."""
        if code in (errno.EADDRNOTAVAIL, errno.EADDRINUSE):  # connect(2), bind(2)
            self.channel.emit("Refused", number, NO_PORT, "OSError", "EADDRNOTAVAIL")

    def _bound(self, sock: Any, ip: str, port: int) -> int:
        """Keep what getsockname must say; return the real port."""
        real = Real.getsockname(sock)
        self.redirect.bound[real] = (ip, port or real[1], *real[2:])
        return int(real[1])

    def listen(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Listen, and emit where the harness can reach the program: nowhere, unless it has bound on IPv4."""
        sock = call.__self__
        wrong = kwargs or len(args) > 1 or not all(isinstance(arg, int) and abs(arg) < 2**31 for arg in args)
        if wrong or not _is_tcp(sock):
            call(*args, **kwargs)
            self.channel.emit("Listened", self.number(sock), "", 0)
            return
        reachable = sock.family == INET and Real.getsockname(sock)[1] != 0
        if sock.family == INET and not reachable:
            Real.bind(sock, (self.redirect.bind_host, 0))  # it would take any address: keep to loopback
            self._bound(sock, "0.0.0.0", 0)  # noqa: S104 - what getsockname says then, not a bind
        # A second small send would wait for the delayed acknowledgement of the first; accept() inherits this.
        Real.setsockopt(sock, _socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        call(*args)
        host, port = Real.getsockname(sock) if reachable else ("", 0)
        self.channel.emit("Listened", self.number(sock), str(host), int(port))

    def dial(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Connect to the harness instead of the address asked for, with connect or connect_ex."""
        sock = call.__self__
        asked = asked_for(sock.family, args[0]) if len(args) == 1 and not kwargs else None
        if asked is None:
            return call(*args, **kwargs)
        if sock.family == INET6:
            return call(NOBODY6)  # the exercise is IPv4: on IPv6 nobody answers
        number, (host, port, ip) = self.number(sock), asked
        datagram = sock.type & 0xF == _DGRAM
        kind = "datagram" if datagram else "stream"
        self.channel.emit("ConnectRequested", number, host, port, ip, is_own_name(host), kind)
        target = NOBODY if datagram else self.redirect.dial
        self.redirect.dialed[target] = (ip, port)
        if number and _is_tcp(sock):
            Real.setsockopt(sock, _socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        try:
            with self.channel.watched("connect", number, sock.gettimeout()):
                result = call(target)
        except OSError as error:
            self._check_port(number, error.errno)
            raise
        self._check_port(number, result)
        self.channel.emit("ConnectReturned", number, not result)
        return result

    def getsockname(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The own address, as the program asked for it."""
        real = call(*args, **kwargs)
        return self.redirect.bound.get(real, real)

    def getpeername(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The peer's address, as the program asked for it."""
        real = call(*args, **kwargs)
        return self.redirect.dialed.get(real, real)

    # Receiving and sending.

    def accept(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Accept a connection, and give its socket a number."""
        sock = call.__self__
        number, timeout = self.number(sock), sock.gettimeout()
        with self.channel.watched("accept", number, timeout, enters=timeout != 0):
            fd, address = call(*args, **kwargs)
        self.channel.emit("Accepted", number, self.new(fd))
        return fd, address

    def receive(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call one of the receiving methods, and emit how many bytes were taken."""
        sock = call.__self__
        number, timeout = self.number(sock), sock.gettimeout()
        with self.channel.watched("recv", number, timeout, enters=timeout != 0):
            result = call(*args, **kwargs)
        got = result[0] if isinstance(result, tuple) else result
        size = got if isinstance(got, int) else len(got)
        flags = args[-1] if len(args) > 1 and isinstance(args[-1], int) else 0
        if flags & _PEEK and call.__name__ in ("recv", "recvfrom"):
            self.channel.emit("Peeked", number)
        else:
            self.channel.emit("Received", number, size)
        return result

    def send(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call one of the sending methods, and emit how many bytes left."""
        number = self.number(call.__self__)
        with self.channel.watched("send", number, enters=False):
            result = call(*args, **kwargs)
        size = result if isinstance(result, int) else memoryview(args[0]).nbytes
        self.channel.emit("Sent", number, size)
        return result

    def send_to(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call sendto or sendmsg; a datagram of a student's never leaves this machine."""
        family = call.__self__.family
        if len(args) > 1 and asked_for(family, args[-1]) is not None:
            args = (*args[:-1], NOBODY if family == INET else NOBODY6)
        return self.send(call, args, kwargs)

    # The rest.

    def refused(self, number: int, method: str, error: Exception) -> None:
        """Emit that a method of a socket raised: where the program catches everything, nobody else would ever know."""
        frame = self.channel.student_frame()
        key = (method, type(error).__name__, frame.f_lineno if frame is not None else 0)
        if key not in self.emitted_refusals:
            self.emitted_refusals.add(key)
            self.channel.emit("Refused", number, method, type(error).__name__, symbol(error))

    def fileno(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The descriptor; emitted once a socket, and only when the student's own code asks."""
        fd = call(*args, **kwargs)
        number = self.by_fd.get(fd, 0)
        code = _get_frame(2).f_code  # above this method and the stand-in
        by_name = "fileno" in (*code.co_names, *code.co_consts)  # else it is select or poll, written in C, that asks
        if number not in self.emitted_fileno and by_name and self.channel.is_students(code):
            self.emitted_fileno.add(number)
            self.channel.emit("FilenoAsked", number)
        return fd

    def setsockopt(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Set an option, and emit the one that counts."""
        call(*args, **kwargs)
        if args[:2] == _REUSE and Real.getsockopt(call.__self__, *_REUSE):
            self.channel.emit("ReuseSet", self.number(call.__self__))

    def shutdown(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Shut down, and emit how."""
        call(*args, **kwargs)
        self.channel.emit("ShutDown", self.number(call.__self__), int(args[0]))

    def close(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Close, and forget the socket's number."""
        number = self.by_fd.pop(Real.fileno(call.__self__), 0)
        call(*args, **kwargs)
        if number:
            self.channel.emit("SocketClosed", number)

    def detach(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Give the descriptor away, and forget the socket's number."""
        fd = call(*args, **kwargs)
        self.by_fd.pop(fd, None)
        return fd


def _is_tcp(sock: Any) -> bool:
    return sock.family in (INET, INET6) and sock.type & 0xF == _STREAM
