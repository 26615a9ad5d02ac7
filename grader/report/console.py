"""Writes texts with the characters, and in the width, that a console has."""

from __future__ import annotations

import codecs
import re
import shutil
import textwrap
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
