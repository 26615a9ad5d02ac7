"""What a snippet is."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

ATTEMPT = '''\
"""Stands beside every program."""


def attempt(call, *args, **kwargs):
    """Print what a call gives, or the exception that it raises."""
    try:
        print(repr(call(*args, **kwargs)))
    except BaseException as error:
        print(type(error).__module__, type(error).__qualname__, error, error.args, repr(error.__context__))
'''


@dataclass(frozen=True, eq=False)
class Snippet:
    """One program.

    Attributes:
        name: unique, a slug in simple English: what is tried.
        source: the program. ``@HOST@`` is a loopback address of its own, ``@PORT@`` a port that is free there.
        stdin: what is typed.
        files: more files beside it, by name.
        since: the first Python that can run it.
        why: of an allowed difference, the reason.
    """

    name: str
    source: str | bytes
    stdin: bytes = b""
    files: dict[str, str] = field(default_factory=dict)
    since: tuple[int, ...] = (3, 10)
    why: str = ""

    def all_files(self, program: str) -> dict[str, bytes]:
        """What the folder of the program holds."""
        source = self.source if isinstance(self.source, bytes) else _dedented(self.source)
        others = {"attempts.py": ATTEMPT} | self.files
        return {program: source} | {name: _dedented(text) for name, text in others.items()}


def _dedented(text: str) -> bytes:
    return textwrap.dedent(text.removeprefix("\n")).encode("utf-8")
