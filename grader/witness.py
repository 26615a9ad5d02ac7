"""Compares what the probe told with what the source and the system show: a lie earns nothing, and is named."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

from .checks.duo import TRACEBACK
from .checks.verdict import Status, Verdict, failed
from .submission import MAX_SOURCE, PROGRAMS, Submission
from .transcript.facts import (
    Bound,
    Complained,
    Counted,
    Dialed,
    Exited,
    Forged,
    Forked,
    Left,
    MainEnded,
    Muted,
    ProbeFact,
    Raised,
    ThreadEnded,
    ThreadFailed,
    ThreadRan,
    ThreadStarted,
)
from .transcript.record import Run, Transcript

CHAT = PROGRAMS[1:]
SOLUTION = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "reference")
COPY = "corrige"
"""The suspicion of a copied solution."""


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

TOOLS = frozenset({
    "get_objects", "get_referrers", "_getframe", "currentframe", "__closure__", "cell_contents", "_watcher", "_token",
    "_put", "emit", "emit_at", "__subclasses__", "ptrace", "closerange", "addaudithook", "ctypes", "unshare",
})  # fmt: skip
"""Names by which one reaches into the interpreter or the system, and that no chat needs."""

OF_THREADS = {actor: (f"{actor}.threads", f"{actor}.join") for actor in CHAT}
"""The checks that rest on what the probe tells of threads."""

FORGED = {
    "etape1": ("etape1.ecoute", "etape1.fileno", "etape1.fin"),
    "serveur": ("serveur.adresse", "serveur.threads", "serveur.join"),
    "client": ("client.adresse", "client.threads", "client.join", "duo.dialogue", "duo.accents"),
}
"""The checks that rest on the probe, wholly or in part."""

LONG_IDLE = 4
"""Steps of a scenario in which every real thread has begun: start() itself waits for that."""

IN_THREAD = re.compile(r"^Exception in thread .*:\r?\nTraceback \(most recent call last\):", re.MULTILINE)
"""How Python shows what a thread has not caught (threading.excepthook, Python 3.10 to 3.14)."""


def review(
    verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission
) -> tuple[dict[str, Verdict], tuple[Suspicion, ...]]:
    """The verdicts that stand, and what is suspicious."""
    passed = {check for check, verdict in verdicts.items() if verdict.status is Status.PASSED}
    if not passed:
        return verdicts, ()
    found = [*_unheard(transcript), *_ghosts(transcript), *_from_source(passed, transcript, submission)]
    voided = {check: one for one in found for check in one.checks if check in passed}
    kept = {
        check: failed(voided[check].message, "temoignage_faux") if check in voided else verdict
        for check, verdict in verdicts.items()
    }
    return kept, tuple(found)


def _unheard(transcript: Transcript) -> Iterator[Suspicion]:
    """What the probe cannot have told, and what it was kept from telling."""
    for actor in PROGRAMS:
        runs = transcript.runs.values()
        if any(run.has(Forged, actor) for run in runs):
            message = f"{actor}.py a écrit lui-même à la place de la sonde du correcteur."
            yield Suspicion("faux_faits", message, FORGED[actor])
        for contradicts, resting in IMPOSSIBLE:
            if any(contradicts(run, actor) for run in runs):
                message = f"{actor}.py annonce deux choses qui ne peuvent pas être vraies ensemble."
                yield Suspicion("faits_impossibles", message, resting[actor])
        if any(run.has(Muted, actor) or _hides_error(run, actor) for run in runs):
            checks = ("etape1.fin",) if actor == "etape1" else (f"{actor}.join",)
            yield Suspicion("sonde_coupee", f"{actor}.py a caché au correcteur ce qui lui arrivait.", checks)


def _two_addresses(run: Run, actor: str) -> bool:
    """Whether one socket was bound twice, or called two places and the first call did not fail: neither can be."""
    bound = [fact.socket for fact in run.of(Bound, actor)]
    called: dict[int, tuple[str, int]] = {}
    for fact in run.facts:
        if isinstance(fact, Dialed) and fact.actor == actor:
            if called.setdefault(fact.socket, (fact.host, fact.port)) != (fact.host, fact.port):
                return True
        elif isinstance(fact, Left) and fact.actor == actor and fact.call == "connect" and fact.count <= 0:
            called.pop(fact.target, None)
    return len(set(bound)) < len(bound)


def _two_threads_in_one(run: Run, actor: str) -> bool:
    """Whether two threads have one number, or a thread ended or ran that was never started."""
    numbers = [fact.number for fact in run.of(ThreadStarted, actor)]
    ran = {fact.thread for fact in run.of(ThreadRan, actor)} | {fact.thread for fact in run.of(ThreadEnded, actor)}
    return len(set(numbers)) < len(numbers) or not ran - {0} <= set(numbers)  # 0: started in a way that is not watched


def _hides_error(run: Run, actor: str) -> bool:
    """Whether Python has shown an exception that nothing caught, and the probe has not told it."""
    if not run.has(Exited, actor):
        return False  # it was ended: what it told last may not have been read
    if run.has(Raised, actor) or (run.has(Forked, actor) and run.has(MainEnded, actor)):
        return False  # of a child process the probe tells nothing, and its parent goes on
    complaints = "".join(fact.text for fact in run.of(Complained, actor))
    silent = not run.has(MainEnded, actor) and any(fact.status == 0 for fact in run.of(Exited, actor))
    return bool(IN_THREAD.search(complaints)) or (silent and bool(TRACEBACK.search(complaints)))


def _ghosts(transcript: Transcript) -> Iterator[Suspicion]:
    """Threads that are said to run, and that the system does not show."""
    for actor in CHAT:
        if any(_has_ghost(run, actor) for run in transcript.runs.values()):
            message = f"{actor}.py annonce plus de threads que le système n'en montre."
            yield Suspicion("threads_fantomes", message, OF_THREADS[actor])


def _has_ghost(run: Run, actor: str) -> bool:
    """Whether more threads lived from one count to the next than the first of the two has found."""
    alive: set[int] = set()
    idle: dict[int, int] = {}
    """Threads that were started and have not run, and how often the threads were counted since."""
    lasting: tuple[set[int], int] | None = None
    doubted = False
    for fact in run.facts:
        if fact.actor != actor:
            continue
        if doubted and isinstance(fact, ProbeFact):
            return True  # and the program was not about to end, which ends all threads without a word
        if isinstance(fact, ThreadStarted):
            idle[fact.number] = 0
        elif isinstance(fact, ThreadFailed):
            idle.pop(fact.number, None)
        elif isinstance(fact, ThreadRan):
            idle.pop(fact.thread, None)
            alive.add(fact.thread)
        elif isinstance(fact, ThreadEnded):
            alive.discard(fact.thread)
        elif isinstance(fact, Counted):
            # One may have ended just before the count, and its fact be still on the way: by the next it is there.
            doubted = doubted or (lasting is not None and 1 + len(lasting[0] & alive) > lasting[1])
            lasting = (set(alive), fact.threads)
            idle = {number: count + 1 for number, count in idle.items()}
    return any(count >= LONG_IDLE for count in idle.values())


def _functions(transcript: Transcript, actor: str) -> set[str]:
    """What the threads of a program run, of its own functions and classes, in small letters."""
    started = [one for run in transcript.runs.values() for one in run.of(ThreadStarted, actor)]
    own = (one.function.removesuffix(".run") for one in started if one.module == "__main__" and one.file)
    return {name.rpartition(".")[2].lower() for name in own}


def _from_source(passed: set[str], transcript: Transcript, submission: Submission) -> Iterator[Suspicion]:
    """What the source says against the facts: it has not the words for it, reaches too far, or is the solution."""
    shapes = {path: shape for path, data in submission.files.items() if (shape := shape_of(path, data)) is not None}
    names = {name.lower() for shape in shapes.values() for name in shape.names}
    texts = {text.lower() for shape in shapes.values() for text in shape.texts}
    words = names | texts
    for check, wanted in WORDS.items():
        if check in passed and not (_named(wanted, names) or _written(wanted, texts)):
            message = f"{check} a été vu de l'intérieur, mais rien dans le rendu ne peut le faire."
            yield Suspicion("source_muette", message, (check,))
    for actor in CHAT:
        if f"{actor}.threads" in passed and not _functions(transcript, actor) <= words:
            message = f"{actor}.py annonce des threads avec des fonctions qui ne sont pas dans le rendu."
            yield Suspicion("source_muette", message, OF_THREADS[actor])
    tools = sorted(TOOLS & words | {"/proc" for text in texts if "/proc/" in text})
    if tools:
        yield Suspicion("outils", f"Le rendu se sert de {', '.join(tools)} : un chat n'en a pas besoin.")
    for actor in CHAT:
        program = submission.programs.get(actor)
        if program is not None and f"{actor}.send" in passed and program.file in shapes:
            solution = _solution(actor)
            if solution is not None and solution.code == shapes[program.file].code:
                yield Suspicion(COPY, f"{program.file} est le corrigé, aux noms et aux commentaires près.")


IMPOSSIBLE: tuple[tuple[Callable[[Run, str], bool], dict[str, tuple[str, ...]]], ...] = (
    (
        _two_addresses,
        {
            "etape1": ("etape1.ecoute",),
            "serveur": ("serveur.adresse",),
            "client": ("client.adresse", "duo.dialogue", "duo.accents"),
        },
    ),
    (_two_threads_in_one, {"etape1": (), **OF_THREADS}),
)
"""How what a program tells can contradict itself, and the checks that rest on it."""


def _named(wanted: tuple[str, ...], names: set[str]) -> bool:
    return any(one in name for one in wanted for name in names)


def _written(wanted: tuple[str, ...], texts: set[str]) -> bool:
    """Whether a text is one of the words, for getattr, or a program that calls one, for exec."""
    return any(text == one or f"{one}(" in text for one in wanted for text in texts)


@dataclass(frozen=True)
class Shape:
    """A source without its layout.

    Attributes:
        code: the byte code of all its functions, in which names and constants are numbers.
        names: all names in it.
        texts: all texts in it, docstrings included; comments are not.
    """

    code: tuple[bytes, ...]
    names: frozenset[str]
    texts: frozenset[str]


def shape_of(path: str, source: bytes) -> Shape | None:
    """The shape of a source; None for what is no Python or is too long."""
    if not path.endswith(".py") or len(source) > MAX_SOURCE:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Python warns of, it says to whoever runs the program
            module = compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return None
    codes = [module]
    names: set[str] = set()
    texts: set[str] = set()
    for code in codes:
        names.update(code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, (code.co_name,))
        for constant in code.co_consts:
            if isinstance(constant, CodeType):
                codes.append(constant)  # the list grows by what is found in it
            elif isinstance(constant, (str, bytes)):
                texts.add(constant if isinstance(constant, str) else constant.decode("latin-1"))
            elif isinstance(constant, (tuple, frozenset)):
                texts.update(str(one) for one in constant)  # names of keyword arguments, too
    return Shape(tuple(code.co_code for code in codes), frozenset(names), frozenset(texts))


def is_solution(folder: str) -> bool:
    """Whether a folder is the solution itself: nobody has copied it then."""
    return os.path.realpath(folder) == os.path.realpath(SOLUTION)


def _solution(actor: str) -> Shape | None:
    """The solution that comes with the exercise; None where it was taken away."""
    try:
        with open(os.path.join(SOLUTION, actor + ".py"), "rb") as file:
            return shape_of(actor + ".py", file.read())
    except OSError:
        return None
