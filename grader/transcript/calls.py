"""The calls in which a thread can wait, and sending: their names, and the facts that tell of them."""

from __future__ import annotations

from typing import ClassVar

from .facts import ProbeFact

ACCEPT = "accept"
CONNECT = "connect"
RECV = "recv"
SEND = "send"
STDIN = "stdin"
"""Reading standard input, below ``input()`` or any other way."""
INPUT = "input"
JOIN = "join"
SLEEP = "sleep"
WAIT = "wait"
"""For a condition: events, queues and the like."""
SELECT = "select"

KEYBOARD = (INPUT, STDIN)
"""Where a program waits for somebody to type."""


class Entered(ProbeFact):
    """A thread entered a call that can block.

    Attributes:
        call: one of the names above; not ``send``.
        target: the socket's number; for join the thread's; for wait the condition's; for select 1 (sockets), 2
            (standard input), 3 (both) or 0 (something else); 0 otherwise.
        timeout_s: how long the call waits at most; None for ever.
    """

    call: str
    target: int
    timeout_s: float | None


class CallEnded(ProbeFact):
    """A thread left such a call, or has sent: there is a kind for what each call gives, and one for all that raise."""

    gives: ClassVar[str] = ""
    """The field that says how much it gave; empty where a call gives nothing."""

    @property
    def call(self) -> str:
        """The call, as in Entered, or ``send``."""
        return ""

    @property
    def gave_something(self) -> bool:
        """Whether it gave anything: bytes, a connection, a line, the end of a thread."""
        return bool(self.gives) and getattr(self, self.gives) > 0


class Accepted(CallEnded):
    """The listening ``socket`` gave a connection, whose own socket has the number ``connection``."""

    call = ACCEPT
    gives = "connection"

    socket: int
    connection: int


class ConnectReturned(CallEnded):
    """connect or connect_ex returned: the latter may do so without a connection."""

    call = CONNECT
    gives = "connected"

    socket: int
    connected: bool


class Received(CallEnded):
    """Bytes were received; 0 is the end."""

    call = RECV
    gives = "size_bytes"

    socket: int
    size_bytes: int


class Peeked(CallEnded):
    """Bytes were only looked at: they are still to be received."""

    call = RECV

    socket: int


class Sent(CallEnded):
    """Bytes were sent, with any of the methods for it."""

    call = SEND
    gives = "size_bytes"

    socket: int
    size_bytes: int


class StdinRead(CallEnded):
    """Bytes were read from standard input; 0 is the end."""

    call = STDIN
    gives = "size_bytes"

    size_bytes: int


class InputReturned(CallEnded):
    """input() returned a line of so many characters."""

    call = INPUT
    gives = "characters"

    characters: int


class Joined(CallEnded):
    """join on the thread ``number`` returned, for it had ended; or its patience had."""

    call = JOIN
    gives = "ended"

    number: int
    ended: bool


class Slept(CallEnded):
    """A sleep is over, or was broken off."""

    call = SLEEP


class WaitEnded(CallEnded):
    """The wait for a condition is over, however."""

    call = WAIT

    condition: int


class SelectReturned(CallEnded):
    """select returned with so many descriptors that are ready; ``asked`` is Entered's ``target``."""

    call = SELECT
    gives = "ready"

    asked: int
    ready: int


class CallFailed(CallEnded):
    """Such a call raised.

    Attributes:
        failed: the call, as in Entered, or ``send``.
        target: as in Entered.
        error: the exception's type.
    """

    failed: str
    target: int
    error: str

    @property
    def call(self) -> str:
        """The call that raised."""
        return self.failed
