"""Who waits where, and for what: what every thread of a program was doing when nothing more came."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ..transcript.calls import CallEnded, Entered
from ..transcript.facts import (
    Fact,
    MainEnded,
    ProbeFact,
    ThreadEnded,
    ThreadStarted,
)
from ..transcript.place import Place
from ..transcript.questions import chat_threads, place_of
from ..transcript.record import Run, asked_once

WAITS = {
    "accept": "attend qu'un client appelle, dans accept()",
    "recv": "attend que l'autre envoie quelque chose, dans recv()",
    "connect": "attend que le serveur réponde, dans connect()",
    "input": "attend que tu tapes quelque chose, dans input()",
    "stdin": "attend que tu tapes quelque chose",
    "join": "attend la fin de {target}, dans join()",
    "sleep": "dort, dans sleep()",
    "wait": "attend un signal d'un autre thread",
    "select": "attend dans select()",
}
"""What a thread does in a call that blocks."""

TURNS = 3
"""Calls in a row that give nothing, after which a thread goes round."""

MAIN = "le programme principal"


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Waiting:
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
def waiting(run: Run, actor: str, until: Fact | None = None) -> list[Waiting]:
    """The threads that were alive before a fact (or at the end), and what each was doing."""
    facts = run.facts if until is None else run.facts[: run.position(until)]
    mine = [fact for fact in facts if isinstance(fact, ProbeFact) and fact.actor == actor]
    if not mine:
        return []
    calls: dict[int, list[Entered]] = {1: []}
    inside: Counter[tuple[int, str]] = Counter()
    """How often each call is among those of a thread."""
    idle: dict[int, list[CallEnded]] = {}
    last: dict[int, ProbeFact] = {}
    over: set[int] = set()
    for fact in mine:
        if fact.line:
            last[fact.thread] = fact
        if isinstance(fact, ThreadStarted):
            calls.setdefault(fact.number, [])
        elif isinstance(fact, Entered):
            calls.setdefault(fact.thread, []).append(fact)
            inside[fact.thread, fact.call] += 1
        elif isinstance(fact, CallEnded):
            idle[fact.thread] = [*idle.get(fact.thread, [])[-TURNS:], fact] if not fact.gave_something else []
            if inside[fact.thread, fact.call]:
                inside[fact.thread, calls[fact.thread].pop().call] -= 1
        elif isinstance(fact, ThreadEnded):
            over.add(fact.thread)
        elif isinstance(fact, MainEnded):
            over.add(1)
    names = names_of_threads(run, actor)
    alive = [thread for thread in calls if thread not in over]
    return [_describe(thread, calls[thread], idle.get(thread, []), last.get(thread), names) for thread in alive]


def _describe(
    thread: int, stack: list[Entered], idle: list[CallEnded], last: ProbeFact | None, names: dict[int, str]
) -> Waiting:
    who = names.get(thread, "un thread")
    calls = {one.call for one in idle}
    if len(idle) > TURNS and (calls == {"recv"} or calls <= {"input", "stdin"}):
        place = place_of(idle[-1])
        empty = "recv()" if "recv" in calls else "input()"
        where = f" (ligne {_line(place)})" if place else ""
        return Waiting(thread, who, "", 0, place, f"{who} tourne en rond : {empty} ne rend plus rien{where}")
    if not stack:
        place = place_of(last)
        where = f" (dernière ligne vue : {_line(place)})" if place else ""
        return Waiting(thread, who, "", 0, place, f"{who} tourne sans rien attendre{where}")
    entered = stack[0]
    place = place_of(entered)
    does = WAITS.get(entered.call, "attend").format(target=names.get(entered.target, "un thread"))
    where = f" (ligne {_line(place)})" if place else ""
    return Waiting(thread, who, entered.call, entered.target, place, f"{who} {does}{where}", entered.timeout_s or 0.0)


def _line(place: Place) -> str:
    """A line with its file: « 12 de serveur.py », « 12 d'etape1.py »."""
    return f"{place.line} de {place.file}".replace(" de etape1", " d'etape1") if place.file else str(place.line)


def names_of_threads(run: Run, actor: str) -> dict[int, str]:
    """What to call each thread, in French."""
    names = {1: MAIN}
    for thread in run.of(ThreadStarted, actor):
        own = thread.names[0] if thread.names and not thread.names[0].startswith("Thread-") else thread.function
        names[thread.number] = f"le thread « {own} »"
    pair = chat_threads(run, actor)
    if pair is not None:
        names |= {pair[0].number: "« envoi »", pair[1].number: "« recep »"}
    return names
