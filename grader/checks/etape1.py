"""The checks of Étape 1: one request, one answer, one descriptor, one end."""

from __future__ import annotations

from ..transcript.facts import FilenoAsked, Flooded, Heard, Listened, Raised, SocketMade
from ..transcript.questions import (
    accepted,
    bound,
    connected,
    exit_status,
    first_byte,
    is_any,
    is_stream,
    is_tcp,
    listened,
    out_of_sight,
    place_of,
)
from ..transcript.record import Run, Transcript
from .verdict import PASSED, Verdict, failed, skipped, unseen

HELLO = "Hello World!"
PORT = 4242


def check_ecoute(transcript: Transcript) -> Verdict:
    """A TCP socket on this machine, port 4242, that listens and accepts."""
    run = transcript.run("etape1")
    listening = listened(run)
    if listening is None:
        return _not_listening(run)
    address = bound(run)
    if address is None or address.version != 4:
        return failed(
            "La socket écoute, mais pas sur une adresse IPv4 choisie avec bind.", "sans_bind", place_of(listening)
        )
    if not (is_any(address.ip) or first_byte(address.ip) == 127):
        return failed(f"Ton serveur est lié à l'adresse « {address.host} ».", "mauvaise_adresse", place_of(address))
    if address.port != PORT:
        return failed(f"Ton serveur écoute sur le port {address.port}.", "mauvais_port", place_of(address))
    if not connected(run, "etape1"):
        return failed("Ton serveur écoute, mais n'accepte aucune connexion.", "sans_accept", place_of(listening))
    return PASSED


def _not_listening(run: Run) -> Verdict:
    """Why nothing could connect."""
    other = run.first(Listened)
    if other is not None and not is_stream(run, other.socket):
        return failed("La socket qui écoute n'est pas une socket TCP.", "pas_tcp", place_of(other))
    datagram = next((made for made in run.of(SocketMade) if not is_tcp(made)), None)
    if datagram is not None:
        return failed("La socket n'est pas une socket TCP.", "pas_tcp", place_of(datagram))
    if run.has(SocketMade):
        return failed("La socket est créée, mais elle n'écoute jamais.", "sans_listen", place_of(run.first(SocketMade)))
    return failed("Aucune socket n'écoute.", "sans_socket")


def check_hello(transcript: Transcript) -> Verdict:
    """The peer receives the text and nothing else; one newline at its end is fine."""
    run = transcript.run("etape1")
    if not connected(run, "etape1"):
        return skipped("etape1.ecoute")
    answer = "".join(fact.text for fact in run.of(Heard))
    if answer in (HELLO, HELLO + "\n", HELLO + "\r\n") and not run.has(Flooded):
        return PASSED
    if not answer:
        return failed("Le client n'a rien reçu.", "rien_envoye")
    return failed(f"Le client a reçu : {quoted(answer)}", "autre_texte")


def check_fileno(transcript: Transcript) -> Verdict:
    """The descriptor of the accepted connection was asked for."""
    run = transcript.run("etape1")
    connection = accepted(run)
    if connection is None or not connected(run, "etape1"):
        return skipped("etape1.ecoute")
    asked = run.of(FilenoAsked)
    if any(fact.socket == connection.connection for fact in asked):
        return PASSED
    if asked:
        return failed(
            "Tu as demandé le descripteur d'une autre socket que celle du client.",
            "fileno_ailleurs",
            place_of(asked[0]),
        )
    return failed("La méthode .fileno() du client n'a pas été appelée.", "sans_fileno", place_of(connection))


def check_fin(transcript: Transcript) -> Verdict:
    """The program ends by itself, with status 0 and no uncaught exception."""
    run = transcript.run("etape1")
    if not connected(run, "etape1"):
        return skipped("etape1.ecoute")
    status = exit_status(run, "etape1")
    error = run.first(Raised)
    if error is not None:
        return failed(f"Le programme s'est arrêté sur une erreur : {error.error}.", "erreur_python", place_of(error))
    if status is None:
        return failed("Le programme ne s'arrête pas après la requête.", "fin_attend")
    if status != 0:
        return failed(f"Le programme finit avec le code {status}.", "mauvais_code")
    hidden = out_of_sight(run, "etape1")
    if hidden is not None:
        return unseen(hidden)  # an exception in a thread shows in no status
    return PASSED


def quoted(text: str, limit: int = 60) -> str:
    """A text (one character a byte) as a student can read it: decoded, cut, between guillemets."""
    shown = text[: 8 * limit].encode("latin-1", "replace").decode("utf-8", "backslashreplace")
    shown = "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in shown)
    return f"« {shown[:limit]}{'…' if len(shown) > limit else ''} »"
