"""The transcript of a grading: what was submitted and played, and what was seen; saved as lines of JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, ParamSpec, TypeVar

from .codec import BadFactError, decode, encode
from .facts import Fact
from .upgrade import SCHEMA_BEFORE, upgraded

SCHEMA = 4
"""Of the saved form. A reader understands the one before, too, and refuses any other."""

F = TypeVar("F", bound=Fact)
Q = ParamSpec("Q")
T = TypeVar("T")


@dataclass(frozen=True)
class Run:
    """One scenario as it was played.

    A program can make tens of thousands of facts, and each check asks for a few kinds of them: they are sorted once.

    Attributes:
        scenario: its name, such as ``serveur.parle``.
        facts: everything that was seen, in the order in which the harness learned it.
    """

    scenario: str
    facts: tuple[Fact, ...] = ()

    def of(self, kind: type[F], program: str | None = None) -> list[F]:
        """The facts of one kind, of one program or of all; ProbeFact and CallEnded stand for all kinds below."""
        return list(self._sorted.get((kind, program), ()))

    def first(self, kind: type[F], program: str | None = None) -> F | None:
        """The first fact of one kind, or None."""
        found: F | None = self._sorted.get((kind, program), (None,))[0]
        return found

    def has(self, kind: type[Fact], program: str | None = None) -> bool:
        """Whether a fact of this kind was seen."""
        return (kind, program) in self._sorted

    def position(self, fact: Fact) -> int:
        """Where in the story one of its facts stands.

        Raises:
            ValueError: it is none of them.
        """
        found = self._positions.get(id(fact))
        return self.facts.index(fact) if found is None else found

    @cached_property
    def answers(self) -> dict[object, Any]:
        """What ``asked_once`` remembers."""
        return {}

    @cached_property
    def _sorted(self) -> Mapping[tuple[type[Fact], str | None], Sequence[Any]]:
        """The facts by their kind and program; None stands for all programs."""
        found: dict[tuple[type[Fact], str | None], list[Fact]] = {}
        above: dict[type[Fact], list[type[Fact]]] = {}
        """Each kind, with those that it is one of."""
        for fact in self.facts:
            if type(fact) not in above:
                above[type(fact)] = [one for one in type(fact).__mro__ if issubclass(one, Fact) and one is not Fact]
            for kind in above[type(fact)]:
                for key in ((kind, fact.program), (kind, None)):
                    if key in found:
                        found[key].append(fact)
                    else:
                        found[key] = [fact]
        return found

    @cached_property
    def _positions(self) -> dict[int, int]:
        positions: dict[int, int] = {}
        for index, fact in enumerate(self.facts):
            positions.setdefault(id(fact), index)
        return positions


def asked_once(question: Callable[Q, T]) -> Callable[Q, T]:
    """A question whose first argument is a run, with which its answer is kept: a long story is read once for all.

    What it returns is shared, so nobody may change it.
    """

    @wraps(question)
    def ask(*asked: Q.args, **named: Q.kwargs) -> T:
        run = asked[0]
        assert isinstance(run, Run)
        key = (question, asked[1:], tuple(named.items()))
        if key not in run.answers:
            run.answers[key] = question(*asked, **named)
        answer: T = run.answers[key]
        return answer

    return ask


@dataclass(frozen=True)
class Transcript:
    """Everything that the checks may know.

    Attributes:
        files: the programs that the submission has: ``etape1``, ``serveur``, ``client`` to the file's name.
        asked: the parts that were to be graded: ``etape1``, ``chat``.
        runs: the scenarios that were played, by name.
        system: where they were, as sys.platform says it; empty where it is not known.
    """

    files: dict[str, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ("etape1", "chat")
    runs: dict[str, Run] = field(default_factory=dict)
    system: str = ""

    def run(self, scenario: str) -> Run:
        """A scenario as it was played; an empty one where it was not."""
        return self.runs.get(scenario) or Run(scenario)


def dumps(transcript: Transcript) -> str:
    """The saved form: a heading line, then one line a fact."""
    heading = {
        "schema": SCHEMA,
        "system": transcript.system,
        "files": transcript.files,
        "asked": transcript.asked,
        "runs": list(transcript.runs),
    }
    lines = [json.dumps(heading, ensure_ascii=True)]
    for run in transcript.runs.values():
        lines += [json.dumps([run.scenario, encode(fact)], ensure_ascii=True) for fact in run.facts]
    return "\n".join(lines) + "\n"


def loads(text: str) -> Transcript:
    """The transcript in its saved form.

    Raises:
        BadFactError: the text is not the saved form of a transcript; the message names the line.
    """
    number = 1
    try:
        heading, *lines = text.removesuffix("\n").split("\n")
        head = json.loads(heading)
        if head["schema"] not in (SCHEMA, SCHEMA_BEFORE):
            raise BadFactError(f"schema {head['schema']!r} is not {SCHEMA}")
        is_old = head["schema"] == SCHEMA_BEFORE
        seen: dict[str, list[Fact]] = {str(name): [] for name in head["runs"]}
        for number, line in enumerate(lines, start=2):  # noqa: B007 - the error message names it
            scenario, values = json.loads(line)
            seen[scenario].append(decode(upgraded(values) if is_old else values))
        files = {str(program): str(name) for program, name in head["files"].items()}
        asked = tuple(str(part) for part in head["asked"])
        system = str(head.get("system", ""))  # those of before do not tell
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadFactError(f"line {number}: {error}") from error
    runs = {name: Run(name, tuple(facts)) for name, facts in seen.items()}
    return Transcript(files, asked, runs, system)
