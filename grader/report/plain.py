"""Writes numbers and places as French does, and texts with the characters that the console has."""

from __future__ import annotations

import codecs
import re
import shutil
import textwrap
import unicodedata
from datetime import datetime

LOOKALIKES = {
    "✔": "+",
    "✘": "x",
    "○": "o",
    "…": "...",
    "«": '"',
    "»": '"',
    "’": "'",
    "—": "-",
    "–": "-",
    "→": "->",
    "█": "#",
    "░": ".",
    "▰": "#",
    "▱": ".",
    "œ": "oe",
    "·": "-",
    "│": "|",
    "─": "-",
    "►": ">",
    "◄": "<",
    "●": "*",
    "⋮": ":",
}
"""What stands for a character that a console lacks."""


WIDTH = 80
"""Columns: school terminals have no more."""

NO_BREAK = "\N{NO-BREAK SPACE}"

VOWELS = "aàâeéèêiîoôuùy"


def points(value: float) -> str:
    """A number of points, as French writes it: 1,5 but 2."""
    return f"{value:g}".replace(".", ",")


MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip


def size(size_bytes: int) -> str:
    """How large something is: 1 octet, 850 octets, 2,3 ko, 4 Mo."""
    if size_bytes < 1000:
        return f"{size_bytes} octet{'s' * (size_bytes > 1)}"
    unit, name = (1_000, "ko") if size_bytes < 1_000_000 else (1_000_000, "Mo")
    return f"{points(round(size_bytes / unit, 1))} {name}"


def moment(when_s: float) -> str:
    """A moment, given in seconds since 1970 (UTC), in this machine's local time: 5 décembre 2026 à 18 h 00."""
    when = datetime.fromtimestamp(when_s)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year} à {when.hour} h {when.minute:02}"


LINE = re.compile(r"[Ll]igne \d+")


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
    return LINE.sub(lambda found: f"{found[0]} {of_file(file)}", sentence, count=1)


def register_lookalikes() -> str:
    """Register, and name, the codec error handler that writes LOOKALIKES, or a letter without its accent."""

    def replace(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return "".join(map(_lookalike, error.object[error.start : error.end])), error.end

    codecs.register_error("chatpy.lookalike", replace)
    return "chatpy.lookalike"


def _lookalike(char: str) -> str:
    if unicodedata.category(char) in ("Mn", "Cf"):
        return ""  # it only changes the character before it
    plain = LOOKALIKES.get(char) or unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode("ascii")
    return plain or ("-" if unicodedata.category(char) == "So" else "?")


def filled(text: str, first: str = "", following: str = "") -> str:
    """A sentence in lines that fit, none of which begins with a sign that French keeps on the line before.

    Args:
        text: the sentence.
        first: what the first line begins with.
        following: what the others begin with.
    """
    kept = re.sub(r" (?=[:;?!»])|(?<=«) ", NO_BREAK, text)
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
    lines = textwrap.wrap(kept, width, initial_indent=first, subsequent_indent=following, break_long_words=False,
                          break_on_hyphens=False)  # fmt: skip
    return "\n".join(lines).replace(NO_BREAK, " ")
