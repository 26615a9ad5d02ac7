"""The cases: each is made anew from the seed, its kind and its number alone."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from tests.submissions.model import reference_files

from . import tokens, trees

MUTATION = "mutation"
BYTES = "bytes"

MOST_BYTES = 4_000
MOST_MUTATIONS = 3


@dataclass(frozen=True)
class Case:
    """What to make: the three files of a submission, one of which is not the reference's.

    Attributes:
        seed: of the whole run.
        kind: ``mutation`` or ``bytes``.
        number: from 0.
    """

    seed: int
    kind: str
    number: int

    @property
    def name(self) -> str:
        """Unique in the run, and fit for a file's name."""
        return f"{self.kind}-{self.number:05}"


@dataclass(frozen=True)
class Made:
    """What was made of a case.

    Attributes:
        how: in a few words.
        file: the one that is not the reference's.
        content: of that file.
    """

    how: str
    file: str
    content: bytes

    def files(self) -> dict[str, str]:
        """All three files, as write_files takes them."""
        return reference_files() | {self.file: self.content.decode("utf-8", "surrogateescape")}


def make(case: Case) -> Made:
    """The files of a case: always the same."""
    rng = random.Random(f"{case.seed}/{case.kind}/{case.number}")
    sources = reference_files()
    file = rng.choice(sorted(sources))
    if case.kind == BYTES:
        garbage = rng.choice(GARBAGE)
        return Made(garbage.__name__.lstrip("_"), file, garbage(sources[file], rng))
    count = rng.randint(1, MOST_MUTATIONS)
    how, mutate = rng.choice((("tokens", tokens.mutate), ("tree", trees.mutate)))
    text = mutate(sources[file], sources, count, rng)
    return Made(f"{how} x{count}", file, text.encode("utf-8", "surrogateescape"))


def _random_bytes(_source: str, rng: random.Random) -> bytes:
    return rng.randbytes(rng.randrange(MOST_BYTES))


def _random_text(_source: str, rng: random.Random) -> bytes:
    """Any characters that UTF-8 can write, many of them those of a keyboard."""
    length = rng.randrange(MOST_BYTES // 4)
    points = [rng.choice((rng.randrange(0x80), rng.randrange(0xD800), rng.randrange(0x110000))) for _ in range(length)]
    return "".join(chr(point) for point in points if not 0xD800 <= point < 0xE000).encode("utf-8")


def _truncated(source: str, rng: random.Random) -> bytes:
    data = source.encode("utf-8")
    return data[: rng.randrange(len(data))]


def _damaged(source: str, rng: random.Random) -> bytes:
    """Some bytes changed, some new."""
    data = bytearray(source.encode("utf-8"))
    for _ in range(rng.choice((1, 1, 2, 5, 20, 100))):
        index = rng.randrange(len(data))
        if rng.random() < 0.5:
            data[index] ^= 1 << rng.randrange(8)
        else:
            data.insert(index, rng.randrange(256))
    return bytes(data)


def _shuffled(source: str, rng: random.Random) -> bytes:
    """The tokens of the program in any order."""
    words = [piece.text for piece in tokens.cut(source) if piece.text]
    rng.shuffle(words)
    return " ".join(words[: rng.randrange(1, len(words))]).encode("utf-8")


GARBAGE: tuple[Callable[[str, random.Random], bytes], ...] = (
    _random_bytes,
    _random_text,
    _truncated,
    _damaged,
    _shuffled,
)
