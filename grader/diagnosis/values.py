"""Explains values of the wrong type, and calls that are given the wrong things."""

from __future__ import annotations

import ast

from ..transcript.facts import Raised, Refused, SocketMade
from ..transcript.record import Run
from .code import Code, called, kind_of
from .finding import Finding, found_at
from .known import SOCKET_METHODS
from .network import AF_INET6

THREAD_ARGUMENTS = frozenset({"group", "target", "name", "args", "kwargs", "daemon", "context", None})


def wrong_type(error: Raised, run: Run, code: Code) -> Finding:
    """A value of the wrong type."""
    line = error.line
    for call in code.calls_at(line, "bind", "connect", "connect_ex"):
        return _address(error, call, code)
    for call in code.calls_at(line, *SOCKET_METHODS):
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(owner, ast.Name) and owner.id == "socket" and "socket" in code.modules:
            return found_at("module_au_lieu_socket", error, name=called(call), module="socket")
    for call in code.calls_at(line, "recv"):
        if not call.args:
            return found_at("recv_sans_taille", error)
    refused = any(one.line == line and one.error == "TypeError" for one in run.of(Refused, error.actor))
    for call in code.calls_at(line, "send", "sendall", "sendto", "write"):
        if (refused or called(call) == "write") and call.args:
            return found_at("texte_au_lieu_octets", error, name=called(call))
    if any(len(call.args) == 1 and not call.keywords for call in code.calls_at(line, "bytes")):
        return found_at("encode_oublie_bytes", error)
    for call in code.calls_at(line):
        extra = next((one.arg for one in call.keywords if one.arg in ("end", "sep", "flush")), None)
        if extra and called(call) not in ("print", ""):
            return found_at("end_hors_de_print", error, text=extra, name=called(call))
    for call in code.calls_at(line):
        found = _wrong_call(error, call, code)
        if found is not None:
            return found
    return _mixed(error, code) or found_at("type_impossible", error)


def _address(error: Raised, call: ast.Call, code: Code) -> Finding:
    """What is wrong with the argument of bind or connect."""
    name = called(call)
    if len(call.args) > 1:
        return found_at("bind_deux_arguments", error, call.lineno, name=name)
    given = code.resolve(call.args[0]) if call.args else None
    if isinstance(given, ast.Tuple) and len(given.elts) == 2:
        host, port = (code.resolve(element) for element in given.elts)
        if isinstance(host, ast.Constant) and isinstance(host.value, int):
            return found_at("adresse_port_inverses", error, call.lineno, name=name)
        if not (isinstance(port, ast.Constant) and isinstance(port.value, int)):
            made = code.assignments(given.elts[1].id) if isinstance(given.elts[1], ast.Name) else []
            return found_at("port_en_texte", error, made[0].lineno if len(made) == 1 else call.lineno)
    return found_at("bind_sans_tuple", error, call.lineno, name=name)


def _wrong_call(error: Raised, call: ast.Call, code: Code) -> Finding | None:
    """A call that cannot work: of a module, of something that is no function, with the wrong number of things."""
    name = called(call)
    if isinstance(call.func, (ast.Constant, ast.JoinedStr, ast.Tuple, ast.List)):
        return found_at("pas_une_fonction", error, call.lineno)
    given = {one.arg for one in call.keywords}
    if name == "Thread" and not call.args and "target" not in given and given - THREAD_ARGUMENTS:
        return found_at("target_oubliee", error, call.lineno)
    if isinstance(call.func, ast.Name):
        modules = {
            alias.asname or alias.name for node in code.nodes if isinstance(node, ast.Import) for alias in node.names
        }
        if name in modules:
            near = {"socket": "socket", "threading": "Thread", "time": "sleep"}.get(name, "…")
            return found_at("module_appele", error, name=name, near=near)
        function = code.functions.get(name)
        if function is None and code.assignments(name):
            return found_at("pas_une_fonction", error, name=name)
        if function is not None and not _fits(function, call):
            return found_at("mauvais_nombre_arguments", error, name=name)
    takes_nothing = name in ("accept", "fileno", "close", "start", "input") and len(call.args) > (name == "input")
    if name == "setsockopt" and len(call.args) < 3:
        return found_at("mauvais_nombre_arguments", error, name=name)
    if takes_nothing or (name in ("shutdown", "bind", "connect", "send", "sendall") and not call.args):
        return found_at("mauvais_nombre_arguments", error, name=name)
    return None


def _fits(function: ast.FunctionDef | ast.AsyncFunctionDef, call: ast.Call) -> bool:
    """Whether a call gives a function as many things as it takes."""
    arguments = function.args
    if arguments.vararg or arguments.kwarg or any(isinstance(one, ast.Starred) for one in call.args):
        return True
    most = len(arguments.posonlyargs) + len(arguments.args)
    given = len(call.args) + len(call.keywords)
    return most - len(arguments.defaults) <= given <= most + len(arguments.kwonlyargs)


def _mixed(error: Raised, code: Code) -> Finding | None:
    """A text added to something else."""
    sums = [node for node in code.nodes if isinstance(node, (ast.BinOp, ast.AugAssign)) and node.lineno == error.line]
    for node in sums:
        sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)
        kinds = {kind_of(side, code) for side in sides}
        if "bytes" in kinds:
            return found_at("texte_et_octets", error)
        if "str" in kinds:
            return found_at("texte_et_nombre", error)
    return None


def wrong_value(error: Raised, _: Run, code: Code) -> Finding:
    """A value that cannot be used."""
    stops = code.calls("exit", "quit")
    if stops and code.calls_at(error.line, "input", "readline"):  # exit() closes the keyboard, too
        return found_at("sans_join", error, stops[-1].lineno)
    if code.calls_at(error.line, "int", "float"):
        return found_at("pas_un_nombre", error)
    for node in code.nodes:
        if isinstance(node, ast.Assign) and node.lineno == error.line and isinstance(node.targets[0], ast.Tuple):
            return found_at("trop_de_noms", error)
    return found_at("erreur_python", error)


def failed_assertion(error: Raised, _: Run, code: Code) -> Finding:
    """An assert that does not hold; Thread has one on its first argument."""
    if any(call.args for call in code.calls_at(error.line, "Thread")):
        return found_at("target_sans_nom", error)
    return found_at("verification_ratee", error)


def unknown_encoding(error: Raised, _: Run, code: Code) -> Finding:
    """A name that is no encoding's."""
    coding = error.error == "LookupError" and code.calls_at(error.line, "encode", "decode", "bytes", "str")
    return found_at("encodage_inconnu" if coding else "erreur_python", error)


def overflow(error: Raised, _: Run, code: Code) -> Finding:
    """A number that is too large."""
    calls = code.calls_at(error.line, "bind", "connect", "connect_ex")
    return found_at("port_impossible" if calls else "erreur_python", error, code.origin(error.line, 1))


def unknown_host(error: Raised, run: Run, code: Code) -> Finding:
    """An address that is none."""
    six = [one for one in run.of(SocketMade, error.actor) if one.family in AF_INET6]
    if six:
        return found_at("ipv6", error, six[0].line)
    return found_at("adresse_inconnue", error, code.origin(error.line, 0))
