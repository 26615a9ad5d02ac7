"""Tells what the machine lacks from what a program lacks by its own doing."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

from ..limits import Limits
from ..probe.entry_line import NO_PORT
from ..transcript.facts import ProbeFact, Raised, Refused, ThreadFailed
from .lacks import DESCRIPTORS, DISK, MEMORY, OF_ERRNO, THREADS
from .system import fits, usage

if TYPE_CHECKING:  # both say with the words of lacks.py what is missing
    from .activity import Activity
    from .process import Process


REFUSALS = (ThreadFailed, Raised, Refused)
"""The facts that can show that something is missing."""


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
    if code == errno.EADDRNOTAVAIL and not (isinstance(fact, Refused) and fact.method == NO_PORT):
        return ""  # of IPv6, which this machine may lack
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
