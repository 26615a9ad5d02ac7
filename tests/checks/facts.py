"""Short ways to write transcripts by hand."""

from __future__ import annotations

from grader.transcript.calls import (
    Accepted,
    ConnectReturned,
    Entered,
    Joined,
)
from grader.transcript.facts import (
    Bound,
    Connected,
    ConnectRequested,
    Exited,
    Fact,
    FilenoAsked,
    Heard,
    Listened,
    Said,
    Shown,
    SocketMade,
    ThreadEnded,
    ThreadStarted,
    Typed,
)
from grader.transcript.record import Run, Transcript

BOTH = ("etape1", "chat")


def transcript(**runs: list[Fact]) -> Transcript:
    """A transcript of runs by name; ``__`` stands for the dot."""
    named = {name.replace("__", "."): facts for name, facts in runs.items()}
    return Transcript({}, BOTH, {name: Run(name, tuple(facts)) for name, facts in named.items()})


def listens(program: str = "serveur", host: str = "", port: int = 4242, ip: str = "0.0.0.0") -> list[Fact]:
    """A program that waits for its peer at an address."""
    return [
        SocketMade(0.0, program, 1, "x.py", 1, 1, 2, 1),
        Bound(0.0, program, 1, "x.py", 2, 1, host, port, ip, False, 4, 39000),
        Listened(0.0, program, 1, "x.py", 3, 1, "127.0.0.1", 39000),
    ]


def accepts(program: str = "serveur") -> list[Fact]:
    """Its peer comes."""
    return [Connected(0.1, program), Accepted(0.1, program, 1, "x.py", 4, 1, 2)]


def dials(host: str = "127.0.0.1", port: int = 4242, ip: str = "127.0.0.1") -> list[Fact]:
    """A client that calls an address, and is answered."""
    return [
        SocketMade(0.0, "client", 1, "x.py", 1, 1, 2, 1),
        ConnectRequested(0.0, "client", 1, "x.py", 2, 1, host, port, ip, False, "stream"),
        Connected(0.1, "client"),
        ConnectReturned(0.1, "client", 1, "x.py", 2, 1, True),
    ]


def typed(text: str, heard: str | None = None, program: str = "serveur") -> list[Fact]:
    """A line typed, and what the peer heard of it: the line itself if nothing else is given."""
    return [Typed(1.0, program, text), Heard(1.1, program, text + "\n" if heard is None else heard)]


def said(text: str, shown: str | None = None, program: str = "serveur") -> list[Fact]:
    """A line said, and what the program showed of it: the line itself if nothing else is given."""
    return [Said(1.0, program, text), Shown(1.1, program, text + "\n" if shown is None else shown)]


def starts(number: int, name: str, function: str, program: str = "serveur") -> ThreadStarted:
    """A thread that is started."""
    return ThreadStarted(0.2, program, 1, "x.py", 10, number, function, "__main__", (name,), False)


def joins(number: int, program: str = "serveur", timeout_s: float | None = None, ended: bool = True) -> list[Fact]:
    """A join on a thread, and what came of it."""
    return [
        Entered(0.3, program, 1, "x.py", 11, "join", number, timeout_s),
        Joined(2.0, program, 1, "x.py", 11, number, ended),
    ]


def ends(number: int, program: str = "serveur") -> ThreadEnded:
    """A thread that has run its function."""
    return ThreadEnded(1.9, program, number, "", 0)


def asks_fileno(socket: int) -> FilenoAsked:
    """The student's code asks for a descriptor."""
    return FilenoAsked(0.2, "etape1", 1, "x.py", 5, socket)


def exits(status: int = 0, program: str = "serveur") -> Exited:
    """The program ends by itself."""
    return Exited(3.0, program, status)
