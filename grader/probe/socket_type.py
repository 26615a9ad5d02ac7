"""The type that takes the place of the C type below socket.socket: its methods are watched."""

from __future__ import annotations

import _socket
import sys
from typing import Any

from .addresses import Redirect
from .channel import Channel
from .sockets import Call, Real, Sockets
from .standins import MethodProxy, Watcher

watch = Sockets(Channel(None, "\0"), Redirect("127.0.0.1", {}, None))
"""What the sockets of this process emit; mute until the program starts."""


class socket(Real):  # type: ignore[misc]  # noqa: N801 - it takes the C type's place and name
    """The C type, whose watcher is ``watch``, alike in all else."""

    __slots__ = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        Real.__init__(self, *args, **kwargs)
        watch.made(self, given=(args[3] if len(args) > 3 else kwargs.get("fileno")) is not None)


WATCHERS = {
    "bind": watch.bind,
    "listen": watch.listen,
    "connect": watch.dial,
    "connect_ex": watch.dial,
    "getsockname": watch.getsockname,
    "getpeername": watch.getpeername,
    "_accept": watch.accept,
    **dict.fromkeys(("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg", "recvmsg_into"), watch.receive),
    **dict.fromkeys(("send", "sendall"), watch.send),
    **dict.fromkeys(("sendto", "sendmsg"), watch.send_to),
    "fileno": watch.fileno,
    "setsockopt": watch.setsockopt,
    "shutdown": watch.shutdown,
    "close": watch.close,
    "detach": watch.detach,
}
"""The methods that are watched."""

REFUSALS_EMITTED = ("bind", "listen", "connect", "connect_ex", "recv", "send", "sendall")
"""The methods whose exceptions are emitted."""


def _emitting_refusals(name: str, watcher: Watcher) -> Watcher:
    def watched(call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            return watcher(call, args, kwargs)
        except Exception as error:
            watch.refused(watch.number(call.__self__), name, error)
            raise

    return watched


def _take_place() -> None:
    """Put the probed type below socket.socket: it must be there when socket.py is first imported."""
    for name, watcher in WATCHERS.items():
        if hasattr(Real, name):  # recvmsg and sendmsg are not on Windows
            watched = _emitting_refusals(name, watcher) if name in REFUSALS_EMITTED else watcher
            setattr(socket, name, MethodProxy(getattr(Real, name), watched))
    socket.__module__, socket.__qualname__, socket.__doc__ = Real.__module__, Real.__qualname__, Real.__doc__
    _socket.socket = _socket.SocketType = socket  # type: ignore[misc]
    sys.modules.pop("socket", None)


_take_place()


def install(channel: Channel, redirect: Redirect) -> None:
    """Start emitting."""
    watch.channel, watch.redirect = channel, redirect
    watch.by_fd.clear()
    watch.count = 0
