"""A program that is only pretended, and a clock that stands where it was put: for tests that start nothing."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass, field

from grader.harness.process import ProgramHandles
from grader.harness.student_process import StudentProcess
from grader.limits import DEFAULT, Limits
from grader.transcript.codec import encode
from grader.transcript.facts import Began, Fact, ProbeFact

from ..conftest import Unwatched

ME = "serveur"
HOST = "127.0.0.1"
TOKEN = b"0123456789abcdef"
ZERO_S = 1000.0
"""When the grading began, by the fake clock."""

BEGAN = Began(0.5, ME, 1, "", 0, 7)


@dataclass
class FakeClock:
    """Tells the time that it was set to."""

    now_s: float = ZERO_S + 60.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class FakeProcess:
    """A program as the harness sees one, of which each read returns what was put there; the system knows no such."""

    pid: int = 0
    tree: int = 0
    status: int | None = None
    private: bool = False
    lack: str = ""
    in_order: bool = False
    silent: bool = False
    killed: bool = False
    came: dict[str, list[bytes]] = field(default_factory=dict)
    typed: bytearray = field(default_factory=bytearray)

    def put(self, stream: str, *pieces: bytes) -> None:
        """Let these come, one a read."""
        self.came.setdefault(stream, []).extend(pieces)

    def tell(self, *facts: ProbeFact, token: bytes = TOKEN) -> None:
        """Let the probe tell facts."""
        self.put("channel", b"".join(line(fact, token) for fact in facts))

    def read(self, stream: str) -> bytes:
        """See Process."""
        pieces = self.came.get(stream)
        return pieces.pop(0) if pieces else b""

    def type(self, data: bytes) -> None:
        """See Process."""
        self.typed += data

    def end_input(self) -> None:
        """See Process."""

    def kill(self) -> None:
        """See Process."""
        self.killed = True

    def close(self) -> None:
        """See Process."""


def line(fact: ProbeFact, token: bytes = TOKEN) -> bytes:
    """A fact as the probe writes it: with the machine's time, and without the program's name."""
    kind, at_s, _, *values = encode(fact)
    return token + json.dumps([kind, at_s + ZERO_S, *values]).encode("ascii") + b"\n"


def no_socket() -> socket.socket:
    """For programs that nobody calls.

    Raises:
        AssertionError: somebody did.
    """
    raise AssertionError("nobody is to be called")


def handles_of(process: FakeProcess) -> ProgramHandles:
    """What the harness would reach the program by."""
    return ProgramHandles(process, None, no_socket, HOST, TOKEN, "/nowhere")


class Watched:
    """A fake program that the harness watches, with what it records.

    Args:
        caps: limits that differ from the default ones.
    """

    def __init__(self, **caps: int) -> None:
        self.process = FakeProcess()
        self.clock = FakeClock()
        self.facts: list[Fact] = []
        self.limits: Limits = DEFAULT._replace(**caps)
        self.program = StudentProcess(
            ME, handles_of(self.process), Unwatched(), self.limits, ZERO_S, self.facts.append, self.clock
        )

    def read_all(self) -> None:
        """Let the harness take everything that has come."""
        while self.program.read():
            pass

    def kinds(self) -> list[str]:
        """The kinds of the facts so far, in order."""
        return [type(fact).__name__ for fact in self.facts]
