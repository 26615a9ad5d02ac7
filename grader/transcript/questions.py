"""Questions that are asked of a run: places, sockets and addresses, ends."""

from __future__ import annotations

from .calls import Accepted, CallEnded, ConnectReturned
from .facts import (
    Bound,
    ChannelClosedEarly,
    Connected,
    ConnectRequested,
    Exited,
    Listened,
    ProbeFact,
    Replaced,
    SocketMade,
)
from .place import Place
from .record import Run, Transcript, asked_once
from .scenario_names import DUO, typing_first

SOCK_STREAM = 1
"""TCP, on every system."""


def place_of(fact: ProbeFact | None) -> Place | None:
    """The line that a fact comes from."""
    return Place(fact.file, fact.line) if fact is not None and fact.line else None


def last_call(run: Run, program: str, kind: type[CallEnded]) -> Place | None:
    """The line of the last call of a kind that gave something."""
    return next((place_of(fact) for fact in reversed(run.of(kind, program)) if fact.gave_something), None)


def out_of_sight(run: Run, program: str) -> ChannelClosedEarly | Replaced | None:
    """What shows that the probe could not see the rest: the program became another, or has closed the probe's way out.

    An exec that failed is followed by what the program did next.
    """
    seen = run.of(ProbeFact, program)
    last = seen[-1] if seen else None
    return last if isinstance(last, Replaced) else run.first(ChannelClosedEarly, program)


# --- sockets and addresses ------------------------------------------------------------------------------------------


def is_stream(run: Run, socket: int, program: str | None = None) -> bool:
    """Whether a socket is a TCP socket."""
    return socket in _streams(run, program)


@asked_once
def _streams(run: Run, program: str | None) -> set[int]:
    return {made.socket for made in run.of(SocketMade, program) if is_tcp(made)}


def is_tcp(made: SocketMade) -> bool:
    """Whether a socket was made as a TCP socket; the higher bits of its kind are options."""
    return made.kind & 0xF == SOCK_STREAM


@asked_once
def listened(run: Run, program: str | None = None) -> Listened | None:
    """The first time a TCP socket listened; of one program, where two play: each counts its own sockets."""
    return next((fact for fact in run.of(Listened, program) if is_stream(run, fact.socket, program)), None)


@asked_once
def bound(run: Run, program: str | None = None) -> Bound | None:
    """The address that the listening socket was bound to, if it was."""
    listening = listened(run, program)
    if listening is None:
        return None
    return next((fact for fact in run.of(Bound, program) if fact.socket == listening.socket), None)


@asked_once
def accepted(run: Run) -> Accepted | None:
    """The first connection that was accepted."""
    return run.first(Accepted, "etape1") or run.first(Accepted, "serveur")


@asked_once
def connect_request(run: Run) -> ConnectRequested | None:
    """The TCP connection that was asked for: the first that was made, else the first of all.

    Where one socket has asked several times, what it asked last before it was connected.
    """
    asked: dict[int, ConnectRequested] = {}
    for fact in run.facts:
        if isinstance(fact, ConnectRequested) and fact.program == "client" and fact.kind == "stream":
            asked[fact.socket] = fact
        elif isinstance(fact, ConnectReturned) and fact.program == "client" and fact.connected:
            made = asked.get(fact.socket)
            if made is not None:
                return made
    return next(iter(asked.values()), None)


def connected(run: Run, program: str) -> bool:
    """Whether a program has met its peer."""
    return run.has(Connected, program) and (program == "client" or accepted(run) is not None)


def first_byte(ip: str) -> int:
    """The first number of an IPv4 address; -1 where there is none."""
    head = ip.partition(".")[0]
    return int(head) if head.isascii() and head.isdigit() else -1


def is_unicast(ip: str) -> bool:
    """Whether an IPv4 address can be one machine's (RFC 1122, 3.2.1.3; RFC 5771 for 224 to 239)."""
    return 1 <= first_byte(ip) <= 223


def is_any(ip: str) -> bool:
    """Whether it is the address that stands for all of a machine's own."""
    return ip == "0.0.0.0"  # noqa: S104 - compared, not bound


def is_literal(host: str) -> bool:
    """Whether an address was written in numbers; localhost counts as 127.0.0.1."""
    parts = host.split(".")
    return host.lower() == "localhost" or (
        len(parts) == 4 and all(part.isascii() and part.isdigit() and int(part) < 256 for part in parts)
    )


def server_bound(transcript: Transcript) -> Bound | None:
    """The IPv4 address that serveur.py listens on, from the first run that shows it."""
    found = (bound(transcript.run(name), "serveur") for name in (DUO, typing_first("serveur")))
    return next((address for address in found if address is not None and address.version == 4), None)


def client_request(transcript: Transcript) -> ConnectRequested | None:
    """The address that client.py connects to, from the first run that shows it."""
    return next(filter(None, (connect_request(transcript.run(name)) for name in (DUO, typing_first("client")))), None)


def is_server_host(server: Bound) -> bool:
    """Whether a server's address can be one of its machine's."""
    return is_any(server.ip) or ((is_literal(server.host) or server.own_name) and is_unicast(server.ip))


def exit_status(run: Run, program: str) -> int | None:
    """The exit status of a program that ended by itself; None for one that did not."""
    fact = run.first(Exited, program)
    return None if fact is None else fact.status
