"""Opens a git bundle: reads its head itself, and has git index only the objects, in a repository of ours."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from ..errors import UsageError
from .bounds import MAX_BUNDLE_BYTES, MAX_HEADER_BYTES, MAX_VERSIONS, UNPACK_S
from .contents import Contents, UnreadableError
from .git import check_place, git
from .objects import CAPS, Objects

MARKS = (b"# v2 git bundle\n", b"# v3 git bundle\n")
"""What a bundle begins with (gitformat-bundle(5))."""

REFERENCE = re.compile(rb"([0-9a-f]{40}|[0-9a-f]{64}) (.+)\n\Z", re.DOTALL)

BROKEN = "Le fichier .rendu est abîmé ou incomplet : il faut le demander de nouveau."
PARTIAL = "Ce bundle ne contient que la suite d'un autre : il faut le refaire en entier."
TOO_SLOW = "Lire ce fichier prend trop de temps : ce n'est pas un rendu ordinaire."

CHOSEN_FIRST = ("HEAD", "refs/heads/main", "refs/heads/master")
"""Which of several references is taken where none is a hand-in's."""

BRANCHES = "refs/heads/rendu/"


@dataclass(frozen=True)
class Head:
    """What stands before the objects of a bundle.

    Attributes:
        references: objects by the names that lead to them.
        size: of the head, in bytes.
        digits: of an object's name.
    """

    references: dict[str, str]
    size: int
    digits: int


def read_head(file: IO[bytes]) -> Head:
    """The head of a bundle; the file then stands where the objects begin.

    Raises:
        UnreadableError: it is damaged, or needs objects that are not in it.
    """
    references: dict[str, str] = {}
    size = len(file.readline(64))
    while True:
        line = file.readline(4096)
        size += len(line)
        if line == b"\n":
            break
        if line.startswith(b"-"):
            raise UnreadableError(PARTIAL)
        if line.startswith(b"@filter"):
            raise UnreadableError(PARTIAL)
        if line.startswith(b"@"):
            continue
        match = REFERENCE.match(line)
        if match is None or size > MAX_HEADER_BYTES:
            raise UnreadableError(BROKEN)
        references[match[2].decode("utf-8", "surrogateescape")] = match[1].decode("ascii")
    if not references:
        raise UnreadableError("Ce bundle est vide.")
    return Head(references, size, max(map(len, references.values())))


@contextmanager
def opened_bundle(file: IO[bytes]) -> Iterator[Contents]:
    """What is in a bundle that holds one hand-in.

    Raises:
        UnreadableError: it is damaged.
    """
    head = read_head(file)
    reference, odd = _chosen(head.references)
    with indexed(file, head, MAX_BUNDLE_BYTES) as objects:
        yield contents_of(objects, head.references[reference], odd)


@contextmanager
def indexed(file: IO[bytes], head: Head, most: int) -> Iterator[Objects]:
    """The objects of a bundle, whose file stands where they begin.

    Args:
        file: it.
        head: what stood before.
        most: bytes of objects.

    Raises:
        UnreadableError: they are damaged, or too many.
        OSError: there is no place for them.
    """
    with temporary_repository(head.digits) as repository:
        with tempfile.TemporaryFile() as pack:
            while part := file.read(1 << 16):
                pack.write(part)
                if pack.tell() > most:
                    raise UnreadableError("Le fichier est trop gros pour trois programmes.")
            pack.seek(0)
            words = ("index-pack", "--stdin", "--threads=1")
            own = {"GIT_DIR": repository}
            try:
                answer = git(*words, folder=repository, data=pack, limit_s=UNPACK_S, variables=own, caps=CAPS)
            except UsageError as error:  # there is no git: zips and folders can be read all the same
                raise UnreadableError(f"Pour lire ce fichier, il faut git : {error}") from error
        check_place(answer)
        if not answer.ok:
            raise UnreadableError(TOO_SLOW if answer.took_too_long else BROKEN)
        with Objects(repository, head.digits) as objects:
            yield objects


def contents_of(objects: Objects, oid: str, odd: tuple[str, ...] = ()) -> Contents:
    """What a commit holds, and when it and those before it were made.

    Raises:
        UnreadableError: it is damaged.
    """
    objects.begin()
    commit = objects.commit(oid)
    before = [] if not commit.parent else [version.when_s for version in objects.versions(commit.parent, MAX_VERSIONS)]
    earlier_s = tuple(when_s for when_s in before if when_s is not None)
    entries = objects.entries(commit.tree)
    return Contents(entries, lambda entry, most: objects.file(entry.key, most), commit.when_s, earlier_s, odd)


@contextmanager
def temporary_repository(digits: int) -> Iterator[str]:
    """A bare repository of ours that has no hook, no template and no setting; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="chatpy-", ignore_cleanup_errors=True) as folder:
        repository = os.path.realpath(folder)
        for name in ("objects/pack", "refs/heads"):
            os.makedirs(os.path.join(repository, name))
        with open(os.path.join(repository, "HEAD"), "w", encoding="ascii", newline="\n") as file:
            file.write("ref: refs/heads/main\n")
        write_settings(repository, digits)
        yield repository


def write_settings(repository: str, digits: int) -> None:
    """Write the whole of a repository's configuration: git adds to it what we do not want afterwards."""
    version, more = (0, "") if digits == 40 else (1, "[extensions]\n\tobjectformat = sha256\n")
    with open(os.path.join(repository, "config"), "w", encoding="ascii", newline="\n") as file:
        file.write(f"[core]\n\trepositoryformatversion = {version}\n\tbare = true\n{more}")


def _chosen(references: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """The reference to take, and what to say where there are several that differ."""
    ours = sorted(name for name in references if name.startswith(BRANCHES))
    others = [name for name in CHOSEN_FIRST if name in references]
    best = (ours or others or sorted(references))[0]
    if len(set(references.values())) == 1:
        return best, ()
    return best, (f"Plusieurs branches dans ce bundle : « {best.removeprefix('refs/heads/')} » est prise.",)
