"""A connection that nobody has accepted in the end is noted, whatever the program said."""

from __future__ import annotations

import pytest

from grader.harness.peer_connection import AcceptWatch
from grader.harness.program_log import ProgramLog
from grader.transcript.facts import Fact, Unaccepted

from .fakes import ME, ZERO_S, FakeClock


@pytest.mark.parametrize(
    ("looks", "noted"),
    [
        ([], False),
        ([None], False),
        ([False], False),
        ([True], True),
        ([True, None], True),
        ([True, False], False),
        ([False, True], False),
    ],
)
def test_what_the_system_showed_last_counts_and_accepted_is_accepted(looks: list[bool | None], noted: bool) -> None:
    facts: list[Fact] = []
    answers = list(looks)
    watch = AcceptWatch(ProgramLog(ME, ZERO_S, facts.append, FakeClock()), lambda *_: answers.pop(0))
    for _ in looks:
        watch.look(7, 40_001, 40_002)
    assert facts == []
    watch.end()
    assert facts == [Unaccepted(60.0, ME)] * noted
