"""Reads what the probe inside a program tells, below caps and with distrust: the program could write there itself."""

from __future__ import annotations

from collections.abc import Callable

from ..limits import Limits
from ..transcript.calls import RECV, SELECT, SEND, SLEEP, WAIT, CallEnded, Entered
from ..transcript.facts import (
    Bound,
    ChannelClosedEarly,
    ChannelTampered,
    Fact,
    Listened,
    ProbeFact,
    SocketClosed,
    SocketMade,
)
from .activity import Activity
from .channel import ChannelReader
from .process import Process, ProgramHandles
from .program_log import ProgramLog
from .shortage import REFUSALS, lack_in
from .system import goes_on

REPEATED_CALLS = frozenset({RECV, SEND, SLEEP, WAIT, SELECT})
"""Calls that a loop makes by the thousand; of the others every one matters."""

MAX_PORT = (1 << 16) - 1


class FactCaps:
    """Decides which facts are kept: repeated calls, other facts and bytes have a cap each."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._calls = self._others = self._bytes = 0

    def admit(self, fact: ProbeFact, size: int) -> bool:
        """Whether a fact of ``size`` bytes is kept; it counts in any case."""
        self._bytes += size
        if self._bytes > self._limits.keep_fact_bytes:
            return False
        if is_repeated(fact):
            self._calls += 1
            return self._calls <= self._limits.keep_calls
        self._others += 1
        return self._others <= self._limits.keep_facts


def is_repeated(fact: Fact) -> bool:
    """Whether a loop makes such facts by the thousand."""
    if isinstance(fact, (Entered, CallEnded)):
        return fact.call in REPEATED_CALLS
    return isinstance(fact, (SocketMade, SocketClosed))


class SilenceWatch:
    """Notices a program that goes on although the probe's channel has ended.

    Ending takes a moment, so one look proves nothing: the program must go on in several looks in a row.

    Args:
        log: told once.
        looks: so many.
        goes_on: tells of a process number whether that process is there and not about to end.
    """

    def __init__(self, log: ProgramLog, looks: int, goes_on: Callable[[int], bool] = goes_on) -> None:
        self.began = False
        """Whether the channel has ended."""
        self._log = log
        self._looks_needed = looks
        self._goes_on = goes_on
        self._looks = 0
        self._noted = False

    def look(self, process: Process) -> None:
        """Look whether the program goes on, unless that is known."""
        if not self.began or self._noted:
            return
        self._looks = self._looks + 1 if self._goes_on(process.pid) else 0
        if self._looks >= self._looks_needed and process.status is None:
            self._noted = True
            self._log.note(ChannelClosedEarly)


class ProbeReader:
    """The facts of one program's probe: recorded, taken into account, and never simply believed.

    Args:
        handles: the program's process, and what the facts must agree with.
        log: takes the facts.
        limits: how much is kept.
    """

    def __init__(self, handles: ProgramHandles, log: ProgramLog, limits: Limits) -> None:
        self.activity = Activity(limits.idle_events, limits.poll_rounds)
        self.silence = SilenceWatch(log, limits.silent_looks)
        self.received_bytes = 0
        """All that came through the channel."""
        self.lack = ""
        """What the machine has refused the program, a word of LACKS; empty for nothing."""
        self.listening: tuple[str, int] | None = None
        """Where the program says it listens; port 0 where nobody can be called."""
        self.real_ports: dict[int, int] = {}
        """The loopback port that stands for each port that the program has bound."""
        self._handles = handles
        self._log = log
        self._limits = limits
        self._caps = FactCaps(limits)
        self._channel = ChannelReader(log.name, handles.token, limits, log.zero_s)
        self._forged = False

    def read(self) -> bool:
        """Take what has come; whether anything has."""
        data = self._handles.process.read("channel")
        if not data:
            return False
        self.received_bytes += len(data)
        for fact, size in self._channel.feed(data, self._log.now_s()):
            self._take(fact, size)
        if self._channel.tampered:
            self._note_forged()
        return True

    def forget_place(self) -> None:
        """Nobody listens where the program said so any more."""
        if self.listening is not None:
            self.listening = ("", 0)

    def _note_forged(self) -> None:
        """Only the program itself can have written it: it proves nothing but that."""
        if not self._forged:
            self._forged = True
            self._log.note(ChannelTampered)

    def _take(self, fact: ProbeFact, size: int) -> None:
        self.activity.feed(fact)
        if isinstance(fact, REFUSALS) and not self.lack:
            self.lack = lack_in(fact, self.activity, self._handles.process, self._handles.folder, self._limits)
        if isinstance(fact, Listened) and self.listening is None and not self._believe_place(fact):
            return  # nobody listens there: it is no fact
        if isinstance(fact, Bound) and len(self.real_ports) < self._limits.ports:
            self.real_ports.setdefault(fact.port, fact.real_port)
        if self._caps.admit(fact, size):
            self._log.record(fact)

    def _believe_place(self, fact: Listened) -> bool:
        """Take note of where the program listens; false where the probe cannot have said so."""
        self.listening = (fact.host, fact.port)
        if fact.host in ("", self._handles.host) and 0 <= fact.port <= MAX_PORT:
            return True
        self.listening = ("", 0)
        self._note_forged()
        return False
