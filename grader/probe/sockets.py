"""Watches sockets: redirects bind and connect to loopback, and tells what each call did."""

from __future__ import annotations

import _socket
import os
import select
import sys
from collections.abc import Callable
from typing import Any

from .channel import Channel

Real: Any = _socket.socket
"""The C type below socket.socket; everything real is done by it."""

_INET = _socket.AF_INET
_INET6 = getattr(_socket, "AF_INET6", -1)
_DGRAM = _socket.SOCK_DGRAM
_PEEK = getattr(_socket, "MSG_PEEK", 0)
_REUSE = (_socket.SOL_SOCKET, _socket.SO_REUSEADDR)
NOBODY = ("127.0.0.1", 1)
"""An address where nothing listens (tcpmux): what must fail is refused there for real."""


class Redirect:
    """Where the program's addresses really lead.

    Args:
        bind_host: the loopback address that every bind goes to.
        bind_ports: real ports by the port that was asked for; others are chosen by the system and kept.
        dial: the harness's listener, or None where the program has nobody to call.
    """

    def __init__(self, bind_host: str, bind_ports: dict[int, int], dial: tuple[str, int] | None) -> None:
        self.bind_host = bind_host
        self.bind_ports = bind_ports
        self.dial = dial or NOBODY
        self.asked: dict[tuple[str, int], tuple[str, int]] = {}
        """What the program asked for, by the real address; getsockname and getpeername give it back."""


def resolve(host: object) -> str:
    """The IPv4 address that bind and connect would use for ``host``.

    Raises:
        TypeError, ValueError: not a host at all; the real call says it in its own words.
        OSError: a name that this machine cannot resolve.
    """
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode("ascii")
    if not isinstance(host, str):
        raise TypeError
    if host == "":
        return "0.0.0.0"  # noqa: S104 - the meaning of "" in Python's socket module, not a bind
    if host == "localhost" or is_own_name(host):
        return "127.0.0.1"
    try:
        _socket.inet_pton(_INET, host)
    except OSError:
        return str(_socket.gethostbyname(host))
    return host


def is_own_name(host: object) -> bool:
    """Whether ``host`` is this machine's own name."""
    own = _socket.gethostname().lower()
    return isinstance(host, str) and bool(host) and host.lower() in (own, own.partition(".")[0], own + ".local")


class Sockets:
    """The numbers of the program's sockets, and the functions that watch them."""

    def __init__(self, channel: Channel, redirect: Redirect) -> None:
        self.channel = channel
        self.redirect = redirect
        self.by_fd: dict[int, int] = {}
        self.count = 0
        self.told_fileno: set[int] = set()

    def number(self, sock: Any) -> int:
        """The number of a socket, 0 for a closed one."""
        return self.by_fd.get(Real.fileno(sock), 0)

    def new(self, fd: int) -> int:
        """Give the next number to the socket behind ``fd``."""
        self.count += 1
        self.by_fd[fd] = self.count
        return self.count

    def real_address(self, family: int, address: Any) -> tuple[str, int, str] | None:
        """An address as (host asked, port asked, IPv4), or None where the real call must complain.

        Raises:
            OSError: the host's name cannot be resolved, as the real call would say.
        """
        if family != _INET or not isinstance(address, tuple) or len(address) != 2:
            return None
        host, port = address
        if not isinstance(port, int) or not 0 <= port <= 65535:
            return None
        try:
            return str(host), int(port), resolve(host)
        except (TypeError, ValueError):
            return None

    def bind(self, sock: Any, address: Any) -> None:
        """Bind to the loopback address that stands for the one asked for."""
        number, redirect, family = self.number(sock), self.redirect, sock.family
        if family == _INET6:
            Real.bind(sock, ("::1", 0))
            asked_v6 = address if isinstance(address, tuple) and len(address) >= 2 else ("", 0)
            self.channel.emit("Bound", number, str(asked_v6[0]), int(asked_v6[1]), "", False, 6, 0)
            return
        asked = self.real_address(family, address)
        if asked is None:
            Real.bind(sock, address)
            return
        host, port, ip = asked
        Real.bind(sock, (redirect.bind_host, redirect.bind_ports.get(port, 0)))
        real = Real.getsockname(sock)
        if port:
            redirect.bind_ports.setdefault(port, real[1])
            redirect.asked[real] = (ip, port)
        self.channel.emit("Bound", number, host, port, ip, is_own_name(host), 4, real[1])

    def listen(self, sock: Any, *args: Any) -> None:
        """Listen, and tell where the harness can reach the program."""
        unbound = sock.family == _INET and Real.getsockname(sock)[1] == 0
        if unbound:
            Real.bind(sock, (self.redirect.bind_host, 0))  # without bind, listen takes any address: keep loopback
        if sock.family in (_INET, _INET6):
            # A second small send would wait for the delayed acknowledgement of the first; accept() inherits this.
            Real.setsockopt(sock, _socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        Real.listen(sock, *args)
        reachable = sock.family == _INET and not unbound
        host, port = Real.getsockname(sock) if reachable else ("", 0)
        self.channel.emit("Listened", self.number(sock), str(host), int(port))

    def dial(self, sock: Any, address: Any, call: Callable[..., Any]) -> Any:
        """Connect to the harness instead of the address asked for, with connect or connect_ex."""
        if sock.family == _INET6:
            return call(sock, ("::1", NOBODY[1]))  # the exercise is IPv4: on IPv6 nobody answers
        asked = self.real_address(sock.family, address)
        if asked is None:
            return call(sock, address)
        host, port, ip = asked
        number = self.number(sock)
        kind = "datagram" if sock.type & 0xF == _DGRAM else "stream"
        self.channel.emit("Dialed", number, host, port, ip, is_own_name(host), kind)
        target = NOBODY if kind == "datagram" else self.redirect.dial
        self.channel.emit("Entered", "connect", number, sock.gettimeout())
        try:
            result = call(sock, target)
        except BaseException as error:
            self.channel.emit("Left", "connect", number, -1, type(error).__name__)
            raise
        if kind == "stream":
            Real.setsockopt(sock, _socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        self.redirect.asked[target] = (ip, port)
        self.channel.emit("Left", "connect", number, 0 if result else 1, "")
        return result

    def accept(self, sock: Any) -> tuple[int, Any]:
        """Accept a connection, and give its socket a number."""
        number, channel = self.number(sock), self.channel
        timeout = sock.gettimeout()
        if timeout != 0:
            channel.emit("Entered", "accept", number, timeout)
        try:
            fd, address = Real._accept(sock)  # noqa: SLF001 - what socket.accept itself calls
        except BaseException as error:
            channel.emit("Left", "accept", number, -1, type(error).__name__)
            raise
        channel.emit("Left", "accept", number, self.new(fd), "")
        return fd, address

    def receive(self, sock: Any, call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call one of the receiving methods, and tell how many bytes were taken."""
        number, channel = self.number(sock), self.channel
        timeout = sock.gettimeout()
        if timeout != 0:
            channel.emit("Entered", "recv", number, timeout)
        try:
            result = call(sock, *args, **kwargs)
        except BaseException as error:
            channel.emit("Left", "recv", number, -1, type(error).__name__)
            raise
        got = result[0] if isinstance(result, tuple) else result
        size = got if isinstance(got, int) else len(got)
        flags = args[-1] if len(args) > 1 and isinstance(args[-1], int) else kwargs.get("flags", 0)
        peeked = bool(_PEEK and flags & _PEEK) and call in (Real.recv, Real.recvfrom)
        channel.emit("Left", "recv", number, -2 if peeked else size, "")
        return result

    def send(self, sock: Any, call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call one of the sending methods, and tell how many bytes left."""
        number = self.number(sock)
        try:
            result = call(sock, *args, **kwargs)
        except BaseException as error:
            self.channel.emit("Left", "send", number, -1, type(error).__name__)
            raise
        size = result if isinstance(result, int) else memoryview(args[0]).nbytes
        self.channel.emit("Left", "send", number, size, "")
        return result

    def fileno(self, sock: Any, caller: str) -> int:
        """The descriptor; told once a socket, and only when the student's own code asks."""
        fd = int(Real.fileno(sock))
        number = self.by_fd.get(fd, 0)
        if number not in self.told_fileno and self.channel.is_student_file(caller):
            self.told_fileno.add(number)
            self.channel.emit("FilenoAsked", number)
        return fd

    def close(self, sock: Any) -> None:
        """Close, and forget the socket's number."""
        number = self.by_fd.pop(Real.fileno(sock), 0)
        Real.close(sock)
        if number:
            self.channel.emit("SocketClosed", number)


watch = Sockets(Channel(None, "\0"), Redirect("127.0.0.1", {}, None))
"""What the sockets of this process tell; mute until the program starts."""

_get_frame = sys._getframe  # noqa: SLF001 - the caller's file decides whether fileno() is the student's


class socket(Real):  # type: ignore[misc]  # noqa: N801 - it takes the C type's place and name
    """The C type, telling ``watch`` what it does, alike in all else."""

    __slots__ = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        Real.__init__(self, *args, **kwargs)
        fd = Real.fileno(self)
        if fd not in watch.by_fd or not _is_given(args, kwargs):
            number = watch.new(fd)
            watch.channel.emit("SocketMade", number, int(self.family), int(self.type))

    def bind(self, *args: Any, **kwargs: Any) -> None:
        if len(args) != 1 or kwargs:
            Real.bind(self, *args, **kwargs)
        else:
            watch.bind(self, args[0])

    def listen(self, *args: Any, **kwargs: Any) -> None:
        if kwargs:
            Real.listen(self, *args, **kwargs)
        else:
            watch.listen(self, *args)

    def connect(self, *args: Any, **kwargs: Any) -> None:
        if len(args) != 1 or kwargs:
            Real.connect(self, *args, **kwargs)
        else:
            watch.dial(self, args[0], Real.connect)

    def connect_ex(self, *args: Any, **kwargs: Any) -> Any:
        if len(args) != 1 or kwargs:
            return Real.connect_ex(self, *args, **kwargs)
        return watch.dial(self, args[0], Real.connect_ex)

    def _accept(self) -> tuple[int, Any]:
        return watch.accept(self)

    def fileno(self) -> int:
        return watch.fileno(self, _get_frame(1).f_code.co_filename)

    def setsockopt(self, *args: Any, **kwargs: Any) -> None:
        Real.setsockopt(self, *args, **kwargs)
        if args[:2] == _REUSE and args[2:] and args[2]:
            watch.channel.emit("ReuseSet", watch.number(self))

    def shutdown(self, *args: Any, **kwargs: Any) -> None:
        Real.shutdown(self, *args, **kwargs)
        watch.channel.emit("ShutDown", watch.number(self), int(args[0]))

    def close(self) -> None:
        watch.close(self)

    def detach(self) -> int:
        fd = Real.detach(self)
        watch.by_fd.pop(fd, None)
        return int(fd)

    def getsockname(self) -> Any:
        real = Real.getsockname(self)
        return _asked_for(real)

    def getpeername(self) -> Any:
        real = Real.getpeername(self)
        return _asked_for(real)

    def sendto(self, *args: Any, **kwargs: Any) -> Any:
        if self.family == _INET and len(args) > 1 and isinstance(args[-1], tuple):
            args = (*args[:-1], NOBODY)  # a datagram of a student never leaves this machine
        return watch.send(self, Real.sendto, args, kwargs)


def _asked_for(real: Any) -> Any:
    """The address that the program asked for, where ``real`` stands for one."""
    return watch.redirect.asked.get(real, real) if isinstance(real, tuple) and len(real) == 2 else real


def _is_given(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether a socket was made from a descriptor that exists already."""
    return (args[3] if len(args) > 3 else kwargs.get("fileno")) is not None


def _through(watcher: Callable[..., Any], real: Callable[..., Any], name: str) -> Callable[..., Any]:
    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return watcher(self, real, args, kwargs)

    method.__name__ = method.__qualname__ = name
    method.__doc__ = real.__doc__
    return method


def _take_place() -> None:
    """Put the probed type below socket.socket: it must be there when socket.py is first imported."""
    for name in ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg"):
        if hasattr(Real, name):  # recvmsg is not on Windows
            setattr(socket, name, _through(watch.receive, getattr(Real, name), name))
    for name in ("send", "sendall"):
        setattr(socket, name, _through(watch.send, getattr(Real, name), name))
    socket.__module__, socket.__qualname__ = Real.__module__, Real.__qualname__
    _socket.socket = socket  # type: ignore[misc]
    sys.modules.pop("socket", None)


_take_place()


def install(channel: Channel, redirect: Redirect) -> None:
    """Start telling: also follow the functions of os and select that touch sockets."""
    watch.channel, watch.redirect = channel, redirect
    watch.by_fd.clear()
    watch.count = 0
    _watch_descriptors()
    _watch_select(channel)


def _watch_descriptors() -> None:
    """Follow os.read and os.write on a socket's descriptor: students write to conn.fileno()."""
    read, write, channel = os.read, os.write, watch.channel

    def read_probed(fd: int, length: int, /) -> bytes:
        number = watch.by_fd.get(fd) if isinstance(fd, int) else None
        if number is None and fd != 0:
            return read(fd, length)
        call = "recv" if number else "stdin"
        channel.emit("Entered", call, number or 0, None)
        try:
            data = read(fd, length)
        except BaseException as error:
            channel.emit("Left", call, number or 0, -1, type(error).__name__)
            raise
        channel.emit("Left", call, number or 0, len(data), "")
        return data

    def write_probed(fd: int, data: bytes, /) -> int:
        size = write(fd, data)
        number = watch.by_fd.get(fd)
        if number is not None:
            channel.emit("Left", "send", number, size, "")
        return size

    for real, probed in ((read, read_probed), (write, write_probed)):
        probed.__name__ = probed.__qualname__ = real.__name__
        setattr(os, real.__name__, probed)


def _watch_select(channel: Channel) -> None:
    real = select.select

    def select_probed(rlist: Any, wlist: Any, xlist: Any, timeout: Any = None, /) -> Any:
        if timeout == 0:
            return real(rlist, wlist, xlist, timeout)
        channel.emit("Entered", "select", 0, timeout if isinstance(timeout, (int, float)) else None)
        try:
            ready = real(rlist, wlist, xlist, timeout)
        except BaseException as error:
            channel.emit("Left", "select", 0, -1, type(error).__name__)
            raise
        channel.emit("Left", "select", 0, sum(map(len, ready)), "")
        return ready

    select_probed.__name__ = select_probed.__qualname__ = "select"
    select.select = select_probed
