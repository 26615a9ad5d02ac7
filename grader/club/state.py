"""What can become of a hand-in."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """What became of a hand-in: the contract's words."""

    GRADED = "note"
    BLANK = "vide"
    UNREADABLE = "illisible"
    FAILED = "panne"
