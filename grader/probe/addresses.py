"""Where a program's addresses lead: what it asked for, and the loopback address that stands for it."""

from __future__ import annotations

import _socket
from typing import Any

INET = _socket.AF_INET
INET6 = getattr(_socket, "AF_INET6", -1)

NOBODY = ("127.0.0.1", 1)
"""An address where nothing listens (tcpmux): what must fail is refused there for real."""

NOBODY6 = ("::1", 1)


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
        self.bound: dict[Any, Any] = {}
        """What the program has bound, by the real address; getsockname gives it back."""
        self.dialed: dict[Any, Any] = {}
        """What it has called, by the real address; getpeername gives it back."""


def asked_for(family: int, address: Any) -> tuple[str, int, str] | None:
    """An address as (host, port, IP), or None where the real call must complain or where it is none of the internet.

    Raises:
        OSError: the host's name cannot be resolved, as the real call would say.
    """
    if family not in (INET, INET6) or not isinstance(address, tuple) or len(address) < 2:
        return None
    host, port, *rest = address
    if len(rest) > (2 if family == INET6 else 0) or not all(isinstance(number, int) for number in (port, *rest)):
        return None
    if not 0 <= port <= 65535 or not all(0 <= number <= 0xFFFFF for number in rest):
        return None
    try:
        return str(host), int(port), resolve(host) if family == INET else _resolve6(host)
    except (TypeError, ValueError):
        return None


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
    if host.lower() == "localhost" or is_own_name(host):
        return "127.0.0.1"
    return host if _is_ip(INET, host) else str(_socket.gethostbyname(host))


def _resolve6(host: object) -> str:
    if isinstance(host, bytearray):
        host = bytes(host)
    if not isinstance(host, (str, bytes)):
        raise TypeError
    return str(_socket.getaddrinfo(host, None, INET6)[0][4][0]) if host else "::"


def _is_ip(family: int, host: str) -> bool:
    try:
        _socket.inet_pton(family, host)
    except OSError:
        return False
    return True


def is_own_name(host: object) -> bool:
    """Whether ``host`` is this machine's own name."""
    own = _socket.gethostname().lower()
    return isinstance(host, str) and bool(host) and host.lower() in (own, own.partition(".")[0], own + ".local")
