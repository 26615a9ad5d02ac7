"""Remembers who imported what before the student's program: what a file of the student's hides must be found hidden."""

from __future__ import annotations

import builtins

TYPE_CHECKING = False  # as in typing: whatever this module imported itself would not be remembered
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

_import = builtins.__import__

IMPORTERS: dict[str, set[str]] = {}
"""The modules and packages that have imported each, by the first part of their names."""


def record() -> None:
    """Begin to remember."""
    builtins.__import__ = _recorded


def stop() -> None:
    """Leave the import as it was: the student's program has nothing to do with it."""
    builtins.__import__ = _import


def _recorded(
    name: str,
    globals: Mapping[str, Any] | None = None,
    locals: Mapping[str, Any] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> Any:
    importer = (globals or {}).get("__name__", "")
    if not level and isinstance(importer, str):
        IMPORTERS.setdefault(name.partition(".")[0], set()).add(importer.partition(".")[0])
    return _import(name, globals, locals, fromlist or (), level)


def touched_by(hidden: set[str]) -> set[str]:
    """The first parts of the names of all modules that have imported one of these, or one that has."""
    found = set(hidden)
    waiting = list(hidden)
    while waiting:
        new = IMPORTERS.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
