"""How French is written: numbers, plurals, sizes, moments and places, and what a word is without its accents."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

DAYS = ("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim.")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip
SHORT_MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")

VOWELS = "aàâeéèêiîoôuùy"

LINE = r"[Ll]igne \d+"


def fold(text: str) -> str:
    """A text as it is compared where nobody minds accents, capitals and how its letters are put together."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def decimal(value: float) -> str:
    """A number with as many decimals as it has: 1,5 but 2."""
    return f"{value:g}".replace(".", ",")


def s(count: float) -> str:
    """What a word ends with that counts something: nothing below two."""
    return "s" * (count >= 2)


def some(names: Sequence[str], most: int) -> str:
    """The first names and how many others there are; one alone is named, which takes no more room."""
    more = f" et {len(names) - most} autres" if len(names) > most + 1 else ""
    return ", ".join(names[:most] if more else names) + more


def octets(count: int) -> str:
    """So many bytes, where one alone is what is odd."""
    return "un seul octet" if count == 1 else f"{count} octets"


def seconds(value: float) -> str:
    """A time: 1,5 seconde, 2 secondes."""
    return f"{decimal(value)} seconde{s(value)}"


def size(size_bytes: int) -> str:
    """How large something is: 1 octet, 850 octets, 2,3 ko, 4 Mo."""
    if size_bytes < 1000:
        return f"{size_bytes} octet{s(size_bytes)}"
    unit, name = (1_000, "ko") if size_bytes < 1_000_000 else (1_000_000, "Mo")
    return f"{decimal(round(size_bytes / unit, 1))} {name}"


def megabytes(size_bytes: int) -> str:
    """The number alone, of what is large: 1,5."""
    return f"{size_bytes / 1_000_000:.1f}".removesuffix(".0").replace(".", ",")


def moment(when_s: float) -> str:
    """A moment, given in seconds since 1970 (UTC), in this machine's local time: 5 décembre 2026 à 18 h 00."""
    from datetime import datetime  # 1 ms that most commands do not need

    when = datetime.fromtimestamp(when_s)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year} à {when.hour} h {when.minute:02}"


def clock(when_s: float, now_s: float, zone: tzinfo | None = None) -> str:
    """A moment as the clock on the wall showed it: « ven. 28 nov. 18:04 », with the year where it is another one."""
    from datetime import datetime

    try:
        when, now = datetime.fromtimestamp(when_s, zone), datetime.fromtimestamp(now_s, zone)
    except (OverflowError, OSError, ValueError):
        return "on ne sait quand"
    year = "" if when.year == now.year else f" {when.year}"
    return f"{DAYS[when.weekday()]} {when.day} {SHORT_MONTHS[when.month - 1]}{year} {when:%H:%M}"


def of_file(file: str) -> str:
    """« de serveur.py », but « d'etape1.py »."""
    return f"d'{file}" if file[:1].lower() in VOWELS else f"de {file}"


def with_file(sentence: str, file: str) -> str:
    """A sentence in which no line stands without its file: the first one says it, if nothing else does.

    Args:
        sentence: in French.
        file: the one that the line is of; empty where it is not known.
    """
    if not file or file in sentence:
        return sentence
    return re.sub(LINE, lambda found: f"{found[0]} {of_file(file)}", sentence, count=1)
