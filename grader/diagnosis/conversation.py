"""What was said in a conversation, and the line of it that was lost: what several topics ask."""

from __future__ import annotations

from ..transcript.calls import INPUT, KEYBOARD, RECV, Accepted, CallEnded, CallFailed, ConnectReturned, Peeked
from ..transcript.facts import (
    Exited,
    Fact,
    Flooded,
    InputEnded,
    Listened,
    PeerLeft,
    Refused,
    Said,
    SocketClosed,
    SocketMade,
    Typed,
)
from ..transcript.lines import MOVES, Line, lines
from ..transcript.place import Place
from ..transcript.questions import place_of
from ..transcript.record import Run, asked_once
from ..transcript.threads import chat_threads, simplified
from ..transcript.value import Value
from .case import Case
from .code import Code, Function
from .waiting import Waiting, waiting

LONG_S = 4.0
"""A sleep that a conversation cannot bear: the contract gives each step 5 seconds."""

BRUTAL = ("_exit", "kill", "abort", "raise_signal")
"""Calls that end a program without any ceremony."""

READS = ("input", "readline", "read")
"""Calls that read the keyboard."""

RECEIVES = ("recv", "recvfrom", "recv_into", "makefile", "read")
"""Calls that read the connection."""

STEMS = {"send": ("send", "envo"), "reception": ("recep", "recev", "recoi", "receiv")}
"""Parts of a function's name that say which of the two it is."""

AF_INET6 = (10, 23, 30)
"""IPv6 on Linux, Windows and macOS."""


class UndeliveredMessage(Value):
    """A line that did not come through.

    Attributes:
        program: the program that should have sent or shown it.
        code: that program's text.
        run: the conversation in which the line was lost.
        move: the line.
        number: which of its kind it was, from 1.
        answer: what came instead, one character a byte.
        later: what was seen until the grader went on.
        thread: what the thread responsible was doing then; None if it had ended.
        function: the function responsible, as far as names tell.
    """

    program: str
    code: Code
    run: Run
    move: Typed | Said
    number: int
    answer: str
    later: list[Fact]
    thread: Waiting | None
    function: Function | None

    @property
    def call(self) -> str:
        """The call that the responsible thread waited in; empty for none."""
        return self.thread.call if self.thread is not None else ""

    @property
    def place(self) -> Place | None:
        """The line of that call."""
        return self.thread.place if self.thread is not None else None

    def last_line(self, call: str) -> Place | None:
        """The line of the last call of a kind that succeeded."""
        return last_line(self.run, self.program, call)

    def happened(self, *calls: str) -> bool:
        """Whether one of these calls gave something after the move."""
        return any(isinstance(one, CallEnded) and one.call in calls and one.gave_something for one in self.later)

    def is_repeated(self, stream: str) -> bool:
        """Whether something comes again and again: an earlier line instead of this one, or a flood."""
        earlier = [one.text for one in self.run.of(type(self.move), self.program)[: self.number - 1]]
        floods = any(one.stream == stream for one in self.run.of(Flooded))
        return floods or any(text in self.answer for text in earlier)

    @property
    def sends(self) -> bool:
        """Whether it is a line that was typed and should have left; else it came and should have been shown."""
        return isinstance(self.move, Typed)

    def print_place(self) -> Place | None:
        """The print that shows what was received: the next one below it."""
        received = self.last_line(RECV)
        below = [call for call in self.code.calls("print", "write") if received and call.lineno >= received.line]
        return self.code.at(below[0].lineno) if below else received

    def is_over(self) -> bool:
        """Whether the program had ended before the grader went on."""
        return any(isinstance(one, Exited) and one.program == self.program for one in self.later)

    def outside_loop(self, call: str) -> Place | None:
        """A call that should be in the loop of the function, and is not."""
        found = self.code.calls(call, inside=self.function) if self.function is not None else []
        return next((self.code.at(one.lineno) for one in found if not self.code.loops_around(one.lineno)), None)


def missed(case: Case, *, sends: bool) -> tuple[Run, int, Line | None]:
    """The first line that did not leave, or was not shown: where, its number from 1, and itself; None for no line."""
    order = case.runs if sends else case.runs[::-1]
    for run in order:
        typed = lines(run, Typed, case.program, "") if sends else lines(run, Said, case.program, case.program)
        for number, line in enumerate(typed, 1):
            if not line.came:
                return run, number, line
    return order[0], 0, None


def first_undelivered(case: Case) -> UndeliveredMessage | None:
    """The line that a failed check of messages is about; None where the program ended before the first."""
    run, number, line = missed(case, sends=case.check == "send")
    if line is None:
        return None
    found = waiting(run, case.program, next_move(run, line.move))
    pair = chat_threads(run, case.program)
    wanted = 1 if pair is None else pair[0 if case.check == "send" else 1].number
    return UndeliveredMessage(
        program=case.program,
        code=case.code,
        run=run,
        move=line.move,
        number=number,
        answer=line.answer,
        later=seen_after(run, line.move),
        thread=next((one for one in found if one.thread == wanted), None),
        function=function_of(case),
    )


def undelivered(case: Case) -> UndeliveredMessage:
    """The line that did not come through, for whoever is only asked about one."""
    assert case.message is not None
    return case.message


def function_of(case: Case) -> Function | None:
    """Send or Réception, as far as names tell."""
    named = (
        one
        for name, one in case.code.functions.items()
        if any(stem in simplified(name) for stem in STEMS.get(case.check, STEMS["reception"]))
    )
    return next(named, None)


def seen_after(run: Run, move: Fact) -> list[Fact]:
    """What was seen from a move to the next."""
    return list(run.facts[run.position(move) + 1 : index_of_next(run, move)])


def first_move(run: Run) -> Fact | None:
    """The first thing that the grader did."""
    return next((one for one in run.facts if isinstance(one, MOVES)), None)


def next_move(run: Run, move: Fact) -> Fact | None:
    """What the grader did next after a move; None where that was the last."""
    return next((fact for fact in run.facts[run.position(move) + 1 :] if isinstance(fact, MOVES)), None)


def index_of_next(run: Run, move: Fact) -> int:
    """Where in the record that is; its end if there is none."""
    following = next_move(run, move)
    return len(run.facts) if following is None else run.position(following)


def last_line(run: Run, program: str, call: str) -> Place | None:
    """The line of the last call of a kind that succeeded."""
    wanted = KEYBOARD if call == INPUT else (call,)
    told = [
        one
        for one in run.of(CallEnded, program)
        if one.call in wanted and one.line and not isinstance(one, (CallFailed, Peeked))
    ]
    return place_of(told[-1]) if told else None


def closed_before(run: Run, refused: Refused) -> bool:
    """Whether the program had closed a socket before a call was refused."""
    before = run.facts[: run.position(refused)]
    return any(isinstance(one, SocketClosed) and one.program == refused.program for one in before)


def is_after_the_end(run: Run, fact: Fact) -> bool:
    """Whether the other had gone, or the keyboard had ended, before something happened."""
    ends = [one for one in (run.first(PeerLeft), run.first(InputEnded)) if one is not None]
    return any(run.position(one) < run.position(fact) for one in ends)


def moment(case: Case) -> tuple[Run, Fact | None]:
    """When a check was lost: the run, and the next thing that the grader did after it gave up; None for the end."""
    if case.check in ("send", "reception"):
        run, _, line = missed(case, sends=case.check == "send")
        return run, None if line is None else next_move(run, line.move)
    if case.check == "threads":
        return case.run, first_move(case.run)
    hanging = [one for one in case.runs if not one.has(Exited, case.program)] if case.check == "join" else []
    return (hanging or [case.run])[0], None


def endless(case: Case, one: Waiting) -> Place | None:
    """The loop that a thread goes round in without end."""
    loop = case.code.endless_after(one.place.line if one.place is not None else 1)
    return case.at(loop.lineno) if loop is not None else one.place


@asked_once
def conversations(run: Run, program: str) -> set[int]:
    """The sockets that were connected at some time."""
    connected = {one.socket for one in run.of(ConnectReturned, program) if one.connected}
    return connected | {one.connection for one in run.of(Accepted, program)}


def ipv6_socket(run: Run, program: str) -> SocketMade | None:
    """The first socket that was made for IPv6."""
    return next((one for one in run.of(SocketMade, program) if one.family in AF_INET6), None)


def stray_socket(run: Run, program: str, number: int) -> SocketMade | None:
    """A socket that nobody is at the other end of, though another one of the program's is connected."""
    met = conversations(run, program)
    made = next((one for one in run.of(SocketMade, program) if one.socket == number), None)
    listens = any(one.socket == number for one in run.of(Listened, program))
    return made if number and met and number not in met and not listens else None
