"""What can be said about one mistake."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Mistake:
    """One line of the catalogue; the French texts may hold ``{file}``, ``{line}`` and what the detector found.

    Attributes:
        slug: stable, for the JSON result.
        check: where it belongs: the last part of a check's id; empty for the first check that fails for it.
        when: which facts it is chosen by, in French, for whoever proofreads.
        cause: the likely cause, one or two sentences.
        step: the one next step.
        question: a nudge, which gives less than the step.
        lesson: the heading of the subject to read again.
    """

    slug: str
    check: str
    when: str
    cause: str
    step: str
    question: str
    lesson: str
