"""Explains what threads and the operating system refuse: the wrong moment, the wrong socket."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from ..transcript.facts import Listened, Raised, Refused, ShutDown, SocketMade
from ..transcript.record import Run
from .code import Code, text_of
from .finding import Finding, first_found, found_at
from .network import AF_INET6, conversations, given_to_threads, stray_socket


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


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Refusal:
    """An error of the operating system.

    Attributes:
        error: the exception.
        run: where it was seen.
        code: the file that it stopped in.
        socket: the number of the socket that it happened to; 0 for a closed one, or none.
        method: the method that was refused; empty where no socket's was.
    """

    error: Raised
    run: Run
    code: Code
    socket: int
    method: str


def of_socket(error: Raised, run: Run, code: Code) -> Finding:
    """An error of the operating system, by its symbol and the socket that it happened to."""
    refused = [one for one in run.of(Refused, error.actor) if one.line == error.line]
    socket, method = (refused[-1].socket, refused[-1].method) if refused else (0, "")
    refusal = Refusal(error, run, code, socket, method)
    found = first_found(DETECTORS, refusal)
    return found or found_at(BY_CODE.get(error.code, "erreur_socket"), error)


def _listening(refusal: Refusal) -> Finding | None:
    """The socket that listens was used to talk; perhaps the threads were given it."""
    error = refusal.error
    listens = any(one.socket == refusal.socket for one in refusal.run.of(Listened, error.actor))
    if not listens or error.code not in UNCONNECTED:
        return None
    given = given_to_threads(refusal.code) if error.thread != 1 else None
    return found_at("args_serveur", error, given.lineno) if given is not None else found_at("socket_qui_ecoute", error)


def _another_socket(refusal: Refusal) -> Finding | None:
    """A second socket, that nobody is at the other end of."""
    error = refusal.error
    stray = stray_socket(refusal.run, error.actor, refusal.socket) if error.code in UNCONNECTED else None
    return found_at("autre_socket", error, stray.line) if stray is not None and stray.file == error.file else None


def _never_dials(refusal: Refusal) -> Finding | None:
    """A client that never calls connect."""
    error, code = refusal.error, refusal.code
    if error.actor != "client" or error.code not in ("ENOTCONN", "EDESTADDRREQ"):
        return None
    if code.calls("connect", "connect_ex"):
        return None
    bind = code.calls("bind")
    if bind:
        return found_at("bind_au_lieu_de_connect", error, bind[0].lineno)
    return found_at("sans_connect", error, _made(refusal))


def _not_connected(refusal: Refusal) -> Finding | None:
    error = refusal.error
    alone = error.code == "EPIPE" and refusal.socket not in conversations(refusal.run, error.actor)
    if not alone and error.code not in ("ENOTCONN", "EDESTADDRREQ"):
        return None
    return found_at("pas_encore_relie", error, before="connect()" if error.actor == "client" else "accept()")


def _closed(refusal: Refusal) -> Finding | None:
    closed = refusal.error.code == "EBADF" or (refusal.method and refusal.socket == 0)
    return found_at("socket_fermee", refusal.error) if closed else None


def _wrong_order(refusal: Refusal) -> Finding | None:
    """Bind or accept at the wrong moment."""
    error, code = refusal.error, refusal.code
    if error.code != "EINVAL":
        return None
    if refusal.method == "bind":
        early = refusal.run.has(Listened, error.actor)
        return found_at("listen_avant_bind" if early else "bind_deux_fois", error)
    if code.calls_at(error.line, "accept"):
        listens = code.calls("listen")
        return found_at("accept_trop_tot", error) if listens else found_at("sans_listen", error, _made(refusal))
    return None


def _nobody_there(refusal: Refusal) -> Finding | None:
    """A call that nobody answers: on IPv6, or by a server."""
    error = refusal.error
    if error.code != "ECONNREFUSED":
        return None
    six = [one for one in refusal.run.of(SocketMade, error.actor) if one.family in AF_INET6]
    if six:
        return found_at("ipv6", error, six[0].line)
    return None if error.actor == "client" else found_at("role_inverse", error)


def _impatient(refusal: Refusal) -> Finding | None:
    return found_at("delai_trop_court", refusal.error) if "TimeoutError" in refusal.error.bases else None


def _shut(refusal: Refusal) -> Finding | None:
    """The program itself has said that it would send no more."""
    error = refusal.error
    shut = [one for one in refusal.run.of(ShutDown, error.actor) if one.socket == refusal.socket and one.how != 0]
    return found_at("shutdown_trop_tot", error, shut[0].line) if shut and error.code == "EPIPE" else None


def _cut(refusal: Refusal) -> Finding | None:
    refused = refusal.error.code == "ECONNREFUSED"
    gone = "ConnectionError" in refusal.error.bases and not refused
    return found_at("connexion_coupee", refusal.error) if gone else None


def _made(refusal: Refusal) -> int:
    """The line where the first socket was made."""
    made = refusal.run.of(SocketMade, refusal.error.actor)
    return made[0].line if made else 0


UNCONNECTED = ("ENOTCONN", "EPIPE", "EDESTADDRREQ")
"""What the system says of a socket that has nobody at its other end (send(2), recv(2))."""

BY_CODE = {
    "EISCONN": "connect_deux_fois",
    "EOPNOTSUPP": "pas_tcp",
    "EAGAIN": "delai_trop_court",
    "EWOULDBLOCK": "delai_trop_court",
    "EINPROGRESS": "delai_trop_court",
    "ETIMEDOUT": "delai_trop_court",
}
"""The mistakes that the symbol alone tells."""

DETECTORS: tuple[Callable[[Refusal], Finding | None], ...] = (
    _listening,
    _another_socket,
    _never_dials,
    _shut,
    _not_connected,
    _closed,
    _wrong_order,
    _nobody_there,
    _impatient,
    _cut,
)
"""Who looks for the reason, in this order."""
