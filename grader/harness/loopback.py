"""Finds a loopback address that works: without one nothing can be graded, and no student is to blame."""

from __future__ import annotations

import errno
import os
import socket
import sys
from collections.abc import Callable, Sequence

from ..errors import GraderError
from .lacks import PORTS, lack_of, machine_lacks

ONLY = "127.0.0.1"
"""The one that macOS gives to its interface, out of all of 127.0.0.0/8 (RFC 1122, 3.2.1.3)."""

NO_LOOPBACK = (
    f"cette machine ne peut pas se parler à elle-même (l'adresse {ONLY} ne répond pas) : un pare-feu, un antivirus ou "
    "un bac à sable le lui interdit. Ce n'est pas ta faute. Essaie sur une autre machine, ou montre ce message à ton "
    "encadrant."
)


def candidates() -> tuple[str, ...]:
    """The addresses to try: one that nothing else is likely to use, where the system has more; then the usual one."""
    if sys.platform == "darwin":
        return (ONLY,)
    second, third, fourth = os.urandom(3)
    return (f"127.{1 + second % 254}.{third}.{1 + fourth % 254}", ONLY)


def loopback_host(new_socket: Callable[[], socket.socket], hosts: Sequence[str], patience_s: float) -> str:
    """The first address on which a connection can be made and a byte goes through.

    Args:
        new_socket: makes a socket in the network of the programs.
        hosts: to try.
        patience_s: for the connection.

    Raises:
        GraderError: there is none.
    """
    for host in hosts:
        try:
            with new_socket() as listener, new_socket() as caller:
                _connect(listener, caller, host, patience_s)
            return host
        except OSError as error:
            if lack_of(error) and not (lack_of(error) == PORTS and host != hosts[-1]):  # macOS has not this address
                raise machine_lacks(lack_of(error)) from error
    raise GraderError(NO_LOOPBACK)


def bind_any_port(sock: socket.socket, host: str) -> None:
    """Bind to a port that the system chooses.

    Raises:
        OSError: it has none left, which it calls an address in use (bind(2)).
    """
    try:
        sock.bind((host, 0))
    except OSError as error:
        raise OSError(errno.EADDRNOTAVAIL, error.strerror) if error.errno == errno.EADDRINUSE else error from error


def _connect(listener: socket.socket, caller: socket.socket, host: str, patience_s: float) -> None:
    """Send a byte over a new connection.

    Raises:
        OSError: it does not arrive.
    """
    for sock in (listener, caller):
        sock.settimeout(patience_s)
    bind_any_port(listener, host)
    listener.listen()
    caller.connect(listener.getsockname())
    with listener.accept()[0] as end:
        end.settimeout(patience_s)
        caller.sendall(b"!")
        if end.recv(1) != b"!":
            raise ConnectionError
