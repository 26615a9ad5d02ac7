"""How a mutant differs from the reference, and whether that can matter at all."""

from __future__ import annotations

import ast
import difflib
import warnings

TEXT = ast.Constant("")


class _Normal(ast.NodeTransformer):
    """Takes away what no verdict can hang on.

    That is: statements that only state a constant, prints that call nothing, the texts of the other prints, and the
    order of named arguments. What such a print breaks costs points, so a mutant that has them all shows it elsewhere.
    """

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        node.keywords.sort(key=lambda keyword: keyword.arg or "")
        if _is_print(node):
            node.args = [_without_text(argument) for argument in node.args]
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        self.generic_visit(node)
        if isinstance(node.value, ast.Constant):
            return None
        calls = [inner for inner in ast.walk(node) if isinstance(inner, ast.Call)]
        return None if len(calls) == 1 and calls[0] is node.value and _is_print(calls[0]) else node

    def visit_Pass(self, _node: ast.Pass) -> None:
        """It does nothing."""


def is_equivalent(mutant: bytes, reference: bytes) -> bool:
    """Whether only comments, layout, docstrings and the texts of prints differ."""
    trees = [_parse(content) for content in (mutant, reference)]
    first, second = ("" if tree is None else ast.dump(_Normal().visit(tree)) for tree in trees)
    return first == second


def difference(mutant: bytes, reference: bytes, file: str) -> str:
    """The unified diff of the code; of the text where the mutant is no code."""
    texts = [_code(content) for content in (reference, mutant)]
    if texts[0] == texts[1] or not texts[1]:
        texts = [content.decode("utf-8", "backslashreplace") for content in (reference, mutant)]
    before, after = (text.splitlines() for text in texts)
    return "\n".join(difflib.unified_diff(before, after, f"reference/{file}", file, lineterm="", n=1)) + "\n"


def hunks(diff: str) -> list[str]:
    """The hunks of a diff, without the numbers of their lines: the same change is the same text."""
    found: list[list[str]] = []
    for line in diff.splitlines()[2:]:
        if line.startswith("@@"):
            found.append([])
        else:
            found[-1].append(line)
    return ["\n".join(lines) for lines in found]


def _parse(content: bytes) -> ast.Module | None:
    """The tree, or None where there is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a mutant may contain what Python warns of
        try:
            return ast.parse(content)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _code(content: bytes) -> str:
    """The code as Python itself would write it; empty where it cannot."""
    tree = _parse(content)
    try:
        return "" if tree is None else ast.unparse(tree)
    except (ValueError, RecursionError):
        return ""  # before 3.12, some strings cannot stand inside an f-string


def _is_print(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "print"


def _without_text(argument: ast.expr) -> ast.expr:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return TEXT
    if isinstance(argument, ast.JoinedStr):
        parts = [part for part in argument.values if not isinstance(part, ast.Constant)]
        return ast.JoinedStr(list(parts)) if parts else TEXT
    return argument
