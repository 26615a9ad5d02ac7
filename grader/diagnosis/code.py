"""Questions on the text of a student's file: calls, names, functions, loops; it is parsed, never run."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator
from functools import cached_property

from ..submission import MAX_SOURCE
from ..transcript.place import Place
from ..transcript.value import Value

OLDEST = (3, 10)
"""The Python whose grammar is read, whichever judges: an older one could not read more."""

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LOOPS = (ast.While, ast.For)

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Code(Value):
    """One file of a submission.

    Attributes:
        file: its name.
        source: its text.
    """

    file: str
    source: str

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, without their ends."""
        return self.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree; an empty one where Python cannot read it, or where nobody could."""
        if len(self.source) > MAX_SOURCE:
            return ast.Module([], [])
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what Python warns of, it says to whoever runs the program
                return ast.parse(self.source, feature_version=OLDEST)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return ast.Module([], [])

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Every node of the tree."""
        return list(ast.walk(self.tree))

    @cached_property
    def functions(self) -> dict[str, Function]:
        """The functions and methods, by name; of two with one name the last."""
        return {node.name: node for node in self.nodes if isinstance(node, FUNCTIONS)}

    @cached_property
    def modules(self) -> set[str]:
        """The names that stand for modules, and are given no other value."""
        named = {
            alias.asname or alias.name for node in self.nodes if isinstance(node, ast.Import) for alias in node.names
        }
        made = {name for node in self.nodes if isinstance(node, ast.Assign) for name in targets(node)}
        return named - made

    @property
    def handlers(self) -> list[ast.ExceptHandler]:
        """The places that catch errors."""
        return [node for node in self.nodes if isinstance(node, ast.ExceptHandler)]

    @property
    def attributes(self) -> list[ast.Attribute]:
        """Everything that is asked of an object with a point."""
        return [node for node in self.nodes if isinstance(node, ast.Attribute)]

    def at(self, line: int) -> Place | None:
        """The place of a line; None for line 0, which is none."""
        return Place(self.file, line) if line else None

    def line(self, number: int) -> str:
        """A line, from 1, without the space around it; empty where there is none."""
        return self.lines[number - 1].strip() if 1 <= number <= len(self.lines) else ""

    @cached_property
    def _calls(self) -> dict[str, list[tuple[tuple[int, int, int], ast.Call]]]:
        """All calls, by the name of what is called, each with what tells its place among the others."""
        found: dict[str, list[tuple[tuple[int, int, int], ast.Call]]] = {}
        for order, node in enumerate(self.nodes):
            if isinstance(node, ast.Call):
                found.setdefault(called(node), []).append(((node.lineno, node.col_offset, order), node))
        return found

    def calls(self, *names: str, inside: ast.AST | None = None) -> list[ast.Call]:
        """The calls of functions or methods with these names, in the order of the file."""
        if inside is None:
            placed = [one for name in dict.fromkeys(names) for one in self._calls.get(name, ())]
            return [call for _, call in sorted(placed, key=lambda one: one[0])]
        found = [node for node in ast.walk(inside) if isinstance(node, ast.Call) and called(node) in names]
        return sorted(found, key=lambda call: (call.lineno, call.col_offset))

    def calls_at(self, line: int, *names: str) -> list[ast.Call]:
        """The calls that reach over a line; all of them if no name is given."""
        calls = [node for node in self.nodes if isinstance(node, ast.Call)]
        return [
            call
            for call in calls
            if call.lineno <= line <= (call.end_lineno or call.lineno) and (not names or called(call) in names)
        ]

    def uncalled(self, *names: str) -> Iterator[ast.Attribute]:
        """The places where methods are named, without the parentheses that would call them."""
        functions = {id(call.func) for call in self.nodes if isinstance(call, ast.Call)}
        return (node for node in self.attributes if node.attr in names and id(node) not in functions)

    def named_only(self, *names: str) -> Iterator[ast.Attribute]:
        """Those of them where only what a call returns makes sense."""
        return (node for node in self.uncalled(*names) if id(node) in self._used_values)

    @cached_property
    def _used_values(self) -> set[int]:
        """What stands alone as a statement, is shown, is sent, or is kept in a name that is never called."""
        functions = [node.func for node in self.nodes if isinstance(node, ast.Call)]
        later = {node.id for node in functions if isinstance(node, ast.Name)}
        made = (node for node in self.nodes if isinstance(node, ast.Assign))
        used = {id(node.value) for node in self.nodes if isinstance(node, (ast.Expr, ast.FormattedValue))}
        used |= {id(node.value) for node in made if later.isdisjoint(targets(node))}
        shows = self.calls("print", "str", "send", "sendall", "write")
        return used | {id(argument) for call in shows for argument in call.args}

    def function_around(self, line: int) -> Function | None:
        """The innermost function that a line belongs to."""
        around = [node for node in self.functions.values() if node.lineno <= line <= (node.end_lineno or 0)]
        return max(around, key=lambda node: node.lineno, default=None)

    def uncalled_around(self, line: int) -> Function | None:
        """The function around a line, if nothing calls it or names it as a target."""
        function = self.function_around(line)
        used = {node.id for node in self.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        used |= {node.attr for node in self.attributes}
        return function if function is not None and function.name not in used else None

    def endless_after(self, line: int) -> ast.While | None:
        """The first loop from a line on that nothing leaves."""
        loops = [node for node in self.nodes if isinstance(node, ast.While) and (node.end_lineno or 0) >= line]
        closed = [one for one in loops if not any(isinstance(node, (ast.Break, ast.Return)) for node in ast.walk(one))]
        return min(closed, key=lambda loop: loop.lineno, default=None)

    def loops_around(self, line: int) -> list[ast.While | ast.For]:
        """The loops that a line belongs to, the innermost last."""
        return [loop for loop in self._loops if loop.lineno <= line <= (loop.end_lineno or 0)]

    @cached_property
    def _loops(self) -> list[ast.While | ast.For]:
        """All loops, in the order of the file."""
        return sorted((node for node in self.nodes if isinstance(node, LOOPS)), key=lambda loop: loop.lineno)

    def assignments(self, name: str) -> list[ast.Assign]:
        """The assignments to a plain name, in the order of the file."""
        found = [node for node in self.nodes if isinstance(node, ast.Assign) and name in targets(node)]
        return sorted(found, key=lambda node: node.lineno)

    def assignments_before(self, name: str, line: int) -> list[ast.Assign]:
        """Those that come before a line, in the same function."""
        function = self.function_around(line)
        made = [node for node in self.assignments(name) if node.lineno < line]
        return [node for node in made if self.function_around(node.lineno) is function]

    def resolve(self, node: ast.AST) -> ast.AST:
        """What a plain name stands for, where it is assigned exactly once; else the node itself."""
        for _ in range(3):
            if not isinstance(node, ast.Name):
                break
            made = self.assignments(node.id)
            if len(made) != 1 or not isinstance(made[0].targets[0], ast.Name):
                break
            node = made[0].value
        return node

    def origin(self, line: int, which: int) -> int:
        """The line where the address (0) or the port (1) of a bind or connect gets its value; else the call's own."""
        for call in self.calls_at(line, "bind", "connect", "connect_ex", "create_server", "create_connection"):
            given = self.resolve(call.args[0]) if call.args else None
            if isinstance(given, ast.Tuple) and len(given.elts) == 2:
                element = given.elts[which]
                made = self.assignments(element.id) if isinstance(element, ast.Name) else []
                return made[0].lineno if len(made) == 1 else element.lineno
        return line

    @cached_property
    def names(self) -> set[str]:
        """Every name that the file gives a value to."""
        found = {node.id for node in self.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        found |= {node.arg for node in self.nodes if isinstance(node, ast.arg)}
        found |= {node.name for node in self.nodes if isinstance(node, (*FUNCTIONS, ast.ClassDef))}
        for node in self.nodes:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                found |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        return found


def called(call: ast.Call) -> str:
    """The name of the function or method that is called; empty where it has none."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


MAX_TYPED = 100
"""Characters of a name that somebody may have misspelt; to compare two takes the product of their lengths."""

MAX_SUM = 8
"""How far the parts of a sum, and the names in it, are followed."""

RESULTS = {
    "encode": "bytes", "bytes": "bytes", "recv": "bytes",
    "decode": "str", "str": "str", "input": "str", "strip": "str", "format": "str",
}  # fmt: skip
"""The types that some calls return."""


def kind_of(node: ast.AST, code: Code, depth: int = 0) -> str:
    """The type that a piece of code most likely gives, such as ``str`` or ``bytes``; empty where nothing tells."""
    if isinstance(node, ast.Constant):
        return type(node.value).__name__
    if isinstance(node, ast.JoinedStr):
        return "str"
    if isinstance(node, ast.BinOp) and depth < MAX_SUM:
        return kind_of(node.left, code, depth + 1) or kind_of(node.right, code, depth + 1)
    if isinstance(node, ast.Call):
        return RESULTS.get(called(node), "")
    if isinstance(node, ast.Name) and depth < MAX_SUM:
        made = code.assignments_before(node.id, node.lineno) or code.assignments(node.id)
        return kind_of(made[-1].value, code, depth + 1) if made else ""
    return ""


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """What a call is given by name; None where it is not."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def text_of(node: ast.AST) -> str:
    """A piece of code as Python itself would write it."""
    try:
        return ast.unparse(node)
    except RecursionError:  # a thousand brackets, one in the other
        return "…"


def targets(node: ast.Assign) -> Iterator[str]:
    """The plain names that an assignment fills."""
    for target in node.targets:
        elements = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
        yield from (element.id for element in elements if isinstance(element, ast.Name))


def nearest(name: str, known: set[str] | tuple[str, ...], cutoff: float = 0.7) -> str:
    """The known name that another one resembles most; empty where none does. Capitals do not count."""
    import difflib  # 1 ms that only a misspelt name is worth

    if len(name) > MAX_TYPED:
        return ""
    folded = {one.lower(): one for one in sorted(known) if len(one) <= MAX_TYPED}
    turned = [one for one in folded if sorted(one) == sorted(name.lower())]
    if turned:
        return folded[turned[0]]  # two letters changed places: « form » is from, not for
    close = difflib.get_close_matches(name.lower(), folded, n=1, cutoff=cutoff)
    return folded[close[0]] if close else ""


SMALL = 40
"""Bytes: a recv of no more cuts the messages of a chat."""


def small_recv(code: Code) -> tuple[int, int] | None:
    """The line and the size of a recv that takes very little."""
    for call in code.calls("recv"):
        size = code.resolve(call.args[0]) if call.args else None
        if isinstance(size, ast.Constant) and isinstance(size.value, int) and size.value <= SMALL:
            return call.lineno, size.value
    return None


def received_names(code: Code, *, decoded: bool = True) -> set[str]:
    """The names that hold what recv returned, or (``decoded``) its text."""
    names: set[str] = set()
    for node in code.nodes:
        if not isinstance(node, ast.Assign) or not (decoded or kind_of(node.value, code) == "bytes"):
            continue
        if any(isinstance(one, ast.Call) and called(one) == "recv" for one in ast.walk(node.value)):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names
