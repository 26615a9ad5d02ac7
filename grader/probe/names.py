"""Finds the names under which a student's code knows a thread, and the function that it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType, MappingProxyType, ModuleType
from typing import Any

MAX_FRAMES = 4
"""Frames of the student's that are searched: where a thread is made, and who asked for it."""


def names_of(thing: Any, frame: FrameType | None) -> list[str]:
    """Variables, attributes and keys that hold ``thing``, seen from a frame of the student's and its callers."""
    found: dict[str, None] = {}
    spaces: dict[int, dict[str, Any]] = {}
    for _ in range(MAX_FRAMES):
        if frame is None:
            break
        for space in (frame.f_locals, frame.f_globals):
            spaces[id(space)] = space if type(space) is dict else dict(space)
        frame = frame.f_back
    for space in spaces.values():
        found.update(dict.fromkeys(_search(thing, space, depth=2)))
    return list(found)


def _search(thing: Any, space: dict[Any, Any], depth: int) -> Iterator[str]:
    """The names in a dictionary, and in the objects and dictionaries that it holds.

    Nothing of the student's may run meanwhile: no ``__eq__``, no ``__str__`` of a key, no ``items`` of a subclass.
    """
    for name, value in list(dict.items(space)):
        if value is thing:
            if type(name) is str:
                yield name
        elif depth and not (type(name) is str and name.startswith("__")):
            inner = _inner(value)
            if inner is not None:
                yield from _search(thing, inner, depth - 1)


def _inner(value: Any) -> dict[Any, Any] | None:
    """The names inside a value: of a dictionary, or of an object, a class or a module that is not Python's own."""
    kind = type(value)
    if issubclass(kind, dict):
        return value  # type: ignore[no-any-return]  # isinstance would ask the value for its __class__
    if kind is ModuleType:
        home = attribute(value, "__name__")
    else:
        home = attribute(value if issubclass(kind, type) else kind, "__module__")
    if type(home) is not str or home.partition(".")[0] in sys.stdlib_module_names:
        return None
    inner = attribute(value, "__dict__")
    if type(inner) is MappingProxyType:
        return dict(inner)
    return inner if type(inner) is dict else None


def describe(target: Any) -> tuple[str, str]:
    """The module and the name of what a thread runs: a function, a method, a partial, a callable object."""
    for _ in range(4):  # partial(partial(f)): as deep as anyone goes
        inner = attribute(target, "func") or attribute(target, "__func__")
        if inner is None:
            break
        target = inner
    name = attribute(target, "__name__") or type(target).__name__
    return str(attribute(target, "__module__") or ""), str(name)


def called_by_lambda(target: Any) -> list[str]:
    """The names that a lambda uses: ``lambda: Send(client)`` stands for Send."""
    code = attribute(target, "__code__")
    return list(code.co_names) if code is not None and code.co_name == "<lambda>" else []


def attribute(thing: Any, name: str) -> Any:
    """An attribute that is really there: a ``__getattr__`` of the student's must not notice the question."""
    try:
        return object.__getattribute__(thing, name)
    except AttributeError:
        return None
