"""Compares what the probe told with what the source and the system show: a lie earns nothing, and is named."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

from .checks.verdict import Status, Verdict, failed
from .submission import PROGRAMS, Submission
from .transcript.facts import Counted, Forged, Muted, ThreadEnded, ThreadRan
from .transcript.record import Run, Transcript

CHAT = PROGRAMS[1:]
SOLUTION = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "reference")
MAX_SOURCE = 200_000
"""Characters; nobody has typed more."""


@dataclass(frozen=True)
class Suspicion:
    """Something that a person should look at.

    Attributes:
        slug: stable, one of those below.
        message: what was noticed, a French sentence for the instructor.
        checks: what it takes the points of; empty where it is only said.
    """

    slug: str
    message: str
    checks: tuple[str, ...] = ()


THREADS = ("thread", "timer", "executor", "serve_forever", "asyncio", "pool")
WORDS: dict[str, tuple[str, ...]] = {
    "etape1.fileno": ("fileno",),
    **{f"{actor}.threads": THREADS for actor in CHAT},
    **{f"{actor}.join": ("join", "is_alive", *THREADS[2:]) for actor in CHAT},
    "bonus.relance": ("setsockopt", "create_server", "reuse"),
}
"""What cannot be done without one of these words somewhere in the submission's names or texts, small letters."""

TOOLS = {
    "get_objects": "gc.get_objects", "get_referrers": "gc.get_referrers", "_getframe": "sys._getframe",
    "currentframe": "inspect.currentframe", "__closure__": "__closure__", "cell_contents": "cell_contents",
    "emit_at": "emit_at", "_watcher": "_watcher", "__subclasses__": "__subclasses__", "/proc/": "/proc",
    "ptrace": "ptrace", "closerange": "os.closerange", "addaudithook": "sys.addaudithook",
}  # fmt: skip
"""What reaches into the interpreter or the system, and no chat needs."""


def review(
    verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission
) -> tuple[dict[str, Verdict], tuple[Suspicion, ...]]:
    """The verdicts that stand, and what is suspicious."""
    passed = {check for check, verdict in verdicts.items() if verdict.status is Status.PASSED}
    if not passed:
        return verdicts, ()
    found = [*_unheard(transcript), *_ghosts(transcript), *_from_source(passed, submission)]
    voided = {check: one for one in found for check in one.checks if check in passed}
    kept = {
        check: failed(voided[check].message, "temoignage_faux") if check in voided else verdict
        for check, verdict in verdicts.items()
    }
    return kept, tuple(found)


def _unheard(transcript: Transcript) -> Iterator[Suspicion]:
    """Facts that the probe has not told, and a probe that was made silent."""
    for actor in PROGRAMS:
        runs = [run for run in transcript.runs.values() if run.has(Forged, actor)]
        if runs:
            yield Suspicion("faux_faits", f"{actor}.py a écrit lui-même dans le canal où le correcteur l'observe.")
        if any(run.has(Muted, actor) for run in transcript.runs.values()):
            checks = ("etape1.fin",) if actor == "etape1" else (f"{actor}.join",)
            yield Suspicion("sonde_coupee", f"{actor}.py a fermé le canal où le correcteur l'observe.", checks)


def _ghosts(transcript: Transcript) -> Iterator[Suspicion]:
    """Threads that are said to run, and that the system does not show."""
    for actor in CHAT:
        if any(_has_ghost(run, actor) for run in transcript.runs.values()):
            message = f"{actor}.py annonce plus de threads que le système n'en montre."
            yield Suspicion("threads_fantomes", message, (f"{actor}.threads", f"{actor}.join"))


def _has_ghost(run: Run, actor: str) -> bool:
    """Whether more threads lived from one count to the next than the first of the two has found."""
    alive: set[int] = set()
    lasting: tuple[set[int], int] | None = None
    for fact in run.facts:
        if fact.actor != actor:
            continue
        if isinstance(fact, ThreadRan):
            alive.add(fact.thread)
        elif isinstance(fact, ThreadEnded):
            alive.discard(fact.thread)
        elif isinstance(fact, Counted):
            # One may have ended just before the count, and its fact be still on the way: by the next it is there.
            if lasting is not None and 1 + len(lasting[0] & alive) > lasting[1]:
                return True
            lasting = (set(alive), fact.threads)
    return False


def _from_source(passed: set[str], submission: Submission) -> Iterator[Suspicion]:
    """What the source says against the facts: it has not the words for it, reaches too far, or is the solution."""
    shapes = {path: shape for path, data in submission.files.items() if (shape := shape_of(path, data)) is not None}
    words = {word.lower() for shape in shapes.values() for word in shape.words}
    for check, wanted in WORDS.items():
        if check in passed and not any(one in word for one in wanted for word in words):
            message = f"{check} a été vu de l'intérieur, mais rien dans le rendu ne peut le faire."
            yield Suspicion("source_muette", message, (check,))
    tools = sorted({name for part, name in TOOLS.items() if any(part in word for word in words)})
    if tools:
        yield Suspicion("outils", f"Le rendu se sert de {', '.join(tools)} : un chat n'en a pas besoin.")
    for actor in CHAT:
        program = submission.programs.get(actor)
        if program is not None and f"{actor}.send" in passed and program.file in shapes:
            solution = _solution(actor)
            if solution is not None and solution.code == shapes[program.file].code:
                yield Suspicion("corrige", f"{program.file} est le corrigé, aux noms et aux commentaires près.")


@dataclass(frozen=True)
class Shape:
    """A source without its layout.

    Attributes:
        code: the byte code of all its functions, in which names and constants are numbers.
        words: all names and texts in it; comments are not.
    """

    code: tuple[bytes, ...]
    words: frozenset[str]


def shape_of(path: str, source: bytes) -> Shape | None:
    """The shape of a source; None for what is no Python or is too long."""
    if not path.endswith(".py") or len(source) > MAX_SOURCE:
        return None
    try:
        module = compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None
    codes = [module]
    words: set[str] = set()
    for code in codes:
        words.update(code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, (code.co_name,))
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                codes.append(constant)  # the list grows by what is found in it
            elif isinstance(constant, (str, bytes)):
                words.add(constant if isinstance(constant, str) else constant.decode("latin-1"))
            elif isinstance(constant, (tuple, frozenset)):
                words.update(str(one) for one in constant)
    return Shape(tuple(code.co_code for code in codes), frozenset(words))


def _solution(actor: str) -> Shape | None:
    """The solution that comes with the exercise; None where it was taken away."""
    try:
        with open(os.path.join(SOLUTION, actor + ".py"), "rb") as file:
            return shape_of(actor + ".py", file.read())
    except OSError:
        return None
