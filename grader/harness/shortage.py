"""Tells what the machine lacks from what a program lacks by its own doing."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

from ..errors import GraderError
from ..limits import Limits
from ..transcript.facts import ProbeFact, Raised, Refused, ThreadFailed
from .system import fits, usage

if TYPE_CHECKING:  # both say with its words what a program lacks
    from .activity import Activity
    from .process import Process

PROCESSES, THREADS, MEMORY, DESCRIPTORS, DISK = "processus", "threads", "memoire", "descripteurs", "disque"
PORTS, LAUNCHER, START = "ports", "lanceur", "depart"

LACKS = {
    PROCESSES: "cette machine ne donne plus assez de processus",
    THREADS: "cette machine ne donne plus assez de threads",
    MEMORY: "cette machine n'a plus assez de mémoire libre",
    DESCRIPTORS: "cette machine ne laisse pas ouvrir assez de fichiers et de sockets à la fois",
    PORTS: "cette machine n'a plus de port libre à donner",
    DISK: "le dossier temporaire de cette machine est plein",
    LAUNCHER: "ce qui lance les programmes est arrêté sans cesse",
    START: "un programme met trop longtemps à démarrer sur cette machine",
}
"""What can be missing, and how a student reads it."""

OF_ERRNO = {
    errno.EAGAIN: PROCESSES,
    errno.ENOMEM: MEMORY,
    errno.ENOBUFS: MEMORY,
    errno.EMFILE: DESCRIPTORS,
    errno.ENFILE: DESCRIPTORS,
    errno.ETOOMANYREFS: DESCRIPTORS,
    errno.EADDRNOTAVAIL: PORTS,
    errno.ENOSPC: DISK,
    errno.EDQUOT: DISK,
}
"""What is missing when the system refuses something (errno(3)).

All addresses are really the grader's own, on loopback: none is unavailable but for want of a port (connect(2)).
"""


def lack_of(error: OSError | MemoryError) -> str:
    """What a refusal shows to be missing; empty where it is about something else."""
    return MEMORY if isinstance(error, MemoryError) else OF_ERRNO.get(error.errno or 0, "")


def machine_lacks(what: str) -> GraderError:
    """The error that says so: nobody can be graded here now, and no student is to blame."""
    return GraderError(f"{LACKS[what]}. Ce n'est pas ta faute. Ferme des programmes, puis relance le correcteur.")


def lack_in(fact: ProbeFact, activity: Activity, process: Process, folder: str, limits: Limits) -> str:
    """What the machine has refused a program that had not used much of it, by a fact of the program's; else empty."""
    what = _shown_by(fact, forked=activity.forked)
    if not what or _is_its_own(what, process, activity.threads, folder, limits):
        return ""
    return what


def _shown_by(fact: ProbeFact, *, forked: bool) -> str:
    """What a fact of a program says to be missing, whoever has used it up; empty for nothing."""
    if isinstance(fact, ThreadFailed):
        return THREADS
    if not isinstance(fact, (Raised, Refused)):
        return ""
    if isinstance(fact, Raised) and "MemoryError" in fact.bases:
        return MEMORY
    code = getattr(errno, fact.code, 0) if fact.code else 0
    if code == errno.EAGAIN and not (forked and isinstance(fact, Raised)):
        return ""  # of a socket it only says that nothing has come yet
    return OF_ERRNO.get(code, "")


def _is_its_own(what: str, process: Process, threads: int, folder: str, limits: Limits) -> bool:
    """Whether a program has itself used up what it lacks: more than any chat, and as much as the limits let it.

    Args:
        what: it lacks.
        process: the program.
        threads: that it has started and that have not ended.
        folder: its copy of the submission, where it can be seen from outside.
        limits: what it may use.
    """
    if what == THREADS and threads >= limits.own_threads:
        return True
    if what == DESCRIPTORS:
        return _open_files_here() >= limits.open_files
    if what == DISK:
        return process.private or not fits(folder, limits.room_bytes // 2, limits.room_files // 2)
    used = usage(process.tree, limits.watched_threads)
    if used is None:
        return False
    if used.processes >= limits.watched_processes // 2 or used.threads >= limits.own_threads:
        return True
    return what == MEMORY and used.memory_bytes >= limits.watched_memory_bytes // 4


def _open_files_here() -> int:
    """How many descriptors this machine lets a program have."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    return sys.maxsize if hard == resource.RLIM_INFINITY else hard
