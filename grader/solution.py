"""Reads the solution that comes with the exercise, which nobody may hand in as their own."""

from __future__ import annotations

import os

from .submission import PROGRAMS

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "reference")


def read_solution() -> dict[str, bytes]:
    """The programs of the solution by name; those that were taken away are not there."""
    found: dict[str, bytes] = {}
    for program in PROGRAMS:
        try:
            with open(os.path.join(FOLDER, program + ".py"), "rb") as file:
                found[program] = file.read()
        except OSError:
            pass  # then it cannot be recognised
    return found


def is_solution(folder: str) -> bool:
    """Whether a folder is the solution itself: nobody has copied it then."""
    return os.path.realpath(folder) == os.path.realpath(FOLDER)
