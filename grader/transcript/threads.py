"""Questions that are asked of a run about its threads: which two are the chat's, and what became of them."""

from __future__ import annotations

import unicodedata
from itertools import islice, takewhile

from .calls import (
    JOIN,
    KEYBOARD,
    RECV,
    Accepted,
    CallEnded,
    ConnectReturned,
    Entered,
    InputReturned,
    Joined,
    Received,
    Sent,
    StdinRead,
)
from .facts import Fact, FoundEnded, InputEnded, PeerLeft, ThreadEnded, ThreadNamed, ThreadStarted
from .lines import MOVES
from .record import Run, asked_once
from .value import changed

ENVOI = ("envoi", "envoy", "send")
RECEP = ("recep", "recev", "recoi", "receiv", "recv")
"""Parts of a thread's or a function's name that make it the one or the other."""


def simplified(name: str) -> str:
    """A name without accents and capitals."""
    low = name.lower()
    if low.isascii():
        return low
    return "".join(char for char in unicodedata.normalize("NFD", low) if not unicodedata.combining(char))


@asked_once
def _started(run: Run, program: str) -> list[ThreadStarted]:
    """The threads that were started, with the names that they got later."""
    later: dict[int, list[str]] = {}
    for fact in run.of(ThreadNamed, program):
        later.setdefault(fact.number, []).extend(fact.names)
    # A number is one thread's: whoever tells of ten thousand with one number gets the names once.
    return [changed(one, names=(*one.names, *later.pop(one.number, ()))) for one in run.of(ThreadStarted, program)]


def _has_work(thread: ThreadStarted) -> bool:
    return (thread.module, thread.function) != ("", "Thread.run")


@asked_once
def with_target(run: Run, program: str) -> list[ThreadStarted]:
    """The threads that were started and have something to run: ``Thread(target=Send(client))`` has not."""
    return [thread for thread in _started(run, program) if _has_work(thread)]


def _has_role(thread: ThreadStarted, stems: tuple[str, ...]) -> bool:
    names = simplified("\n".join((thread.function, *thread.names)))
    return any(stem in names for stem in stems)


@asked_once
def chat_threads(run: Run, program: str) -> tuple[ThreadStarted, ThreadStarted] | None:
    """The threads envoi and recep: by the variable's name or by the function that it runs, whichever matches."""
    return _named(with_target(run, program))


def _named(started: list[ThreadStarted]) -> tuple[ThreadStarted, ThreadStarted] | None:
    started = sorted(started, key=lambda thread: thread.number)
    sends = list(islice((one for one in started if _has_role(one, ENVOI)), 2))
    receives = list(islice((one for one in started if _has_role(one, RECEP)), 2))
    return _first_pair(sends, receives)


def only_wait(run: Run, one: ThreadStarted, two: ThreadStarted) -> bool:
    """Whether another thread does all the talking and listening, once both are started: these two only wait then."""
    both = {one.number, two.number}
    begun: set[int] = set()
    talking: set[int] = set()
    listening: set[int] = set()
    for fact in run.facts:
        if fact.program != one.program:
            continue
        if isinstance(fact, ThreadStarted):
            begun.add(fact.number)
        elif isinstance(fact, (Received, Sent, StdinRead, InputReturned)) and fact.gave_something and both <= begun:
            (listening if isinstance(fact, Received) else talking).add(fact.thread)
    return len(listening) == 1 and listening == talking and not listening & both


def workers(run: Run, program: str) -> tuple[ThreadStarted, ThreadStarted] | None:
    """The threads that must be waited for: envoi and recep, or what no name tells: who typed and who listened."""
    pair = chat_threads(run, program) or _named(_started(run, program))
    if pair is not None and any(map(_has_work, pair)) and not only_wait(run, *pair):
        return pair
    started = with_target(run, program)
    types = [one for one in started if one.number in _threads_in(run, program, KEYBOARD)]
    listens = [one for one in started if one.number in _threads_in(run, program, (RECV,))]
    return _first_pair(types, listens)


@asked_once
def _threads_in(run: Run, program: str, wanted: tuple[str, ...]) -> set[int]:
    """The threads that were in one of these calls at some time."""
    seen: list[Entered | CallEnded] = [*run.of(Entered, program), *run.of(CallEnded, program)]
    return {fact.thread for fact in seen if fact.call in wanted}


def _first_pair(ones: list[ThreadStarted], twos: list[ThreadStarted]) -> tuple[ThreadStarted, ThreadStarted] | None:
    """One of the first and another of the second, those that were started the soonest."""
    matching = [(one, two) for one in ones[:2] for two in twos[:2] if one.number != two.number]
    return min(matching, key=lambda pair: max(pair[0].number, pair[1].number), default=None)


def has_object(thread: ThreadStarted) -> bool:
    """Whether there is a Thread to join: it has a name at least. ``_thread.start_new_thread`` makes none."""
    return bool(thread.names)


def same_function(run: Run, one: ThreadStarted, two: ThreadStarted) -> bool:
    """Whether two threads run one function, and neither does what the other does not."""
    if (one.function, one.module) != (two.function, two.module):
        return False
    listens, types = _threads_in(run, one.program, (RECV,)), _threads_in(run, one.program, KEYBOARD)
    return not any(
        a.number in types and b.number in listens and a.number not in listens for a, b in ((one, two), (two, one))
    )


def alive_together(run: Run, one: ThreadStarted, two: ThreadStarted) -> bool:
    """Whether both threads were alive at the same time once the connection was there.

    One that ends by itself within an instant may or may not meet the other, by luck. So the order that the program
    itself gives decides: the second was started before anybody waited for the end of the first, before the harness
    did something that the first ended for, and before the harness ended the conversation.
    """
    both = {one.number, two.number}
    facts = [fact for fact in run.facts if fact.program == one.program]
    connected = not any(map(_is_connection, facts))  # then only the harness can tell when, as it must have been
    moved = False
    alive: set[int] = set()
    for fact in takewhile(lambda fact: not isinstance(fact, (PeerLeft, InputEnded)), facts):
        connected = connected or _is_connection(fact)
        moved = moved or isinstance(fact, MOVES)
        if isinstance(fact, ThreadStarted):
            alive.add(fact.number)
        elif moved or not connected or not isinstance(fact, ThreadEnded):
            alive.discard(_ended_thread(fact))
        if connected and both <= alive:
            return True
    return False


def _is_connection(fact: Fact) -> bool:
    return isinstance(fact, (Accepted, ConnectReturned)) and fact.gave_something


def _ended_thread(fact: Fact) -> int:
    """The thread that a fact shows to have ended; 0 for none."""
    if isinstance(fact, FoundEnded) or (isinstance(fact, Joined) and fact.ended):
        return fact.number
    return fact.thread if isinstance(fact, ThreadEnded) else 0


@asked_once
def ended(run: Run, program: str) -> set[int]:
    """The threads that had ended before the program did."""
    return {fact.thread for fact in run.of(ThreadEnded, program)}


@asked_once
def join_calls(run: Run, program: str) -> list[Entered]:
    """The calls of join."""
    return [fact for fact in run.of(Entered, program) if fact.call == JOIN]


@asked_once
def join_called(run: Run, program: str) -> set[int]:
    """The threads on which join was called."""
    return {fact.target for fact in join_calls(run, program)}


@asked_once
def waited_for(run: Run, program: str) -> set[int]:
    """The threads that a join has seen ending, or that were found to have ended."""
    joined = {fact.number for fact in run.of(Joined, program) if fact.ended}
    return joined | {fact.number for fact in run.of(FoundEnded, program)}
