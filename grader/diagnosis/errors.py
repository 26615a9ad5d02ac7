"""Explains an exception that nothing caught: by its type, its attributes and the line that it stopped at."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Callable

from ..checks.verdict import Place
from ..transcript.facts import Listened, MainEnded, Raised, Refused, ShutDown, SocketMade, ThreadStarted
from ..transcript.record import Run
from .code import Code, called, kind_of, nearest, targets, text_of
from .finding import Case, Finding
from .known import MODULES, PYTHON_2, SOCKET_METHODS, SYNONYMS, TEXTS, TYPES
from .network import AF_INET6, stray_socket
from .syntax import diagnose
from .threads import overwritten_thread

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
        return _found(slug, error, named.lineno, name="." + named.attr)
    if any(isinstance(node, ast.Raise) and node.lineno == error.line for node in code.nodes):
        return _found("raise_volontaire", error)
    for base in error.bases:
        explain = BY_TYPE.get(base)
        if explain is not None:
            return explain(error, run, code)
    return _found("erreur_python", error)


def _found(slug: str, error: Raised, line: int = 0, **values: str) -> Finding:
    return Finding(slug, Place(error.file, line or error.line), values)


def _before_function(error: Raised, run: Run, code: Code) -> Finding:
    """A thread failed before it entered its function: it was given the wrong arguments."""
    started = next((one for one in run.of(ThreadStarted, error.actor) if one.number == error.thread), None)
    line = started.line if started is not None else 0
    names = started.names if started is not None else ()
    function = started.function if started is not None else "la fonction"
    for call in code.calls(THREAD):
        given = _keyword(call, "args")
        target = _keyword(call, "target")
        mine = call.lineno == line or any(name in names for name in _holders(code, call))
        if mine or (target is not None and text_of(target) == function):
            place = Place(code.file, call.lineno)
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


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((keyword.value for keyword in call.keywords if keyword.arg == name), None)


# --- names ----------------------------------------------------------------------------------------------------------


def _syntax(error: Raised, _: Run, code: Code) -> Finding:
    fault = diagnose(code, error.error, error.line)
    return _found(fault.slug, error, fault.line, **fault.values)


def _unknown_name(error: Raised, run: Run, code: Code) -> Finding:
    name = error.name
    if name in PYTHON_2:
        return _found("python2", error, text=name, near=PYTHON_2[name])
    if name in MODULES or (name in sys.stdlib_module_names and name not in code.names):
        return _found("import_oublie", error, name=name)
    home = next((module for module, names in MODULES.items() if name in names), "")
    if home and name not in code.names and not (name.islower() and len(name) < 6):
        return _found("import_incomplet", error, name=name, module=home)
    if name in code.names:
        return _known_elsewhere(error, run, code)
    if name.lower() in TEXTS:
        return _found("texte_sans_guillemets", error, name=name)
    overwritten = overwritten_thread(code)
    if overwritten is not None:
        return _found("thread_ecrase", error, overwritten.lineno, name=next(targets(overwritten)))
    listens = code.calls("listen")
    if listens and not code.calls("accept") and run.has(Listened, error.actor):
        return _found("sans_accept", error, listens[0].lineno)
    near = nearest(name, (code.names | set(dir(builtins))) - {name}, 0.75)
    if near:
        return _found("nom_mal_ecrit", error, name=name, near=near)
    alone = [node for node in code.nodes if isinstance(node, ast.Assign) and node.lineno == error.line]
    if any(isinstance(node.value, ast.Name) and node.value.id == name for node in alone):
        return _found("texte_sans_guillemets", error, name=name)
    return _found("nom_inconnu", error, name=name)


def unknown_name(case: Case) -> Finding | None:
    """A name that the file never gives a value to: its error is caught, and nobody sees it."""
    known = case.code.names | set(dir(builtins)) | {"__file__", "__name__"}
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in case.code.nodes):
        return None
    for node in case.code.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in known:
            place = (case.code.file, node.lineno)
            error = Raised(0.0, case.actor, 0, *place, "NameError", "", ("NameError",), node.id)
            return _unknown_name(error, case.run, case.code)
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
    if name in code.functions:
        lines.append(code.functions[name].lineno)
    early = run.first(MainEnded, error.actor) is None or code.function_around(error.line) is None or error.thread != 1
    if lines and early:
        return _found("nom_trop_tot", error, name=name, other=str(min(lines)))
    owner = next((one.name for one in code.functions.values() if name in _given_in(one)), "")
    if not lines and owner:
        return _found("nom_ailleurs", error, name=name, near=owner)
    return _found("nom_inconnu", error, name=name)


def _given_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    arguments = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    stored = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return arguments | stored


def _local_name(error: Raised, _: Run, code: Code) -> Finding:
    function = code.function_around(error.line)
    stored = _given_in(function) if function is not None else set()
    used = (node for node in code.nodes if isinstance(node, ast.Name) and node.lineno == error.line)
    name = next((node.id for node in used if node.id in stored), "cette variable")
    return _found("variable_locale", error, name=name)


def _no_module(error: Raised, _run: Run, _code: Code) -> Finding:
    near = nearest(error.name, tuple(MODULES), 0.6)
    if near:
        return _found("module_mal_ecrit", error, name=error.name, near=near)
    return _found("module_absent", error, name=error.name)


def _not_in_module(error: Raised, _: Run, code: Code) -> Finding:
    for node in code.nodes:
        if isinstance(node, ast.ImportFrom) and node.lineno == error.line:
            known = MODULES.get(node.module or "", ())
            missing = next((alias.name for alias in node.names if alias.name not in known), error.name)
            near = nearest(missing, known, 0.6)
            maybe = f" Voulais-tu dire « {near} » ?" if near else ""
            return _found("import_mal_ecrit", error, name=missing, maybe=maybe)
    return _found("import_mal_ecrit", error, name=error.name, maybe="")


def _attribute(error: Raised, _: Run, code: Code) -> Finding:
    name, owner = error.name, error.owner
    if owner == "NoneType":
        made = [node for node in code.nodes if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
        lost = next((node for node in made if isinstance(node.value, ast.Call) and called(node.value) == "start"), None)
        if lost is not None:
            return _found("start_rend_none", error, lost.lineno)
        return _found("rien_avant_le_point", error, name=name)
    accept = next(iter(code.calls("accept")), None)
    if owner == "tuple" and accept is not None:
        return _found("accept_pas_deballe", error, accept.lineno)
    if (owner, name) == ("str", "decode"):
        return _found("decode_sur_texte", error)
    if (owner, name) == ("bytes", "encode"):
        return _found("encode_sur_octets", error)
    if owner == "socket" and name in MODULES["socket"]:
        made_at = code.assignments("socket")
        return _found("socket_ecrase", error, made_at[0].lineno if made_at else 0)
    if owner == "module":
        return _module_attribute(error, code)
    if owner in ("builtin_function_or_method", "function", "method") and name not in MODULES["socket"]:
        return _of_function(error, code)
    text = next((one for call in code.calls(THREAD) for one in _texts(_keyword(call, "args"))), None)
    if owner == "str" and text is not None and error.thread != 1:
        return _found("args_entre_guillemets", error, text.lineno, text=text_of(text), name=str(text.value))
    if name in SOCKET_METHODS and owner != "socket":
        return _found("pas_une_socket", error, name=name, owner=owner)
    module = next((one for one, names in MODULES.items() if name in names), "")
    if owner in ("type", "function") and module:
        brought = next(
            (node for node in code.nodes if isinstance(node, ast.ImportFrom) and node.module == module), None
        )
        line = brought.lineno if brought is not None else 0
        return _found("classe_au_lieu_module", error, line, name=name, module=module, owner=module)
    if name in code.names and name not in TYPES.get(owner, ()):
        return _found("point_au_lieu_virgule", error, name=name)
    near = SYNONYMS.get(name, "") if owner == "socket" else ""
    near = near or nearest(name, TYPES.get(owner, ()), 0.7)
    if near:
        return _found("attribut_mal_ecrit", error, name=name, near=near)
    return _found("attribut_inconnu", error, name=name, owner=owner)


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
                return _found("methode_sur_fonction", error, name=error.name, owner=owner)
            return _found("sans_parentheses", error, name=owner)
    return _found("attribut_inconnu", error, name=error.name, owner=error.owner)


def _module_attribute(error: Raised, code: Code) -> Finding:
    name = error.name
    for node in code.nodes:
        if isinstance(node, ast.Attribute) and node.attr == name and isinstance(node.value, ast.Name):
            module = node.value.id
            if (module == "socket" and name in SOCKET_METHODS) or (module == "threading" and name in TYPES["Thread"]):
                return _found("module_au_lieu_socket", error, name=name, module=module)
            near = nearest(name, MODULES.get(module, ()), 0.6)
            if near:
                return _found("attribut_mal_ecrit", error, name=name, near=near)
    return _found("attribut_inconnu", error, name=name, owner="module")


# --- types and values -----------------------------------------------------------------------------------------------


def _type(error: Raised, run: Run, code: Code) -> Finding:
    line = error.line
    for call in code.calls_at(line, "bind", "connect", "connect_ex"):
        return _address(error, call, code)
    for call in code.calls_at(line, *SOCKET_METHODS):
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(owner, ast.Name) and owner.id == "socket" and "socket" in code.modules:
            return _found("module_au_lieu_socket", error, name=called(call), module="socket")
    for call in code.calls_at(line, "recv"):
        if not call.args:
            return _found("recv_sans_taille", error)
    refused = any(one.line == line and one.error == "TypeError" for one in run.of(Refused, error.actor))
    for call in code.calls_at(line, "send", "sendall", "sendto", "write"):
        if (refused or called(call) == "write") and call.args:
            return _found("texte_au_lieu_octets", error, name=called(call))
    if any(len(call.args) == 1 and not call.keywords for call in code.calls_at(line, "bytes")):
        return _found("encode_oublie_bytes", error)
    for call in code.calls_at(line):
        extra = next((one.arg for one in call.keywords if one.arg in ("end", "sep", "flush")), None)
        if extra and called(call) not in ("print", ""):
            return _found("end_hors_de_print", error, text=extra, name=called(call))
    for call in code.calls_at(line):
        found = _wrong_call(error, call, code)
        if found is not None:
            return found
    return _mixed(error, code) or _found("type_impossible", error)


def _address(error: Raised, call: ast.Call, code: Code) -> Finding:
    """What is wrong with the argument of bind or connect."""
    name = called(call)
    if len(call.args) > 1:
        return _found("bind_deux_arguments", error, call.lineno, name=name)
    given = code.resolve(call.args[0]) if call.args else None
    if isinstance(given, ast.Tuple) and len(given.elts) == 2:
        host, port = (code.resolve(element) for element in given.elts)
        if isinstance(host, ast.Constant) and isinstance(host.value, int):
            return _found("adresse_port_inverses", error, call.lineno, name=name)
        if not (isinstance(port, ast.Constant) and isinstance(port.value, int)):
            made = code.assignments(given.elts[1].id) if isinstance(given.elts[1], ast.Name) else []
            return _found("port_en_texte", error, made[0].lineno if len(made) == 1 else call.lineno)
    return _found("bind_sans_tuple", error, call.lineno, name=name)


def _wrong_call(error: Raised, call: ast.Call, code: Code) -> Finding | None:
    """A call that cannot work: of a module, of something that is no function, with the wrong number of things."""
    name = called(call)
    if isinstance(call.func, ast.Name):
        modules = {
            alias.asname or alias.name for node in code.nodes if isinstance(node, ast.Import) for alias in node.names
        }
        if name in modules:
            near = {"socket": "socket", "threading": "Thread", "time": "sleep"}.get(name, "…")
            return _found("module_appele", error, name=name, near=near)
        function = code.functions.get(name)
        if function is None and code.assignments(name):
            return _found("pas_une_fonction", error, name=name)
        if function is not None and not _fits(function, call):
            return _found("mauvais_nombre_arguments", error, name=name)
    takes_nothing = name in ("accept", "fileno", "close", "start", "input") and len(call.args) > (name == "input")
    if takes_nothing or (name in ("shutdown", "bind", "connect", "send", "sendall") and not call.args):
        return _found("mauvais_nombre_arguments", error, name=name)
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
            return _found("texte_et_octets", error)
        if "str" in kinds:
            return _found("texte_et_nombre", error)
    return None


def _value(error: Raised, _: Run, code: Code) -> Finding:
    if code.calls_at(error.line, "int", "float"):
        return _found("pas_un_nombre", error)
    for node in code.nodes:
        if isinstance(node, ast.Assign) and node.lineno == error.line and isinstance(node.targets[0], ast.Tuple):
            return _found("trop_de_noms", error)
    return _found("erreur_python", error)


def _assertion(error: Raised, _: Run, code: Code) -> Finding:
    if any(call.args for call in code.calls_at(error.line, THREAD)):
        return _found("target_sans_nom", error)
    return _found("verification_ratee", error)


def _lookup(error: Raised, _: Run, code: Code) -> Finding:
    coding = error.error == "LookupError" and code.calls_at(error.line, "encode", "decode", "bytes", "str")
    return _found("encodage_inconnu" if coding else "erreur_python", error)


def _overflow(error: Raised, _: Run, code: Code) -> Finding:
    calls = code.calls_at(error.line, "bind", "connect", "connect_ex")
    return _found("port_impossible" if calls else "erreur_python", error, code.origin(error.line, 1))


def _bad_host(error: Raised, run: Run, code: Code) -> Finding:
    six = [one for one in run.of(SocketMade, error.actor) if one.family in AF_INET6]
    if six:
        return _found("ipv6", error, six[0].line)
    return _found("adresse_inconnue", error, code.origin(error.line, 0))


# --- threads and sockets --------------------------------------------------------------------------------------------


def _runtime(error: Raised, _: Run, code: Code) -> Finding:
    joins = code.calls_at(error.line, "join")
    if joins and error.thread != 1:
        return _found("join_dans_le_thread", error)
    if joins:
        run = code.calls("run")
        if run:
            return _found("run_au_lieu_de_start", error, run[0].lineno)
        named = code.named_only("start")
        if named is not None:
            return _found("start_sans_parentheses", error, named.lineno)
        started = {text_of(call.func.value) for call in code.calls("start") if isinstance(call.func, ast.Attribute)}
        owner = joins[0].func.value if isinstance(joins[0].func, ast.Attribute) else None
        starts = [call for call in code.calls("start") if call.lineno != error.line]
        unused = next(
            (one for one in map(code.uncalled_around, (call.lineno for call in starts)) if one is not None), None
        )
        if unused is not None:
            return _found("main_jamais_appele", error, unused.lineno, name=unused.name)
        if owner is not None and text_of(owner) in started:
            return _found("join_trop_tot", error)
        made = code.assignments(owner.id) if isinstance(owner, ast.Name) else []
        return _found("jamais_demarre", error, made[0].lineno if made else 0)
    if code.calls_at(error.line, "start"):
        return _found("start_deux_fois", error)
    return _found("erreur_python", error)


def _system(error: Raised, run: Run, code: Code) -> Finding:
    """An error of the operating system, by its symbol and the socket that it happened to."""
    refused = [one for one in run.of(Refused, error.actor) if one.line == error.line]
    socket = refused[-1].socket if refused else 0
    method = refused[-1].method if refused else ""
    if error.code in ("ENOTCONN", "EPIPE", "EDESTADDRREQ") and any(
        one.socket == socket for one in run.of(Listened, error.actor)
    ):
        return _listening_socket(error, code)
    stray = stray_socket(run, error.actor, socket)
    if error.code in ("ENOTCONN", "EPIPE", "EDESTADDRREQ") and stray is not None and stray.file == error.file:
        return _found("autre_socket", error, stray.line)
    if (
        error.code in ("ENOTCONN", "EDESTADDRREQ")
        and error.actor == "client"
        and not code.calls("connect", "connect_ex")
    ):
        bind = code.calls("bind")
        if bind:
            return _found("bind_au_lieu_de_connect", error, bind[0].lineno)
        made = run.of(SocketMade, error.actor)
        return _found("sans_connect", error, made[0].line if made else 0)
    if error.code in ("ENOTCONN", "EDESTADDRREQ"):
        before = "connect()" if error.actor == "client" else "accept()"
        return _found("pas_encore_relie", error, before=before)
    if error.code == "EBADF" or (socket == 0 and refused):
        return _found("socket_fermee", error)
    if error.code == "EINVAL" and method == "bind":
        return _found("listen_avant_bind" if run.has(Listened, error.actor) else "bind_deux_fois", error)
    if error.code == "EINVAL" and code.calls_at(error.line, "accept"):
        made = run.of(SocketMade, error.actor)
        early = bool(code.calls("listen"))
        return _found("accept_trop_tot", error) if early else _found("sans_listen", error, made[0].line if made else 0)
    if error.code == "EISCONN":
        return _found("connect_deux_fois", error)
    six = [one for one in run.of(SocketMade, error.actor) if one.family in AF_INET6]
    if six and error.code == "ECONNREFUSED":
        return _found("ipv6", error, six[0].line)
    if error.code == "ECONNREFUSED":
        return _found("connexion_refusee" if error.actor == "client" else "role_inverse", error)
    if error.code == "EOPNOTSUPP":
        return _found("pas_tcp", error)
    if error.code in ("EAGAIN", "EWOULDBLOCK", "ETIMEDOUT") or "TimeoutError" in error.bases:
        return _found("delai_trop_court", error)
    shut = next((one for one in run.of(ShutDown, error.actor) if one.socket == socket and one.how != 0), None)
    if error.code == "EPIPE" and shut is not None:
        return _found("shutdown_trop_tot", error, shut.line)
    if "ConnectionError" in error.bases:
        return _found("connexion_coupee", error)
    return _found("erreur_socket", error)


def _listening_socket(error: Raised, code: Code) -> Finding:
    """The socket that listens was used to talk; perhaps the threads were given it."""
    servers = {text_of(call.func.value) for call in code.calls("listen") if isinstance(call.func, ast.Attribute)}
    for call in code.calls(THREAD):
        given = _keyword(call, "args")
        elements = given.elts if isinstance(given, (ast.Tuple, ast.List)) else []
        if error.thread != 1 and any(text_of(element) in servers for element in elements):
            return _found("args_serveur", error, call.lineno)
    return _found("socket_qui_ecoute", error)


def _simply(slug: str) -> Callable[[Raised, Run, Code], Finding]:
    return lambda error, _run, _code: _found(slug, error)


BY_TYPE: dict[str, Callable[[Raised, Run, Code], Finding]] = {
    "SyntaxError": _syntax,
    "UnboundLocalError": _local_name,
    "NameError": _unknown_name,
    "ModuleNotFoundError": _no_module,
    "ImportError": _not_in_module,
    "AttributeError": _attribute,
    "TypeError": _type,
    "UnicodeEncodeError": _simply("ascii_trop_petit"),
    "UnicodeDecodeError": _simply("decode_impossible"),
    "ValueError": _value,
    "AssertionError": _assertion,
    "OverflowError": _overflow,
    "RecursionError": _simply("rappel_sans_fin"),
    "RuntimeError": _runtime,
    "EOFError": _simply("fin_du_clavier"),
    "LookupError": _lookup,
    "gaierror": _bad_host,
    "OSError": _system,
}  # fmt: skip
"""How each type of exception is explained; the first of an exception's own types that is here decides."""
