"""The texts of a grading: new each time, so that no program can know them before it receives them."""

from __future__ import annotations

import os

from ..scenarios.steps import Words

REQUEST = "GET / HTTP/1.1\r\nHost: localhost:4242\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n"
"""What `curl --http0.9 http://localhost:4242` sends."""

_KEY_ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_KEY_CHARACTERS = 10
LONG_CHARACTERS = 10_000

# 13, 24 and 38 bytes: a recv of 16 breaks the second, one of 32 the third.
_PLAIN = ("Ok {}", "Tu as vu ca ? {}", "On mange quoi ce midi, Leo? {}")
_ACCENTED = ("Été à Noël, ça va ? 🎉 {}", "Où es-tu, là-bas, élève modèle ? 🐍 {}")


def new_text(words: Words, index: int) -> str:
    """A text that nobody has seen before; what a program makes of it must not depend on luck.

    So only the key changes: which bytes are where, and where a small or even recv cuts, is always the same.

    Args:
        words: its kind.
        index: how many of this kind the scenario has had already.
    """
    key = _new_key()
    if words is Words.LONG:
        # An odd number of ASCII bytes before letters of two bytes: any recv of an even size cuts a letter.
        return (key + "-" + "éàùçêôîë" * LONG_CHARACTERS)[: LONG_CHARACTERS - len(key)] + key
    patterns = _PLAIN if words is Words.PLAIN else _ACCENTED
    return patterns[index % len(patterns)].format(key)


def _new_key() -> str:
    """Letters and digits that mix small and capital letters, so that no change of case leaves it as it was."""
    # Not the secrets module, which takes 8 ms to import for this one line: no byte can be foreseen here either.
    key = "".join(_KEY_ALPHABET[byte % len(_KEY_ALPHABET)] for byte in os.urandom(_KEY_CHARACTERS - 3))
    return f"{key}aZ7"
