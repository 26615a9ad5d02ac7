"""Settled, not timed out: whether anything can still happen in a program by itself.

A check that waits for what will never come must not wait for its deadline. So deadlines can be long, for the sake of
a loaded laptop, and verdicts quick: a forgotten ``print`` is told in tens of milliseconds. This page says why that is
safe.

The rule
--------
A step is settled when every thread of every program in it waits for something that only the harness can do, or for a
thread that waits so, and when all that the harness has done has reached those that it was for. Then nothing moves in
the programs, so nothing will until the harness makes its next move: the verdict is certain now.

States of a thread, from the facts of the probe
-----------------------------------------------
- *running*: in no call that the probe watches. It may do anything: the program is not settled.
- *in a call*: between ``Entered`` and the kind of ``CallEnded``. Calls nest (``input`` around ``stdin``); the
  innermost counts. One with a time limit ends by itself, unless that is after the deadline. One round of many at the
  same line (polling) is taken for a wait only where the harness is choosing its next move.
- *spinning*: so many calls in a row took nothing (``idle_events``). It goes on for ever, and gives nothing new.
- *woken*: another thread has notified the condition that it waits for. It is about to run.
- *ended*: a thread no more. The main thread, once it has run the whole file, waits for all others but daemons.

Who waits for what, and what can still arrive
---------------------------------------------
===========  ===============================  ===================================================================
in           waits for                        is about to return when
===========  ===============================  ===================================================================
``accept``   a connection                     more were made than accepted
``recv``     bytes of the peer, or their end  more were sent than received, or the peer has left
``stdin``    what is typed, or its end        more was typed than read, or the input has ended
``input``    its turn, behind who is reading  the same; it has read itself; or nobody is reading
``join``     the end of a thread              that thread has ended; its own it cannot wait for (it raises)
``select``   sockets, standard input          any of the above; at any time if it is asked about anything else
``wait``     another thread's notify          it is woken
``sleep``    time                             never, but for its time limit
``connect``  the system                       always: on loopback it succeeds or is refused at once
===========  ===============================  ===================================================================

On a socket that neither listens nor is connected, accept and recv fail at once. On one that was shut down recv
returns. On one that leads nowhere outside (``AF_UNIX``) another thread may write, unseen. There none of them is a
wait.

Four looks, and their blind spots
---------------------------------
1. *The facts* (``at_rest``). A thread tells that it enters a call before it does, and each tells in order. Blind to
   what the probe does not watch: a lock, a library in C, a child process. Such a thread counts as running.
2. *The counts* (``InputsSent`` against what was taken; what was sent against what the peer has heard). Nothing is on
   its way. Blind to bytes that are taken past the probe: they count as on their way for ever.
3. *The system* (``system.snapshot``: the call of the kernel that each thread is in). Sees what the probe does not, and
   where there is no /proc nothing at all. Blind to why, and to the instant between two calls: it must show the same
   thing twice, with the counts at rest.
4. *The children* (``Forked``, then the list of processes). A child at work may still write to what it has inherited.

In its blind spot each of them says "not yet", which costs time only: then the deadline decides. None says "settled"
too soon, and before it counts, all channels are read once more: what was told before is still in them. A program that
forges its facts can end its own wait early, and loses what it would have said after that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import ClassVar

from ..transcript.calls import ACCEPT, INPUT, JOIN, RECV, SELECT, SLEEP, STDIN, WAIT, Entered
from ..transcript.value import Value
from .thread_states import MAIN, ThreadStates

ON_SOCKETS, ON_INPUT = 1, 2
"""What select is asked about: bits of Entered's ``target``."""


class InputsSent(Value):
    """What the harness has given to a program so far.

    Attributes:
        typed_bytes: written to its standard input.
        input_ended: whether its standard input has ended.
        connections: made to it.
        said_bytes: sent on the connection with its peer.
        peer_left: whether the peer has left.
    """

    typed_bytes: int = 0
    input_ended: bool = False
    connections: int = 0
    said_bytes: int = 0
    peer_left: bool = False


class Activity(ThreadStates):
    """The rules of this page."""

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
        """Whether the main thread has run the whole file, and all others that are left are daemons."""
        return self._main_ended and all(other in self._daemons for other in self._calls if other not in (0, MAIN))

    @property
    def timing(self) -> bool:
        """Whether a thread is in a call that will end by itself."""
        return any(stack and stack[-1].timeout_s is not None for stack in self._calls.values())

    def at_rest(self, sent: InputsSent, *, polling: bool, until_s: float = math.inf) -> bool:
        """Whether every thread waits for the harness, or for a thread that does.

        Args:
            sent: what the program was given so far; what it has not taken yet may still wake a thread.
            polling: take a thread that waits again and again for a limited time to be waiting.
            until_s: take a wait that ends by itself only after this moment to be one without an end.
        """
        if self.began_s is None:
            return False
        return all(self._waits(thread, sent, polling, until_s) for thread in self._calls if thread)

    def _waits(self, thread: int, sent: InputsSent, polling: bool, until_s: float) -> bool:
        if self._idle[thread] >= self._idle_events:
            return True
        if thread == MAIN and self._main_ended:
            return not self.ending
        stack = self._calls[thread]
        if not stack or thread in self._woken:
            return False
        entered = stack[-1]
        if entered.call in (RECV, ACCEPT) and entered.target not in self._open:
            return False  # it fails at once, and has still to say so; of a copy made by dup() the system will tell
        return self._outlasts(entered, polling, until_s) and self._call_waits(entered, sent)

    def _outlasts(self, entered: Entered, polling: bool, until_s: float) -> bool:
        """Whether a call has no end of its own, or none that matters."""
        if entered.timeout_s is None or entered.at_s + entered.timeout_s > until_s:
            return True
        return polling and self._rounds[entered.thread, entered.call, entered.line] >= self._poll_rounds

    def _call_waits(self, entered: Entered, sent: InputsSent) -> bool:
        """Whether nothing that has happened already ends a call, its time limit aside."""
        waits = self._WAITS.get(entered.call)
        return waits is not None and waits(self, entered, sent)

    def _accept_waits(self, entered: Entered, sent: InputsSent) -> bool:
        return not self._may_end_unseen(entered.target) and not self._called(sent)

    def _recv_waits(self, entered: Entered, sent: InputsSent) -> bool:
        return not self._may_end_unseen(entered.target) and not self._unread(sent)

    def _stdin_waits(self, _: Entered, sent: InputsSent) -> bool:
        return not self._untyped(sent)

    def _input_waits(self, entered: Entered, sent: InputsSent) -> bool:
        """Two threads in input(): one reads, the other waits for the reader's lock, which no fact shows."""
        reading = any(stack and stack[-1].call == STDIN for stack in self._calls.values())
        return reading and not self._untyped(sent) and entered.thread not in self._served

    def _join_waits(self, entered: Entered, _: InputsSent) -> bool:
        return entered.target in self._calls and entered.target != entered.thread

    def _select_waits(self, entered: Entered, sent: InputsSent) -> bool:
        by_socket = entered.target & ON_SOCKETS and (
            self._unread(sent) or self._called(sent) or self._inner or self._shut
        )
        by_input = entered.target & ON_INPUT and self._untyped(sent)
        return bool(entered.target) and not by_socket and not by_input

    def _always_waits(self, _: Entered, __: InputsSent) -> bool:
        """What wakes it is told by facts of its own (Notified), or is its time limit."""
        return True

    def _may_end_unseen(self, socket: int) -> bool:
        return socket in self._shut or socket in self._inner

    def _called(self, sent: InputsSent) -> bool:
        return sent.connections > self.accepted

    def _unread(self, sent: InputsSent) -> bool:
        return sent.said_bytes > self.received_bytes or sent.peer_left

    def _untyped(self, sent: InputsSent) -> bool:
        return sent.typed_bytes > self.read_bytes or sent.input_ended

    def about_to_wake(self, sent: InputsSent) -> bool:
        """Whether a thread waits for something that it was given already, and that is still on its way to it."""
        innermost = [stack[-1] for stack in self._calls.values() if stack]
        sockets = [one for one in innermost if one.call in (RECV, ACCEPT) and one.target not in self._inner]
        others = [one for one in innermost if one.call in (STDIN, JOIN)]
        return bool(self._woken) or any(not self._call_waits(one, sent) for one in sockets + others)

    _WAITS: ClassVar[Mapping[str, Callable[[Activity, Entered, InputsSent], bool]]] = {
        ACCEPT: _accept_waits,
        RECV: _recv_waits,
        STDIN: _stdin_waits,
        INPUT: _input_waits,
        JOIN: _join_waits,
        SELECT: _select_waits,
        WAIT: _always_waits,
        SLEEP: _always_waits,
    }
    """The rule for each call (see the table above); one that is not here ends by itself."""
