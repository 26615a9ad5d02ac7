"""Why a program meets nobody: its sockets and addresses."""

from __future__ import annotations

import ast

from ..transcript.facts import Bound, Exited, Left, Listened, MainEnded, Refused, SocketMade
from ..transcript.place import Place
from ..transcript.questions import bound, client_dialed, is_any, place_of, server_bound
from ..transcript.record import Run, asked_once
from .blocked import Waiting, seconds, waiting
from .code import Code, keyword, text_of
from .finding import Case, Finding

AF_INET6 = (10, 23, 30)
"""IPv6 on Linux, Windows and macOS."""


def not_reached(case: Case) -> Finding | None:
    """Why the program is not where it should be, or calls nobody."""
    detect = BY_CAUSE.get(case.verdict.cause)
    if detect is None:
        return None
    hidden = _swallowed(case) if case.verdict.cause.startswith(("sans_", "pas_connecte")) else None
    return hidden or detect(case)


def _origin(case: Case, which: int) -> Place | None:
    """The line that gives the address (0) or the port (1) its value."""
    place = case.verdict.place
    if place is None or place.file != case.code.file:
        return place
    return case.at(case.code.origin(place.line, which))


def _simple(case: Case) -> Finding:
    return Finding(case.verdict.cause, case.verdict.place)


def _swallowed(case: Case) -> Finding | None:
    """A socket's method failed, and the program caught it without a word of what to do."""
    refused = next(
        (one for one in case.run.of(Refused, case.actor) if one.method in ("bind", "listen", "connect")), None
    )
    if refused is None:
        return None
    arguments = [call for call in case.code.calls("bind", "connect") if len(call.args) > 1]
    if arguments:
        place = case.at(arguments[0].lineno)
        return Finding("bind_deux_arguments", place, {"name": refused.method})
    return Finding("erreur_cachee", place_of(refused), {"name": refused.method, "error": refused.error})


def _six(case: Case) -> Finding:
    made = next((one for one in case.run.of(SocketMade, case.actor) if one.family in AF_INET6), None)
    return Finding("ipv6", place_of(made) or case.verdict.place)


def _nothing(case: Case) -> Finding:
    """No socket at all."""
    wrong = _false_main(case)
    if wrong is not None:
        return wrong
    made_in = [function for function in case.code.functions.values() if case.code.calls("socket", inside=function)]
    callers = {text_of(call.func) for call in case.code.nodes if isinstance(call, ast.Call)}
    unused = next((function for function in made_in if not any(name.endswith(function.name) for name in callers)), None)
    if unused is not None:
        return Finding("main_jamais_appele", case.at(unused.lineno), {"name": unused.name})
    return _stuck(case) or Finding("sans_socket")


def _false_main(case: Case) -> Finding | None:
    for node in case.code.nodes:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and "name" in text_of(node.test).lower():
            names = [text_of(side) for side in (node.test.left, *node.test.comparators)]
            if sorted(names) != ["'__main__'", "__name__"] and "main" in text_of(node.test):
                return Finding("name_main_faux", case.at(node.test.lineno))
    return None


def _stuck(case: Case) -> Finding | None:
    """The program waits for something, or goes round, before it is connected."""
    run = case.run
    if run.has(MainEnded, case.actor) or run.has(Exited, case.actor):
        return None
    found = waiting(run, case.actor)
    main = next((one for one in found if one.thread == 1), None)
    if main is None or main.call in ("accept", "connect"):
        return None
    if main.call in ("input", "stdin"):
        return Finding("question_avant", main.place)
    if main.call == "join" and any(one.call in ("accept", "connect") for one in found):
        return None
    if main.call == "sleep":
        return Finding("dort_trop", main.place, {"seconds": seconds(main.patience_s)})
    if main.call:
        return Finding("attend_ailleurs", main.place)
    return Finding("boucle_avant", endless(case, main))


def endless(case: Case, one: Waiting) -> Place | None:
    """The loop that a thread goes round in without end."""
    loop = case.code.endless_after(one.place.line if one.place is not None else 1)
    return case.at(loop.lineno) if loop is not None else one.place


def _no_listen(case: Case) -> Finding:
    made = case.verdict.place
    named = case.code.named_only("listen", "bind", "accept", "socket")
    if named is not None:
        return Finding("sans_parentheses", case.at(named.lineno), {"name": "." + named.attr})
    if any(one.family in AF_INET6 for one in case.run.of(SocketMade, case.actor)):
        return Finding("ipv6", made)
    if not case.code.calls("listen", "create_server"):
        return _false_main(case) or Finding("sans_listen", made)
    return _false_main(case) or _stuck(case) or Finding("sans_listen", made)


def _no_bind(case: Case) -> Finding:
    run = case.run
    made = run.of(SocketMade, case.actor)
    named = case.code.named_only("bind")
    if named is not None:
        return Finding("sans_parentheses", case.at(named.lineno), {"name": ".bind"})
    if any(one.family in AF_INET6 for one in made):
        six = next(one for one in made if one.family in AF_INET6)
        return Finding("ipv6", place_of(six))
    listening = run.first(Listened, case.actor)
    other = next((one for one in run.of(Bound, case.actor) if listening and one.socket != listening.socket), None)
    if other is not None:
        return Finding("deux_sockets", place_of(listening))
    later = any(run.position(one) > run.position(listening) for one in run.of(Bound)) if listening else False
    return Finding("listen_avant_bind" if later else "sans_bind", case.verdict.place)


def _no_accept(case: Case) -> Finding:
    named = case.code.named_only("accept")
    if named is not None:
        return Finding("sans_parentheses", case.at(named.lineno), {"name": ".accept"})
    return (_stuck(case) if case.code.calls("accept") else None) or _simple(case)


def _no_call(case: Case) -> Finding:
    named = case.code.named_only("connect", "socket")
    if named is not None:
        return Finding("sans_parentheses", case.at(named.lineno), {"name": "." + named.attr})
    if any(one.family in AF_INET6 for one in case.run.of(SocketMade, case.actor)):
        return Finding("ipv6", case.verdict.place)
    bind = case.code.calls("bind")
    if bind:
        return Finding("bind_au_lieu_de_connect", case.at(bind[0].lineno))
    if not case.code.calls("connect", "connect_ex", "create_connection"):
        return _false_main(case) or _simple(case)
    return _false_main(case) or _stuck(case) or _simple(case)


def _reversed(case: Case) -> Finding:
    """A program does what the other should; perhaps it imports the other."""
    place = case.verdict.place
    for node in case.code.nodes:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if place is not None and any(name + ".py" == place.file for name in names) and isinstance(node, ast.stmt):
            return Finding("importe_l_autre", case.at(node.lineno))
    return _simple(case)


def given_to_threads(code: Code) -> ast.Call | None:
    """The thread that is given the socket that listens."""
    servers = {text_of(call.func.value) for call in code.calls("listen") if isinstance(call.func, ast.Attribute)}
    for call in code.calls("Thread"):
        given = keyword(call, "args")
        elements = given.elts if isinstance(given, (ast.Tuple, ast.List)) else []
        if any(text_of(element) in servers for element in elements):
            return call
    return None


@asked_once
def conversations(run: Run, actor: str) -> set[int]:
    """The sockets that were connected at some time."""
    calls = [one for one in run.of(Left, actor) if one.count > 0 and one.call in ("connect", "accept")]
    return {one.target if one.call == "connect" else one.count for one in calls}


def stray_socket(run: Run, actor: str, number: int) -> SocketMade | None:
    """A socket that nobody is at the other end of, though another one of the program's is connected."""
    met = conversations(run, actor)
    made = next((one for one in run.of(SocketMade, actor) if one.socket == number), None)
    listens = any(one.socket == number for one in run.of(Listened, actor))
    return made if number and met and number not in met and not listens else None


def _address(case: Case) -> Finding:
    """The address of a socket cannot be right."""
    place = _origin(case, 0)
    if case.actor == "client":
        call = client_dialed(case.transcript)
        host = call.host if call is not None else ""
        everywhere = call is not None and (not host or is_any(call.ip))
        return Finding("appelle_partout" if everywhere else "mauvaise_adresse", place, {"host": host or '""'})
    address = bound(case.run)
    host = address.host if address is not None else ""
    return Finding("adresse_pas_locale" if case.actor == "etape1" else "mauvaise_adresse", place, {"host": host})


def _port(case: Case) -> Finding:
    address = bound(case.run)
    call = client_dialed(case.transcript)
    port = call.port if case.actor == "client" and call is not None else address.port if address is not None else 0
    slug = "port_zero" if port == 0 else "mauvais_port" if case.actor == "etape1" else "port_reserve"
    return Finding(slug, _origin(case, 1), {"port": str(port)})


def _mismatch(case: Case) -> Finding:
    server, call = server_bound(case.transcript), client_dialed(case.transcript)
    if server is None or call is None:
        return _simple(case)
    if server.port == 0:
        return Finding("port_zero", place_of(server))
    if server.port != call.port:
        return Finding("ports_differents", _origin(case, 1), {"port": str(call.port), "other": str(server.port)})
    return Finding("adresses_differentes", _origin(case, 0), {"host": call.host, "other": server.host})


def _taken(case: Case) -> Finding:
    own = case.run.first(Bound, "client")
    return Finding("port_deja_pris", case.verdict.place, {"port": str(own.port) if own is not None else "?"})


BY_CAUSE = {
    "sans_socket": _nothing,
    "pas_tcp": _simple,
    "ipv6": _six,
    "sans_listen": _no_listen,
    "sans_bind": _no_bind,
    "sans_accept": _no_accept,
    "sans_connect": _no_call,
    "role_inverse": _reversed,
    "mauvaise_adresse": _address,
    "mauvais_port": _port,
    "port_reserve": _port,
    "ports_differents": _mismatch,
    "adresses_differentes": _mismatch,
    "port_deja_pris": _taken,
    "pas_connecte": _simple,
}
"""What is asked further, by what the check has seen."""
