"""Reads facts as the schema before this one had them: transcripts that were saved then are judged like new ones."""

from __future__ import annotations

from typing import Any

SCHEMA_BEFORE = 3

RENAMED = {
    "Met": "Connected",
    "Dialed": "ConnectRequested",
    "Forged": "ChannelTampered",
    "Muted": "ChannelClosedEarly",
}


def upgraded(values: Any) -> Any:
    """A fact's JSON array in the form of today; what is none is left to the decoder, which says so."""
    if not isinstance(values, list) or not values or not isinstance(values[0], str):
        return values
    return [RENAMED.get(values[0], values[0]), *values[1:]]
