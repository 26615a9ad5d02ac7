"""Mutations of a program's syntax tree: statements, arguments, operands, calls, keywords, handlers."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Callable, Iterator

TRIES = 50
"""A mutation that changes nothing, or that cannot be written down, is made again."""

LISTS = (
    "body",
    "orelse",
    "finalbody",
    "handlers",
    "args",
    "keywords",
    "names",
    "elts",
    "values",
    "targets",
)
"""The fields that hold several nodes which can be left out, doubled or exchanged."""

OPERATORS: tuple[ast.operator, ...] = (ast.Add(), ast.Sub(), ast.Mult(), ast.Mod())

Mutation = Callable[[ast.Module, list[ast.expr], random.Random], None]
"""Changes a tree in place, or leaves it as it is; the expressions come from all files."""


def mutate(source: str, sources: dict[str, str], count: int, rng: random.Random) -> str:
    """Change ``count`` nodes, and write the tree down: it has no comments any more."""
    pool = [node for text in sources.values() for node in _expressions(ast.parse(text))]
    tree = ast.parse(source)
    for _ in range(count):
        before = ast.unparse(tree)
        for _ in range(TRIES):
            changed = copy.deepcopy(tree)
            try:
                rng.choice(MUTATIONS)(changed, pool, rng)
            except IndexError:
                continue  # there is nothing of this kind to change
            if _written(changed) not in ("", before):
                tree = changed
                break
    return ast.unparse(tree) + "\n"


def _delete(tree: ast.Module, _pool: list[ast.expr], rng: random.Random) -> None:
    owner, name, nodes = _some_list(tree, rng)
    del nodes[rng.randrange(len(nodes))]
    if not nodes and name == "body" and not isinstance(owner, ast.Module):
        nodes.append(ast.Pass())


def _double(tree: ast.Module, _pool: list[ast.expr], rng: random.Random) -> None:
    _, _, nodes = _some_list(tree, rng)
    index = rng.randrange(len(nodes))
    nodes.insert(index, copy.deepcopy(nodes[index]))


def _swap(tree: ast.Module, _pool: list[ast.expr], rng: random.Random) -> None:
    """Two of one list change places, often neighbours."""
    _, _, nodes = _some_list(tree, rng, least=2)
    first = rng.randrange(len(nodes) - 1)
    second = first + 1 if rng.random() < 0.5 else rng.randrange(len(nodes))
    nodes[first], nodes[second] = nodes[second], nodes[first]


def _move_statement(tree: ast.Module, _pool: list[ast.expr], rng: random.Random) -> None:
    """A statement goes elsewhere: out of its loop, into another function, to the end."""
    _, _, source = rng.choice([entry for entry in _lists(tree) if entry[1] == "body" and len(entry[2]) > 1])
    statement = source.pop(rng.randrange(len(source)))
    _, _, target = rng.choice([entry for entry in _lists(tree) if entry[1] == "body"])
    target.insert(rng.randrange(len(target) + 1), statement)


def _unwrap_statement(tree: ast.Module, _pool: list[ast.expr], rng: random.Random) -> None:
    """A loop or a try goes, and what is in it stays."""
    places = [(nodes, index) for _, _, nodes in _lists(tree) for index, node in enumerate(nodes) if _inside(node)]
    nodes, index = rng.choice(places)
    nodes[index : index + 1] = _inside(nodes[index])


def _replace_expression(tree: ast.Module, pool: list[ast.expr], rng: random.Random) -> None:
    """An expression takes another's place; often one of the same class."""
    places = list(_places(tree))
    owner, name, index, old = rng.choice(places)
    alike = [node for node in pool if type(node) is type(old)]
    _put(owner, name, index, copy.deepcopy(rng.choice(alike if alike and rng.random() < 0.7 else pool)))


def _swap_expressions(tree: ast.Module, _pool: list[ast.expr], rng: random.Random) -> None:
    """Two expressions change places, unless one holds the other."""
    (owner, name, index, first), (owner2, name2, index2, second) = rng.choices(list(_places(tree)), k=2)
    if first not in ast.walk(second) and second not in ast.walk(first):
        _put(owner, name, index, second)
        _put(owner2, name2, index2, first)


def _hoist(tree: ast.Module, _pool: list[ast.expr], rng: random.Random) -> None:
    """A part takes the place of the whole: the argument of its call, the object of its method."""
    owner, name, index, old = rng.choice(list(_places(tree)))
    parts = [node for node in ast.iter_child_nodes(old) if isinstance(node, ast.expr)]
    if parts:
        _put(owner, name, index, rng.choice(parts))


def _change_constant(tree: ast.Module, _pool: list[ast.expr], rng: random.Random) -> None:
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    node = rng.choice(constants)
    if isinstance(node.value, bool) or node.value is None:
        node.value = rng.choice([True, False, None])
    elif isinstance(node.value, int):
        node.value = rng.choice([0, 1, node.value + 1, node.value - 1, node.value * 10])
    elif isinstance(node.value, str):
        node.value = rng.choice(["", node.value + " ", node.value.lower(), node.value[:-1]])


def _change_operator(tree: ast.Module, _pool: list[ast.expr], rng: random.Random) -> None:
    """Another operator, operands exchanged, a condition turned into its contrary."""
    nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.BinOp, ast.If, ast.While, ast.Attribute))]
    node = rng.choice(nodes)
    if isinstance(node, ast.BinOp):
        if rng.random() < 0.5:
            node.op = rng.choice(OPERATORS)
        else:
            node.left, node.right = node.right, node.left
    elif isinstance(node, (ast.If, ast.While)):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    else:
        node.attr = rng.choice([other.attr for other in nodes if isinstance(other, ast.Attribute)])


MUTATIONS: tuple[Mutation, ...] = (
    _delete,
    _delete,
    _double,
    _swap,
    _swap,
    _move_statement,
    _unwrap_statement,
    _replace_expression,
    _replace_expression,
    _swap_expressions,
    _hoist,
    _change_constant,
    _change_operator,
)


def _written(tree: ast.Module) -> str:
    """The text of a tree; empty where it has none."""
    try:
        return ast.unparse(ast.fix_missing_locations(tree))
    except (AttributeError, TypeError, ValueError, RecursionError):
        return ""


def _lists(tree: ast.Module) -> Iterator[tuple[ast.AST, str, list[ast.AST]]]:
    """Every list of nodes that is not empty: its owner, its field, itself."""
    for node in ast.walk(tree):
        for name in LISTS:
            nodes = getattr(node, name, None)
            if isinstance(nodes, list) and nodes:
                yield node, name, nodes


def _some_list(tree: ast.Module, rng: random.Random, least: int = 1) -> tuple[ast.AST, str, list[ast.AST]]:
    return rng.choice([entry for entry in _lists(tree) if len(entry[2]) >= least])


def _inside(node: ast.AST) -> list[ast.AST]:
    """The statements that a compound statement holds."""
    return list(node.body) if isinstance(node, (ast.While, ast.If, ast.Try, ast.FunctionDef)) else []


def _expressions(tree: ast.Module) -> list[ast.expr]:
    return [node for _, _, _, node in _places(tree)]


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, str, int | None, ast.expr]]:
    """Where expressions stand: owner, field, index in the field's list, and the expression itself."""
    for owner in ast.walk(tree):
        if isinstance(owner, ast.JoinedStr):
            continue  # its parts are no expressions of their own
        for name, value in ast.iter_fields(owner):
            if isinstance(value, ast.expr) and name != "format_spec":
                yield owner, name, None, value
            elif isinstance(value, list):
                for index, node in enumerate(value):
                    if isinstance(node, ast.expr):
                        yield owner, name, index, node


def _put(owner: ast.AST, name: str, index: int | None, node: ast.expr) -> None:
    if index is None:
        setattr(owner, name, node)
    else:
        getattr(owner, name)[index] = node
