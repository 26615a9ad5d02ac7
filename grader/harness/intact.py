"""Sees whether a program has changed the grader's own files, and puts them back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..errors import GraderError
from .process import ROOT

GRADER = os.path.join(ROOT, "grader")
CACHE, ASIDE = ".pyc", ".modifie"
MODULES = (".py", CACHE, ".pyd", ".so")
"""What Python imports, beside folders."""

CHANGED = (
    "pendant la notation, des fichiers du correcteur ont changé ({names}). Je les ai remis comme avant, avec l'autre "
    f"version à côté (« {ASIDE} »), mais je ne peux pas noter ainsi. Recommence."
)
ADDED = (
    "pendant la notation, {names} est apparu dans le dossier du projet, et Python pourrait l'importer à la place du "
    "sien. Si tu ne l'y as pas mis, enlève-le. Puis recommence."
)


@dataclass(frozen=True)
class Files:
    """The grader's files at one moment.

    Attributes:
        number: of their folder.
        stamps: size, times and number of each file, by its path.
        sources: what is in those that are no caches.
        beside: the modules in the project's folder, where imports look first.
        real: their folder without any link in its path.
    """

    number: tuple[int, int]
    stamps: dict[str, tuple[int, ...]]
    sources: dict[str, bytes]
    beside: frozenset[str]
    real: str


def snapshot(*, exposed: bool) -> Files:
    """The files as they are before the first program runs.

    Args:
        exposed: whether programs can write there: then what is in the files must be known, which takes 2 ms.
    """
    real = os.path.realpath(GRADER)
    if not exposed:
        return Files(_number(GRADER), {}, {}, frozenset(), real)
    return Files(_number(GRADER), dict(_stamps(GRADER)), _sources(GRADER), _beside(ROOT), real)


def _sources(folder: str) -> dict[str, bytes]:
    """What is in the files of a folder, but for caches, by the paths of the grader's own."""
    sources = {}
    for path, _ in _stamps(folder):
        if not path.endswith((CACHE, ASIDE)):
            with open(path, "rb") as file:
                sources[GRADER + path[len(folder) :]] = file.read()
    return sources


def check(before: Files, *, exposed: bool) -> None:
    """Put back what is no more what it was. Caches are only removed: another grading may have made them.

    Args:
        before: what was.
        exposed: as it was told to ``snapshot``; else only another folder in the place of this one can be a program's.

    Raises:
        GraderError: there was something to put back, so that what is imported from now on might be somebody else's.
    """
    if not exposed:
        if _number(GRADER) == before.number:
            return
        before = _locked(before)
    after = dict(_stamps(GRADER)) if os.path.isdir(GRADER) else {}
    odd = [path for path in before.stamps.keys() | after.keys() if before.stamps.get(path) != after.get(path)]
    try:
        changed = [path for path in sorted(odd) if _put_back(path, before.sources.get(path))]
    except OSError as error:
        raise GraderError(
            f"les fichiers du correcteur ont changé, et ne se laissent pas remettre ({error})."
        ) from error
    added = sorted(_beside(ROOT) - before.beside)
    if changed:
        raise GraderError(CHANGED.format(names=", ".join(os.path.relpath(path, ROOT) for path in changed[:3])))
    if added:
        raise GraderError(ADDED.format(names=added[0]))


def _locked(before: Files) -> Files:
    """The files as they were, read now from their real folder: that is locked, so what is in it is what was."""
    sources, beside = _sources(before.real), _beside(os.path.dirname(before.real))
    return replace(before, stamps=dict.fromkeys(sources, ()), sources=sources, beside=beside)


def _number(folder: str) -> tuple[int, int]:
    """What tells a folder from another of its name (stat(2)); zeros where it is gone."""
    try:
        about = os.stat(folder)
    except OSError:
        return 0, 0
    return about.st_dev, about.st_ino


def _stamps(folder: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _stamps(entry.path)
        else:
            about = entry.stat(follow_symlinks=False)
            # Whoever writes to a file can set its time of modification, but not the other one (utimensat(2)).
            yield entry.path, (about.st_mode, about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)


def _beside(root: str) -> frozenset[str]:
    """The files and folders of a project that ``import`` would find."""
    entries = [entry for entry in os.scandir(root) if not entry.name.startswith(".")]
    return frozenset(
        entry.name
        for entry in entries
        if entry.name.endswith(MODULES) or os.path.exists(os.path.join(entry.path, "__init__.py"))
    )


def _put_back(path: str, content: bytes | None) -> bool:
    """Make a file what it was; return whether it was another one, and no cache.

    Args:
        path: the file.
        content: what was in it; None for a cache, and where there was none.

    Raises:
        OSError: it cannot be written.
    """
    if path.endswith(CACHE):
        if os.path.lexists(path):
            os.unlink(path)
        return False
    if content is not None and os.path.isfile(path) and not os.path.islink(path):
        with open(path, "rb") as file:
            if file.read() == content:
                return False  # only its times have changed
    if os.path.lexists(path):
        os.replace(path, path + ASIDE)
    if content is not None:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)
    return True
