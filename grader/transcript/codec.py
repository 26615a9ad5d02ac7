"""Facts to lines of JSON and back; also reads the probe's lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, get_type_hints

from . import calls, facts
from .calls import CallEnded
from .facts import Fact, ProbeFact

KINDS: dict[str, type[Fact]] = {
    name: kind
    for name, kind in (vars(facts) | vars(calls)).items()
    if isinstance(kind, type) and issubclass(kind, Fact) and kind not in (Fact, ProbeFact, CallEnded)
}
"""Every kind of fact by its name."""

_DECODER = json.JSONDecoder()
_TYPES: dict[str, type | tuple[type, ...]] = {
    "int": int,
    "str": str,
    "bool": bool,
    "float": (int, float),
    "float | None": (int, float, type(None)),
    "tuple[str, ...]": (list, tuple),
}
_CHECKS = {kind: tuple(_TYPES[written] for written in kind.FIELDS.values()) for kind in KINDS.values()}

_RIGHT: set[tuple[type, ...]] = set()
"""Kinds with the types of values that were found right once: a program may make a million facts."""


class BadFactError(ValueError):
    """A line or a value that is no fact; the message holds its beginning."""


def encode(fact: Fact) -> list[Any]:
    """A fact as a JSON array: its kind, then its fields in order."""
    kind = type(fact)
    return [kind.__name__, *(getattr(fact, name) for name in kind.FIELDS)]


def decode(values: object) -> Fact:
    """The fact in a JSON array.

    Raises:
        BadFactError: it has not the form that ``encode`` gives.
    """
    if not isinstance(values, list) or not values or not isinstance(values[0], str):
        raise BadFactError(f"not a fact: {values!r:.80}")
    kind = KINDS.get(values[0])
    if kind is None:
        raise BadFactError(f"unknown kind of fact: {values[0]!r:.80}")
    arguments = values[1:]
    if len(arguments) != len(kind.FIELDS):
        raise BadFactError(f"{values[0]} takes {len(kind.FIELDS)} fields, not {len(arguments)}")
    form = (kind, *map(type, arguments))
    if form not in _RIGHT:
        _check_types(kind, arguments)
        _RIGHT.add(form)
    make: Callable[..., Fact] = kind
    if list in form:
        arguments = [_tuple(value) if isinstance(value, list) else value for value in arguments]
    return make(*arguments)


def _check_types(kind: type[Fact], arguments: list[Any]) -> None:
    """Check that values can be a fact's fields.

    Raises:
        BadFactError: one of them cannot.
    """
    for name, value, expected in zip(kind.FIELDS, arguments, _CHECKS[kind], strict=True):
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            raise BadFactError(f"{kind.__name__}.{name} cannot be {value!r:.80}")


def _tuple(values: list[Any]) -> tuple[str, ...]:
    if not all(isinstance(value, str) for value in values):
        raise BadFactError(f"not texts: {values!r:.80}")
    return tuple(values)


def decode_probe_line(line: bytes, program: str, started_s: float) -> ProbeFact:
    """The fact in one line of the probe's, which names no program and counts time from the machine's start.

    Raises:
        BadFactError: the line is no fact of the probe's.
    """
    try:
        values = _DECODER.decode(line.decode("ascii"))
    except (ValueError, RecursionError) as error:
        raise BadFactError(f"not JSON: {line[:80]!r}") from error
    if not isinstance(values, list) or len(values) < 2 or not isinstance(values[1], float):
        raise BadFactError(f"not a fact: {line[:80]!r}")
    fact = decode([values[0], round(values[1] - started_s, 6), program, *values[2:]])
    if not isinstance(fact, ProbeFact):
        raise BadFactError(f"not the probe's to emit: {line[:80]!r}")
    return fact


def type_hints_of(kind: type[Fact]) -> dict[str, Any]:
    """The fields of a kind of fact and their types, for generators of facts."""
    hints = get_type_hints(kind)
    return {name: hints[name] for name in kind.FIELDS}
