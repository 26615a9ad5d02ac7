"""Every text of a report is escaped, whatever it is a part of; nothing that could hold one is passed by."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from grader.escape import escaped
from grader.transcript.value import Value

BELL, SHOWN = "a\x07b", escaped("a\x07b")


class Small(Value):
    """A value with a text in it."""

    number: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Large:
    """A dataclass with a value in it."""

    name: str
    small: Small | None


def test_texts_are_found_in_values_dataclasses_and_tuples() -> None:
    assert BELL != SHOWN
    assert escaped((Large(BELL, Small(7, (BELL,))), Large("", None))) == (
        Large(SHOWN, Small(7, (SHOWN,))),
        Large("", None),
    )


@pytest.mark.parametrize("unknown", [[BELL], {BELL: BELL}, {BELL}, BELL.encode(), Small, object()])
def test_what_cannot_be_looked_into_is_refused(unknown: object) -> None:
    with pytest.raises(TypeError, match="no text can be found"):
        escaped(unknown)
