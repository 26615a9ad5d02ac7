"""Compares what the probe told with what the system shows: what that contradicts earns nothing; what looks odd is said.

Only what the operating system cannot have done takes points. Words that are missing from a source, a channel that was
closed or written to: such things may have an honest reason, so they are for the instructor's eye, and take nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .checks.verdict import Status, Verdict, failed
from .shape import same_shape
from .submission import PROGRAMS, Submission
from .transcript.facts import (
    Bound,
    Counted,
    Dialed,
    Forged,
    Left,
    Muted,
    ProbeFact,
    ThreadEnded,
    ThreadFailed,
    ThreadRan,
    ThreadStarted,
    Unaccepted,
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
"""What is hardly done without one of these words somewhere in the submission, small letters."""

ELSEWHERE = ("exec(", "eval(", "__import__", "importlib", "runpy")
"""Words of a program that may have others somewhere else than in its source."""

TOOLS = (
    "SocketMade", "FilenoAsked", "ReuseSet", "ThreadStarted", "ThreadRan", "ThreadEnded", "ThreadNamed", "FoundEnded",
    "MainEnded", "emit_at", "_watcher", "cell_contents", "__closure__", "get_referrers", "__subclasses__",
    "addaudithook", "ptrace", "unshare", "/proc/",
)  # fmt: skip
"""Names of the probe's own, and names by which one reaches into the interpreter or the system: a chat needs none."""

OF_THREADS = {actor: (f"{actor}.threads", f"{actor}.join") for actor in CHAT}
"""The checks that rest on what the probe tells of threads."""

ACCEPTED = {"etape1": ("etape1.ecoute", "etape1.fileno", "etape1.fin"), **OF_THREADS}
"""The checks that rest on the connection that a program says it has accepted."""

LONG_IDLE = 4
"""Steps of a scenario in which every real thread has begun: start() itself waits for that."""


def review(
    verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission, *, own: bool = False
) -> tuple[dict[str, Verdict], tuple[Suspicion, ...]]:
    """The verdicts that stand, and what is suspicious; the solution itself (``own``) is no copy of it."""
    passed = {check for check, verdict in verdicts.items() if verdict.status is Status.PASSED}
    found = [*_impossible(transcript), *_ghosts(transcript), *_odd(passed, transcript, submission)]
    found += () if own else _copies(passed, submission)
    voided = {check: one for one in found for check in one.checks if check in passed}
    kept = {
        check: failed(voided[check].message, "temoignage_faux") if check in voided else verdict
        for check, verdict in verdicts.items()
    }
    return kept, tuple(found)


def _impossible(transcript: Transcript) -> Iterator[Suspicion]:
    """What a program says it did, and the system has not or cannot have done."""
    for actor in PROGRAMS:
        runs = transcript.runs.values()
        for contradicts, resting, what in IMPOSSIBLE:
            if any(contradicts(run, actor) for run in runs):
                slug = "connexion_en_attente" if resting is ACCEPTED else "faits_impossibles"
                yield Suspicion(slug, f"{actor}.py {what}", resting[actor])


def _never_accepted(run: Run, actor: str) -> bool:
    """Whether a connection that is said to be accepted still waited in the system's queue."""
    return run.has(Unaccepted, actor)


def _two_addresses(run: Run, actor: str) -> bool:
    """Whether one TCP socket was bound twice (EINVAL, bind(2)), or connected to two places (EISCONN, connect(2))."""
    bound: set[int] = set()
    called: dict[int, tuple[str, int]] = {}
    reached: dict[int, tuple[str, int]] = {}
    for fact in run.facts:
        if fact.actor != actor:
            continue
        if isinstance(fact, Bound):
            if fact.socket in bound:
                return True
            bound.add(fact.socket)
        elif isinstance(fact, Dialed) and fact.kind == "stream":
            called[fact.socket] = (fact.host, fact.port)
        elif isinstance(fact, Left) and fact.call == "connect" and fact.count > 0 and fact.target in called:
            place = called[fact.target]
            if reached.setdefault(fact.target, place) != place:
                return True
    return False


def _two_threads_in_one(run: Run, actor: str) -> bool:
    """Whether two threads have one number, or a thread ended or ran that was never started."""
    numbers = [fact.number for fact in run.of(ThreadStarted, actor)]
    ran = {fact.thread for fact in run.of(ThreadRan, actor)} | {fact.thread for fact in run.of(ThreadEnded, actor)}
    return len(set(numbers)) < len(numbers) or not ran - {0} <= set(numbers)  # 0: started in a way that is not watched


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


def _odd(passed: set[str], transcript: Transcript, submission: Submission) -> Iterator[Suspicion]:
    """What is only for the instructor's eye: it may have an honest reason, and takes no point."""
    for actor in PROGRAMS:
        runs = transcript.runs.values()
        if any(run.has(Forged, actor) for run in runs):
            yield Suspicion("faux_faits", f"À regarder : {actor}.py a écrit là où seule la sonde du correcteur écrit.")
        if any(run.has(Muted, actor) for run in runs):
            yield Suspicion(
                "sonde_coupee", f"À regarder : {actor}.py a fermé ce par quoi la sonde du correcteur parle."
            )
    sources = [_text(data) for path, data in submission.files.items() if path.endswith(".py")]
    small = [source.lower() for source in sources]
    if not any(word in source for word in ELSEWHERE for source in small):
        yield from _unwritten(passed, transcript, small)
    tools = [tool for tool in TOOLS if any(tool in source and _is_word(tool, source) for source in sources)]
    if tools:
        yield Suspicion("outils", f"À regarder : le rendu contient {', '.join(tools)}, dont un chat n'a pas besoin.")


def _copies(passed: set[str], submission: Submission) -> Iterator[Suspicion]:
    """Programs that are the solution's."""
    for actor in CHAT:
        program = submission.programs.get(actor)
        if (
            program is not None
            and f"{actor}.send" in passed
            and _is_copy(actor, submission.files.get(program.file, b""))
        ):
            yield Suspicion(COPY, f"{program.file} est le corrigé, aux noms, aux textes et aux commentaires près.")


def _unwritten(passed: set[str], transcript: Transcript, sources: list[str]) -> Iterator[Suspicion]:
    """What was done, and has no word in the source."""
    for check, wanted in WORDS.items():
        if check in passed and not any(word in source for word in wanted for source in sources):
            yield Suspicion("source_muette", f"À regarder : {check} est réussi sans un seul des mots qu'on attend.")
    for actor in CHAT:
        if f"{actor}.threads" in passed and not all(
            any(name.lower() in source for name in names for source in sources) for names in _called(transcript, actor)
        ):
            yield Suspicion(
                "source_muette", f"À regarder : un thread de {actor}.py porte un nom qui n'y est pas écrit."
            )


def _called(transcript: Transcript, actor: str) -> Iterator[tuple[str, ...]]:
    """What each thread is called that runs something of the program's own; accents can be written in two ways."""
    for run in transcript.runs.values():
        for one in run.of(ThreadStarted, actor):
            names = (one.function.removesuffix(".run").rpartition(".")[2], *one.names)
            if one.module == "__main__" and one.file and all(map(str.isascii, names)):
                yield names


def _is_word(tool: str, source: str) -> bool:
    """Whether a name stands in a source, and not only inside of a longer one."""
    start = source.find(tool)
    while start >= 0:
        end = start + len(tool)
        if not _in_word(source[max(start - 1, 0) : start]) and (tool[-1] == "/" or not _in_word(source[end : end + 1])):
            return True
        start = source.find(tool, end)
    return False


def _in_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _text(source: bytes) -> str:
    """A source as well as it can be read: words are looked for, whatever its encoding, length or version of Python."""
    return source.decode("utf-8", "replace")


IMPOSSIBLE: tuple[tuple[Callable[[Run, str], bool], dict[str, tuple[str, ...]], str], ...] = (
    (_never_accepted, ACCEPTED, "annonce une connexion acceptée, que le système garde encore en attente."),
    (
        _two_addresses,
        {
            "etape1": ("etape1.ecoute",),
            "serveur": ("serveur.adresse",),
            "client": ("client.adresse", "duo.dialogue", "duo.accents"),
        },
        "annonce deux adresses pour une seule socket, ce que le système ne permet pas.",
    ),
    (_two_threads_in_one, {"etape1": (), **OF_THREADS}, "annonce deux threads en un seul, ce qui ne peut pas être."),
)
"""What the system contradicts, the checks that rest on it, and how it is said."""


def is_solution(folder: str) -> bool:
    """Whether a folder is the solution itself: nobody has copied it then."""
    return os.path.realpath(folder) == os.path.realpath(SOLUTION)


def _is_copy(actor: str, source: bytes) -> bool:
    """Whether a program is the solution that comes with the exercise, or would be under other names."""
    try:
        with open(os.path.join(SOLUTION, actor + ".py"), "rb") as file:
            return same_shape(_text(file.read()), _text(source))
    except OSError:
        return False  # it was taken away
