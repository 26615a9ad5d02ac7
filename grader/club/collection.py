"""What was found in all sources: laid aside on disk, so that a whole club takes no memory, and one a pseudonym."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import TracebackType

from ..files import temporary_folder
from .model import HandIn, Row, State
from .packing import digest_of, files_of, texts_of


@dataclass(frozen=True)
class Found:
    """One hand-in, or one result of a club that was graded elsewhere.

    Attributes:
        hand_in: what was found, without its files.
        digest: the identity of the files.
        path: where its files are laid aside; empty for a result.
        sizes: of its files in bytes, by path inside the submission.
        kept: the result, and the folder of the club that it is in; None for a hand-in that may have to be graded.
        others: where else something of the same pseudonym was found.
    """

    hand_in: HandIn
    digest: str
    path: str = ""
    sizes: tuple[tuple[str, int], ...] = ()
    kept: tuple[Row, str] | None = None
    others: tuple[str, ...] = ()

    @property
    def pseudo(self) -> str:
        """Whose it is."""
        return self.hand_in.pseudo

    def files(self) -> dict[str, bytes]:
        """Its files, read again."""
        with open(self.path, encoding="ascii") as file:
            return files_of(json.load(file))


class Spool:
    """A folder of our own for the files of hand-ins; it is gone when the ``with`` is left."""

    def __init__(self) -> None:
        self._folder = ""
        self._count = 0

    def __enter__(self) -> Spool:
        self._folder = tempfile.mkdtemp(prefix="chatpy-club-", dir=temporary_folder())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def lay_aside(self, hand_in: HandIn) -> Found:
        """Write the files of a hand-in to disk."""
        self._count += 1
        path = os.path.join(self._folder, f"{self._count}.json")
        with open(path, "w", encoding="ascii") as file:
            json.dump(texts_of(hand_in.files), file)
        sizes = tuple((name, len(data)) for name, data in sorted(hand_in.files.items()))
        return Found(replace(hand_in, files={}), digest_of(hand_in.files), path, sizes)


def newest(found: Iterable[Found]) -> list[Found]:
    """One for each pseudonym, in the order of the alphabet: what was handed in last, and of one time what comes last.

    The others are listed with it. What cannot be read counts only where nothing else of that pseudonym is there, and
    is told where it would have been the newest.
    """
    by_pseudo: dict[str, list[Found]] = {}
    for one in found:
        by_pseudo.setdefault(one.pseudo, []).append(one)
    return [_chosen(by_pseudo[pseudo]) for pseudo in sorted(by_pseudo)]


def _chosen(found: list[Found]) -> Found:
    def rank(numbered: tuple[int, Found]) -> tuple[bool, int, int]:
        number, one = numbered
        return not one.hand_in.unreadable, one.hand_in.when_s or 0, number

    ordered = [one for _, one in sorted(enumerate(found), key=rank, reverse=True)]
    best, rest = ordered[0], ordered[1:]
    others = [one for one in rest if (one.digest, one.hand_in.origin) != (best.digest, best.hand_in.origin)]
    earlier_s = {when_s for one in rest if (when_s := one.hand_in.when_s) is not None} - {best.hand_in.when_s}
    newer = next((one for one in rest if (one.hand_in.when_s or 0) > (best.hand_in.when_s or 0)), None)
    odd = best.hand_in.odd
    if newer is not None:
        odd += (f"Un rendu plus récent ({newer.hand_in.origin}) ne se lit pas : {newer.hand_in.unreadable}",)
    whole = sorted(earlier_s | set(best.hand_in.earlier_s), reverse=True)
    told = tuple(dict.fromkeys((*best.others, *(one.hand_in.origin for one in others))))
    hand_in = replace(best.hand_in, earlier_s=tuple(whole), odd=odd)
    return replace(best, hand_in=hand_in, others=told)


def part_of(found: list[Found], number: int, parts: int) -> list[Found]:
    """One part of several: what belongs to it is told by the digest alone, so every machine finds the same."""
    return [one for one in found if int(one.digest[:12], 16) % parts == number - 1]


def from_notes(rows: Iterable[Row], folder: str) -> Iterator[Found]:
    """The results of a club that was graded elsewhere."""
    for row in rows:
        hand_in = HandIn(
            row.pseudo,
            origin=row.origin,
            when_s=row.when_s,
            odd=row.odd,
            unreadable=row.why if row.state is State.UNREADABLE else "",
            earlier_s=row.earlier_s,
            participant=row.participant,
        )
        yield Found(hand_in, row.digest, kept=(row, folder), others=row.others)
