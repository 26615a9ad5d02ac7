"""What a scenario is made of: something done to a program, then something waited for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Do(Enum):
    """What the harness does at the beginning of a step."""

    NOTHING = "nothing"
    TYPE = "type a line on standard input"
    SAY = "send a line from the peer"
    REQUEST = "send the request of curl from the peer"
    LEAVE = "shut the peer's connection down and close it"
    END_INPUT = "end standard input"


class Until(Enum):
    """What a step waits for."""

    LISTENING = "the program listens"
    MEETING = "the program is connected to its peer, and has accepted the connection if it is a server"
    HEARD = "the peer has received the text"
    SHOWN = "the text is on the standard output of `shown_by`"
    ANSWERED = "the peer has received Hello World!, or the end"
    REST = "every thread waits for somebody outside the program"
    OVER = "the program has ended"


class Words(Enum):
    """What kind of text a step types or says; the text itself is new in each grading."""

    PLAIN = "one line of ASCII, 8 to 40 bytes"
    ACCENTS = "one line with accents and an emoji"
    LONG = "one line of 10,000 characters with accents"


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        program: the program that it is done to.
        do: what the harness does.
        until: what it waits for.
        words: the text, where one is typed or said.
        shown_by: for SHOWN, the program that must show the text, if not ``program``.
        group: steps of one group stop at the first that waits in vain; a step without a group that waits in vain
            ends the scenario if it is a MEETING, and changes nothing else.
    """

    program: str
    do: Do
    until: Until
    words: Words = Words.PLAIN
    shown_by: str = ""
    group: str = ""


@dataclass(frozen=True)
class Scenario:
    """What is done to programs, in processes of their own.

    Attributes:
        name: unique.
        programs: the programs, started together; with two of them the harness relays between them.
        steps: in order.
        after: the scenario that must be over before, whose server's port is used again; empty for none.
    """

    name: str
    programs: tuple[str, ...]
    steps: tuple[Step, ...]
    after: str = ""
