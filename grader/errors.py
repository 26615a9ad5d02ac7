"""The grader's own failures, each with the exit status that the command line gives it."""

from __future__ import annotations

import errno
from enum import IntEnum


class ExitStatus(IntEnum):
    """How the command ends; the same numbers as pytest's."""

    FULL_MARKS = 0
    """Graded, every point that was asked for is there."""

    POINTS_MISSING = 1
    """Graded, at least one point is missing."""

    INTERRUPTED = 2
    """Ctrl+C."""

    GRADER_ERROR = 3
    """The grader itself failed; the submission is not to blame."""

    USAGE = 4
    """The command could not be understood, or what it names cannot be read."""


class UsageError(Exception):
    """The caller asked for something impossible; the message is one French sentence that says what to do."""


class GraderError(Exception):
    """The grader could not do its work on this machine; the message is French and says what failed."""


REASONS = {
    errno.EACCES: "tu n'en as pas le droit, ou un autre programme le garde ouvert",
    errno.EPERM: "le système ne le permet pas",
    errno.EROFS: "ce disque ne peut être que lu",
    errno.ENOENT: "ce fichier ou ce dossier n'existe pas",
    errno.ENOTDIR: "ce chemin passe par un fichier comme par un dossier",
    errno.EISDIR: "c'est un dossier, pas un fichier",
    errno.ENAMETOOLONG: "ce nom est trop long",
    errno.ELOOP: "ce lien tourne en rond",
    errno.EINVAL: "ce nom ne convient pas au système",
    errno.ENOSPC: "il n'y a plus de place sur le disque",
    errno.EFBIG: "ce fichier serait trop gros",
    errno.EIO: "le disque ne répond pas bien",
    errno.EBUSY: "un autre programme s'en sert",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts sur cette machine",
    errno.ENOMEM: "il n'y a plus assez de mémoire",
    errno.EAGAIN: "le système n'a plus de place pour un programme de plus",
    errno.ENOEXEC: "ce n'est pas un programme que le système sait lancer",
    errno.EBADF: "il est fermé",
    errno.EPIPE: "personne ne lit plus à l'autre bout",
}
"""What the system's refusals mean (errno(3)), each to stand behind a colon: the system itself says it in English."""


def reason(error: OSError) -> str:
    """Why the system refused, in French."""
    return REASONS.get(error.errno or 0) or f"le système refuse (erreur {error.errno})"


class BrokenError(Exception):
    """A bug of ours, met in another process of ours; the message is its traceback."""
