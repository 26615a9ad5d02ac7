"""Reads one hand-in: chooses its files, opens the archive that they are in, and says what was odd on the way."""

from __future__ import annotations

import io
import os
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import IO

from ..errors import reason
from ..escape import shown
from ..limits import Limits
from .archives import Archive
from .bounds import MAX_ARCHIVE_BYTES
from .bundles import MARKS, opened_bundle
from .contents import Contents, Entry, Kind, UnreadableError
from .model import HandIn
from .tidy import Plan, about_time, is_program, looks_packed, odd_sentences, plan, without

ZIPPED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

OTHERS = {
    b"Rar!": "une archive rar",
    b"7z\xbc\xaf": "une archive 7z",
    b"\x1f\x8b": "une archive gz",
    b"BZh": "une archive bz2",
    b"\xfd7zX": "une archive xz",
}
"""What other files begin with."""

NOT_THAT = "C'est {what} : il faut un .rendu, un zip ou un dossier."


@dataclass(frozen=True)
class Found:
    """Where one hand-in is, before it is read.

    Attributes:
        pseudo: what it will be called.
        origin: where it is, in a few French words.
        opened: gives what is in it for the time of a ``with``; raises UnreadableError or OSError on entering.
        odd: French sentences that are known already.
        participant: Moodle's number.
        hidden: the words of a real name that must be written nowhere.
    """

    pseudo: str
    origin: str
    opened: Callable[[], AbstractContextManager[Contents]]
    odd: tuple[str, ...] = ()
    participant: str = ""
    hidden: tuple[str, ...] = ()


def read_hand_in(found: Found, limits: Limits) -> HandIn:
    """Read it; whatever is wrong with it is told in what comes back."""
    clean = without(found.hidden)
    try:
        with found.opened() as contents:
            whole = _read(contents, limits)
    except (UnreadableError, OSError, MemoryError) as error:
        return HandIn(
            found.pseudo,
            origin=found.origin,
            odd=tuple(map(clean, found.odd)),
            unreadable=clean(_why(error)),
            participant=found.participant,
        )
    return HandIn(
        found.pseudo,
        whole.files,
        found.origin,
        whole.when_s,
        tuple(map(clean, (*found.odd, *_packed(found, whole), *whole.odd, *about_time(whole.when_s, time.time())))),
        clean(whole.unreadable),
        whole.earlier_s,
        found.participant,
    )


@contextmanager
def opened_file(file: IO[bytes]) -> Iterator[Contents]:
    """What is in a bundle or a zip, whatever it is called.

    Raises:
        UnreadableError: it is none of them, or damaged.
    """
    head = file.read(32)
    file.seek(0)
    if head.startswith(MARKS):
        with opened_bundle(file) as contents:
            yield contents
    elif head.startswith(ZIPPED):
        archive = Archive(file)
        yield Contents(archive.entries, archive.read)
    elif not head:
        raise UnreadableError("Le fichier est vide.")
    else:
        what = next((name for mark, name in OTHERS.items() if head.startswith(mark)), "un fichier d'une autre sorte")
        raise UnreadableError(NOT_THAT.format(what=what))


@dataclass(frozen=True)
class _Whole:
    files: dict[str, bytes]
    when_s: int | None
    odd: tuple[str, ...]
    earlier_s: tuple[int, ...] = ()
    unreadable: str = ""
    archive: str = ""


def _packed(found: Found, whole: _Whole) -> tuple[str, ...]:
    """What to say where the programs were in an archive: nothing of Moodle's, where that is usual."""
    if not whole.archive or found.participant or not any(is_program(path) for path in whole.files):
        return ()
    return (f"Les programmes sont dans « {whole.archive} » : pris là.",)


def _read(contents: Contents, limits: Limits, *, is_inside: bool = False) -> _Whole:
    """Read the files, or those of the archive that they are in; there is no third level."""
    chosen = plan(contents.entries, limits)
    if chosen.archive is not None and not is_inside:
        return _read_archive(contents, chosen.archive, limits)
    files, why = _take(contents, chosen, limits)
    unreadable = _why_not(files, why, is_inside=is_inside)
    odd = (*contents.odd, *chosen.odd, *odd_sentences(chosen.left, files, limits, is_read=not unreadable))
    return _Whole(files, _when_s(contents, chosen), odd, contents.earlier_s, unreadable)


def _why_not(files: dict[str, bytes], why: dict[str, str], *, is_inside: bool) -> str:
    """Why nothing can be graded of what is there; empty where something can, or nothing is there."""
    if any(is_program(path) for path in files):
        return ""
    if any(is_program(path.rpartition("/")[2]) for path in why):
        return "Les programmes ne se laissent pas lire : " + min(why.values())
    packed = sorted(path for path in files if looks_packed(path))
    if not packed:
        return ""
    what = "encore une archive dans une archive" if is_inside else "une archive qui ne se lit pas ici"
    return f"« {shown(packed[0])} » est {what} : il faut un zip des trois fichiers, ou les fichiers."


def _read_archive(contents: Contents, archive: Entry, limits: Limits) -> _Whole:
    """Read what is inside; when it was handed in, who holds it knows better."""
    name = shown(archive.path)
    if archive.size > MAX_ARCHIVE_BYTES:
        raise UnreadableError(f"« {name} » est trop gros pour une archive de trois programmes.")
    file = io.BytesIO(contents.read(archive, MAX_ARCHIVE_BYTES))
    with opened_file(file) as inside:
        whole = _read(inside, limits, is_inside=True)
    when_s = contents.when_s or archive.when_s or whole.when_s
    earlier_s = contents.earlier_s or whole.earlier_s
    return _Whole(whole.files, when_s, (*contents.odd, *whole.odd), earlier_s, whole.unreadable, name)


def _take(contents: Contents, chosen: Plan, limits: Limits) -> tuple[dict[str, bytes], dict[str, str]]:
    """The files as far as there is room, and why others are damaged; what is too large goes to what was left."""
    files: dict[str, bytes] = {}
    why = dict.fromkeys(chosen.left.names.get(Kind.LOCKED, ()), f"{Kind.LOCKED.value}.")
    room = limits.copy_bytes
    for path, entry in chosen.chosen.items():
        if entry.size > room:
            chosen.left.add(Kind.LARGE, path)
            continue
        try:
            data = contents.read(entry, room + 1)
        except (UnreadableError, OSError) as error:
            chosen.left.add(Kind.DAMAGED, path)
            why[path] = _why(error)
            continue
        if len(data) > room:
            chosen.left.add(Kind.LARGE, path)
            continue
        files[path] = data
        room -= len(data)
    return files, why


def _when_s(contents: Contents, chosen: Plan) -> int | None:
    """When it was handed in: what is known of all of it, else the newest of its programs, else of its files."""
    if contents.when_s is not None:
        return contents.when_s
    programs = [entry.when_s for path, entry in chosen.chosen.items() if is_program(path) and entry.when_s]
    return max(programs or [entry.when_s for entry in chosen.chosen.values() if entry.when_s], default=None)


def _why(error: Exception) -> str:
    """What went wrong, as a sentence."""
    if isinstance(error, UnreadableError):
        return str(error)
    if isinstance(error, OSError) and error.errno is not None:
        return f"Le système ne laisse pas lire : {reason(error)}."
    return "Il ne se laisse pas lire."


def stem(name: str) -> str:
    """The name of whoever handed a file in: without its ending, and without the number of a second download."""
    name = unicodedata.normalize("NFC", name)
    base, ending = os.path.splitext(name)
    while ending.lower() in (".rendu", ".zip", ".bundle", ".tar", ".gz", ".tgz", ".rar", ".7z", ".bz2", ".xz"):
        name = base
        base, ending = os.path.splitext(name)
    head, bracket, number = name.rpartition("(")
    return head.rstrip() if bracket and head.strip() and number.rstrip(")").isdigit() else name
