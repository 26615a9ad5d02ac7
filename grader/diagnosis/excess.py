"""Detects what a program used too much of, whether it was ended for it or the system refused it."""

from __future__ import annotations

from ..transcript.facts import Exceeded, Forked, ProbeFact, Raised, Refused, ThreadFailed, ThreadStarted
from ..transcript.place import Place
from ..transcript.questions import place_of
from ..transcript.record import Run
from .finding import Case, Finding, found_at

SLUGS = {
    "processus": "trop_de_processus",
    "threads": "trop_de_threads",
    "memoire": "trop_de_memoire",
    "disque": "trop_de_fichiers",
    "duree": "trop_long",
    "sonde": "trop_agite",
}
"""The mistake for each limit of the watch."""

MAKERS: dict[str, type[ProbeFact]] = {"processus": Forked, "threads": ThreadStarted}
"""The facts that show the line to blame."""

REFUSED = {
    "EFBIG": "trop_de_fichiers",
    "ENOSPC": "trop_de_fichiers",
    "EDQUOT": "trop_de_fichiers",
    "EMFILE": "trop_ouverts",
}
"""What the system says of its own limits (errno(3))."""

FORBIDDEN = ("EPERM", "EROFS")
"""What it says of calls that the grader forbids, and of its own files; of a socket's call, a firewall says it too."""


def ended_for(case: Case, runs: list[Run]) -> Finding | None:
    """The limit that the program was ended for, in the runs that decide a check."""
    for run in runs:
        for excess in run.of(Exceeded, case.actor):
            made = run.of(MAKERS[excess.what], case.actor) if excess.what in MAKERS else []
            place = place_of(made[-1]) if made else None
            return Finding(SLUGS.get(excess.what, "trop_agite"), place or Place(case.code.file, 0))
    return None


def refused(error: Raised, run: Run) -> Finding | None:
    """A limit of the system's that an exception shows."""
    if "MemoryError" in error.bases:
        return found_at("trop_de_memoire", error)
    if "RuntimeError" in error.bases and run.has(ThreadFailed, error.actor):
        return found_at("trop_de_threads", error)
    if error.code == "EAGAIN" and run.has(Forked, error.actor):
        return found_at("trop_de_processus", error)
    at_socket = any(one.line == error.line for one in run.of(Refused, error.actor))
    if error.code in FORBIDDEN and not at_socket:
        return found_at("interdit", error)
    return found_at(REFUSED[error.code], error) if error.code in REFUSED else None
