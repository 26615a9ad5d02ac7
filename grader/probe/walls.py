"""What a program with mounts of its own finds changed: folders that it can only read, that look empty, that are new."""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Iterable, Iterator

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
HIDDEN = (*(os.path.join(PROJECT, name) for name in ("reference", "tests", ".git")), "/sys/fs/cgroup")
"""Where solutions are, and where a group that somebody makes stays (cgroups(7))."""

EMPTIED = ("/dev/shm",)  # noqa: S108 - POSIX's shared memory stays until somebody removes it (shm_overview(7))
EMPTIED_IN_SANDBOX = (*EMPTIED, "/tmp")  # noqa: S108 - outside, the desktop's sockets are there, and the copies


class Walls:
    """The folders; every one exists.

    No dataclass: to import that costs every grading 4 ms.

    Args:
        pinned: keep their names; parents come first.
        locked: can only be read.
        hidden: look empty.
        emptied: are in memory, empty at first, and the program's own.
        kept: stay where they are even in one that is emptied.
    """

    def __init__(
        self,
        pinned: Iterable[str] = (),
        locked: Iterable[str] = (),
        hidden: Iterable[str] = (),
        emptied: Iterable[str] = (),
        kept: Iterable[str] = (),
    ) -> None:
        self.pinned = tuple(pinned)
        self.locked, self.hidden, self.emptied, self.kept = tuple(locked), tuple(hidden), tuple(emptied), tuple(kept)


def walls_around(*, sandboxed: bool) -> Walls:
    """What a program on this machine finds changed.

    Args:
        sandboxed: whether the whole machine is a sandbox's: then all that Python needs is known.
    """
    sources = _sources()
    locked = _outermost(path for path in sources if os.access(path, os.W_OK))
    emptied = filter(os.path.isdir, EMPTIED_IN_SANDBOX if sandboxed else EMPTIED)
    pinned = sorted({folder for path in locked for folder in _above(path)})
    return Walls(pinned, locked, filter(os.path.isdir, HIDDEN), emptied, _outermost(sources) if sandboxed else ())


def _sources() -> list[str]:
    """The folders that the grader and Python are imported from, without those that hold a whole home."""
    own = [PROJECT, os.path.join(PROJECT, "grader")]
    python = [sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix, *sys.path]
    home = os.path.realpath(os.path.expanduser("~")) + "/"
    found = [os.path.realpath(path) for path in (*own, *python, *_user_site()) if path]
    return [path for path in found if os.path.isdir(path) and not home.startswith(path.rstrip("/") + "/")]


def _user_site() -> list[str]:
    """Where ``pip --user`` puts packages, or what there is on the way to it: a module made there would be imported."""
    if not site.ENABLE_USER_SITE:
        return []
    path = os.path.abspath(site.getusersitepackages())
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    return [path]


def _above(path: str) -> Iterator[str]:
    """The folders that hold one, as far as they can be moved: another could be put in their place, with all in it."""
    while (path := os.path.dirname(path)) != os.path.dirname(path):
        if os.access(os.path.dirname(path), os.W_OK):
            yield path


def _outermost(paths: Iterable[str]) -> list[str]:
    """The folders without those that are in another of them."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1] + "/"):
            kept.append(path)
    return kept
