"""Explains what threads and the operating system refuse: the wrong moment, the wrong socket."""

from __future__ import annotations

import ast

from ..transcript.facts import Listened, Raised, Refused, ShutDown, SocketMade
from ..transcript.record import Run
from .code import Code, text_of
from .finding import Finding, found_at
from .network import AF_INET6, ever_connected, given_to_threads, stray_socket


def of_thread(error: Raised, _: Run, code: Code) -> Finding:
    """A thread that was asked for something at the wrong moment."""
    joins = code.calls_at(error.line, "join")
    if joins and error.thread != 1:
        return found_at("join_dans_le_thread", error)
    if joins:
        run = code.calls("run")
        if run:
            return found_at("run_au_lieu_de_start", error, run[0].lineno)
        named = code.named_only("start")
        if named is not None:
            return found_at("start_sans_parentheses", error, named.lineno)
        started = {text_of(call.func.value) for call in code.calls("start") if isinstance(call.func, ast.Attribute)}
        owner = joins[0].func.value if isinstance(joins[0].func, ast.Attribute) else None
        starts = [call for call in code.calls("start") if call.lineno != error.line]
        unused = next(
            (one for one in map(code.uncalled_around, (call.lineno for call in starts)) if one is not None), None
        )
        if unused is not None:
            return found_at("main_jamais_appele", error, unused.lineno, name=unused.name)
        if owner is not None and text_of(owner) in started:
            return found_at("join_trop_tot", error)
        made = code.assignments(owner.id) if isinstance(owner, ast.Name) else []
        return found_at("jamais_demarre", error, made[0].lineno if made else 0)
    if code.calls_at(error.line, "start"):
        return found_at("start_deux_fois", error)
    return found_at("erreur_python", error)


def of_socket(error: Raised, run: Run, code: Code) -> Finding:
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
        return found_at("autre_socket", error, stray.line)
    if (
        error.code in ("ENOTCONN", "EDESTADDRREQ")
        and error.actor == "client"
        and not code.calls("connect", "connect_ex")
    ):
        bind = code.calls("bind")
        if bind:
            return found_at("bind_au_lieu_de_connect", error, bind[0].lineno)
        made = run.of(SocketMade, error.actor)
        return found_at("sans_connect", error, made[0].line if made else 0)
    if error.code in ("ENOTCONN", "EDESTADDRREQ") or (
        error.code == "EPIPE" and not ever_connected(run, error.actor, socket)
    ):
        before = "connect()" if error.actor == "client" else "accept()"
        return found_at("pas_encore_relie", error, before=before)
    if error.code == "EBADF" or (socket == 0 and refused):
        return found_at("socket_fermee", error)
    if error.code == "EINVAL" and method == "bind":
        return found_at("listen_avant_bind" if run.has(Listened, error.actor) else "bind_deux_fois", error)
    if error.code == "EINVAL" and code.calls_at(error.line, "accept"):
        made = run.of(SocketMade, error.actor)
        early = bool(code.calls("listen"))
        return (
            found_at("accept_trop_tot", error) if early else found_at("sans_listen", error, made[0].line if made else 0)
        )
    if error.code == "EISCONN":
        return found_at("connect_deux_fois", error)
    six = [one for one in run.of(SocketMade, error.actor) if one.family in AF_INET6]
    if six and error.code == "ECONNREFUSED":
        return found_at("ipv6", error, six[0].line)
    if error.code == "ECONNREFUSED":
        return found_at("erreur_socket" if error.actor == "client" else "role_inverse", error)
    if error.code == "EOPNOTSUPP":
        return found_at("pas_tcp", error)
    if error.code in ("EAGAIN", "EWOULDBLOCK", "EINPROGRESS", "ETIMEDOUT") or "TimeoutError" in error.bases:
        return found_at("delai_trop_court", error)
    shut = next((one for one in run.of(ShutDown, error.actor) if one.socket == socket and one.how != 0), None)
    if error.code == "EPIPE" and shut is not None:
        return found_at("shutdown_trop_tot", error, shut.line)
    if "ConnectionError" in error.bases:
        return found_at("connexion_coupee", error)
    return found_at("erreur_socket", error)


def _listening_socket(error: Raised, code: Code) -> Finding:
    """The socket that listens was used to talk; perhaps the threads were given it."""
    given = given_to_threads(code) if error.thread != 1 else None
    return found_at("args_serveur", error, given.lineno) if given is not None else found_at("socket_qui_ecoute", error)
