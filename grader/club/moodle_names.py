"""Knows the names that Moodle gives to what students hand in, and keeps the real ones out of everything."""

from __future__ import annotations

import re
from dataclasses import dataclass

PATTERN = re.compile(
    r"(?P<name>[^/]*)_(?P<number>[0-9]{1,20})_assignsubmission_(?P<what>[a-z]+)(?:_(?P<rest>[^/]*))?\Z", re.DOTALL
)
"""« Nom Prénom_12345_assignsubmission_file_ », with the file's own name behind it where there are no folders."""


@dataclass(frozen=True)
class MoodleName:
    """What the name of a file or folder of Moodle's says.

    Attributes:
        participant: the number.
        words: of the real name.
        is_file: whether files were handed in, and not a text typed on the page.
        rest: the file's own name; empty for a folder.
    """

    participant: str
    words: tuple[str, ...]
    is_file: bool
    rest: str


def moodle_name(name: str) -> MoodleName | None:
    """Read a name; None where it is none of Moodle's."""
    match = PATTERN.match(name)
    if match is None:
        return None
    words = tuple(re.findall(r"[^\W\d_]+", match["name"]))
    return MoodleName(match["number"], words, match["what"] == "file", match["rest"] or "")
