"""Watches the functions that take descriptors: os.read and os.write on sockets and standard input, select, close."""

from __future__ import annotations

import errno
import os
import select
import sys
from typing import Any

from .channel import Channel, seconds
from .sockets import Real, Sockets
from .standins import replace

Call = Any
"""The C function."""

CONTAINERS = (list, tuple, set, frozenset, dict)
"""What can be looked at before select does, and nobody notices: others may be read only once."""


class Descriptors:
    """The watchers of these functions.

    Args:
        channel: where to emit.
        sockets: knows which descriptor is which socket.
    """

    def __init__(self, channel: Channel, sockets: Sockets) -> None:
        self.channel = channel
        self.sockets = sockets

    def _number(self, args: tuple[Any, ...]) -> int:
        """The number of the socket that is meant, 0 for none."""
        return self.sockets.by_fd.get(args[0], 0) if args and isinstance(args[0], int) else 0

    def _no_file(self, number: int, function: str, error: OSError) -> None:
        """Emit that a socket is no file for the system: Windows has another table for them."""
        if number and error.errno == errno.EBADF:
            self.sockets.refused(number, function, error)

    def read(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Follow os.read on a socket's descriptor and on standard input's."""
        number = self._number(args)
        if not number and args[:1] != (0,):
            return call(*args, **kwargs)
        try:
            with self.channel.watched("recv" if number else "stdin", number):
                data = call(*args, **kwargs)
        except OSError as error:
            self._no_file(number, "os.read", error)
            raise
        if number:
            self.channel.emit("Received", number, len(data))
        else:
            self.channel.emit("StdinRead", len(data))
        return data

    def write(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Follow os.write on a socket's descriptor: students write to conn.fileno()."""
        number = self._number(args)
        try:
            size = call(*args, **kwargs)
        except OSError as error:
            self._no_file(number, "os.write", error)
            raise
        if number:
            self.channel.emit("Sent", number, size)
        return size

    def close(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Refuse to close the probe's own descriptor, as the system does where there is none."""
        if args == (self.channel.descriptor,) and not kwargs:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        return call(*args, **kwargs)

    def closerange(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Close all but that one: whoever closes everything, as daemons do, does not know of it."""
        own = self.channel.descriptor
        if own is None or kwargs or len(args) != 2 or not all(isinstance(fd, int) for fd in args):
            return call(*args, **kwargs)
        call(args[0], min(args[1], own))
        return call(max(args[0], own + 1), args[1])

    def _asked(self, groups: tuple[Any, ...]) -> int:
        """What select is asked about: 1 for sockets, 2 for standard input, 3 for both; 0 if it is also anything else.

        Another thread of the program may write to anything else, unseen.
        """
        asked = 0
        for group in groups:
            if type(group) not in CONTAINERS:
                return 0
            for item in group:
                fd = _descriptor(item)
                if fd != 0 and fd not in self.sockets.by_fd:
                    return 0
                asked |= 2 if fd == 0 else 1
        return asked

    def select(self, call: Call, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Emit when the program waits in select."""
        timeout = args[3] if len(args) > 3 else None
        if seconds(timeout) == 0:
            return call(*args, **kwargs)
        asked = self._asked(args[:3])
        with self.channel.watched("select", asked, seconds(timeout)):
            ready = call(*args, **kwargs)
        self.channel.emit("SelectReturned", asked, sum(map(len, ready)))
        return ready


def _descriptor(item: Any) -> int:
    """The descriptor of something that select is asked about; -1 where only the student's own code knows it."""
    if type(item) is int:
        return item
    if item is sys.__stdin__:
        return 0
    return int(Real.fileno(item)) if issubclass(type(item), Real) else -1


def install(channel: Channel, sockets: Sockets) -> None:
    """Start emitting."""
    watch = Descriptors(channel, sockets)
    replace(os, "read", watch.read)
    replace(os, "write", watch.write)
    replace(os, "close", watch.close)
    replace(os, "closerange", watch.closerange)
    replace(select, "select", watch.select)
