"""Explains an exception that nothing caught: by its type, its attributes and the line that it stopped at."""

from __future__ import annotations

import ast
from collections.abc import Callable

from ..transcript.facts import Raised
from ..transcript.record import Run
from .code import Code
from .common import ERREUR_PYTHON, RAPPEL_SANS_FIN
from .finding import Finding, found_at
from .mistake import Mistake
from .topics import calls, names, socket_errors, threads
from .topics.calls import ASCII_TROP_PETIT, DECODE_IMPOSSIBLE, FIN_DU_CLAVIER, RAISE_VOLONTAIRE
from .uncalled import uncalled


def explain_error(error: Raised, run: Run, code: Code) -> Finding:
    """The mistake behind an uncaught exception.

    Args:
        error: the exception.
        run: where it was seen.
        code: the file that it stopped in.
    """
    if not error.file:
        return threads.before_function(error, run, code)
    named = uncalled(code, "bind", "listen", "accept", "connect", "start", "decode", "encode")
    if named is not None and not {"NameError", "SyntaxError", "ImportError"} & set(error.bases):
        return named
    if any(isinstance(node, ast.Raise) and node.lineno == error.line for node in code.nodes):
        return found_at(RAISE_VOLONTAIRE, error)
    for base in error.bases:
        explain = BY_TYPE.get(base)
        if explain is not None:
            return explain(error, run, code)
    return found_at(ERREUR_PYTHON, error)


def _unreadable(error: Raised, run: Run, code: Code) -> Finding:
    from .topics.syntax import unreadable  # 2 ms that only such a file is worth

    return unreadable(error, run, code)


def _simply(mistake: Mistake) -> Callable[[Raised, Run, Code], Finding]:
    return lambda error, _run, _code: found_at(mistake, error)


BY_TYPE: dict[str, Callable[[Raised, Run, Code], Finding]] = {
    "SyntaxError": _unreadable,
    "UnboundLocalError": names.local_name,
    "NameError": names.unknown_name,
    "ModuleNotFoundError": names.no_module,
    "ImportError": names.not_in_module,
    "AttributeError": names.missing_attribute,
    "TypeError": calls.wrong_type,
    "UnicodeEncodeError": _simply(ASCII_TROP_PETIT),
    "UnicodeDecodeError": _simply(DECODE_IMPOSSIBLE),
    "ValueError": calls.wrong_value,
    "AssertionError": calls.failed_assertion,
    "OverflowError": calls.overflow,
    "RecursionError": _simply(RAPPEL_SANS_FIN),
    "RuntimeError": socket_errors.of_thread,
    "EOFError": _simply(FIN_DU_CLAVIER),
    "LookupError": calls.unknown_encoding,
    "gaierror": calls.unknown_host,
    "OSError": socket_errors.of_socket,
}  # fmt: skip
"""How each type of exception is explained; the first of an exception's own types that is here decides."""
