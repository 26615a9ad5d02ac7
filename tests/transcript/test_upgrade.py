"""What was saved with the schema before is read as if it had been seen today."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.transcript.calls import (
    Accepted,
    CallEnded,
    CallFailed,
    ConnectReturned,
    InputReturned,
    Joined,
    Peeked,
    Received,
    SelectReturned,
    Sent,
    Slept,
    StdinRead,
    WaitEnded,
)
from grader.transcript.codec import BadFactError, decode
from grader.transcript.facts import (
    ChannelClosedEarly,
    ChannelTampered,
    Connected,
    ConnectRequested,
    Fact,
    Heard,
)
from grader.transcript.record import loads
from grader.transcript.upgrade import RETURNED, SCHEMA_BEFORE, upgraded

ME = "client"

BEFORE: list[tuple[list[Any], Fact]] = [
    (["Heard", 0.5, ME, "salut"], Heard(0.5, ME, "salut")),
    (["Met", 0.5, ME], Connected(0.5, ME)),
    (["Forged", 0.5, ME], ChannelTampered(0.5, ME)),
    (["Muted", 0.5, ME], ChannelClosedEarly(0.5, ME)),
    (
        ["Dialed", 0.5, ME, 1, "client.py", 7, 1, "localhost", 4242, "127.0.0.1", False, "stream"],
        ConnectRequested(0.5, ME, 1, "client.py", 7, 1, "localhost", 4242, "127.0.0.1", False, "stream"),
    ),
]

AT = (0.5, ME, 1, "client.py", 7)

ENDED: list[tuple[str, int, int, CallEnded]] = [
    ("accept", 1, 2, Accepted(*AT, 1, 2)),
    ("connect", 1, 1, ConnectReturned(*AT, 1, True)),
    ("connect", 1, 0, ConnectReturned(*AT, 1, False)),
    ("recv", 1, 5, Received(*AT, 1, 5)),
    ("recv", 1, 0, Received(*AT, 1, 0)),
    ("recv", 1, -2, Peeked(*AT, 1)),
    ("send", 1, 5, Sent(*AT, 1, 5)),
    ("stdin", 0, 6, StdinRead(*AT, 6)),
    ("input", 0, 5, InputReturned(*AT, 5)),
    ("join", 3, 1, Joined(*AT, 3, True)),
    ("join", 3, 0, Joined(*AT, 3, False)),
    ("sleep", 0, 0, Slept(*AT)),
    ("wait", 99, 0, WaitEnded(*AT, 99)),
    ("select", 3, 1, SelectReturned(*AT, 3, 1)),
    ("recv", 1, -1, CallFailed(*AT, "recv", 1, "E")),
    ("accept", 1, 0, CallFailed(*AT, "accept", 1, "E")),
    ("something else", 1, 1, CallFailed(*AT, "something else", 1, "E")),
]


@pytest.mark.parametrize(("call", "target", "count", "fact"), ENDED, ids=lambda one: str(one))
def test_what_left_counted_is_told_by_a_fact_of_its_own(call: str, target: int, count: int, fact: CallEnded) -> None:
    """It gave something just where the count was more than nothing, and belongs to the same call."""
    found = decode(upgraded(["Left", *AT, call, target, count, "E" if isinstance(fact, CallFailed) else ""]))
    assert found == fact
    assert fact.call == call
    assert fact.gave_something == (count > 0 and not isinstance(fact, CallFailed))


def test_every_call_that_can_block_has_its_fact() -> None:
    assert {fact.call for *_, fact in ENDED} >= set(RETURNED)
    assert {type(fact) for *_, fact in ENDED} == set(CallEnded.__subclasses__())


@pytest.mark.parametrize("values", [[], ["recv"], ["recv", 1, 2], ["recv", 1, True, ""], ["recv", 1, 2, "", 3]])
def test_what_left_never_said_is_refused(values: list[Any]) -> None:
    with pytest.raises(BadFactError):
        decode(upgraded(["Left", *AT, *values]))


@pytest.mark.parametrize(("values", "fact"), BEFORE, ids=lambda one: str(one))
def test_a_fact_of_before_is_one_of_today(values: list[Any], fact: Fact) -> None:
    assert decode(upgraded(values)) == fact


def saved(schema: int, *facts: list[Any]) -> str:
    heading = {"schema": schema, "system": "linux", "files": {}, "asked": ["chat"], "runs": ["client.parle"]}
    return "\n".join(json.dumps(line) for line in (heading, *(["client.parle", fact] for fact in facts))) + "\n"


def test_a_whole_transcript_of_before_is_read() -> None:
    transcript = loads(saved(SCHEMA_BEFORE, *(values for values, _ in BEFORE)))
    assert transcript.run("client.parle").facts == tuple(fact for _, fact in BEFORE)


def test_words_of_before_are_none_today() -> None:
    with pytest.raises(BadFactError, match="line 2: unknown kind of fact: 'Met'"):
        loads(saved(SCHEMA_BEFORE + 1, ["Met", 0.5, ME]))


def test_what_is_older_is_refused() -> None:
    with pytest.raises(BadFactError, match="line 1: schema 2 is not 4"):
        loads(saved(SCHEMA_BEFORE - 1))


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=12)))
def test_what_is_no_fact_is_left_to_the_decoder(values: object) -> None:
    with pytest.raises(BadFactError):
        decode(upgraded(values))
