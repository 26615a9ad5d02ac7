"""Recognises a program that is the solution's, under whatever names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..shape import same_shape
from ..submission import PROGRAMS, Submission
from .source import text_of
from .suspicion import Suspicion

COPY = "corrige"
"""The suspicion of a copied solution."""


def copies(passed: set[str], submission: Submission, solution: Mapping[str, bytes]) -> Iterator[Suspicion]:
    """The chat programs that are the solution's, or would be under other names.

    Args:
        passed: the checks that passed: a copy that does not even send is none.
        submission: what was graded.
        solution: its programs' texts by name; those that are not there have no copies.
    """
    for program in PROGRAMS[1:]:
        graded = submission.programs.get(program)
        if graded is None or f"{program}.send" not in passed or program not in solution:
            continue
        if same_shape(text_of(solution[program]), text_of(submission.files.get(graded.file, b""))):
            yield Suspicion(COPY, f"{graded.file} est le corrigé, aux noms, aux textes et aux commentaires près.")
