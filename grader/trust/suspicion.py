"""What the instructor should look at, as a value."""

from __future__ import annotations

from ..transcript.value import Value


class Suspicion(Value):
    """Something that a person should look at.

    Attributes:
        slug: stable, for the JSON result.
        message: what was noticed, a French sentence for the instructor.
        checks: what it takes the points of; empty where it is only said.
    """

    slug: str
    message: str
    checks: tuple[str, ...] = ()
