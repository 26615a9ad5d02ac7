"""The lines that went through a conversation, or did not: what the harness did, and what came of it."""

from __future__ import annotations

from .facts import Fact, Heard, InputEnded, Killed, PeerLeft, Said, Shown, Typed
from .record import Run, asked_once
from .texts import came_through, is_displayed
from .value import Value

MOVES = (Typed, Said, PeerLeft, InputEnded, Killed)
"""What the harness does; the time from one of these to the next belongs to the first."""


class Line(Value):
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


def lines(run: Run, kind: type[Typed] | type[Said], program: str, by: str, as_text: bool = True) -> list[Line]:
    """The lines typed in (or said to) ``program``, and whether each came through.

    Args:
        run: where to look.
        kind: Typed for lines on standard input, Said for lines from the peer.
        program: whose.
        by: the program that must show it; empty where the peer must hear it.
        as_text: whether a bytes literal is not enough.
    """
    return [
        _line(move, _output(after, program, by), displayed=as_text)
        for move, after in _moves(run)
        if isinstance(move, kind) and move.program == program
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


def _output(facts: list[Heard | Shown], program: str, by: str) -> str:
    kind = Shown if by else Heard
    return "".join(fact.text for fact in facts if isinstance(fact, kind) and fact.program == (by or program))
