"""Explains what threads and the operating system refuse: the wrong moment, the wrong socket."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from ...transcript.facts import Listened, Raised, Refused, ShutDown, SocketMade
from ...transcript.place import Place
from ...transcript.questions import place_of
from ...transcript.record import Run
from .. import lessons
from ..code import Code, text_of
from ..common import (
    ARGS_SERVEUR,
    AUTRE_SOCKET,
    BIND_AU_LIEU_DE_CONNECT,
    DELAI_TROP_COURT,
    ERREUR_CACHEE,
    ERREUR_PYTHON,
    IPV6,
    JAMAIS_DEMARRE,
    LISTEN_AVANT_BIND,
    MAIN_JAMAIS_APPELE,
    PAS_TCP,
    RECV_SANS_TAILLE,
    ROLE_INVERSE,
    RUN_AU_LIEU_DE_START,
    SANS_CONNECT,
    SANS_LISTEN,
    SHUTDOWN_TROP_TOT,
    SOCKET_FERMEE,
    SOCKET_QUI_ECOUTE,
    TEXTE_AU_LIEU_OCTETS,
    TYPE_IMPOSSIBLE,
)
from ..conversation import AF_INET6, conversations, stray_socket
from ..finding import Case, Finding, first_found, found_at
from ..mistake import Flags, Mistake
from ..uncalled import uncalled
from ..written_threads import given_to_threads

# fmt: off
BIND_DEUX_FOIS = Mistake("bind_deux_fois", "", "bind est appelé deux fois sur une socket",
    "Ligne {line}, cette socket a déjà une adresse : bind ne s'appelle qu'une fois.",
    "Garde un seul bind dans {file}.",
    "Combien de fois bind est-il appelé ?", lessons.LIER)
CONNECT_DEUX_FOIS = Mistake("connect_deux_fois", "", "connect est appelé deux fois sur une socket",
    "Ligne {line}, cette socket est déjà reliée : connect ne s'appelle qu'une fois.",
    "Garde un seul connect dans {file}.",
    "Combien de fois connect est-il appelé ?", lessons.CONNECTER)
ACCEPT_TROP_TOT = Mistake("accept_trop_tot", "", "accept vient avant listen",
    "Ligne {line}, accept() vient avant listen() : la socket n'écoute pas encore, elle ne peut pas décrocher.",
    "Mets listen() avant accept().",
    "Dans quel ordre : décrocher, ou brancher le téléphone ?", lessons.ECOUTER)
PAS_ENCORE_RELIE = Mistake("pas_encore_relie", "", "send ou recv sur une socket qui n'est reliée à personne",
    "Ligne {line}, cette socket n'est reliée à personne : {before} n'a pas eu lieu avant, ou porte sur une autre socket.",
    "Relie d'abord la socket, puis parle avec elle.",
    "Avec quelle socket parles-tu, et qui y a-t-il à l'autre bout ?", lessons.ROLES)
CONNEXION_COUPEE = Mistake("connexion_coupee", "", "la connexion a été coupée",
    "Ligne {line}, l'autre est déjà parti : on ne peut plus lui parler ni l'écouter.",
    "Attrape cette erreur (except OSError) et sors de la boucle.",
    "Que doit faire ton programme quand l'autre est parti ?", lessons.FINIR)
ERREUR_SOCKET = Mistake("erreur_socket", "", "toute autre erreur du système",
    "Ligne {line}, le système refuse cette opération sur la socket.",
    "Compare cette ligne, mot par mot, avec l'exemple du sujet ; puis vérifie l'ordre : bind, listen, accept pour un serveur, connect pour un client.",
    "Dans quel état est la socket à la ligne {line} ?", lessons.SOCKETS)
START_DEUX_FOIS = Mistake("start_deux_fois", "threads", "un thread est démarré deux fois",
    "Ligne {line}, ce thread a déjà été démarré : un thread ne démarre qu'une fois.",
    "Appelle .start() une fois sur envoi, et une fois sur recep.",
    "Sur quels threads appelles-tu .start() ?", lessons.DEMARRER, Flags.ROOT)
JOIN_DANS_LE_THREAD = Mistake("join_dans_le_thread", "join", "join est appelé par le thread qu'il attend",
    "Ligne {line}, un thread s'attend lui-même : il ne peut pas.",
    "Appelle join tout en bas de {file}, hors de Send et de Réception.",
    "Qui appelle join, et sur quel thread ?", lessons.ATTENDRE_FIN)
JOIN_TROP_TOT = Mistake("join_trop_tot", "join", "join est appelé sur un thread qui n'a pas démarré",
    "Ligne {line}, tu attends un thread qui n'a pas été démarré.",
    "Appelle .start() avant .join().",
    "Dans quel ordre passent start et join ?", lessons.ATTENDRE_FIN)
# fmt: on


def of_thread(error: Raised, _: Run, code: Code) -> Finding:
    """A thread that was asked for something at the wrong moment."""
    joins = code.calls_at(error.line, "join")
    if joins and error.thread != 1:
        return found_at(JOIN_DANS_LE_THREAD, error)
    if joins:
        run = code.calls("run")
        if run:
            return found_at(RUN_AU_LIEU_DE_START, error, run[0].lineno)
        named = uncalled(code, "start")
        if named is not None:
            return named
        started = {text_of(call.func.value) for call in code.calls("start") if isinstance(call.func, ast.Attribute)}
        owner = joins[0].func.value if isinstance(joins[0].func, ast.Attribute) else None
        starts = [call for call in code.calls("start") if call.lineno != error.line]
        unused = next(
            (one for one in map(code.uncalled_around, (call.lineno for call in starts)) if one is not None), None
        )
        if unused is not None:
            return found_at(MAIN_JAMAIS_APPELE, error, unused.lineno, name=unused.name)
        if owner is not None and text_of(owner) in started:
            return found_at(JOIN_TROP_TOT, error)
        made = code.assignments(owner.id) if isinstance(owner, ast.Name) else []
        return found_at(JAMAIS_DEMARRE, error, made[0].lineno if made else 0)
    if code.calls_at(error.line, "start"):
        return found_at(START_DEUX_FOIS, error)
    return found_at(ERREUR_PYTHON, error)


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Refusal:
    """A call on a socket that failed.

    Attributes:
        error: the exception, or what was told of one that the program has caught.
        run: where it was seen.
        code: the file that it stopped in.
        socket: the number of the socket that it happened to; 0 for a closed one, or none.
        method: the method that was refused; empty where no socket's was.
    """

    error: Raised | Refused
    run: Run
    code: Code
    socket: int
    method: str

    @property
    def is_caught(self) -> bool:
        """Whether the program went on."""
        return isinstance(self.error, Refused)

    @property
    def bases(self) -> tuple[str, ...]:
        """The exception's types, as far as they were told."""
        return self.error.bases if isinstance(self.error, Raised) else (self.error.error,)


def of_socket(error: Raised, run: Run, code: Code) -> Finding:
    """An error of the operating system, by its symbol and the socket that it happened to."""
    refused = [one for one in run.of(Refused, error.actor) if one.line == error.line]
    socket, method = (refused[-1].socket, refused[-1].method) if refused else (0, "")
    refusal = Refusal(error, run, code, socket, method)
    found = first_found(DETECTORS, refusal)
    return found or found_at(BY_CODE.get(error.code, ERREUR_SOCKET), error)


def caught(case: Case, refused: Refused) -> Finding:
    """An error on a socket that the program has caught."""
    refusal = Refusal(refused, case.run, case.code, refused.socket, refused.method)
    found = first_found(CAUGHT, refusal)
    values = {"name": refused.method, "error": refused.error}
    return found or Finding(ERREUR_CACHEE, place_of(refused), values)


def _wrong_type(refusal: Refusal) -> Finding | None:
    """What was sent is a text, or recv was not told how much to take."""
    if refusal.error.error != "TypeError":
        return None
    without = any(not call.args for call in refusal.code.calls_at(refusal.error.line, "recv"))
    text = TEXTE_AU_LIEU_OCTETS if refusal.method != "recv" else TYPE_IMPOSSIBLE
    return Finding(RECV_SANS_TAILLE if without else text, place_of(refusal.error), {"name": refusal.method})


def _gave_up(refusal: Refusal) -> Finding | None:
    gave_up = refusal.error.error in ("BlockingIOError", "TimeoutError", "timeout")
    return Finding(DELAI_TROP_COURT, place_of(refusal.error)) if gave_up else None


def _listening(refusal: Refusal) -> Finding | None:
    """The socket that listens was used to talk; perhaps the threads were given it."""
    error = refusal.error
    listens = any(one.socket == refusal.socket for one in refusal.run.of(Listened, error.actor))
    if not listens or not (refusal.is_caught or error.code in UNCONNECTED):
        return None
    given = given_to_threads(refusal.code) if error.thread != 1 else None
    if given is not None:
        return Finding(ARGS_SERVEUR, Place(refusal.code.file, given.lineno))
    return Finding(SOCKET_QUI_ECOUTE, place_of(error))


def _another_socket(refusal: Refusal) -> Finding | None:
    """A second socket, that nobody is at the other end of."""
    error = refusal.error
    if not refusal.is_caught and error.code not in UNCONNECTED:
        return None
    stray = stray_socket(refusal.run, error.actor, refusal.socket)
    here = stray is not None and (refusal.is_caught or stray.file == error.file)
    return Finding(AUTRE_SOCKET, place_of(stray)) if here else None


def _never_dials(refusal: Refusal) -> Finding | None:
    """A client that never calls connect."""
    error, code = refusal.error, refusal.code
    if error.actor != "client" or error.code not in ("ENOTCONN", "EDESTADDRREQ"):
        return None
    if code.calls("connect", "connect_ex"):
        return None
    bind = code.calls("bind")
    if bind:
        return found_at(BIND_AU_LIEU_DE_CONNECT, error, bind[0].lineno)
    return found_at(SANS_CONNECT, error, _made(refusal))


def _not_connected(refusal: Refusal) -> Finding | None:
    error = refusal.error
    alone = error.code == "EPIPE" and refusal.socket not in conversations(refusal.run, error.actor)
    if not alone and error.code not in ("ENOTCONN", "EDESTADDRREQ"):
        return None
    return found_at(PAS_ENCORE_RELIE, error, before="connect()" if error.actor == "client" else "accept()")


def _closed(refusal: Refusal) -> Finding | None:
    closed = refusal.error.code == "EBADF" or (refusal.method and refusal.socket == 0)
    return found_at(SOCKET_FERMEE, refusal.error) if closed else None


def _wrong_order(refusal: Refusal) -> Finding | None:
    """Bind or accept at the wrong moment."""
    error, code = refusal.error, refusal.code
    if error.code != "EINVAL":
        return None
    if refusal.method == "bind":
        early = refusal.run.has(Listened, error.actor)
        return found_at(LISTEN_AVANT_BIND if early else BIND_DEUX_FOIS, error)
    if code.calls_at(error.line, "accept"):
        listens = code.calls("listen")
        return found_at(ACCEPT_TROP_TOT, error) if listens else found_at(SANS_LISTEN, error, _made(refusal))
    return None


def _nobody_there(refusal: Refusal) -> Finding | None:
    """A call that nobody answers: on IPv6, or by a server."""
    error = refusal.error
    if error.code != "ECONNREFUSED":
        return None
    six = [one for one in refusal.run.of(SocketMade, error.actor) if one.family in AF_INET6]
    if six:
        return found_at(IPV6, error, six[0].line)
    return None if error.actor == "client" else found_at(ROLE_INVERSE, error)


def _impatient(refusal: Refusal) -> Finding | None:
    return found_at(DELAI_TROP_COURT, refusal.error) if "TimeoutError" in refusal.bases else None


def _shut(refusal: Refusal) -> Finding | None:
    """The program itself has said that it would send no more."""
    told = refusal.run.of(ShutDown, refusal.error.actor)
    shut = next((one for one in told if one.socket == refusal.socket and one.how != 0), None)
    return Finding(SHUTDOWN_TROP_TOT, place_of(shut)) if shut is not None and refusal.error.code == "EPIPE" else None


def _cut(refusal: Refusal) -> Finding | None:
    refused = refusal.error.code == "ECONNREFUSED"
    gone = "ConnectionError" in refusal.bases and not refused
    return found_at(CONNEXION_COUPEE, refusal.error) if gone else None


def _made(refusal: Refusal) -> int:
    """The line where the first socket was made."""
    made = refusal.run.of(SocketMade, refusal.error.actor)
    return made[0].line if made else 0


UNCONNECTED = ("ENOTCONN", "EPIPE", "EDESTADDRREQ")
"""What the system says of a socket that has nobody at its other end (send(2), recv(2))."""

BY_CODE = {
    "EISCONN": CONNECT_DEUX_FOIS,
    "EOPNOTSUPP": PAS_TCP,
    "EAGAIN": DELAI_TROP_COURT,
    "EWOULDBLOCK": DELAI_TROP_COURT,
    "EINPROGRESS": DELAI_TROP_COURT,
    "ETIMEDOUT": DELAI_TROP_COURT,
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

CAUGHT: tuple[Callable[[Refusal], Finding | None], ...] = (
    _wrong_type,
    _gave_up,
    _listening,
    _another_socket,
    _shut,
)
"""Who looks for the reason of one that the program has caught."""
