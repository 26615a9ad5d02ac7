"""What each thread of a program is doing, from the probe's facts: whether anything can still happen by itself."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from ..transcript.facts import (
    Began,
    Entered,
    Forked,
    Left,
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
from ..transcript.value import changed

MAIN = 1
"""The main thread's number."""

INTERNET = (2, 10, 23, 30)
"""AF_INET, and AF_INET6 on Linux, Windows and macOS: on others a program talks to itself."""

SHUT_WRITING = 1
"""The one way of shutting down (SHUT_WR) that does not wake who reads."""


@dataclass(frozen=True)
class Given:
    """What the harness has given to a program so far.

    Attributes:
        typed_bytes: written to its standard input.
        input_ended: whether its standard input has ended.
        knocks: connections made to it.
        said_bytes: sent on the connection with its peer.
        peer_left: whether the peer has left.
    """

    typed_bytes: int = 0
    input_ended: bool = False
    knocks: int = 0
    said_bytes: int = 0
    peer_left: bool = False


class Activity:
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
        self.taken_input = 0
        """Bytes taken from standard input."""
        self.taken_bytes = 0
        """Bytes received, on all sockets to the outside: several numbers may stand for one connection (dup)."""
        self.given_bytes = 0
        """Bytes sent, likewise."""

    def stir(self) -> None:
        """The harness is about to do something: what a thread did before is no sign of a loop any more."""
        self._idle.clear()

    def feed(self, fact: ProbeFact) -> None:
        """Take one fact into account."""
        if isinstance(fact, Entered):
            self._served.discard(fact.thread)
            self._calls.setdefault(fact.thread, []).append(fact)
        elif isinstance(fact, Left):
            self._leave(fact)
        elif isinstance(fact, ThreadStarted):
            self._idle.clear()
            self._calls[fact.number] = []
            if fact.daemon:
                self._daemons.add(fact.number)
        elif isinstance(fact, ThreadEnded):
            self._idle.clear()
            self._calls.pop(fact.thread, None)
            self._woken.discard(fact.thread)
        elif isinstance(fact, ThreadFailed):
            self._calls.pop(fact.number, None)
        elif isinstance(fact, Notified):
            waiting = [thread for thread, stack in self._calls.items() if _waits_in(stack, fact.target)]
            self._woken.update([thread for thread in waiting if thread not in self._woken][: fact.count])
        elif isinstance(fact, ShutDown) and fact.how != SHUT_WRITING:
            self._shut.add(fact.socket)
        elif isinstance(fact, Listened):
            self._open.add(fact.socket)
        elif isinstance(fact, SocketMade):
            self._idle[fact.thread] += 1
            if fact.family not in INTERNET:
                self._inner.add(fact.socket)
        elif isinstance(fact, MainEnded):
            self._main_ended = True
        elif isinstance(fact, Forked):
            self.forked = True
        elif isinstance(fact, Began):
            self.began_s = fact.at_s

    def _leave(self, fact: Left) -> None:
        stack = self._calls.get(fact.thread, [])
        if stack and stack[-1].call == fact.call:
            entered = stack.pop()
            if entered.timeout_s is not None:
                self._rounds[fact.thread, fact.call, entered.line] += 1
        if fact.call == "wait":
            self._woken.discard(fact.thread)
        if fact.call == "stdin":
            self._served.add(fact.thread)
        self._idle[fact.thread] += 1
        if fact.count <= 0:
            return
        if fact.call in ("recv", "stdin", "accept", "connect"):
            self._idle.clear()
        outside = fact.target not in self._inner
        if fact.call == "send" and outside:
            self.given_bytes += fact.count
        elif fact.call == "recv" and outside:
            self.taken_bytes += fact.count
        elif fact.call == "stdin":
            self.taken_input += fact.count
        elif fact.call == "accept":
            self.accepted += 1
            self._open.add(fact.count)
        elif fact.call == "connect":
            self._open.add(fact.target)

    @property
    def threads(self) -> int:
        """How many threads have been started and have not ended."""
        return len(self._calls)

    @property
    def looping(self) -> bool:
        """Whether a thread turns in a loop that takes nothing."""
        return any(self._idle[thread] >= self._idle_events for thread in self._calls)

    @property
    def ending(self) -> bool:
        """Whether the main thread is through and no thread is left that the program must wait for."""
        return self._main_ended and all(other in self._daemons for other in self._calls if other not in (0, MAIN))

    @property
    def timing(self) -> bool:
        """Whether a thread is in a call that will end by itself."""
        return any(stack and stack[-1].timeout_s is not None for stack in self._calls.values())

    def at_rest(self, given: Given, *, polling: bool, until_s: float = math.inf) -> bool:
        """Whether every thread waits for the harness, or for a thread that does.

        Args:
            given: what the program was given so far; what it has not taken yet may still wake a thread.
            polling: take a thread that waits again and again for a limited time to be waiting.
            until_s: take a wait that ends by itself only after this moment to be one without an end.
        """
        if self.began_s is None:
            return False
        return all(self._waits(thread, given, polling, until_s) for thread in self._calls if thread)

    def _waits(self, thread: int, given: Given, polling: bool, until_s: float) -> bool:
        if self._idle[thread] >= self._idle_events:
            return True
        if thread == MAIN and self._main_ended:
            return not self.ending
        stack = self._calls[thread]
        if not stack or thread in self._woken:
            return False
        entered = stack[-1]
        if entered.call in ("recv", "accept") and entered.target not in self._open:
            return False  # it fails at once, and has still to say so; of a copy made by dup() the system will tell
        if entered.timeout_s is not None:
            lasts = entered.at_s + entered.timeout_s > until_s
            if not lasts and (not polling or self._rounds[thread, entered.call, entered.line] < self._poll_rounds):
                return False
            entered = changed(entered, timeout_s=None)
        return self._call_waits(entered, given)

    def _call_waits(self, entered: Entered, given: Given) -> bool:
        unread = given.said_bytes > self.taken_bytes or given.peer_left
        untyped = given.typed_bytes > self.taken_input or given.input_ended
        if entered.call in ("recv", "accept") and (entered.target in self._shut or entered.target in self._inner):
            return False
        if entered.call == "recv":
            return not unread
        if entered.call == "accept":
            return given.knocks <= self.accepted
        if entered.call == "stdin":
            return not untyped
        if entered.call == "input":
            # Two threads in input(): one reads, the other waits for the reader's lock, which no fact shows.
            reading = any(stack and stack[-1].call == "stdin" for stack in self._calls.values())
            return reading and not untyped and entered.thread not in self._served
        if entered.call == "join":
            return entered.target in self._calls and entered.target != entered.thread
        if entered.call == "select":
            by_socket = entered.target & 1 and (unread or given.knocks > self.accepted or self._inner or self._shut)
            by_input = entered.target & 2 and untyped
            return bool(entered.target) and not by_socket and not by_input
        return entered.call in ("wait", "sleep")

    def about_to_wake(self, given: Given) -> bool:
        """Whether a thread waits for something that it was given already, and that is still on its way to it."""
        innermost = [stack[-1] for stack in self._calls.values() if stack]
        sockets = [one for one in innermost if one.call in ("recv", "accept") and one.target not in self._inner]
        others = [one for one in innermost if one.call in ("stdin", "join")]
        return bool(self._woken) or any(not self._call_waits(one, given) for one in sockets + others)


def _waits_in(stack: list[Entered], condition: int) -> bool:
    return bool(stack) and stack[-1].call == "wait" and stack[-1].target == condition
