"""The checks on addresses: where serveur.py listens, where client.py calls, and whether that is the same place."""

from __future__ import annotations

from ..transcript.facts import (
    Bound,
    Connected,
    ConnectRequested,
    Listened,
    SocketMade,
)
from ..transcript.questions import (
    bound,
    client_request,
    first_byte,
    is_any,
    is_server_host,
    is_stream,
    is_unicast,
    listened,
    place_of,
    server_bound,
)
from ..transcript.record import Run, Transcript
from ..transcript.scenario_names import DUO, typing_first
from .verdict import PASSED, Verdict, failed

MIN_PORT = 1024
"""Ports below belong to the system (RFC 6335, section 6)."""


def check_server_address(transcript: Transcript) -> Verdict:
    """A TCP socket that listens on an address that can be this machine's, on a port of the user's."""
    run = transcript.run(typing_first("serveur"))
    listening = listened(run)
    if listening is None:
        return _no_listener(run)
    address = bound(run)
    if address is None:
        return failed(
            "La socket écoute, mais tu n'as pas choisi son adresse avec bind.", "sans_bind", place_of(listening)
        )
    if address.version != 4:
        return failed("La socket est liée à une adresse IPv6.", "ipv6", place_of(address))
    if not is_server_host(address):
        return failed(
            f"« {address.host} » ne peut pas être l'adresse de ta machine.", "mauvaise_adresse", place_of(address)
        )
    if address.port < MIN_PORT:
        return failed(f"Ton serveur écoute sur le port {address.port}.", "port_reserve", place_of(address))
    return PASSED


def _no_listener(run: Run) -> Verdict:
    made = run.first(SocketMade)
    if run.has(ConnectRequested):
        return failed(
            "serveur.py appelle quelqu'un au lieu d'attendre un client.",
            "role_inverse",
            place_of(run.first(ConnectRequested)),
        )
    if made is None:
        return failed("Aucune socket n'écoute.", "sans_socket")
    if not is_stream(run, made.socket):
        return failed("La socket n'est pas une socket TCP.", "pas_tcp", place_of(made))
    return failed("La socket est créée, mais elle n'écoute jamais.", "sans_listen", place_of(made))


def check_client_address(transcript: Transcript) -> Verdict:
    """A TCP connection to a valid address, on the server's port; to the server's address where both are written."""
    call = client_request(transcript)
    run = transcript.run(typing_first("client"))
    if call is None:
        return _no_call(run)
    where = place_of(call)
    if not run.has(Connected) and not transcript.run(DUO).has(Connected, "client"):
        return failed("La connexion n'a pas été établie.", "pas_connecte", where)
    if not is_unicast(call.ip):
        return failed(f"« {call.host} » n'est pas une adresse où l'on peut appeler.", "mauvaise_adresse", where)
    if call.port == 0:
        return failed("Le port est 0 : aucun serveur n'écoute là.", "mauvais_port", where)
    server = server_bound(transcript)
    own = taken_port(transcript)
    if own is not None:
        return failed(taken(own), "port_deja_pris", place_of(own))
    if server is None or same_place(server, call):
        return PASSED
    cause = "ports_differents" if server.port != call.port else "adresses_differentes"
    return failed(mismatch(server, call), cause, where)


def _no_call(run: Run) -> Verdict:
    listening = run.first(Listened)
    if listening is not None:
        return failed("client.py attend un client au lieu d'appeler le serveur.", "role_inverse", place_of(listening))
    made = run.first(SocketMade)
    if made is None:
        return failed("Aucune connexion n'a été demandée.", "sans_socket")
    if not is_stream(run, made.socket):
        return failed("La socket n'est pas une socket TCP.", "pas_tcp", place_of(made))
    return failed("La socket est créée, mais connect n'est jamais appelé.", "sans_connect", place_of(made))


def same_place(server: Bound, call: ConnectRequested) -> bool:
    """Whether, on two real machines, the call would have reached the server."""
    if server.port != call.port or server.port == 0:
        return False
    return is_any(server.ip) or server.own_name or call.own_name or server.ip == call.ip


def mismatch(server: Bound, call: ConnectRequested) -> str:
    """Why it would not have, as a French sentence."""
    if server.port != call.port or server.port == 0:
        listens = f"le port {server.port}" if server.port else "un port choisi au hasard (0)"
        return f"client.py appelle le port {call.port}, mais serveur.py écoute sur {listens}."
    return f"client.py appelle « {call.host} », mais serveur.py n'écoute que sur « {server.host} »."


def taken_port(transcript: Transcript) -> Bound | None:
    """The bind by which client.py takes the port of serveur.py before it calls it on the same machine.

    The system refuses that (EADDRINUSE, bind(2)); here each program has its own addresses.
    """
    server, call = server_bound(transcript), client_request(transcript)
    if server is None or call is None or first_byte(call.ip) != 127:
        return None
    made = (one for one in transcript.run(typing_first("client")).of(Bound, "client") if one.socket == call.socket)
    return next((one for one in made if one.port == server.port != 0), None)


def taken(own: Bound) -> str:
    """The same as a French sentence."""
    return f"Avant d'appeler, client.py prend le port {own.port}, celui où serveur.py écoute sur la même machine."


def meeting_problem(transcript: Transcript) -> str:
    """Why the two programs would not have met on two real machines; empty where they would."""
    server, call = server_bound(transcript), client_request(transcript)
    if server is None or call is None:
        return "Il faut d'abord que serveur.py écoute et que client.py appelle."
    own = taken_port(transcript)
    if own is not None:
        return taken(own)
    return "" if same_place(server, call) else mismatch(server, call)
