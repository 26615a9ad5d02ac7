"""What was saved with the schema before is read as if it had been seen today."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.transcript.codec import BadFactError, decode
from grader.transcript.facts import ChannelClosedEarly, ChannelTampered, Connected, ConnectRequested, Fact, Heard
from grader.transcript.record import loads
from grader.transcript.upgrade import SCHEMA_BEFORE, upgraded

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
