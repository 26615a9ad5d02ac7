"""Compares what the probe told with what the operating system shows, and can have done at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..submission import PROGRAMS
from ..transcript.calls import ConnectReturned
from ..transcript.facts import (
    Bound,
    ChannelClosedEarly,
    ChannelTampered,
    ConnectRequested,
    Counted,
    Fact,
    ProbeFact,
    ThreadEnded,
    ThreadFailed,
    ThreadRan,
    ThreadStarted,
    Unaccepted,
)
from ..transcript.record import Run, Transcript
from ..transcript.value import Value
from .grounds import ACCEPTED, ADDRESS, RUNNING, resting_on
from .suspicion import Suspicion

LONG_IDLE = 4
"""Steps of a scenario in which every real thread has begun: start() itself waits for that."""


class Sign(Value):
    """Something in a run by which a program is caught.

    Attributes:
        slug: of the suspicion.
        shows: whether a run shows it of a program.
        message: what the instructor is told; ``{file}`` is the program's.
        claim: what it contradicts; empty where it may have an honest reason.
    """

    slug: str
    shows: Callable[[Run, str], bool]
    message: str
    claim: str = ""


def against_system(transcript: Transcript) -> Iterator[Suspicion]:
    """What a program says it did, and the system has not or cannot have done; then what only looks odd."""
    for programs, signs in ((PROGRAMS, IMPOSSIBLE), (PROGRAMS[1:], GHOSTS), (PROGRAMS, ODD)):
        for program in programs:
            for sign in signs:
                if any(sign.shows(run, program) for run in transcript.runs.values()):
                    checks = resting_on(sign.claim, program) if sign.claim else ()
                    yield Suspicion(sign.slug, sign.message.format(file=program + ".py"), checks)


def _never_accepted(run: Run, program: str) -> bool:
    """Whether a connection that is said to be accepted still waited in the system's queue."""
    return run.has(Unaccepted, program)


def _two_addresses(run: Run, program: str) -> bool:
    """Whether one TCP socket was bound twice (EINVAL, bind(2)), or connected to two places (EISCONN, connect(2))."""
    bound: set[int] = set()
    called: dict[int, tuple[str, int]] = {}
    reached: dict[int, tuple[str, int]] = {}
    for fact in run.facts:
        if fact.program != program:
            continue
        if isinstance(fact, Bound):
            if fact.socket in bound:
                return True
            bound.add(fact.socket)
        elif isinstance(fact, ConnectRequested) and fact.kind == "stream":
            called[fact.socket] = (fact.host, fact.port)
        elif isinstance(fact, ConnectReturned) and fact.connected and fact.socket in called:
            place = called[fact.socket]
            if reached.setdefault(fact.socket, place) != place:
                return True
    return False


def _two_threads_in_one(run: Run, program: str) -> bool:
    """Whether two threads have one number, or a thread ended or ran that was never started."""
    numbers = [fact.number for fact in run.of(ThreadStarted, program)]
    ran = {fact.thread for fact in run.of(ThreadRan, program)} | {fact.thread for fact in run.of(ThreadEnded, program)}
    return len(set(numbers)) < len(numbers) or not ran - {0} <= set(numbers)  # 0: started in a way that is not watched


class Census:
    """The threads that a program says to have, against those that the system has counted.

    A thread may have ended just before a count, and its fact be still on the way: by the next count it is there. So
    those who were alive at one count, and still are at the next, are compared with what the first has found.
    """

    def __init__(self) -> None:
        self.exceeded = False
        """Whether more threads lived from one count to the next than the first of the two has found."""
        self._alive: set[int] = set()
        self._idle: dict[int, int] = {}
        """Threads that were started and have not run, and how often the threads were counted since."""
        self._counted: tuple[set[int], int] | None = None
        """Who was alive at the last count, and how many it has found; the main thread is only in the latter."""

    @property
    def has_idle(self) -> bool:
        """Whether a thread was started long ago, and has never run."""
        return any(counts >= LONG_IDLE for counts in self._idle.values())

    def feed(self, fact: Fact) -> None:
        """Take a fact into account."""
        if isinstance(fact, ThreadStarted):
            self._idle[fact.number] = 0
        elif isinstance(fact, ThreadFailed):
            self._idle.pop(fact.number, None)
        elif isinstance(fact, ThreadRan):
            self._idle.pop(fact.thread, None)
            self._alive.add(fact.thread)
        elif isinstance(fact, ThreadEnded):
            self._alive.discard(fact.thread)
        elif isinstance(fact, Counted):
            self._count(fact.threads)

    def _count(self, found: int) -> None:
        if self._counted is not None:
            then, found_then = self._counted
            self.exceeded = self.exceeded or 1 + len(then & self._alive) > found_then
        self._counted = (set(self._alive), found)
        self._idle = {number: counts + 1 for number, counts in self._idle.items()}


def _has_ghost(run: Run, program: str) -> bool:
    """Whether a program has told of threads that the system has never seen."""
    census = Census()
    for fact in run.facts:
        if fact.program != program:
            continue
        if census.exceeded and isinstance(fact, ProbeFact):
            return True  # and the program was not about to end, which ends all threads without a word
        census.feed(fact)
    return census.has_idle


IMPOSSIBLE = (
    Sign(
        "connexion_en_attente",
        _never_accepted,
        "{file} annonce une connexion acceptée, que le système garde encore en attente.",
        ACCEPTED,
    ),
    Sign(
        "faits_impossibles",
        _two_addresses,
        "{file} annonce deux adresses pour une seule socket, ce que le système ne permet pas.",
        ADDRESS,
    ),
    Sign(
        "faits_impossibles",
        _two_threads_in_one,
        "{file} annonce deux threads en un seul, ce qui ne peut pas être.",
        RUNNING,
    ),
)
"""What the system contradicts, whichever program says so."""

GHOSTS = (
    Sign(
        "threads_fantomes",
        _has_ghost,
        "{file} annonce plus de threads que le système n'en montre.",
        RUNNING,
    ),
)
"""What it contradicts of the programs that have threads."""

ODD = (
    Sign(
        "faux_faits",
        lambda run, program: run.has(ChannelTampered, program),
        "À regarder : {file} a écrit là où seule la sonde du correcteur écrit.",
    ),
    Sign(
        "sonde_coupee",
        lambda run, program: run.has(ChannelClosedEarly, program),
        "À regarder : {file} a fermé ce par quoi la sonde du correcteur parle.",
    ),
)
"""What is only for the instructor's eye."""
