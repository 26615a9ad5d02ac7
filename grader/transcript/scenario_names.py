"""The names of the scenarios: who plays one and who looks at what was seen of it say the same."""

from __future__ import annotations

ETAPE1 = "etape1"
DUO = "duo"
AGAIN = "relance"


def typing_first(program: str) -> str:
    """The conversation in which lines are typed before anything is said."""
    return f"{program}.parle"


def hearing_first(program: str) -> str:
    """The conversation in which lines are said before anything is typed."""
    return f"{program}.ecoute"


def long_message(program: str) -> str:
    """The conversation of one very long message."""
    return f"{program}.long"


def conversations(program: str) -> tuple[str, ...]:
    """The scenarios in which a program is alone with the grader, and which decide its checks."""
    return (ETAPE1,) if program == ETAPE1 else (typing_first(program), hearing_first(program))
