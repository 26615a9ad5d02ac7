"""Makes the rows of a list of hand-ins: who, when, which files, what is odd, and where each was found."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import tzinfo

from ..escape import shown
from ..french import clock, size
from ..submission import PROGRAM_FILES
from .collection import Found

HEADINGS = ("élève", "quand", "fichiers", "à savoir", "trouvé dans")

MAX_FILES = 6
"""Names of files in a cell; three are expected."""

MAX_EARLIER = 3
"""Earlier times in a cell."""


def listed(found: Iterable[Found], now_s: float | None = None, zone: tzinfo | None = None) -> list[tuple[str, ...]]:
    """A row for each hand-in, with a cell for each of ``HEADINGS``, in the order in which they come.

    Args:
        found: the hand-ins.
        now_s: the present, in seconds since 1970; the clock's where it is None.
        zone: where the clock on the wall hangs; this machine's own where it is None.
    """
    present_s = time.time() if now_s is None else now_s
    return [
        (
            one.pseudo,
            _when(one, present_s, zone),
            _files(one),
            " ".join(_odd(one, present_s, zone)),
            one.hand_in.origin,
        )
        for one in found
    ]


def _when(one: Found, now_s: float, zone: tzinfo | None) -> str:
    return "" if one.hand_in.when_s is None else clock(one.hand_in.when_s, now_s, zone)


def _files(one: Found) -> str:
    """The programs first; more than some are only counted."""
    ordered = sorted(one.sizes, key=lambda pair: (_place(pair[0]), pair[0]))
    some = [f"{shown(name)} ({size(size_bytes)})" for name, size_bytes in ordered[:MAX_FILES]]
    more = f" et {len(ordered) - MAX_FILES} de plus" if len(ordered) > MAX_FILES else ""
    return ", ".join(some) + more


def _odd(one: Found, now_s: float, zone: tzinfo | None) -> list[str]:
    """What the instructor should know: why it cannot be read, what is odd, what else came of the same pseudonym."""
    sentences = [one.hand_in.unreadable] if one.hand_in.unreadable else []
    sentences += one.hand_in.odd
    if one.hand_in.earlier_s:
        times = ", ".join(clock(when_s, now_s, zone) for when_s in one.hand_in.earlier_s[:MAX_EARLIER])
        more = len(one.hand_in.earlier_s) - MAX_EARLIER
        sentences.append(f"Déjà rendu : {times}{f' et {more} fois de plus' if more > 0 else ''}.")
    if one.others:
        sentences.append(f"Trouvé aussi dans : {', '.join(one.others)}.")
    return sentences


def _place(name: str) -> int:
    """Where a file stands: the programs in the order of the subject, everything else behind them."""
    plain = name.lower()
    return PROGRAM_FILES.index(plain) if plain in PROGRAM_FILES else len(PROGRAM_FILES)
