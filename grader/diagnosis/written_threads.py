"""What the text of a file says of its threads."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .code import Code, called, keyword, targets, text_of


def given_to_threads(code: Code) -> ast.Call | None:
    """The thread that is given the socket that listens."""
    servers = {text_of(call.func.value) for call in code.calls("listen") if isinstance(call.func, ast.Attribute)}
    for call in code.calls("Thread"):
        given = keyword(call, "args")
        elements = given.elts if isinstance(given, (ast.Tuple, ast.List)) else []
        if any(text_of(element) in servers for element in elements):
            return call
    return None


def target_name(call: ast.Call) -> str:
    """The name of the function that a thread is given; empty for anything else."""
    target = keyword(call, "target")
    return target.id if isinstance(target, ast.Name) else ""


def named_threads(code: Code) -> Iterator[tuple[ast.Assign, str]]:
    """The threads that the file makes and gives a name, each with that name."""
    for node in code.nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and called(node.value) == "Thread":
            yield from ((node, name) for name in targets(node))


def overwritten_thread(code: Code) -> ast.Assign | None:
    """The second of two threads that are kept under one name, the first not started in between."""
    seen: dict[str, int] = {}
    starts = code.calls("start")
    for node, name in named_threads(code):
        between = (call for call in starts if seen.get(name, 0) < call.lineno < node.lineno)
        if name in seen and not any(text_of(call.func).startswith(name + ".") for call in between):
            return node
        seen[name] = node.lineno
    return None
