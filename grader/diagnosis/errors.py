"""Explains an exception that nothing caught: by its type, its attributes and the line that it stopped at."""

from __future__ import annotations

import ast
from collections.abc import Callable

from ..transcript.facts import Raised, ThreadStarted
from ..transcript.place import Place
from ..transcript.record import Run
from . import names, refusals, values
from .code import Code, keyword, text_of
from .finding import Finding, found_at

THREAD = "Thread"


def explain_error(error: Raised, run: Run, code: Code) -> Finding:
    """The mistake behind an uncaught exception.

    Args:
        error: the exception.
        run: where it was seen.
        code: the file that it stopped in.
    """
    if not error.file:
        return _before_function(error, run, code)
    named = code.named_only("bind", "listen", "accept", "connect", "start", "decode", "encode")
    if named is not None and not {"NameError", "SyntaxError", "ImportError"} & set(error.bases):
        slug = "start_sans_parentheses" if named.attr == "start" else "sans_parentheses"
        return found_at(slug, error, named.lineno, name="." + named.attr)
    if any(isinstance(node, ast.Raise) and node.lineno == error.line for node in code.nodes):
        return found_at("raise_volontaire", error)
    for base in error.bases:
        explain = BY_TYPE.get(base)
        if explain is not None:
            return explain(error, run, code)
    return found_at("erreur_python", error)


def _before_function(error: Raised, run: Run, code: Code) -> Finding:
    """A thread failed before it entered its function: it was given the wrong arguments."""
    started = next((one for one in run.of(ThreadStarted, error.actor) if one.number == error.thread), None)
    line = started.line if started is not None else 0
    held_as = started.names if started is not None else ()
    function = started.function if started is not None else "la fonction"
    for call in code.calls(THREAD):
        given = keyword(call, "args")
        target = keyword(call, "target")
        mine = call.lineno == line or any(name in held_as for name in _holders(code, call))
        if mine or (target is not None and text_of(target).strip("'") == function):
            place = Place(code.file, call.lineno)
            if isinstance(target, ast.Constant):
                name = str(target.value)
                return Finding("target_entre_guillemets", place, {"text": f'"{name}"', "name": name})
            if given is not None and not isinstance(given, (ast.Tuple, ast.List, ast.Set)):
                return Finding("args_sans_virgule", place, {"name": text_of(given)})
            return Finding("args_nombre", place, {"name": function})
    return Finding("args_nombre", Place(code.file, line) if line else None, {"name": function})


def _holders(code: Code, call: ast.Call) -> list[str]:
    """The names that hold what a call returns."""
    return [
        target.id
        for node in code.nodes
        if isinstance(node, ast.Assign) and node.value is call
        for target in node.targets
        if isinstance(target, ast.Name)
    ]


def _simply(slug: str) -> Callable[[Raised, Run, Code], Finding]:
    return lambda error, _run, _code: found_at(slug, error)


BY_TYPE: dict[str, Callable[[Raised, Run, Code], Finding]] = {
    "SyntaxError": names.unreadable,
    "UnboundLocalError": names.local_name,
    "NameError": names.unknown_name,
    "ModuleNotFoundError": names.no_module,
    "ImportError": names.not_in_module,
    "AttributeError": names.missing_attribute,
    "TypeError": values.wrong_type,
    "UnicodeEncodeError": _simply("ascii_trop_petit"),
    "UnicodeDecodeError": _simply("decode_impossible"),
    "ValueError": values.wrong_value,
    "AssertionError": values.failed_assertion,
    "OverflowError": values.overflow,
    "RecursionError": _simply("rappel_sans_fin"),
    "RuntimeError": refusals.of_thread,
    "EOFError": _simply("fin_du_clavier"),
    "LookupError": values.unknown_encoding,
    "gaierror": values.unknown_host,
    "OSError": refusals.of_socket,
}  # fmt: skip
"""How each type of exception is explained; the first of an exception's own types that is here decides."""
