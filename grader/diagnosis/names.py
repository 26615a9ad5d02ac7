"""Explains names, modules and attributes that do not exist: what was meant, and what is missing."""

from __future__ import annotations

import ast
from collections.abc import Callable

from ..transcript.facts import Listened, MainEnded, Raised
from ..transcript.record import Run
from .code import Code, called, keyword, nearest, targets, text_of
from .finding import Case, Finding, first_found, found_at
from .known import MODULES, PYTHON_2, SOCKET_METHODS, SYNONYMS, TEXTS, TYPES
from .lessons import CREER_THREADS, DEMARRER
from .threads import overwritten_thread
from .vocabulary import BUILTINS
from .vocabulary import MODULES as STANDARD


def unreadable(error: Raised, _: Run, code: Code) -> Finding:
    """Python cannot read the file."""
    from .syntax import diagnose  # 2 ms that only such a file is worth

    fault = diagnose(code, error.error, error.line)
    return found_at(fault.slug, error, fault.line, **fault.values)


def unknown_name(error: Raised, run: Run, code: Code) -> Finding:
    """A name that nothing has."""
    name = error.name
    if name in PYTHON_2:
        return found_at("python2", error, text=name, near=PYTHON_2[name])
    if name in MODULES or (name in STANDARD and name not in code.names):
        lesson = CREER_THREADS if name == "threading" else ""
        return found_at("import_oublie", error, name=name, lesson=lesson)
    home = next((module for module, names in MODULES.items() if name in names), "")
    if home and name not in code.names and not (name.islower() and len(name) < 6):
        return found_at("import_incomplet", error, name=name, module=home)
    if name in code.names:
        return _known_elsewhere(error, run, code)
    if name.lower() in TEXTS:
        return found_at("texte_sans_guillemets", error, name=name)
    overwritten = overwritten_thread(code)
    if overwritten is not None:
        return found_at("thread_ecrase", error, overwritten.lineno, name=next(targets(overwritten)))
    listens = code.calls("listen")
    if listens and not code.calls("accept") and run.has(Listened, error.actor):
        return found_at("sans_accept", error, listens[0].lineno)
    near = nearest(name, (code.names | BUILTINS) - {name}, 0.75)
    if near:
        return found_at("nom_mal_ecrit", error, name=name, near=near)
    alone = [node for node in code.nodes if isinstance(node, ast.Assign) and node.lineno == error.line]
    if any(isinstance(node.value, ast.Name) and node.value.id == name for node in alone):
        return found_at("texte_sans_guillemets", error, name=name)
    return found_at("nom_inconnu", error, name=name)


def uncaught_name(case: Case) -> Finding | None:
    """A name that the file never gives a value to: its error is caught, and nobody sees it."""
    known = case.code.names | BUILTINS | {"__file__", "__name__"}
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in case.code.nodes):
        return None
    for node in case.code.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in known:
            place = (case.code.file, node.lineno)
            error = Raised(0.0, case.actor, 0, *place, "NameError", "", ("NameError",), node.id)
            return unknown_name(error, case.run, case.code)
    return None


def _known_elsewhere(error: Raised, run: Run, code: Code) -> Finding:
    """A name that the file does give a value to, but not there or not yet."""
    name, inside = error.name, {id(node) for function in code.functions.values() for node in ast.walk(function)}
    outside = [
        node
        for node in code.nodes
        if id(node) not in inside and isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name
    ]
    lines = [node.lineno for node in outside]
    holders = [*code.functions.values(), *(node for node in code.nodes if isinstance(node, ast.ClassDef))]
    nested = {id(node) for one in holders for node in ast.walk(one) if node is not one}
    if name in code.functions and id(code.functions[name]) not in nested:
        lines.append(code.functions[name].lineno)
    early = run.first(MainEnded, error.actor) is None or code.function_around(error.line) is None or error.thread != 1
    if lines and early and min(lines) > error.line:
        return found_at("nom_trop_tot", error, name=name, other=str(min(lines)))
    classes = [node for node in code.nodes if isinstance(node, ast.ClassDef)]
    if any(isinstance(node, ast.FunctionDef) and node.name == name for one in classes for node in one.body):
        return found_at("self_oublie", error, name=name)
    owners = [one for one in code.functions.values() if name in _given_in(one)]
    owners.sort(key=lambda one: any(node.arg == name for node in ast.walk(one) if isinstance(node, ast.arg)))
    owner = owners[0].name if owners else ""
    if not lines and owner:
        return found_at("nom_ailleurs", error, name=name, near=owner)
    return found_at("nom_inconnu", error, name=name)


def _given_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    arguments = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    stored = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    nested = {node.name for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function}
    return arguments | stored | nested


def local_name(error: Raised, _: Run, code: Code) -> Finding:
    """A name that a function reads before it gives it a value."""
    function = code.function_around(error.line)
    stored = _given_in(function) if function is not None else set()
    used = (node for node in code.nodes if isinstance(node, ast.Name) and node.lineno == error.line)
    name = next((node.id for node in used if node.id in stored), "cette variable")
    return found_at("variable_locale", error, name=name)


def no_module(error: Raised, _run: Run, _code: Code) -> Finding:
    """A module that is not there."""
    near = nearest(error.name, tuple(MODULES), 0.6)
    if near:
        return found_at("module_mal_ecrit", error, name=error.name, near=near)
    return found_at("module_absent", error, name=error.name)


def not_in_module(error: Raised, _: Run, code: Code) -> Finding:
    """A name that a module does not have."""
    for node in code.nodes:
        if isinstance(node, ast.ImportFrom) and node.lineno == error.line:
            known = MODULES.get(node.module or "", ())
            missing = next((alias.name for alias in node.names if alias.name not in known), error.name)
            near = nearest(missing, known, 0.6)
            maybe = f" Voulais-tu dire « {near} » ?" if near else ""
            return found_at("import_mal_ecrit", error, name=missing, maybe=maybe)
    return found_at("import_mal_ecrit", error, name=error.name, maybe="")


def missing_attribute(error: Raised, _: Run, code: Code) -> Finding:
    """Something that an object does not have."""
    found = first_found(DETECTORS, error, code)
    return found or found_at("attribut_inconnu", error, name=error.name, owner=error.owner)


def _of_nothing(error: Raised, code: Code) -> Finding | None:
    """None has no attributes: perhaps it is what start() returned."""
    if error.owner != "NoneType":
        return None
    made = [node for node in code.nodes if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
    lost = next((node for node in made if isinstance(node.value, ast.Call) and called(node.value) == "start"), None)
    if lost is not None:
        return found_at("start_rend_none", error, lost.lineno)
    return found_at("rien_avant_le_point", error, name=error.name)


def _of_pair(error: Raised, code: Code) -> Finding | None:
    """What accept returned is kept in one name."""
    kept = [one.value for one in code.nodes if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)]
    accept = next((call for call in code.calls("accept") if call in kept), None)
    if error.owner != "tuple" or accept is None:
        return None
    return found_at("accept_pas_deballe", error, accept.lineno)


def _of_text(error: Raised, _: Code) -> Finding | None:
    slug = {("str", "decode"): "decode_sur_texte", ("bytes", "encode"): "encode_sur_octets"}
    found = slug.get((error.owner, error.name))
    return None if found is None else found_at(found, error)


def _of_own_socket(error: Raised, code: Code) -> Finding | None:
    """A variable called socket hides the module."""
    if error.owner != "socket" or error.name not in MODULES["socket"]:
        return None
    made = code.assignments("socket")
    return found_at("socket_ecrase", error, made[0].lineno if made else 0)


def _of_module(error: Raised, code: Code) -> Finding | None:
    return _module_attribute(error, code) if error.owner == "module" else None


def _of_callable(error: Raised, code: Code) -> Finding | None:
    """Parentheses are missing, or a thread is meant."""
    functions = ("builtin_function_or_method", "function", "method")
    return _of_function(error, code) if error.owner in functions and error.name not in MODULES["socket"] else None


def _of_word(error: Raised, code: Code) -> Finding | None:
    """A thread was given a text instead of its socket."""
    text = next((one for call in code.calls("Thread") for one in _texts(keyword(call, "args"))), None)
    if error.owner != "str" or text is None or error.thread == 1:
        return None
    word = str(text.value)
    return found_at("args_entre_guillemets", error, text.lineno, text=f'"{word}"', name=word)


def _of_no_socket(error: Raised, _: Code) -> Finding | None:
    if error.name not in SOCKET_METHODS or error.owner == "socket":
        return None
    return found_at("pas_une_socket", error, name=error.name, owner=error.owner)


def _of_class(error: Raised, code: Code) -> Finding | None:
    """``from socket import socket``, and then socket.AF_INET."""
    module = next((one for one, names in MODULES.items() if error.name in names), "")
    if error.owner not in ("type", "function") or not module:
        return None
    imports = [node for node in code.nodes if isinstance(node, ast.ImportFrom) and node.module == module]
    line = imports[0].lineno if imports else 0
    return found_at("classe_au_lieu_module", error, line, name=error.name, module=module, owner=module)


def _of_two_names(error: Raised, code: Code) -> Finding | None:
    """A point stands between two variables."""
    two = error.name in code.names and error.name not in TYPES.get(error.owner, ())
    return found_at("point_au_lieu_virgule", error, name=error.name) if two else None


def _misspelt(error: Raised, _: Code) -> Finding | None:
    near = SYNONYMS.get(error.name, "") if error.owner == "socket" else ""
    near = near or nearest(error.name, TYPES.get(error.owner, ()), 0.7)
    lesson = DEMARRER if error.owner == "Thread" else ""
    return found_at("attribut_mal_ecrit", error, name=error.name, near=near, lesson=lesson) if near else None


def _texts(given: ast.expr | None) -> list[ast.Constant]:
    """The texts in a tuple or list."""
    elements = given.elts if isinstance(given, (ast.Tuple, ast.List)) else []
    return [one for one in elements if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _of_function(error: Raised, code: Code) -> Finding:
    """Something is asked of a function that its result, or a thread, would know."""
    for node in code.nodes:
        if isinstance(node, ast.Attribute) and node.attr == error.name and node.lineno == error.line:
            owner = text_of(node.value)
            if owner in code.functions:
                return found_at("methode_sur_fonction", error, name=error.name, owner=owner)
            made = code.assignments_before(owner, error.line)
            if made and isinstance(made[-1].value, (ast.Name, ast.Attribute)):
                return found_at("sans_parentheses", error, made[-1].lineno, name=text_of(made[-1].value))
            return found_at("sans_parentheses", error, name=owner)
    return found_at("attribut_inconnu", error, name=error.name, owner=error.owner)


def _module_attribute(error: Raised, code: Code) -> Finding:
    name = error.name
    for node in code.nodes:
        if isinstance(node, ast.Attribute) and node.attr == name and isinstance(node.value, ast.Name):
            module = node.value.id
            if (module == "socket" and name in SOCKET_METHODS) or (module == "threading" and name in TYPES["Thread"]):
                return found_at("module_au_lieu_socket", error, name=name, module=module)
            near = nearest(name, MODULES.get(module, ()), 0.6)
            if near:
                return found_at("attribut_mal_ecrit", error, name=name, near=near)
    return found_at("attribut_inconnu", error, name=name, owner="module")


DETECTORS: tuple[Callable[[Raised, Code], Finding | None], ...] = (
    _of_nothing,
    _of_pair,
    _of_text,
    _of_own_socket,
    _of_module,
    _of_callable,
    _of_word,
    _of_no_socket,
    _of_class,
    _of_two_names,
    _misspelt,
)
"""Who knows what a missing attribute was meant to be, in this order."""
