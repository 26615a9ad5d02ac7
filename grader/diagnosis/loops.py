"""What is written wrong inside a loop: its condition, where it is left, what should be in it."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from ..transcript.place import Place
from .code import Function, called, kind_of, text_of
from .finding import Case, Finding

LEAVES = (ast.Break, ast.Return)


def wrong_condition(case: Case) -> Finding | None:
    """``message == "exit" or "quit"`` is always true."""
    for node in case.code.nodes:
        if (
            isinstance(node, (ast.If, ast.While))
            and isinstance(node.test, ast.BoolOp)
            and isinstance(node.test.op, ast.Or)
        ):
            alone = [
                one for one in node.test.values if isinstance(one, ast.Constant) and isinstance(one.value, (str, bytes))
            ]
            if alone and alone[0].value:
                left = node.test.values[0]
                name = text_of(left.left) if isinstance(left, ast.Compare) else "message"
                values = {"text": text_of(alone[0]).replace("'", '"'), "name": name}
                return Finding("condition_toujours_vraie", case.at(node.lineno), values)
    return None


def inverted_test(case: Case) -> Finding | None:
    """``if data: break`` leaves the loop when something came."""
    received = _received(case)
    for node in case.code.nodes:
        if isinstance(node, ast.If) and _is_received(node.test, received) and isinstance(node.body[-1], LEAVES):
            return Finding("test_a_l_envers", case.at(node.lineno))
    return None


def _received(case: Case, *, decoded: bool = True) -> set[str]:
    """The names that hold what recv returned, or (``decoded``) its text."""
    names: set[str] = set()
    for node in case.code.nodes:
        if not isinstance(node, ast.Assign) or not (decoded or kind_of(node.value, case.code) == "bytes"):
            continue
        if any(isinstance(one, ast.Call) and called(one) == "recv" for one in ast.walk(node.value)):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _is_received(test: ast.expr, names: set[str]) -> bool:
    """Whether a test is true when something was received."""
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.NotEq, ast.Gt)):
        right = test.comparators[0]
        return text_of(test.left) in names and isinstance(right, ast.Constant) and not right.value
    return isinstance(test, ast.Name) and test.id in names


def early_exit(case: Case, place: Place | None) -> Finding | None:
    """A break or return that ends the loop around a line in its first round, whatever comes."""
    around = case.code.loops_around(place.line) if place is not None else []
    for loop in around[::-1]:
        for node in _always(loop.body):
            if isinstance(node, LEAVES):
                word = "break" if isinstance(node, ast.Break) else "return"
                return Finding("break_mal_place", case.at(node.lineno), {"text": word})
    return None


def _always(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that every round comes to."""
    for node in body:
        yield node
        if isinstance(node, (ast.Try, ast.With)):
            yield from _always(node.body)


def late_print(case: Case, function: Function | None) -> Finding | None:
    """What is received is only shown after the loop."""
    prints = case.code.calls("print", inside=function) if function is not None else []
    receives = case.code.calls("recv", inside=function) if function is not None else []
    shows = [call for call in prints if any(not isinstance(argument, ast.Constant) for argument in call.args)]
    for call in receives:
        loop = case.code.loops_around(call.lineno)
        after = [one for one in shows if loop and one.lineno > (loop[-1].end_lineno or 0)]
        if after and not any(loop[-1].lineno <= one.lineno <= (loop[-1].end_lineno or 0) for one in shows):
            return Finding("print_hors_boucle", case.at(after[0].lineno))
    return None


def received_twice(case: Case, function: Function | None) -> Finding | None:
    """Recv is called twice in each round: the second call takes the next message."""
    calls = case.code.calls("recv", inside=function) if function is not None else []
    for one, two in itertools.pairwise(calls):
        around = case.code.loops_around(one.lineno)
        if around and around == case.code.loops_around(two.lineno):
            return Finding("recv_deux_fois", case.at(two.lineno))
    return None


def shows_something(case: Case, function: Function | None) -> bool:
    """Whether a function shows what is no fixed text."""
    prints = case.code.calls("print", "write", inside=function) if function is not None else []
    return any(not isinstance(argument, ast.Constant) for call in prints for argument in call.args)


def calls_itself(case: Case, function: Function | None) -> Finding | None:
    """A function calls itself, where it should call a method of the same name."""
    calls = case.code.calls(function.name, inside=function) if function is not None else []
    own = next((call for call in calls if isinstance(call.func, ast.Name)), None)
    return None if own is None else Finding("rappel_sans_fin", case.at(own.lineno))


def missing_f(case: Case) -> Finding | None:
    """A text with a name in braces, and no f before it."""
    formatted = {id(part) for node in case.code.nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in case.code.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in formatted:
            inside = node.value.partition("{")[2].partition("}")[0]
            if inside.isidentifier() and inside in case.code.names:
                return Finding("f_oublie", case.at(node.lineno))
    return None


def kept_lock(case: Case) -> Finding | None:
    """A lock is taken, and nothing gives it back, or not while its thread waits."""
    for node in case.code.nodes:
        if isinstance(node, ast.With) and any(_is_lock(item.context_expr, case) for item in node.items):
            waits = case.code.calls("input", "recv", "readline", inside=node)
            if waits:
                return Finding("verrou_pendant_attente", case.at(node.lineno), {"name": called(waits[0])})
    taken = case.code.calls("acquire")
    return Finding("verrou_garde", case.at(taken[0].lineno)) if taken and not case.code.calls("release") else None


def _is_lock(node: ast.expr, case: Case) -> bool:
    made = case.code.resolve(node)
    return isinstance(made, ast.Call) and called(made) in ("Lock", "RLock", "Semaphore")


def compared_with_text(case: Case, place: Place | None) -> Finding | None:
    """What recv returned is compared with a text, which is never equal to bytes."""
    around = case.code.loops_around(place.line) if place is not None else []
    tests = [node for loop in around for node in ast.walk(loop) if isinstance(node, ast.Compare)]
    for node in tests:
        one, other = node.left, node.comparators[0]
        texts = [side for side in (one, other) if isinstance(side, ast.Constant) and isinstance(side.value, str)]
        names = [side.id for side in (one, other) if isinstance(side, ast.Name)]
        if texts and any(name in _received(case, decoded=False) for name in names):
            return Finding("compare_texte_octets", case.at(node.lineno))
    return None


def goes_on(case: Case, place: Place | None) -> Place | None:
    """The statement that goes on with the loop though nothing was received."""
    received = _received(case)
    for loop in case.code.loops_around(place.line) if place is not None else []:
        for node in ast.walk(loop):
            test = node.test if isinstance(node, ast.If) else None
            empty = isinstance(test, ast.UnaryOp) and text_of(test.operand) in received
            if isinstance(node, ast.If) and empty and isinstance(node.body[-1], (ast.Continue, ast.Pass)):
                return case.at(node.body[-1].lineno)
    return None
