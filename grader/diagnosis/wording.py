"""Says sizes, times and differences as French does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from difflib import SequenceMatcher

SIGNS = {
    " ": "une espace",
    "!": "le point d'exclamation",
    ",": "une virgule",
    ".": "un point",
    "\n": "un retour à la ligne",
}
"""How to name what one does not see well."""

MAX_COMPARED = 2000
"""Characters of two texts that are compared sign by sign, which takes the product of their lengths."""


def difference(wanted: str, text: str) -> str:
    """The first difference between two texts, in French, the invisible named."""
    wanted, text = wanted[:MAX_COMPARED], text[:MAX_COMPARED]
    for tag, start, end, other, stop in _matcher(wanted, text).get_opcodes():
        right, wrong = wanted[start:end], text[other:stop]
        behind = f" après « {wanted[:start].strip()} »" if start else " au début"
        if tag == "insert":
            return f"il y a {_named(wrong)} de trop{behind}"
        if tag == "delete":
            return f"il manque {_named(right)}{behind}"
        if tag == "replace":
            return f"{_named(wrong)} au lieu de {_named(right)}{behind}"
    return "les deux textes se ressemblent"


def _matcher(one: str, two: str) -> SequenceMatcher[str]:
    from difflib import SequenceMatcher  # 1 ms that only a wrong text is worth

    return SequenceMatcher(None, one, two, autojunk=False)


def _named(text: str) -> str:
    return SIGNS.get(text) or f"« {text} »"


def likeness(one: str, two: str) -> float:
    """How much of two texts is the same, from 0 to 1 (difflib's ratio)."""
    return _matcher(one, two).ratio()
