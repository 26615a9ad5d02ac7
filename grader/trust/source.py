"""Compares what was done with the source: what has no word for it, and words that no chat needs."""

from __future__ import annotations

from collections.abc import Iterator

from ..submission import PROGRAMS, Submission
from ..transcript.facts import ThreadStarted
from ..transcript.record import Transcript
from .grounds import GROUNDS
from .suspicion import Suspicion

ELSEWHERE = ("exec(", "eval(", "__import__", "importlib", "runpy")
"""Words of a program that may have others somewhere else than in its source."""

TOOLS = (
    "SocketMade", "FilenoAsked", "ReuseSet", "ThreadStarted", "ThreadRan", "ThreadEnded", "ThreadNamed", "FoundEnded",
    "MainEnded", "emit_at", "_watcher", "cell_contents", "__closure__", "get_referrers", "__subclasses__",
    "addaudithook", "ptrace", "unshare", "/proc/",
)  # fmt: skip
"""Names of the probe's own, and names by which one reaches into the interpreter or the system: a chat needs none."""


def against_source(passed: set[str], transcript: Transcript, submission: Submission) -> Iterator[Suspicion]:
    """What is only for the instructor's eye: it may have an honest reason, and takes no point."""
    sources = [text_of(data) for path, data in submission.files.items() if path.endswith(".py")]
    small = [source.lower() for source in sources]
    if not any(word in source for word in ELSEWHERE for source in small):
        yield from _unwritten(passed, transcript, small)
    tools = [tool for tool in TOOLS if any(tool in source and _is_word(tool, source) for source in sources)]
    if tools:
        yield Suspicion("outils", f"À regarder : le rendu contient {', '.join(tools)}, dont un chat n'a pas besoin.")


def text_of(source: bytes) -> str:
    """A source as well as it can be read: words are looked for, whatever its encoding, length or version of Python."""
    return source.decode("utf-8", "replace")


def _unwritten(passed: set[str], transcript: Transcript, sources: list[str]) -> Iterator[Suspicion]:
    """What was done, and has no word in the source."""
    for ground in GROUNDS:
        missing = ground.words and not any(word in source for word in ground.words for source in sources)
        if ground.check in passed and missing:
            message = f"À regarder : {ground.check} est réussi sans un seul des mots qu'on attend."
            yield Suspicion("source_muette", message)
    for program in PROGRAMS[1:]:
        if f"{program}.threads" in passed and not all(
            _is_written(names, sources) for names in _called(transcript, program)
        ):
            message = f"À regarder : un thread de {program}.py porte un nom qui n'y est pas écrit."
            yield Suspicion("source_muette", message)


def _is_written(names: tuple[str, ...], sources: list[str]) -> bool:
    """Whether one of the names of a thread stands in a source."""
    return any(name.lower() in source for name in names for source in sources)


def _called(transcript: Transcript, program: str) -> Iterator[tuple[str, ...]]:
    """What each thread is called that runs something of the program's own; accents can be written in two ways."""
    for run in transcript.runs.values():
        for one in run.of(ThreadStarted, program):
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
