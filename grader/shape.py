"""Whether two sources are the same program under other names: compared by tokens, on every Python alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

KEYWORDS = frozenset({
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
})  # fmt: skip
"""Of Python 3.10; written out, so that no other Python finds other shapes."""

TOKEN = re.compile(
    r"""
    (?P<space> [\s\\]+ | \#[^\n]* )
    | (?P<text> [bBfFrRuU]{0,2} (?P<quote> \"{3} | '{3} | ["'] ) )
    | (?P<number> \d [\w.]* )
    | (?P<name> \w+ )
    | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)
"""The next sign, or of a text its beginning."""

ENDS = {
    **{quote: re.compile(rf"\\.|{quote}|\n", re.DOTALL) for quote in ("'", '"')},
    **{quote: re.compile(rf"\\.|{quote}", re.DOTALL) for quote in ("'''", '"""')},
}
"""What can follow inside a text: something escaped, or its end; a short one ends with its line at the latest."""

REST_OF_LINE = re.compile(r"[ \t\r]*(?:#|\n|$)")


def same_shape(one: str, two: str) -> bool:
    """Whether two sources differ at most in names, texts, numbers, comments and layout."""
    return all(a == b for a, b in zip_longest(_shape(one), _shape(two)))


def _shape(source: str) -> Iterator[str]:
    """The tokens that matter: names become one, but for those of Python's own and those that are asked of an object.

    A text that stands alone is a comment. Every step goes forward from where the last has ended: all of it is linear.
    """
    position, before, first = 0, "", True
    while found := TOKEN.match(source, position):
        position, kind, sign = found.end(), found.lastgroup, found[0]
        if kind == "space":
            first = first or "\n" in sign
            continue
        if kind == "name":
            sign = sign if sign in KEYWORDS or before == "." else "n"
        elif kind == "number":
            sign = "0"
        elif kind == "text":
            position = _end_of_text(source, position, found["quote"])
            if first and REST_OF_LINE.match(source, position):
                continue
            sign = "s"
        yield sign
        before, first = sign, False


def _end_of_text(source: str, position: int, quote: str) -> int:
    """Where a text ends whose first quotes end at ``position``."""
    for found in ENDS[quote].finditer(source, position):
        if not found[0].startswith("\\"):
            return found.end()
    return len(source)
