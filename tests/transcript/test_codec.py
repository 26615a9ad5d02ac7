"""Facts survive being saved, and nothing else is taken for a fact."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.transcript.calls import Entered
from grader.transcript.codec import KINDS, BadFactError, decode, decode_probe_line, encode, type_hints_of
from grader.transcript.facts import Exited, Fact, Shown
from grader.transcript.record import Run, Transcript, dumps, loads

TEXTS = st.text(max_size=20)
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    float: st.floats(allow_nan=False, allow_infinity=False),
    int: st.integers(-(2**53), 2**53),
    str: TEXTS,
    bool: st.booleans(),
    tuple[str, ...]: st.lists(TEXTS, max_size=3).map(tuple),
    float | None: st.none() | st.floats(allow_nan=False, allow_infinity=False),
}


def facts_of(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    """Any fact of one kind."""
    return st.builds(kind, **{name: BY_TYPE[hint] for name, hint in type_hints_of(kind).items()})


FACTS = st.sampled_from(list(KINDS.values())).flatmap(facts_of)
TRANSCRIPTS = st.builds(
    lambda runs: Transcript(
        {"etape1": "Etape1.py"}, ("etape1",), {name: Run(name, tuple(seen)) for name, seen in runs.items()}
    ),
    st.dictionaries(TEXTS, st.lists(FACTS, max_size=4), max_size=3),
)


@given(FACTS)
def test_a_fact_survives_json(fact: Fact) -> None:
    assert decode(json.loads(json.dumps(encode(fact)))) == fact


@given(TRANSCRIPTS)
def test_a_transcript_survives_being_saved(transcript: Transcript) -> None:
    assert loads(dumps(transcript)) == transcript


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.sampled_from(list(KINDS)),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(JSON)
def test_anything_else_is_refused_by_one_error(values: Any) -> None:
    try:
        fact = decode(values)
    except BadFactError:
        return
    assert encode(fact) == json.loads(json.dumps(values))


@given(st.binary(max_size=60))
def test_a_line_that_the_probe_did_not_write_is_refused(line: bytes) -> None:
    with pytest.raises(BadFactError):
        decode_probe_line(line, "etape1", 0.0)


def test_a_program_cannot_tell_what_only_others_see() -> None:
    """A fact of the system's or the peer's is refused on the probe's channel."""
    for forged in ('["Exited", 1.0, 0]', '["Heard", 1.0, "Hello World!"]', '["Shown", 1.0, "x"]'):
        with pytest.raises(BadFactError):
            decode_probe_line(forged.encode(), "etape1", 0.0)


def test_a_probe_line_gets_its_program_and_its_time() -> None:
    line = b'["Entered",12.5,1,"serveur.py",7,"accept",3,null]'
    assert decode_probe_line(line, "serveur", 10.0) == Entered(2.5, "serveur", 1, "serveur.py", 7, "accept", 3, None)


@pytest.mark.parametrize("text", ["", "{}", "[]", "x\n", '{"schema": 1}', dumps(Transcript()) + "[1, 2]\n"])
def test_a_spoilt_file_is_refused_with_the_line(text: str) -> None:
    with pytest.raises(BadFactError, match="line "):
        loads(text)


def test_a_saved_transcript_is_readable_lines() -> None:
    run = Run("etape1", (Shown(0.5, "etape1", "Ã©"), Exited(1.0, "etape1", 0)))
    assert dumps(Transcript({}, ("etape1",), {"etape1": run})).splitlines()[1:] == [
        '["etape1", ["Shown", 0.5, "etape1", "\\u00c3\\u00a9"]]',
        '["etape1", ["Exited", 1.0, "etape1", 0]]',
    ]
