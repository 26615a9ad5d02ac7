"""What a machine can have too little of: how the system says so, and how a student reads it."""

from __future__ import annotations

import errno

from ..errors import GraderError

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
    START: "un programme n'a pas pu démarrer sur cette machine, ou trop lentement",
}
"""What can be missing, and how a student reads it."""

BLAMELESS = frozenset({PROCESSES, THREADS, PORTS, START})
"""What no program lacks by its own doing, unless it uses much (see shortage.py): the others on the machine share it."""

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
