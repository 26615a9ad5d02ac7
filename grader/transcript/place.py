"""A line of a submission, where something happened or should have."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A line of the submission: its file, relative to the folder, and the line from 1."""

    file: str
    line: int
