"""Reads facts as the schema before this one had them: transcripts that were saved then are judged like new ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SCHEMA_BEFORE = 3

RENAMED = {
    "Met": "Connected",
    "Dialed": "ConnectRequested",
    "Forged": "ChannelTampered",
    "Muted": "ChannelClosedEarly",
}


BEFORE_THE_CALL = 6
"""Kind, time, program, thread, file and line come first in every fact of the probe's."""

RETURNED: dict[str, Callable[[int, int], list[Any] | None]] = {
    "accept": lambda target, count: ["Accepted", target, count] if count > 0 else None,
    "connect": lambda target, count: ["ConnectReturned", target, count == 1] if count in (0, 1) else None,
    "recv": lambda target, count: ["Peeked", target] if count == PEEKED else _sized("Received", target, count),
    "send": lambda target, count: _sized("Sent", target, count),
    "stdin": lambda _, count: _sized("StdinRead", count),
    "input": lambda _, count: _sized("InputReturned", count),
    "join": lambda target, count: ["Joined", target, count == 1] if count in (0, 1) else None,
    "sleep": lambda _, count: ["Slept"] if count == 0 else None,
    "wait": lambda target, count: ["WaitEnded", target] if count == 0 else None,
    "select": lambda target, count: _sized("SelectReturned", target, count),
}
"""What ``Left`` said of a call that gave something or nothing: the kind of fact and its own fields; else it failed."""

PEEKED = -2
"""What ``count`` was for bytes that were only looked at."""


def upgraded(values: Any) -> Any:
    """A fact's JSON array in the form of today; what is none is left to the decoder, which says so."""
    if not isinstance(values, list) or not values or not isinstance(values[0], str):
        return values
    if values[0] == "Left" and list(map(type, values[BEFORE_THE_CALL:])) == [str, int, int, str]:
        return _ended(values[1:BEFORE_THE_CALL], *values[BEFORE_THE_CALL:])
    return [RENAMED.get(values[0], values[0]), *values[1:]]


def _ended(begin: list[Any], call: str, target: int, count: int, error: str) -> list[Any]:
    """``Left``, whose ``count`` meant something else for each call, as the fact that says it."""
    returned = RETURNED[call](target, count) if call in RETURNED else None
    if returned is None:
        return ["CallFailed", *begin, call, target, error]
    return [returned[0], *begin, *returned[1:]]


def _sized(kind: str, *fields: int) -> list[Any] | None:
    """A fact whose last field is how much it gave; None where that cannot be."""
    return [kind, *fields] if fields[-1] >= 0 else None
