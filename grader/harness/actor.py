"""One student's program on stage: its process, its peer's connection, and the facts that come from both."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable

from ..limits import Limits
from ..transcript.calls import RECV, SELECT, SEND, SLEEP, WAIT, CallEnded, Entered
from ..transcript.facts import (
    Bound,
    ChannelClosedEarly,
    ChannelTampered,
    Complained,
    Connected,
    Counted,
    Exceeded,
    Exited,
    Fact,
    Flooded,
    Heard,
    HeardEnd,
    InputEnded,
    Killed,
    Listened,
    PeerLeft,
    ProbeFact,
    Said,
    Shown,
    SocketClosed,
    SocketMade,
    Typed,
    Unaccepted,
)
from .activity import Activity, InputsSent
from .channel import ChannelReader
from .guard import excess
from .lacks import START, lack_of
from .link import MAX_WAITING_BYTES, Link, connected
from .process import Ends, Watcher
from .shortage import REFUSALS, lack_in
from .system import goes_on, has_children, still_queued, threads_of

REPEATED_CALLS = frozenset({RECV, SEND, SLEEP, WAIT, SELECT})
"""Calls that a loop makes by the thousand; of the others every one matters."""

DRAIN_ROUNDS = 8
"""Readings of a channel that is never empty, because its program tells without end."""

MUTED_LOOKS = 2
"""Looks at what a program uses, 0.05 s apart, at which it goes on after the end of its channel."""


class Actor:
    """A program while it is played.

    Args:
        name: ``etape1``, ``serveur`` or ``client``.
        ends: what it is reached by.
        watcher: told the descriptors to wait for.
        limits: what is kept and watched.
        zero_s: the time.monotonic() that facts count from.
        record: takes each fact.
    """

    def __init__(
        self,
        name: str,
        ends: Ends,
        watcher: Watcher,
        limits: Limits,
        zero_s: float,
        record: Callable[[Fact], None],
    ) -> None:
        self.name = name
        self.process = ends.process
        self.listener = ends.listener
        self.link: Link | None = None
        self.mate: Actor | None = None
        """The program at the other end of the relay, in a duo."""
        self.activity = Activity(limits.idle_events, limits.poll_rounds)
        self.heard = bytearray()
        """What the peer has received in the current step."""
        self.shown = bytearray()
        """What the program has written to its standard output in the current step."""
        self.over = False
        self.listening: tuple[str, int] | None = None
        self.real_ports: dict[int, int] = {}
        """The loopback port that stands for each port that the program has bound."""
        self.step_output_bytes = 0
        self.channel_bytes = 0
        self.lack = ""
        """What the machine had too little of for this program, a word of LACKS: it was not played as it should be."""
        self._watcher = watcher
        self._limits = limits
        self._zero_s = zero_s
        self._record = record
        self._typed_bytes = 0
        self._input_ended = False
        self._kept: dict[str, int] = {"stdout": 0, "stderr": 0, "peer": 0}
        self._kept_calls = 0
        self._kept_facts = 0
        self._kept_bytes = 0
        self._forged = False
        self._queued: bool | None = None
        self._can_count = True
        self._silent = False
        self._silent_looks = 0
        self._muted = False
        self._channel = ChannelReader(name, ends.token, limits, zero_s)
        self._ends = ends
        if ends.listener is not None:
            watcher.add(ends.listener.fileno())

    def _now(self) -> float:
        return round(time.monotonic() - self._zero_s, 6)

    # What the harness does to the program.

    def begin_step(self) -> None:
        """A new step begins: what came before is over, and what comes now has room again."""
        self.activity.stir()
        self.heard.clear()
        self.shown.clear()
        self.step_output_bytes = 0
        self._kept = dict.fromkeys(self._kept, 0)

    def type(self, text: str) -> None:
        """Type a line."""
        data = (text + "\n").encode("utf-8")
        self._record(Typed(self._now(), self.name, text))
        self._typed_bytes += len(data)
        self.process.type(data)

    def end_input(self) -> None:
        """End standard input."""
        self._record(InputEnded(self._now(), self.name))
        self._input_ended = True
        self.process.end_input()

    def say(self, text: str, end: str = "\n") -> None:
        """Send a line from the peer."""
        self._record(Said(self._now(), self.name, text))
        if self.link is not None:
            self.link.say((text + end).encode("utf-8"))

    def leave(self) -> None:
        """The peer leaves."""
        self._record(PeerLeft(self._now(), self.name))
        if self.link is not None:
            self.link.leave()

    def kill(self) -> None:
        """End the program if it still runs."""
        if not self.over:
            self._tell_unaccepted()
            self._record(Killed(self._now(), self.name))
            self.over = True
            self.process.kill()

    def count(self) -> None:
        """Note how many threads the system shows, where it shows them.

        The threads that were told before are in it, but for those whose end is told by what is read now: all is read.
        """
        found = threads_of(self.process.pid) if self.process.in_order and not self.over else 0
        if found and self._can_count:
            self._record(Counted(self._now(), self.name, found))
            self._can_count = not all(self._read_channel() for _ in range(DRAIN_ROUNDS))

    def guard(self, *, late: bool) -> None:
        """End the program if it uses more than one program may, or if it is ``late``."""
        if not self.process.pid or self.over:
            return
        what = "duree" if late else excess(self.process.tree, self._ends.folder, self.channel_bytes, self._limits)
        if what:
            self._record(Exceeded(self._now(), self.name, what))
            self.kill()
        elif self._silent and not self._muted and not self.activity.forked:
            self._check_silence()

    def _check_silence(self) -> None:
        """Note that the program goes on although its channel has ended: seen twice, since ending takes a moment."""
        self._silent_looks = self._silent_looks + 1 if goes_on(self.process.pid) else 0
        if self._silent_looks >= MUTED_LOOKS and self.process.status is None:
            self._muted = True
            self._record(ChannelClosedEarly(self._now(), self.name))

    def close(self) -> None:
        """Give everything back."""
        self.process.close()
        if self.link is not None:
            self.link.leave()
        if self.listener is not None:
            self._watcher.remove(self.listener.fileno())
            self.listener.close()
            self.listener = None

    # What the program does.

    def read(self) -> bool:
        """Take everything that has come; whether anything has."""
        if self.over:
            return False
        status = self.process.status
        came = self._read_channel() | self._read_outputs() | self._meet() | self._read_link()
        self.check_accepted()
        if status is not None:
            # Read before the status was asked for: all that the program wrote is in the pipes by now.
            while self._read_channel() | self._read_outputs() | self._read_link():
                pass
            self._tell_unaccepted()
            self._record(Exited(self._now(), self.name, status))
            if self.process.lack or self.activity.began_s is None:
                self.lack = self.process.lack or START  # of the student's program nothing has run
            self.over = came = True
            self._end_link()
        return came

    def check_accepted(self) -> None:
        """Look whether the connection that the program says it has accepted still waits for that.

        A program that has called itself may accept its own call first: what counts is how it stands in the end.
        """
        told = self.activity.accepted and self.link is not None and self.listener is None
        if self._queued is False or self.over or not told or self.link is None:
            return
        port = self.listening[1] if self.listening is not None else 0
        queued = still_queued(self.process.pid, port, self.link.port)
        if queued is not None:
            self._queued = queued

    def _tell_unaccepted(self) -> None:
        if self._queued:
            self._record(Unaccepted(self._now(), self.name))

    def _end_link(self) -> None:
        """A program that is over sends nothing more, even if the end of its connection is still on the way."""
        if self.link is not None and not self.link.ended:
            self.link.end()
            if self.mate is not None and self.mate.link is not None:
                self.mate.link.end_sending()

    def _read_channel(self) -> bool:
        data = self.process.read("channel")
        if not data:
            if self.process.silent and not self._silent:
                while self._read_outputs() | self._read_link():
                    pass  # it was written before the channel ended, or while it did
                self._silent = True
            return False
        self.channel_bytes += len(data)
        for fact, size in self._channel.feed(data, self._now()):
            self._take(fact, size)
        if self._channel.tampered:
            self._tell_forged()
        return True

    def _tell_forged(self) -> None:
        """Only the program itself can have written it: it proves nothing but that."""
        if not self._forged:
            self._forged = True
            self._record(ChannelTampered(self._now(), self.name))

    def _take(self, fact: ProbeFact, size: int) -> None:
        self.activity.feed(fact)
        if isinstance(fact, REFUSALS):
            self.lack = self.lack or lack_in(fact, self.activity, self.process, self._ends.folder, self._limits)
        if isinstance(fact, Listened) and self.listening is None:
            self.listening = (fact.host, fact.port)
            if fact.host not in ("", self._ends.host) or not 0 <= fact.port < 1 << 16:
                self.listening = ("", 0)
                self._tell_forged()
                return  # nobody listens there: it is no fact
        if isinstance(fact, Bound) and len(self.real_ports) < self._limits.ports:
            self.real_ports.setdefault(fact.port, fact.real_port)
        self._kept_bytes += size
        if self._kept_bytes > self._limits.keep_fact_bytes:
            return
        if isinstance(fact, (SocketMade, SocketClosed)) or (
            isinstance(fact, (Entered, CallEnded)) and fact.call in REPEATED_CALLS
        ):
            self._kept_calls += 1
            if self._kept_calls > self._limits.keep_calls:
                return
        else:
            self._kept_facts += 1
            if self._kept_facts > self._limits.keep_facts:
                return
        self._record(fact)

    def _read_outputs(self) -> bool:
        came = False
        for stream, kind in (("stdout", Shown), ("stderr", Complained)):
            data = self.process.read(stream)
            if data:
                came = True
                self.step_output_bytes += len(data)
                kept = self._keep(stream, data)
                if kept:
                    self._record(kind(self._now(), self.name, kept.decode("latin-1")))
                if stream == "stdout":
                    self.shown += kept
        return came

    def _keep(self, stream: str, data: bytes) -> bytes:
        """The part of ``data`` that fits below the cap."""
        room = self._limits.keep_output_bytes - self._kept[stream]
        self._kept[stream] += min(len(data), room)
        if room >= len(data):
            return data
        if room > 0:
            self._record(Flooded(self._now(), self.name, stream))
        return data[: max(room, 0)]

    def _meet(self) -> bool:
        """Make the connection between peer and program as soon as it can be made."""
        if self.link is not None:
            return False
        try:
            sock = self._accept(self.listener) if self.listener is not None else self._call()
        except BlockingIOError:
            return False  # nobody has called yet
        except OSError as error:  # who called has hung up already, or who was called has stopped listening
            self.lack = self.lack or lack_of(error)
            self.listening = ("", 0) if self.listening is not None else None
            return False
        if sock is None:
            return False
        self.link = Link(sock, self._watcher)
        self._record(Connected(self._now(), self.name))
        return True

    def _accept(self, listener: socket.socket) -> socket.socket:
        sock = listener.accept()[0]
        self._watcher.remove(listener.fileno())  # further calls stay unanswered, as with a one-client server
        return sock

    def _call(self) -> socket.socket | None:
        if self.listening is None or self.listening[0] != self._ends.host:
            return None  # a program has no say in whom the harness calls
        return connected(self._ends.new_socket(), self.listening)

    def _read_link(self) -> bool:
        link = self.link
        if link is None:
            return False
        link.flush()
        mate = self.mate.link if self.mate is not None else None
        if self.mate is not None and (mate is None or mate.waiting_bytes > MAX_WAITING_BYTES):
            return False
        ended_before = link.ended
        data = link.read()
        if data:
            kept = self._keep("peer", data)
            if kept:
                self._record(Heard(self._now(), self.name, kept.decode("latin-1")))
            self.heard += kept
            if mate is not None:
                mate.say(data)
        if link.ended and not ended_before:
            self._record(HeardEnd(self._now(), self.name, link.reset))
            if mate is not None:
                mate.end_sending()
        return bool(data) or link.ended != ended_before

    # What the harness concludes.

    def given(self) -> InputsSent:
        """What the program was given so far."""
        link = self.link
        if link is None:
            return InputsSent(self._typed_bytes, self._input_ended)
        mate_ended = self.mate is not None and self.mate.link is not None and self.mate.link.ended
        connections = 1 if self.listener is None else 0
        return InputsSent(self._typed_bytes, self._input_ended, connections, link.said_bytes, link.left or mate_ended)

    def all_heard(self) -> bool:
        """Whether everything that the program says it sent has arrived."""
        link = self.link
        if link is None or link.left or link.ended or (self.mate is not None and self.mate.link is None):
            return True
        return self.activity.given_bytes <= link.heard_bytes

    def all_arrived(self) -> bool:
        """Whether nothing is on its way between harness and program, in either direction."""
        return self.all_heard() and not self.activity.about_to_wake(self.given())

    def has_children(self) -> bool:
        """Whether a child process of the program may still be at work: None of its facts would tell."""
        return self.activity.forked and has_children(self.process.pid) is not False

    def at_rest(self, *, polling: bool, until_s: float) -> bool:
        """Whether nothing more will come from the program by itself before ``until_s``, and all that came is taken."""
        if self.over:
            return True
        if not self.activity.at_rest(self.given(), polling=polling, until_s=until_s) or self.has_children():
            return False
        return self.activity.looping or self.all_heard()
