"""Makes a pseudonym safe: what may be a file's name, a branch's and a cell of a table on every system."""

from __future__ import annotations

import re

from ..french import fold

PATTERN = re.compile(r"[a-z0-9-]{2,32}\Z")
"""The contract's: what a pseudonym is."""

SHORTEST, LONGEST = 2, 32

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows keeps for devices, whatever follows a dot (Microsoft: Naming Files, Paths, and Namespaces)."""

UNFOLDED = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
"""Letters that Unicode does not take apart."""


def safe(name: str) -> str:
    """A name as a pseudonym: « Zoé B. » → « zoe-b »; empty where nothing of it is left, or only one sign.

    Accents may be written in one sign or in two; a hyphen stands for everything that is neither letter nor digit.
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(name.casefold().translate(UNFOLDED))).strip("-")
    if words in RESERVED:
        words = f"eleve-{words}"
    words = words[:LONGEST].rstrip("-")
    return words if len(words) >= SHORTEST else ""


def is_safe(pseudo: str) -> bool:
    """Whether it is one already."""
    return PATTERN.match(pseudo) is not None and safe(pseudo) == pseudo
