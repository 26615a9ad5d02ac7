"""What can be said about one mistake."""

from __future__ import annotations

from types import ModuleType

from ..transcript.value import Value


class Flags:
    """What is true of some mistakes, and decides between them: bits, for an enum takes 0.5 ms to make."""

    SPEAKS = 1 << 0
    """It says what was done wrong; all others only say what did not happen, and an exception explains them better."""
    WAITS = 1 << 1
    """One understands it better when one sees who waits where."""
    VAGUE = 1 << 2
    """It says where a program stops, not why: an error that the program catches may be behind it."""
    ROOT = 1 << 3
    """One with threads, that stops messages and the end as well."""
    ENDLESS = 1 << 4
    """One with messages, that keeps the program from ending as well."""
    CHANGED = 1 << 5
    """It is about what was made of the messages: the threads have nothing to do with it."""
    UNANSWERED = 1 << 6
    """The answer does not come, or does not end: a program that does not end then does so for the same reason."""
    MISPLACED = 1 << 7
    """The server's address is wrong, so that the client's differs from it."""
    PLAIN = 1 << 8
    """A picture would not make it clearer."""
    NEVER_DONE = 1 << 9
    """Something was never done, so nobody was met: a call that failed, its error caught, may be the reason."""
    UNMET = 1 << 10
    """Server and client do not name the same address; a picture shows both."""
    OTHER_DOOR = 1 << 11
    """Étape 1 listens elsewhere than where it is called; a picture shows both."""
    NOTICED_ELSEWHERE = 1 << 12
    """Who made it is to blame, not the thread that noticed it with an exception."""


class Mistake(Value):
    """One line of the catalogue; the French texts may hold ``{file}``, ``{line}`` and what the detector found.

    Attributes:
        slug: stable, for the JSON result; in capitals it is the mistake's name in the code.
        check: where it belongs: the last part of a check's id; empty for the first check that fails for it.
        when: which facts it is chosen by, in French, for whoever proofreads.
        cause: the likely cause, one or two sentences.
        step: the one next step.
        question: a nudge, which gives less than the step.
        lesson: the heading of the subject to read again.
        flags: what else is true of it, bits of Flags.
    """

    slug: str
    check: str
    when: str
    cause: str
    step: str
    question: str
    lesson: str
    flags: int = 0


def mistakes_named_in(topic: ModuleType) -> list[Mistake]:
    """The mistakes that a module knows, its own and those of others."""
    return [value for name, value in vars(topic).items() if isinstance(value, Mistake) and name == value.slug.upper()]
