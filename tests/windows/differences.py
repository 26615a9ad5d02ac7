"""What is truly different on Windows: data, each with its reason. Whatever else differs is a bug."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """One submission that Windows and POSIX treat differently.

    Attributes:
        name: the submission's, in the collection.
        reason: what Windows itself does otherwise, one sentence.
        checks: the checks whose verdict, diagnosis or place differs.
        first: the diagnosis of the first thing to repair there; empty where all is well there.
    """

    name: str
    reason: str
    checks: frozenset[str]
    first: str = ""


DIFFERENCES: tuple[Difference, ...] = ()
