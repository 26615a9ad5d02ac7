"""Collects hand-ins: finds out what a source is, and reads one hand-in after the other; nothing of them runs."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from typing import BinaryIO
from urllib.parse import urlsplit
from urllib.request import url2pathname

from ..errors import GraderError, UsageError, reason
from ..escape import shown
from ..limits import Limits
from ..tree import is_skipped
from .archives import Archive
from .bounds import HEAD_BYTES, MAX_PACK_BYTES
from .bundles import BRANCHES, MARKS, contents_of, indexed, read_head
from .contents import Contents, UnreadableError
from .folders import entries_of, is_folder, open_file, read_entry, read_file
from .git import shown_address
from .model import HandIn
from .moodle_names import MoodleName, moodle_name
from .objects import Objects
from .participants import by_participant, from_moodle, unpacked
from .reading import ZIPPED, Found, opened_file, read_hand_in, stem
from .repositories import FOLDER, find_in_repository
from .results import is_notes
from .tidy import FOREIGN, is_program, looks_packed, pseudonyms

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://|[\w.-]+@[\w.-]+:")
"""How a repository elsewhere is named: by a scheme, or as ssh does."""


def collect(source: str, limits: Limits) -> Iterator[HandIn]:
    """Every hand-in of a source, one after the other, each with its files in memory.

    When a hand-in was made is, in this order: the time of its commit; the date that Moodle, or an archive around it,
    gives it; the newest date of its programs, on the disk or in the zip.

    Args:
        source: a repository's URL, or the path of a repository, a folder, an archive or a bundle.
        limits: how much is kept of each.

    Raises:
        UsageError: it cannot be read at all.
        GraderError: this machine has no place to read it in.
    """
    try:
        for found in _find(source):
            yield read_hand_in(found, limits)
    except OSError as error:
        raise GraderError(f"Je n'arrive pas à lire « {shown_address(source)} » : {reason(error)}.") from error


def _find(source: str) -> Iterator[Found]:
    path = source
    if source.lower().startswith("file://"):
        path = url2pathname(urlsplit(source).path)
    elif URL.match(source) and not os.path.exists(source):
        return find_in_repository(source)
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "ce nom ne convient pas au système"
        raise UsageError(f"Je ne peux pas lire « {shown(source, 200)} » : {why}.") from error
    path = os.path.abspath(path)
    if stat.S_ISDIR(mode):
        return _in_folder(path)
    if stat.S_ISREG(mode):
        return _in_file(os.path.realpath(path), os.path.basename(path))
    raise UsageError(f"« {shown(source, 200)} » n'est ni un dossier, ni un fichier, ni un dépôt git.")


def _in_folder(folder: str) -> Iterator[Found]:
    """A repository's hand-ins; where it has none, those of its folders."""
    entries = _names_in(folder)
    names = {entry.name for entry in entries}
    is_bare = {"HEAD", "objects", "refs"} <= names
    if is_bare or ".git" in names:
        seen = False
        try:
            for found in find_in_repository(folder):
                seen = True
                yield found
        except UsageError:
            if is_bare or seen:
                raise
        if is_bare or seen:
            return
    if any(is_program(entry.name) and entry.is_file(follow_symlinks=False) for entry in entries):
        name = os.path.basename(folder)
        pseudo, odd = pseudonyms([name])[name]
        yield Found(pseudo, f"dossier {shown(name)}", partial(_disk_folder, folder), (odd,) if odd else ())
        return
    deeper = [entry for entry in entries if entry.name == FOLDER and is_folder(entry)]
    for entry in deeper:  # what a repository has, copied by hand
        entries = [one for one in entries if one is not entry] + _names_in(entry.path)
    yield from _among(entries)


def _names_in(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            return sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        raise UsageError(f"Je ne peux pas lire le dossier « {shown(folder, 200)} » : {reason(error)}.") from error


def _among(entries: list[os.DirEntry[str]]) -> Iterator[Found]:
    """Hand-ins side by side: folders, files, and what Moodle has unpacked."""
    theirs: dict[str, list[tuple[MoodleName, os.DirEntry[str]]]] = {}
    plain: list[tuple[str, os.DirEntry[str]]] = []
    for entry in entries:
        named = moodle_name(entry.name)
        if named is not None:
            theirs.setdefault(named.participant, []).append((named, entry))
        elif _is_hand_in(entry):
            plain.append((_whose(entry), entry))
    given = pseudonyms(name for name, _ in plain)
    for name, entry in plain:
        pseudo, odd = given[name]
        opened = partial(_disk_folder if is_folder(entry) else _disk_file, entry.path)
        kind = "dossier " if is_folder(entry) else ""
        yield Found(pseudo, kind + shown(entry.name), opened, (odd,) if odd else ())
    yield from from_moodle({number: unpacked(pairs) for number, pairs in theirs.items()})


def _whose(entry: os.DirEntry[str]) -> str:
    """The name of whoever handed it in; a Mac writes accents in two signs, and others in one."""
    return unicodedata.normalize("NFC", entry.name) if is_folder(entry) else stem(entry.name)


def _is_hand_in(entry: os.DirEntry[str]) -> bool:
    name = entry.name
    if name.startswith(".") or name.lower() in FOREIGN:
        return False
    if os.path.isdir(entry.path):  # a link to one is told as such
        return not is_skipped(name) and not is_notes(entry.path)
    if looks_packed(name):
        return True
    if os.path.splitext(name)[1]:
        return False
    try:
        return read_file(entry.path, HEAD_BYTES).startswith((*MARKS, *ZIPPED))
    except (OSError, UnreadableError):
        return False


def _in_file(path: str, name: str) -> Iterator[Found]:
    """A zip of Moodle's, a bundle of many, or one hand-in; what cannot be read is one hand-in that cannot be."""
    try:
        with open_file(path) as file, ExitStack() as stack:
            try:
                several = _several(file, name, stack)
            except UnreadableError:
                several = iter(())  # why not is said when it is read as one
            first = next(several, None)
            if first is not None:
                yield first
                yield from several
                return
    except OSError as error:
        raise UsageError(f"Je ne peux pas lire « {shown(path, 200)} » : {reason(error)}.") from error
    except UnreadableError as error:
        raise UsageError(f"Je ne peux pas lire « {shown(path, 200)} ». {error}") from error
    pseudo, odd = pseudonyms([stem(name)])[stem(name)]
    yield Found(pseudo, shown(name), partial(_disk_file, path), (odd,) if odd else ())


def _several(file: BinaryIO, name: str, stack: ExitStack) -> Iterator[Found]:
    """The hand-ins in a file that holds several; none where it holds one.

    Raises:
        UnreadableError: it is damaged.
    """
    head = file.read(HEAD_BYTES)
    file.seek(0)
    if head.startswith(ZIPPED):
        return from_moodle(by_participant(Archive(file)))
    if head.startswith(MARKS):
        several = read_head(file)
        branches = {r.removeprefix(BRANCHES): oid for r, oid in several.references.items() if r.startswith(BRANCHES)}
        if len(branches) > 1:
            objects = stack.enter_context(indexed(file, several, MAX_PACK_BYTES))
            return _from_bundle(objects, branches, name)
    return iter(())


def _from_bundle(objects: Objects, branches: dict[str, str], name: str) -> Iterator[Found]:
    """The branches of a bundle, by name."""
    given = pseudonyms(branches)
    for branch, oid in sorted(branches.items()):
        pseudo, odd = given[branch]
        yield Found(
            pseudo, f"{shown(name)}, rendu/{shown(branch)}", partial(_commit, objects, oid), (odd,) if odd else ()
        )


@contextmanager
def _disk_folder(path: str) -> Iterator[Contents]:
    """A folder on the disk."""
    yield Contents(entries_of(path), read_entry)


@contextmanager
def _disk_file(path: str) -> Iterator[Contents]:
    """A bundle or an archive on the disk."""
    about = os.lstat(path)
    if not stat.S_ISREG(about.st_mode):
        raise UnreadableError("Ce n'est pas un fichier ordinaire : un lien n'est jamais suivi.")
    with open_file(path) as file, opened_file(file) as inside:
        dated = any(entry.when_s for entry in inside.entries)
        yield replace(inside, when_s=inside.when_s if inside.when_s or dated else int(about.st_mtime))


@contextmanager
def _commit(objects: Objects, oid: str) -> Iterator[Contents]:
    """What a commit holds."""
    yield contents_of(objects, oid)
