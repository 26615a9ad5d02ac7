"""Reads a source sign by sign, as Python's tokenizer would, and remembers what does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..transcript.value import Value

PAIRS = {"(": ")", "[": "]", "{": "}"}

MAX_BRACKETS = 200
"""How many brackets Python reads one in the other (MAXLEVEL of its tokenizer); of blocks it is half as many."""

MAX_UNCLOSED = 50
"""Quotes that nothing closes, after which a text is not read on: what is wrong with it is clear."""

PIECE = re.compile(
    r"""(?P<comment>\#[^\n]*)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|\"(?!\"\")(?:\\.|[^"\\\n])*\"|'(?!'')(?:\\.|[^'\\\n])*')
    |(?P<unclosed>\"{3}|'{3}|["'])
    |(?P<bracket>[()\[\]{}])
    |(?P<odd>[^\t-\r\x20-\x7e])""",
    re.VERBOSE | re.DOTALL,
)
"""A comment, a whole text, a quote that nothing closes, a bracket, or a sign that is not on every keyboard."""


class Sign(Value):
    """A sign of the text and its line."""

    text: str
    line: int


@dataclass
class Scan:
    """What reading the text sign by sign shows.

    Attributes:
        odd: signs that Python knows only inside a text.
        opened: brackets that nothing closes, in order.
        deep: a bracket inside more others than Python reads.
        extra: a bracket that closes what was not opened so.
        unclosed: a quote that is not closed on its line, or never if there are three of it.
        glued: a closing quote with a letter right behind it.
    """

    odd: list[Sign] = field(default_factory=list)
    opened: list[Sign] = field(default_factory=list)
    deep: Sign | None = None
    extra: Sign | None = None
    unclosed: Sign | None = None
    glued: Sign | None = None


def scan(source: str) -> Scan:
    """Read a text as Python's tokenizer would, remembering what does not fit."""
    found, line, counted = Scan(), 1, 0
    for match in pieces(source):
        line, counted = line + source.count("\n", counted, match.start()), match.start()
        sign = match.group()
        if match.lastgroup == "text":
            following = source[match.end() : match.end() + 1]
            if found.glued is None and len(sign) > 2 and sign[-2].isalpha() and following.isalpha():
                found.glued = Sign(sign[-1], line)
        elif match.lastgroup == "unclosed":
            found.unclosed = found.unclosed or Sign(sign, line)
        elif match.lastgroup == "bracket":
            _bracket(found, Sign(sign, line))
        elif match.lastgroup == "odd" and not ("a" + sign).isidentifier():
            found.odd.append(Sign(sign, line))
    return found


def _bracket(found: Scan, sign: Sign) -> None:
    """Match a bracket with the one that it closes."""
    if sign.text in PAIRS:
        found.opened.append(sign)
        if len(found.opened) == MAX_BRACKETS:
            found.deep = found.deep or sign
    elif found.opened and PAIRS[found.opened[-1].text] == sign.text:
        found.opened.pop()
    else:
        found.extra = found.extra or sign


def pieces(source: str) -> Iterator[re.Match[str]]:
    """The pieces of a text; an end is looked for behind each quote that has none, so many such quotes take long."""
    unclosed = 0
    for match in PIECE.finditer(source):
        unclosed += match.lastgroup == "unclosed"
        if unclosed > MAX_UNCLOSED:
            break
        yield match
