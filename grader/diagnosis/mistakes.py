"""The catalogue: every mistake of every topic, by slug."""

from __future__ import annotations

from . import common, uncalled
from .mistake import Mistake, mistakes_named_in
from .topics import (
    attributes,
    calls,
    connecting,
    duo,
    endings,
    files,
    hello,
    limits,
    loops,
    messages,
    names,
    receiving,
    sending,
    socket_errors,
    syntax,
    threads,
    windows,
)

TOPICS = (
    common, uncalled, files, syntax, names, attributes, calls, socket_errors, connecting, hello, threads, sending, receiving,
    messages, loops, endings, duo, limits, windows,
)  # fmt: skip
"""The modules that have mistakes: one whose mistakes others say, too, comes before them."""


def _by_topic() -> dict[str, tuple[Mistake, ...]]:
    found: dict[str, tuple[Mistake, ...]] = {}
    known: set[Mistake] = set()
    for topic in TOPICS:
        own = tuple(mistake for mistake in mistakes_named_in(topic) if mistake not in known)
        found[topic.__name__.rpartition(".")[2]] = own
        known.update(own)
    return found


BY_TOPIC = _by_topic()
"""The mistakes whose texts stand in each module, in its order."""

MISTAKES: dict[str, Mistake] = {mistake.slug: mistake for own in BY_TOPIC.values() for mistake in own}
