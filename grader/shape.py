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

JOINED = re.compile(r"\\\r?\n")
"""A line that goes on in the next."""

OPENING, CLOSING = frozenset("([{"), frozenset(")]}")
COMPOUND = frozenset(
    {"async", "class", "def", "elif", "else", "except", "finally", "for", "if", "try", "while", "with"}
)
"""What begins a statement that holds others behind its colon."""

REST_OF_LINE = re.compile(r"[ \t\r]*(?:#|\n|$)")


def same_shape(one: str, two: str) -> bool:
    """Whether two sources differ at most in names, texts, numbers, comments and layout."""
    return all(a == b for (a, _), (b, _) in zip_longest(_shape(one), _shape(two), fillvalue=("", False)))


def statements(source: str) -> Iterator[tuple[str, ...]]:
    """The shapes of a source's statements in their order; what a colon begins is a statement of its own."""
    statement: list[str] = []
    depth = 0
    for sign, begins in _shape(source):
        if statement and not depth and begins:
            yield tuple(statement)
            statement = []
        depth = max(depth + (sign in OPENING) - (sign in CLOSING), 0)
        if depth or sign != ";":
            statement.append(sign)
        if statement and not depth and (sign == ";" or (sign == ":" and statement[0] in COMPOUND)):
            yield tuple(statement)
            statement = []
    if statement:
        yield tuple(statement)


def _shape(source: str) -> Iterator[tuple[str, bool]]:
    """The tokens that matter, each with whether it is the first of a line that goes on with nothing before.

    Names become one, but for those of Python's own and those that are asked of an object. A text that stands alone is a
    comment. Every step goes forward from where the last has ended: all of it is linear.
    """
    position, before, first, begins = 0, "", True, True
    while found := TOKEN.match(source, position):
        position, kind, sign = found.end(), found.lastgroup, found[0]
        if kind == "space":
            first = first or "\n" in sign
            begins = begins or "\n" in JOINED.sub("", sign)
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
        yield sign, begins
        before, first, begins = sign, False, False


def _end_of_text(source: str, position: int, quote: str) -> int:
    """Where a text ends whose first quotes end at ``position``."""
    for found in ENDS[quote].finditer(source, position):
        if not found[0].startswith("\\"):
            return found.end()
    return len(source)
