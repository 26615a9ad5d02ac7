"""Who waits where, and for what: what every thread of a program was doing when nothing more came."""

from __future__ import annotations

from collections import Counter

from ..transcript.calls import (
    ACCEPT,
    CONNECT,
    INPUT,
    JOIN,
    KEYBOARD,
    RECV,
    SELECT,
    SLEEP,
    STDIN,
    WAIT,
    CallEnded,
    Entered,
)
from ..transcript.facts import Fact, MainEnded, ProbeFact, ThreadEnded, ThreadStarted
from ..transcript.place import Place
from ..transcript.questions import place_of
from ..transcript.record import Run, asked_once
from ..transcript.threads import chat_threads
from ..transcript.value import Value

WAITS = {
    ACCEPT: "attend qu'un client appelle, dans accept()",
    RECV: "attend que l'autre envoie quelque chose, dans recv()",
    CONNECT: "attend que le serveur réponde, dans connect()",
    INPUT: "attend que tu tapes quelque chose, dans input()",
    STDIN: "attend que tu tapes quelque chose",
    JOIN: "attend la fin de {target}, dans join()",
    SLEEP: "dort, dans sleep()",
    WAIT: "attend un signal d'un autre thread",
    SELECT: "attend dans select()",
}
"""What a thread does in a call that blocks."""

TURNS = 3
"""Calls in a row that give nothing, after which a thread goes round."""

MAIN = "le programme principal"


class Waiting(Value):
    """A thread that waits, or goes round.

    Attributes:
        thread: its number; 1 is the main thread.
        who: what it is called, in French.
        call: as in Entered; empty for one that is in no call: it computes.
        target: as in Entered.
        place: the line.
        text: the French sentence without its end.
        patience_s: how long the call waits at most; 0 for ever.
    """

    thread: int
    who: str
    call: str
    target: int
    place: Place | None
    text: str
    patience_s: float = 0.0


@asked_once
def waiting(run: Run, program: str, until: Fact | None = None) -> list[Waiting]:
    """The threads that were alive before a fact (or at the end), and what each was doing."""
    facts = run.facts if until is None else run.facts[: run.position(until)]
    mine = [fact for fact in facts if isinstance(fact, ProbeFact) and fact.program == program]
    threads = _Threads()
    for fact in mine:
        threads.read(fact)
    names = _names_of(run, program)
    alive = [thread for thread in threads.inside if thread not in threads.over] if mine else []
    return [threads.describe(thread, names) for thread in alive]


class _Threads:
    """What the threads of a program are doing, by all facts read so far."""

    def __init__(self) -> None:
        self.inside: dict[int, list[Entered]] = {1: []}
        """The calls that each thread is in, the outermost first."""
        self.over: set[int] = set()
        self._idle: dict[int, list[CallEnded]] = {}
        """The last calls of a thread, as long as none of them gave anything."""
        self._last: dict[int, ProbeFact] = {}
        self._counts: Counter[tuple[int, str]] = Counter()
        """How often each call is among those of a thread."""

    def read(self, fact: ProbeFact) -> None:
        """Take in the next fact."""
        if fact.line:
            self._last[fact.thread] = fact
        if isinstance(fact, ThreadStarted):
            self.inside.setdefault(fact.number, [])
        elif isinstance(fact, Entered):
            self.inside.setdefault(fact.thread, []).append(fact)
            self._counts[fact.thread, fact.call] += 1
        elif isinstance(fact, CallEnded):
            self._idle[fact.thread] = (
                [*self._idle.get(fact.thread, [])[-TURNS:], fact] if not fact.gave_something else []
            )
            if self._counts[fact.thread, fact.call]:
                self._counts[fact.thread, self.inside[fact.thread].pop().call] -= 1
        elif isinstance(fact, (ThreadEnded, MainEnded)):
            self.over.add(1 if isinstance(fact, MainEnded) else fact.thread)

    def describe(self, thread: int, names: dict[int, str]) -> Waiting:
        """What a thread is doing now."""
        who, idle, stack = names.get(thread, "un thread"), self._idle.get(thread, []), self.inside[thread]
        calls = {one.call for one in idle}
        if len(idle) > TURNS and (calls == {RECV} or calls <= set(KEYBOARD)):
            place, empty = place_of(idle[-1]), "recv()" if RECV in calls else "input()"
            text = f"{who} tourne en rond : {empty} ne rend plus rien{_where(place)}"
            return Waiting(thread, who, "", 0, place, text)
        if not stack:
            place = place_of(self._last.get(thread))
            text = f"{who} tourne sans rien attendre{_where(place, 'dernière ligne vue :')}"
            return Waiting(thread, who, "", 0, place, text)
        call = stack[0]
        does = WAITS.get(call.call, "attend").format(target=names.get(call.target, "un thread"))
        text = f"{who} {does}{_where(place_of(call))}"
        return Waiting(thread, who, call.call, call.target, place_of(call), text, call.timeout_s or 0.0)


def _where(place: Place | None, what: str = "ligne") -> str:
    """A line with its file, in brackets: « (ligne 12 de serveur.py) »; empty for none."""
    return f" ({what} {_line(place)})" if place is not None else ""


def _line(place: Place) -> str:
    """A line with its file: « 12 de serveur.py », « 12 d'etape1.py »."""
    return f"{place.line} de {place.file}".replace(" de etape1", " d'etape1") if place.file else str(place.line)


def _names_of(run: Run, program: str) -> dict[int, str]:
    """What to call each thread, in French."""
    names = {1: MAIN}
    for thread in run.of(ThreadStarted, program):
        own = thread.names[0] if thread.names and not thread.names[0].startswith("Thread-") else thread.function
        names[thread.number] = f"le thread « {own} »"
    pair = chat_threads(run, program)
    if pair is not None:
        names |= {pair[0].number: "« envoi »", pair[1].number: "« recep »"}
    return names
