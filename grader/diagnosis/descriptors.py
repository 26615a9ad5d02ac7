"""Explains what only POSIX does: a socket's descriptor used as a file's."""

from __future__ import annotations

import ast

from ..checks.questions import place_of
from ..transcript.facts import FilenoAsked, Raised, Refused
from .code import Code, called
from .finding import Case, Finding

WINDOWS = "win32"

INSTEAD = {"write": "sendall(…)", "read": "recv(…)", "fdopen": "makefile(…)", "open": "makefile(…)"}
"""What a socket does on every system, by the function of ``os`` (or the built-in one) that wants a file's descriptor.

Windows has another table for sockets than for the files of the C library, whose functions say EBADF (Winsock, "Socket
Handles").
"""


def as_file(case: Case, error: Raised | Refused, code: Code) -> Finding | None:
    """A function for files was given a socket, and Windows knows no file of that number.

    Args:
        case: the failed check.
        error: what Python raised, caught or not.
        code: the file that it stopped in.
    """
    if case.transcript.system != WINDOWS or error.code != "EBADF":
        return None
    call = next((one for one in code.calls_at(error.line, *INSTEAD) if one.args and _is_plain(one, code)), None)
    if call is None:
        return None
    owner = _owner(call.args[0], code)
    if not owner and not any(run.has(FilenoAsked, case.actor) for run in case.runs):
        return None
    name = called(call)
    words = {"name": name if name == "open" else f"os.{name}", "owner": owner or "client", "instead": INSTEAD[name]}
    return Finding("socket_pas_fichier", place_of(error), words)


def _is_plain(call: ast.Call, code: Code) -> bool:
    """Whether a module's function is called, and not a method of something that has been opened."""
    function = call.func
    return isinstance(function, ast.Name) or (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in code.modules
    )


def _owner(descriptor: ast.expr, code: Code) -> str:
    """The name of the socket whose ``fileno()`` a descriptor is; empty where the text does not tell."""
    asked = code.resolve(descriptor)
    if not isinstance(asked, ast.Call) or called(asked) != "fileno" or not isinstance(asked.func, ast.Attribute):
        return ""
    return asked.func.value.id if isinstance(asked.func.value, ast.Name) else ""
