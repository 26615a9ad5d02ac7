"""Mutations of a program's text, token by token: the layout and the comments around them stay."""

from __future__ import annotations

import io
import keyword
import random
import tokenize
from collections.abc import Callable
from dataclasses import dataclass

NEVER = frozenset({tokenize.ENCODING, tokenize.ENDMARKER, tokenize.COMMENT, tokenize.NL, tokenize.DEDENT})
"""They say nothing to Python, or are no text."""

TRIES = 50
"""A mutation that changes nothing is made again; this many in a row do not happen."""


@dataclass(frozen=True)
class Piece:
    """A token, and what stands before it.

    Attributes:
        gap: blanks and comments since the token before.
        kind: tokens of one kind can take each other's place.
        text: of the token itself.
    """

    gap: str
    kind: str
    text: str


def cut(source: str) -> list[Piece]:
    """The tokens of a text that can be read; put together again, they are this text."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    pieces = []
    done = 0
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in NEVER or not token.string:
            continue
        begin = starts[token.start[0] - 1] + token.start[1]
        pieces.append(Piece(source[done:begin], _kind(token), token.string))
        done = begin + len(token.string)
    return [*pieces, Piece(source[done:], "end", "")]


def join(pieces: list[Piece]) -> str:
    """The text."""
    return "".join(piece.gap + piece.text for piece in pieces)


def mutate(source: str, sources: dict[str, str], count: int, rng: random.Random) -> str:
    """Change ``count`` tokens; those that take another's place come from all of ``sources``."""
    pool = [piece for text in sources.values() for piece in cut(text)[:-1]]
    pieces = cut(source)
    for _ in range(count):
        before = join(pieces)
        for _ in range(TRIES):
            changed = rng.choice(MUTATIONS)(pieces, pool, rng)
            if join(changed) != before:
                pieces = changed
                break
    return join(pieces)


def _swap(pieces: list[Piece], _pool: list[Piece], rng: random.Random) -> list[Piece]:
    """Two tokens, often neighbours, change places."""
    first = _any(pieces, rng)
    second = min(first + 1, len(pieces) - 2) if rng.random() < 0.5 else _any(pieces, rng)
    changed = list(pieces)
    changed[first] = Piece(pieces[first].gap, pieces[second].kind, pieces[second].text)
    changed[second] = Piece(pieces[second].gap, pieces[first].kind, pieces[first].text)
    return changed


def _delete(pieces: list[Piece], _pool: list[Piece], rng: random.Random) -> list[Piece]:
    index = _any(pieces, rng)
    return [*pieces[:index], Piece(pieces[index].gap, "gone", ""), *pieces[index + 1 :]]


def _double(pieces: list[Piece], _pool: list[Piece], rng: random.Random) -> list[Piece]:
    index = _any(pieces, rng)
    again = pieces[index]
    return [*pieces[: index + 1], Piece(" ", again.kind, again.text), *pieces[index + 1 :]]


def _replace(pieces: list[Piece], pool: list[Piece], rng: random.Random) -> list[Piece]:
    """A token of the same kind takes its place."""
    index = _any(pieces, rng)
    old = pieces[index]
    others = sorted({piece.text for piece in pool if piece.kind == old.kind} - {old.text})
    if not others:
        return pieces
    return [*pieces[:index], Piece(old.gap, old.kind, rng.choice(others)), *pieces[index + 1 :]]


MUTATIONS: tuple[Callable[[list[Piece], list[Piece], random.Random], list[Piece]], ...] = (
    _swap,
    _delete,
    _double,
    _replace,
    _replace,
)


def _any(pieces: list[Piece], rng: random.Random) -> int:
    """Any token but the end."""
    return rng.randrange(len(pieces) - 1)


def _kind(token: tokenize.TokenInfo) -> str:
    if token.type == tokenize.NAME and keyword.iskeyword(token.string):
        return "keyword"
    return tokenize.tok_name[token.type]
