"""The grader's own failures, each with the exit status that the command line gives it."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """How the command ends; the same numbers as pytest's."""

    FULL_MARKS = 0
    """Graded, every point that was asked for is there."""

    POINTS_MISSING = 1
    """Graded, at least one point is missing."""

    INTERRUPTED = 2
    """Ctrl+C."""

    GRADER_ERROR = 3
    """The grader itself failed; the submission is not to blame."""

    USAGE = 4
    """The command could not be understood, or what it names cannot be read."""


class UsageError(Exception):
    """The caller asked for something impossible; the message is one French sentence that says what to do."""


class GraderError(Exception):
    """The grader could not do its work on this machine; the message is French and says what failed."""


class BrokenError(Exception):
    """A bug of ours, met in another process of ours; the message is its traceback."""
