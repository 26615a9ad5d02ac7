"""The scenarios: ten processes, all side by side but one."""

from __future__ import annotations

from ..transcript import scenario_names as names
from .steps import Do, Scenario, Step, Until, Words

MESSAGES = 3
"""Lines typed and lines said in a conversation: one may pass by luck, two by taking turns, three by right."""


def _meet(program: str) -> tuple[Step, ...]:
    """Wait for the connection, and then until both threads had the time to start."""
    return (Step(program, Do.NOTHING, Until.MEETING), Step(program, Do.NOTHING, Until.REST))


def _type(program: str, count: int = MESSAGES) -> tuple[Step, ...]:
    return (Step(program, Do.TYPE, Until.HEARD, group="send"),) * count


def _say(program: str, count: int = MESSAGES) -> tuple[Step, ...]:
    return (Step(program, Do.SAY, Until.SHOWN, group="reception"),) * count


def _rest(program: str) -> tuple[Step, ...]:
    return (Step(program, Do.NOTHING, Until.REST),)


def _across(source: str, target: str, words: Words, count: int) -> tuple[Step, ...]:
    """Lines typed in one program that the other must show."""
    return (Step(source, Do.TYPE, Until.SHOWN, words, target, group=source),) * count


def _chat(program: str) -> tuple[Scenario, ...]:
    """The conversations of one program with a peer of the harness's.

    ``parle`` types before anything is said, ``ecoute`` says before anything is typed: so neither direction can
    lean on the other. They also end in the two possible orders.
    """
    meet, type_lines, say_lines, rest = _meet(program), _type(program), _say(program), _rest(program)
    say_long = Step(program, Do.SAY, Until.SHOWN, Words.LONG, group="long")
    leaves_first = (Step(program, Do.LEAVE, Until.REST), Step(program, Do.END_INPUT, Until.OVER))
    ends_first = (Step(program, Do.END_INPUT, Until.REST), Step(program, Do.LEAVE, Until.OVER))
    return (
        Scenario(names.typing_first(program), (program,), meet + type_lines + say_lines + rest + leaves_first),
        Scenario(names.hearing_first(program), (program,), meet + say_lines + type_lines + rest + ends_first),
        Scenario(names.long_message(program), (program,), (*meet, say_long)),
    )


ETAPE1 = Scenario(
    names.ETAPE1,
    ("etape1",),
    (
        Step("etape1", Do.NOTHING, Until.LISTENING),
        Step("etape1", Do.REQUEST, Until.ANSWERED),
        Step("etape1", Do.NOTHING, Until.OVER),
    ),
)

DUO = Scenario(
    names.DUO,
    ("serveur", "client"),
    (
        *_meet("serveur"),
        *_meet("client"),
        *_across("serveur", "client", Words.PLAIN, 2),
        *_across("client", "serveur", Words.PLAIN, 2),
        *_across("serveur", "client", Words.PLAIN, 1),
        *_across("serveur", "client", Words.ACCENTS, 1),
        *_across("client", "serveur", Words.ACCENTS, 1),
    ),
)

AGAIN = Scenario(
    names.AGAIN,
    ("serveur",),
    (Step("serveur", Do.NOTHING, Until.LISTENING),),
    after=names.typing_first("serveur"),
)

CONTROL = Scenario("temoin", ("temoin",), (Step("temoin", Do.NOTHING, Until.OVER),))
"""A program of the grader's own, run where the machine seems to lack something: no part of a grading."""

SCENARIOS: tuple[Scenario, ...] = (DUO, *_chat("serveur"), *_chat("client"), AGAIN, ETAPE1)
"""The longest first: they decide when the verdict is complete."""

PARTS: dict[str, tuple[str, ...]] = {"etape1": ("etape1",), "chat": ("serveur", "client")}
"""The programs of each part of the subject (Étape 1, Étape 2)."""


def scenarios_of(parts: tuple[str, ...]) -> tuple[Scenario, ...]:
    """The scenarios that some parts of the subject need."""
    programs = {program for part in parts for program in PARTS[part]}
    return tuple(scenario for scenario in SCENARIOS if programs.issuperset(scenario.programs))
