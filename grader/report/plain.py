"""Writes numbers and places as French does, and texts with the characters that the console has."""

from __future__ import annotations

import codecs
import re
import unicodedata

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


VOWELS = "aàâeéèêiîoôuùy"


def points(value: float) -> str:
    """A number of points, as French writes it: 1,5 but 2."""
    return f"{value:g}".replace(".", ",")


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
