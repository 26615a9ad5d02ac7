"""Questions that are asked of a run: sockets, addresses, lines that went through, threads."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
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
from .facts import (
    Bound,
    ChannelClosedEarly,
    Connected,
    ConnectRequested,
    Exited,
    Fact,
    FoundEnded,
    Heard,
    InputEnded,
    Killed,
    Listened,
    PeerLeft,
    ProbeFact,
    Replaced,
    Said,
    Shown,
    SocketMade,
    ThreadEnded,
    ThreadNamed,
    ThreadStarted,
    Typed,
)
from .place import Place
from .record import Run, Transcript, asked_once
from .scenario_names import DUO, typing_first
from .texts import came_through, is_displayed
from .value import changed

SOCK_STREAM = 1
"""TCP, on every system."""

ENVOI = ("envoi", "envoy", "send")
RECEP = ("recep", "recev", "recoi", "receiv", "recv")
"""Parts of a thread's or a function's name that make it the one or the other."""


def place_of(fact: ProbeFact | None) -> Place | None:
    """The line that a fact comes from."""
    return Place(fact.file, fact.line) if fact is not None and fact.line else None


def last_call(run: Run, actor: str, kind: type[CallEnded]) -> Place | None:
    """The line of the last call of a kind that gave something."""
    return next((place_of(fact) for fact in reversed(run.of(kind, actor)) if fact.gave_something), None)


def out_of_sight(run: Run, actor: str) -> ChannelClosedEarly | Replaced | None:
    """What shows that the probe could not see the rest: the program became another, or has closed the probe's way out.

    An exec that failed is followed by what the program did next.
    """
    told = run.of(ProbeFact, actor)
    last = told[-1] if told else None
    return last if isinstance(last, Replaced) else run.first(ChannelClosedEarly, actor)


# --- sockets and addresses ------------------------------------------------------------------------------------------


def is_stream(run: Run, socket: int, actor: str | None = None) -> bool:
    """Whether a socket is a TCP socket."""
    return socket in _streams(run, actor)


@asked_once
def _streams(run: Run, actor: str | None) -> set[int]:
    return {made.socket for made in run.of(SocketMade, actor) if is_tcp(made)}


def is_tcp(made: SocketMade) -> bool:
    """Whether a socket was made as a TCP socket; the higher bits of its kind are options."""
    return made.kind & 0xF == SOCK_STREAM


@asked_once
def listened(run: Run, actor: str | None = None) -> Listened | None:
    """The first time a TCP socket listened; of one program, where two play: each counts its own sockets."""
    return next((fact for fact in run.of(Listened, actor) if is_stream(run, fact.socket, actor)), None)


@asked_once
def bound(run: Run, actor: str | None = None) -> Bound | None:
    """The address that the listening socket was bound to, if it was."""
    listening = listened(run, actor)
    if listening is None:
        return None
    return next((fact for fact in run.of(Bound, actor) if fact.socket == listening.socket), None)


@asked_once
def accepted(run: Run) -> Accepted | None:
    """The first connection that was accepted."""
    return run.first(Accepted, "etape1") or run.first(Accepted, "serveur")


@asked_once
def connect_request(run: Run) -> ConnectRequested | None:
    """The TCP connection that was asked for: the first that was made, else the first of all.

    Where one socket has asked several times, what it asked last before it was connected.
    """
    asked: dict[int, ConnectRequested] = {}
    for fact in run.facts:
        if isinstance(fact, ConnectRequested) and fact.actor == "client" and fact.kind == "stream":
            asked[fact.socket] = fact
        elif isinstance(fact, ConnectReturned) and fact.actor == "client" and fact.connected:
            made = asked.get(fact.socket)
            if made is not None:
                return made
    return next(iter(asked.values()), None)


def connected(run: Run, actor: str) -> bool:
    """Whether a program has met its peer."""
    return run.has(Connected, actor) and (actor == "client" or accepted(run) is not None)


def first_byte(ip: str) -> int:
    """The first number of an IPv4 address; -1 where there is none."""
    head = ip.partition(".")[0]
    return int(head) if head.isascii() and head.isdigit() else -1


def is_unicast(ip: str) -> bool:
    """Whether an IPv4 address can be one machine's (RFC 1122, 3.2.1.3; RFC 5771 for 224 to 239)."""
    return 1 <= first_byte(ip) <= 223


def is_any(ip: str) -> bool:
    """Whether it is the address that stands for all of a machine's own."""
    return ip == "0.0.0.0"  # noqa: S104 - compared, not bound


def is_literal(host: str) -> bool:
    """Whether an address was written in numbers; localhost counts as 127.0.0.1."""
    parts = host.split(".")
    return host.lower() == "localhost" or (
        len(parts) == 4 and all(part.isascii() and part.isdigit() and int(part) < 256 for part in parts)
    )


def server_bound(transcript: Transcript) -> Bound | None:
    """The IPv4 address that serveur.py listens on, from the first run that shows it."""
    found = (bound(transcript.run(name), "serveur") for name in (DUO, typing_first("serveur")))
    return next((address for address in found if address is not None and address.version == 4), None)


def client_request(transcript: Transcript) -> ConnectRequested | None:
    """The address that client.py connects to, from the first run that shows it."""
    return next(filter(None, (connect_request(transcript.run(name)) for name in (DUO, typing_first("client")))), None)


def is_server_host(server: Bound) -> bool:
    """Whether a server's address can be one of its machine's."""
    return is_any(server.ip) or ((is_literal(server.host) or server.own_name) and is_unicast(server.ip))


# --- lines ----------------------------------------------------------------------------------------------------------

MOVES = (Typed, Said, PeerLeft, InputEnded, Killed)
"""What the harness does; the time from one of these to the next belongs to the first."""


@dataclass(frozen=True)
class Line:
    """A line that the harness typed or said, and what came of it.

    Attributes:
        move: the line.
        came: whether it came through, before the harness did anything else.
        answer: what came in that time, bytes as one character each.
        raw: whether it came through in some form, a bytes literal included.
    """

    move: Typed | Said
    came: bool
    answer: str
    raw: bool


def lines(run: Run, kind: type[Typed] | type[Said], actor: str, by: str, as_text: bool = True) -> list[Line]:
    """The lines typed in (or said to) ``actor``, and whether each came through.

    Args:
        run: where to look.
        kind: Typed for lines on standard input, Said for lines from the peer.
        actor: whose.
        by: the program that must show it; empty where the peer must hear it.
        as_text: whether a bytes literal is not enough.
    """
    return [
        _line(move, _output(after, actor, by), displayed=as_text)
        for move, after in _moves(run)
        if isinstance(move, kind) and move.actor == actor
    ]


def _line(move: Typed | Said, answer: str, *, displayed: bool) -> Line:
    data = answer.encode("latin-1", "replace")
    raw = came_through(move.text, data)
    return Line(move, is_displayed(move.text, data) if displayed else raw, answer, raw)


@asked_once
def _moves(run: Run) -> list[tuple[Fact, list[Heard | Shown]]]:
    """What the harness did, each with what was heard and shown until it did the next."""
    found: list[tuple[Fact, list[Heard | Shown]]] = []
    for fact in run.facts:
        if isinstance(fact, MOVES):
            found.append((fact, []))
        elif found and isinstance(fact, (Heard, Shown)):
            found[-1][1].append(fact)
    return found


def _output(facts: list[Heard | Shown], actor: str, by: str) -> str:
    kind = Shown if by else Heard
    return "".join(fact.text for fact in facts if isinstance(fact, kind) and fact.actor == (by or actor))


# --- threads --------------------------------------------------------------------------------------------------------


def simplified(name: str) -> str:
    """A name without accents and capitals."""
    low = name.lower()
    if low.isascii():
        return low
    return "".join(char for char in unicodedata.normalize("NFD", low) if not unicodedata.combining(char))


@asked_once
def _started(run: Run, actor: str) -> list[ThreadStarted]:
    """The threads that were started, with the names that they got later."""
    later: dict[int, list[str]] = {}
    for fact in run.of(ThreadNamed, actor):
        later.setdefault(fact.number, []).extend(fact.names)
    # A number is one thread's: whoever tells of ten thousand with one number gets the names once.
    return [changed(one, names=(*one.names, *later.pop(one.number, ()))) for one in run.of(ThreadStarted, actor)]


def _has_work(thread: ThreadStarted) -> bool:
    return (thread.module, thread.function) != ("", "Thread.run")


@asked_once
def with_target(run: Run, actor: str) -> list[ThreadStarted]:
    """The threads that were started and have something to run: ``Thread(target=Send(client))`` has not."""
    return [thread for thread in _started(run, actor) if _has_work(thread)]


def _has_role(thread: ThreadStarted, stems: tuple[str, ...]) -> bool:
    names = simplified("\n".join((thread.function, *thread.names)))
    return any(stem in names for stem in stems)


@asked_once
def chat_threads(run: Run, actor: str) -> tuple[ThreadStarted, ThreadStarted] | None:
    """The threads envoi and recep: by the variable's name or by the function that it runs, whichever matches."""
    return _named(with_target(run, actor))


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
        if fact.actor != one.actor:
            continue
        if isinstance(fact, ThreadStarted):
            begun.add(fact.number)
        elif isinstance(fact, (Received, Sent, StdinRead, InputReturned)) and fact.gave_something and both <= begun:
            (listening if isinstance(fact, Received) else talking).add(fact.thread)
    return len(listening) == 1 and listening == talking and not listening & both


def workers(run: Run, actor: str) -> tuple[ThreadStarted, ThreadStarted] | None:
    """The threads that must be waited for: envoi and recep, or what no name tells: who typed and who listened."""
    pair = chat_threads(run, actor) or _named(_started(run, actor))
    if pair is not None and any(map(_has_work, pair)) and not only_wait(run, *pair):
        return pair
    started = with_target(run, actor)
    types = [one for one in started if one.number in _threads_in(run, actor, KEYBOARD)]
    listens = [one for one in started if one.number in _threads_in(run, actor, (RECV,))]
    return _first_pair(types, listens)


@asked_once
def _threads_in(run: Run, actor: str, wanted: tuple[str, ...]) -> set[int]:
    """The threads that were in one of these calls at some time."""
    told: list[Entered | CallEnded] = [*run.of(Entered, actor), *run.of(CallEnded, actor)]
    return {fact.thread for fact in told if fact.call in wanted}


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
    listens, types = _threads_in(run, one.actor, (RECV,)), _threads_in(run, one.actor, KEYBOARD)
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
    facts = [fact for fact in run.facts if fact.actor == one.actor]
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
def ended(run: Run, actor: str) -> set[int]:
    """The threads that had ended before the program did."""
    return {fact.thread for fact in run.of(ThreadEnded, actor)}


@asked_once
def join_calls(run: Run, actor: str) -> list[Entered]:
    """The calls of join."""
    return [fact for fact in run.of(Entered, actor) if fact.call == JOIN]


@asked_once
def join_called(run: Run, actor: str) -> set[int]:
    """The threads on which join was called."""
    return {fact.target for fact in join_calls(run, actor)}


@asked_once
def waited_for(run: Run, actor: str) -> set[int]:
    """The threads that a join has seen ending, or that were found to have ended."""
    joined = {fact.number for fact in run.of(Joined, actor) if fact.ended}
    return joined | {fact.number for fact in run.of(FoundEnded, actor)}


def exit_status(run: Run, actor: str) -> int | None:
    """The exit status of a program that ended by itself; None for one that did not."""
    fact = run.first(Exited, actor)
    return None if fact is None else fact.status
