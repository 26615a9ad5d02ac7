"""Finds the folder that a command is about: the one that was named, the skeleton, or where we are."""

from __future__ import annotations

import os

from .errors import UsageError
from .escape import quoted, shown
from .files import ROOT
from .options import PROGRAM, nearest
from .submission import PROGRAM_FILES

DEFAULT_FOLDER = "skeleton"


def folder_of(given: str | None, verbs: tuple[str, ...] = (), command: str = PROGRAM, purpose: str = "noter") -> str:
    """The folder to read: the one that was named, else the skeleton, or the current one if there is work in it.

    Args:
        given: what the command line names; None where it names nothing.
        verbs: what may have been meant by a folder that is not there.
        command: what to type, without a folder.
        purpose: what the command does with the work, in a word.

    Raises:
        UsageError: the whole project was named, or a verb was mistyped.
    """
    if given is None:
        if os.path.isdir(DEFAULT_FOLDER):
            return DEFAULT_FOLDER
        skeleton = os.path.join(ROOT, DEFAULT_FOLDER)
        return "." if _has_programs(".") or not os.path.isdir(skeleton) else skeleton
    verb = "" if os.path.exists(given) else nearest(given, list(verbs))
    if verb:
        raise UsageError(f"Il n'y a pas de dossier « {shown(given)} » ici. Voulais-tu dire : {PROGRAM} {verb} ?")
    project = os.path.isfile(os.path.join(given, "grader", "__main__.py")) and not _has_programs(given)
    work = os.path.join(given, DEFAULT_FOLDER)
    if project and os.path.isdir(work):
        here = os.path.realpath(given) == os.path.realpath(os.curdir)
        typed = command if here else f"{command} {quoted(shown(work))}"
        raise UsageError(f"C'est le dossier de ChatPy. Pour {purpose} ton travail, dans skeleton, tape : {typed}")
    return given


def _has_programs(folder: str) -> bool:
    return any(os.path.isfile(os.path.join(folder, file)) for file in PROGRAM_FILES)
