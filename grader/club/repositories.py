"""Finds the hand-ins in somebody's git repository: their branches, or the folders on its main one.

What comes is fetched into a bare repository of ours and read from there. Theirs is only ever opened by a
``git upload-pack`` that has been told what it must not do: no hook, no other program, nothing fetched in its turn.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from ..errors import UsageError
from ..escape import shown
from ..tree import is_skipped
from .bounds import (
    MAX_ARCHIVE_BYTES,
    MAX_TREES,
    MAX_VERSIONS,
)
from .bundles import contents_of, temporary_repository
from .contents import Contents, Kind, UnreadableError
from .fetching import BRANCH, Fetching, References, list_references
from .git import shown_address
from .objects import Objects
from .reading import Found, opened_file, stem
from .tidy import BUNDLED, pseudonyms

FOLDER = "rendus"
"""Where the hand-ins are on a main branch."""


def find_in_repository(url: str) -> Iterator[Found]:
    """The hand-ins of a repository, by name; what was fetched is there until the last one has been taken.

    Raises:
        UsageError: it cannot be read.
    """
    references = list_references(url)
    with temporary_repository(references.digits) as repository:
        fetching = Fetching(repository, url, references.digits)
        refused = fetching.fetch(list(references.branches.values()), MAX_VERSIONS)
        with Objects(repository, references.digits) as objects:
            yield from _in_branches(objects, references.branches, refused)
        if references.main and _has_folder(url, references):
            problem = fetching.fetch([references.main], MAX_TREES).get(references.main, "")
            with Objects(repository, references.digits) as objects:
                try:
                    now = {} if problem else _listing(objects, objects.commit(references.main).tree)
                except UnreadableError as error:
                    problem = str(error)
                if problem:
                    raise UsageError(f"Le dossier {FOLDER}/ de « {shown_address(url)} » ne se lit pas. {problem}")
                yield from _in_folders(objects, references.main, now)


def _in_branches(objects: Objects, branches: dict[str, str], refused: dict[str, str]) -> Iterator[Found]:
    names = {reference: _name(reference) for reference in branches}
    given = pseudonyms(names.values())
    for reference, name in sorted(names.items(), key=lambda pair: (pair[1], pair[0])):
        pseudo, odd = given[name]
        opened = partial(_branch, objects, branches[reference], refused.get(branches[reference], ""))
        yield Found(pseudo, f"branche rendu/{shown(name)}", opened, (odd,) if odd else ())


def _name(reference: str) -> str:
    match = BRANCH.match(reference)
    assert match is not None
    return unicodedata.normalize("NFC", match[1])


@contextmanager
def _branch(objects: Objects, oid: str, refused: str) -> Iterator[Contents]:
    """What a branch's commit holds."""
    if refused:
        raise UnreadableError(refused)
    yield contents_of(objects, oid)


def _has_folder(url: str, references: References) -> bool:
    """Whether the main branch has hand-ins in it; only its uppermost folder is fetched where the server can do that."""
    with temporary_repository(references.digits) as repository:
        if Fetching(repository, url, references.digits, "tree:1").fetch([references.main], 1):
            return False
        with Objects(repository, references.digits) as objects:
            try:
                listed = objects.folder(objects.commit(references.main).tree)
            except UnreadableError:
                return False  # it is the project's, or whatever else; who hands in there makes a folder
    return any(name == FOLDER and kind is None for name, kind, _ in listed)


def _listing(objects: Objects, tree: str) -> dict[str, tuple[Kind | None, str]]:
    """What is in the folder of the hand-ins, by name; empty where there is no such folder."""
    folder = next((key for name, kind, key in objects.folder(tree) if name == FOLDER and kind is None), "")
    return {name: (kind, key) for name, kind, key in objects.folder(folder)} if folder else {}


def _in_folders(objects: Objects, main: str, now: dict[str, tuple[Kind | None, str]]) -> Iterator[Found]:
    changed: dict[str, list[int]] = {}
    after: dict[str, tuple[Kind | None, str]] = {}
    after_s: int | None = None
    for version in objects.versions(main, MAX_TREES):
        try:
            listed = _listing(objects, version.tree)
        except UnreadableError:
            break  # what was before it nobody needs
        _note(changed, after, listed, after_s)
        after, after_s = listed, version.when_s
    _note(changed, after, {}, after_s)
    kept = {name: pair for name, pair in now.items() if _is_hand_in(name, pair[0])}
    given = pseudonyms(stem(name) if kind else name for name, (kind, _) in kept.items())
    for name, (kind, key) in sorted(kept.items()):
        pseudo, odd = given[stem(name) if kind else name]
        opened = partial(_folder, objects, kind, key, tuple(changed.get(name, ())))
        yield Found(pseudo, f"{FOLDER}/{shown(name)}", opened, (odd,) if odd else ())


def _note(
    changed: dict[str, list[int]],
    after: dict[str, tuple[Kind | None, str]],
    before: dict[str, tuple[Kind | None, str]],
    after_s: int | None,
) -> None:
    """Note when each folder changed, the newest first."""
    for name, pair in after.items():
        if before.get(name) != pair and after_s is not None:
            changed.setdefault(name, []).append(after_s)


def _is_hand_in(name: str, kind: Kind | None) -> bool:
    if kind is None:
        return not is_skipped(name)
    return kind is not Kind.FILE or name.lower().endswith(BUNDLED)


@contextmanager
def _folder(objects: Objects, kind: Kind | None, key: str, times_s: tuple[int, ...]) -> Iterator[Contents]:
    """What one folder or file of the main branch holds."""
    when_s = times_s[0] if times_s else None
    objects.begin()
    if kind is None:
        entries = objects.entries(key)
        yield Contents(entries, lambda entry, most: objects.file(entry.key, most), when_s, times_s[1:])
    elif kind is Kind.FILE:
        with opened_file(io.BytesIO(objects.file(key, MAX_ARCHIVE_BYTES))) as inside:
            yield replace(inside, when_s=when_s or inside.when_s, earlier_s=times_s[1:])
    else:
        raise UnreadableError(f"Ce n'est ni un dossier ni un fichier : {kind.value}.")
