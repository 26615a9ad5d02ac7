"""Finds where to hand in: where the student says, where the club says, or where the project came from."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from enum import Enum, auto

from ..errors import UsageError
from ..escape import shown
from .bounds import CONFIG_S
from .git import git, shown_address
from .settings import FILE

MAX_SHOWN = 120
"""Characters of an address in a sentence."""

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
REMOTE = re.compile(r"(?![A-Za-z]:)[^/\\\s]+:(?![\\])")
"""``host:path``, as ssh has it; one letter before the colon is a drive of Windows."""

HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/.+", re.IGNORECASE)
"""An address whose beginning was forgotten."""


class Kind(Enum):
    """What a place is."""

    REPOSITORY = auto()
    FOLDER = auto()
    NOWHERE = auto()


@dataclass(frozen=True)
class Place:
    """Where a hand-in goes.

    Attributes:
        kind: what is there.
        address: for git, or the folder's path; empty where there is nowhere to go.
    """

    kind: Kind
    address: str = ""

    @property
    def is_local(self) -> bool:
        """Whether it is a path on this machine, or on what is mounted there."""
        return self.address.startswith("file://") or os.path.isabs(self.address)

    def name(self) -> str:
        """The address as it may be shown: without a password."""
        return shown_address(self.address)

    def key(self, pseudo: str) -> str:
        """What a hand-in there, under that pseudonym, is remembered by: an address may hold a password."""
        where = os.path.realpath(self.address) if os.path.isabs(self.address) else self.address
        return f"{hashlib.sha256(where.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}/{pseudo}"


def place_of(given: str, work: str, source: str = "") -> Place:
    """The place that a text names.

    Args:
        given: a git URL, the path of a repository or a folder.
        work: the submission's folder; a repository around it is the student's own, and is taken as a mere folder.
        source: who says so, for a sentence; empty where the student does.

    Raises:
        UsageError: nothing is there.
    """
    text = given.strip()
    if URL.match(text):
        return Place(Kind.REPOSITORY, text)
    path = os.path.expanduser(text)
    if os.path.isdir(path):
        path = os.path.abspath(path)
        is_own = (os.path.realpath(work) + os.sep).startswith(os.path.realpath(path).rstrip(os.sep) + os.sep)
        return Place(Kind.REPOSITORY if is_repository(path) and not is_own else Kind.FOLDER, path)
    if REMOTE.match(text):
        return Place(Kind.REPOSITORY, text)
    where = f"« {shown(text, MAX_SHOWN)} »" + (f", que dit {source}," if source else "")
    if HOST.fullmatch(text):
        raise UsageError(f"{where} n'est pas un dossier d'ici. Voulais-tu dire : https://{shown(text, MAX_SHOWN)} ?")
    if os.path.exists(path):
        raise UsageError(f"{where} est un fichier : donne un dossier, ou l'adresse d'un dépôt git.")
    raise UsageError(f"{where} n'existe pas ici : branche la clé ou le partage, ou vérifie le nom.")


def is_repository(path: str) -> bool:
    """Whether a folder is a git repository, with or without a work tree."""
    bare = all(os.path.exists(os.path.join(path, name)) for name in ("HEAD", "objects", "refs"))
    return bare or os.path.exists(os.path.join(path, ".git"))


def address_in(project: str, written: str) -> str:
    """What ``club.toml`` names, for whoever stands elsewhere: a path that begins nowhere begins in its folder."""
    if URL.match(written) or REMOTE.match(written):
        return written
    return os.path.normpath(os.path.join(project, os.path.expanduser(written)))


def default_place(project: str, work: str, written: str) -> Place:
    """The place where nobody has named one on the command line.

    Args:
        project: the project's folder.
        work: the submission's.
        written: what ``club.toml`` says there; empty if it says nothing.

    Raises:
        UsageError: the club has named what is not there.
    """
    if written:
        return place_of(address_in(project, written), work, FILE)
    origin = _origin(project)
    return place_of(origin, work, "le git de ce projet") if origin else Place(Kind.NOWHERE)


def _origin(project: str) -> str:
    """Where the project was cloned from; empty where it was not, or nobody can tell. A relative path is its own."""
    own = os.path.join(project, ".git")
    if not os.path.exists(own):  # one further up is another project's
        return ""
    try:
        answer = git("--git-dir", own, "config", "--get", "remote.origin.url", limit_s=CONFIG_S)
    except (UsageError, OSError):
        return ""  # no git, no clone
    url = answer.output.decode("utf-8", "surrogateescape").strip() if answer.ok else ""
    is_path = url and not (URL.match(url) or REMOTE.match(url) or os.path.isabs(url))
    return os.path.join(project, url) if is_path else url
