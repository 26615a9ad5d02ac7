"""What the facts of a program's probe tell about its threads: the calls that each is in, and what they have taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from ..transcript.calls import (
    STDIN,
    WAIT,
    Accepted,
    CallEnded,
    CallFailed,
    ConnectReturned,
    Entered,
    InputReturned,
    Joined,
    Peeked,
    Received,
    SelectReturned,
    Sent,
    Slept,
    StdinRead,
    WaitEnded,
)
from ..transcript.facts import (
    Began,
    Forked,
    Listened,
    MainEnded,
    Notified,
    ProbeFact,
    ShutDown,
    SocketMade,
    ThreadEnded,
    ThreadFailed,
    ThreadStarted,
)

MAIN = 1
"""The main thread's number."""

INTERNET = (2, 10, 23, 30)
"""AF_INET, and AF_INET6 on Linux, Windows and macOS: on others a program talks to itself."""

SHUT_WRITING = 1
"""The one way of shutting down (SHUT_WR) that does not wake who reads."""

TAKING = (Received, StdinRead, Accepted, ConnectReturned)
"""Calls that take something from outside: a program in which one gives something is in no loop that takes nothing."""


class ThreadStates:
    """The calls that the threads of one program are in.

    Args:
        idle_events: calls in a row that take nothing, after which a thread is in a loop.
        poll_rounds: timed waits in a row at one line, after which a thread is polling.
    """

    def __init__(self, idle_events: int, poll_rounds: int) -> None:
        self._idle_events = idle_events
        self._poll_rounds = poll_rounds
        self._calls: dict[int, list[Entered]] = {MAIN: []}
        self._daemons: set[int] = set()
        self._idle: Counter[int] = Counter()
        self._rounds: Counter[tuple[int, str, int]] = Counter()
        self._woken: set[int] = set()
        """Threads that another has woken from a wait, or is waking."""
        self._served: set[int] = set()
        """Threads in input() that have read already, and are on their way out."""
        self._shut: set[int] = set()
        """Sockets shut down for reading: a recv on them returns."""
        self._open: set[int] = set()
        """Sockets that listen or are connected: on any other accept and recv fail at once (accept(2), recv(2))."""
        self._inner: set[int] = set()
        """Sockets on which the program may talk to itself, unseen."""
        self._main_ended = False
        self.forked = False
        """Whether the program has made child processes, which no fact tells more about."""
        self.began_s: float | None = None
        """When the student's file began to run."""
        self.accepted = 0
        self.read_bytes = 0
        """Bytes read from standard input."""
        self.received_bytes = 0
        """Bytes received, on all sockets to the outside: several numbers may stand for one connection (dup)."""
        self.sent_bytes = 0
        """Bytes sent, likewise."""

    def stir(self) -> None:
        """The harness is about to do something: what a thread did before is no sign of a loop any more."""
        self._idle.clear()

    def feed(self, fact: ProbeFact) -> None:
        """Take one fact into account."""
        take = self._TAKE.get(type(fact))
        if take is not None:
            take(self, fact)

    def _begin(self, fact: Began) -> None:
        self.began_s = fact.at_s

    def _enter(self, fact: Entered) -> None:
        self._served.discard(fact.thread)
        self._calls.setdefault(fact.thread, []).append(fact)

    def _leave(self, fact: CallEnded) -> None:
        """A thread is out of the call that it was in, if it had told that it entered it; a send it had not."""
        stack = self._calls.get(fact.thread, [])
        if stack and stack[-1].call == fact.call:
            entered = stack.pop()
            if entered.timeout_s is not None:
                self._rounds[fact.thread, fact.call, entered.line] += 1
        if fact.call == WAIT:
            self._woken.discard(fact.thread)
        elif fact.call == STDIN:
            self._served.add(fact.thread)
        self._idle[fact.thread] += 1
        if isinstance(fact, TAKING) and fact.gave_something:
            self._idle.clear()

    def _accept(self, fact: Accepted) -> None:
        self._leave(fact)
        self.accepted += 1
        self._open.add(fact.connection)

    def _connect(self, fact: ConnectReturned) -> None:
        self._leave(fact)
        if fact.connected:
            self._open.add(fact.socket)

    def _receive(self, fact: Received) -> None:
        self._leave(fact)
        if fact.socket not in self._inner:
            self.received_bytes += max(fact.size_bytes, 0)

    def _send(self, fact: Sent) -> None:
        self._leave(fact)
        if fact.socket not in self._inner:
            self.sent_bytes += max(fact.size_bytes, 0)

    def _read_input(self, fact: StdinRead) -> None:
        self._leave(fact)
        self.read_bytes += max(fact.size_bytes, 0)

    def _start_thread(self, fact: ThreadStarted) -> None:
        self._idle.clear()
        self._calls[fact.number] = []
        if fact.daemon:
            self._daemons.add(fact.number)

    def _end_thread(self, fact: ThreadEnded) -> None:
        self._idle.clear()
        self._calls.pop(fact.thread, None)
        self._woken.discard(fact.thread)

    def _fail_thread(self, fact: ThreadFailed) -> None:
        self._calls.pop(fact.number, None)

    def _notify(self, fact: Notified) -> None:
        waiting = [thread for thread, stack in self._calls.items() if _waits_in(stack, fact.condition)]
        self._woken.update([thread for thread in waiting if thread not in self._woken][: fact.count])

    def _make_socket(self, fact: SocketMade) -> None:
        self._idle[fact.thread] += 1
        if fact.family not in INTERNET:
            self._inner.add(fact.socket)

    def _listen(self, fact: Listened) -> None:
        self._open.add(fact.socket)

    def _shut_down(self, fact: ShutDown) -> None:
        if fact.how != SHUT_WRITING:
            self._shut.add(fact.socket)

    def _end_main(self, _: MainEnded) -> None:
        self._main_ended = True

    def _fork(self, _: Forked) -> None:
        self.forked = True

    _TAKE: ClassVar[Mapping[type[ProbeFact], Callable[[ThreadStates, Any], None]]] = {
        Began: _begin,
        Entered: _enter,
        Accepted: _accept,
        ConnectReturned: _connect,
        Received: _receive,
        Sent: _send,
        StdinRead: _read_input,
        **dict.fromkeys((Peeked, InputReturned, Joined, Slept, WaitEnded, SelectReturned, CallFailed), _leave),
        ThreadStarted: _start_thread,
        ThreadEnded: _end_thread,
        ThreadFailed: _fail_thread,
        Notified: _notify,
        SocketMade: _make_socket,
        Listened: _listen,
        ShutDown: _shut_down,
        MainEnded: _end_main,
        Forked: _fork,
    }
    """What takes each kind of fact into account; the others change nothing here."""


def _waits_in(stack: list[Entered], condition: int) -> bool:
    return bool(stack) and stack[-1].call == WAIT and stack[-1].target == condition
