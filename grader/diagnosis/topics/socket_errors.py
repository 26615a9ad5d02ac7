"""Explains what threads and the operating system refuse: the wrong moment, the wrong socket."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...transcript.facts import Listened, Raised, Refused, ShutDown, SocketMade
from ...transcript.questions import place_of
from .. import lessons
from ..case import Case, Detector, Finding, each_of, found_at, raised
from ..code import text_of
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
from ..conversation import conversations, ipv6_socket, stray_socket
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


def of_thread(case: Case) -> Iterator[Finding]:
    """A thread that was asked for something at the wrong moment."""
    error = raised(case)
    if case.code.calls_at(error.line, "join"):
        yield from _join_refused(case)
    elif case.code.calls_at(error.line, "start"):
        yield found_at(START_DEUX_FOIS, error)
    yield found_at(ERREUR_PYTHON, error)


def _join_refused(case: Case) -> Iterator[Finding]:
    """Join on a thread that has not started, or on the one that asks."""
    error, code = raised(case), case.code
    if error.thread != 1:
        yield found_at(JOIN_DANS_LE_THREAD, error)
    for call in code.calls("run"):
        yield found_at(RUN_AU_LIEU_DE_START, error, call.lineno)
    yield from uncalled("start")(case)
    starts = code.calls("start")
    for call in starts:
        unused = code.uncalled_around(call.lineno) if call.lineno != error.line else None
        if unused is not None:
            yield found_at(MAIN_JAMAIS_APPELE, error, unused.lineno, name=unused.name)
    join = code.calls_at(error.line, "join")[0]
    owner = join.func.value if isinstance(join.func, ast.Attribute) else None
    started = {text_of(call.func.value) for call in starts if isinstance(call.func, ast.Attribute)}
    if owner is not None and text_of(owner) in started:
        yield found_at(JOIN_TROP_TOT, error)
    made = code.assignments(owner.id) if isinstance(owner, ast.Name) else []
    yield found_at(JAMAIS_DEMARRE, error, made[0].lineno if made else 0)


def of_socket(case: Case) -> Iterator[Finding]:
    """A call on a socket failed: by the system's symbol for the error, and the socket that it happened to."""
    yield from each_of(CAUGHT if case.error is None else DETECTORS, case)


def _failed(case: Case) -> Raised | Refused:
    """The exception, caught or not."""
    failed = case.error or case.refusal
    assert failed is not None
    return failed


def _is_caught(case: Case) -> bool:
    """Whether the program went on."""
    return case.error is None


def _socket(case: Case) -> int:
    """The number of the socket that it happened to; 0 for a closed one, or none."""
    return case.refusal.socket if case.refusal is not None else 0


def _method(case: Case) -> str:
    """The method that was refused; empty where no socket's was."""
    return case.refusal.method if case.refusal is not None else ""


def _bases(case: Case) -> tuple[str, ...]:
    """The exception's types, as far as they were told."""
    return case.error.bases if case.error is not None else (_failed(case).error,)


def _wrong_type(case: Case) -> Iterator[Finding]:
    """What was sent is a text, or recv was not told how much to take."""
    error = _failed(case)
    if error.error == "TypeError":
        without = any(not call.args for call in case.code.calls_at(error.line, "recv"))
        text = TEXTE_AU_LIEU_OCTETS if _method(case) != "recv" else TYPE_IMPOSSIBLE
        yield Finding(RECV_SANS_TAILLE if without else text, place_of(error), {"name": _method(case)})


def _gave_up(case: Case) -> Iterator[Finding]:
    if _failed(case).error in ("BlockingIOError", "TimeoutError", "timeout"):
        yield Finding(DELAI_TROP_COURT, place_of(_failed(case)))


def _listening(case: Case) -> Iterator[Finding]:
    """The socket that listens was used to talk; perhaps the threads were given it."""
    error = _failed(case)
    listens = any(one.socket == _socket(case) for one in case.run.of(Listened, error.program))
    if listens and (_is_caught(case) or error.code in UNCONNECTED):
        given = given_to_threads(case.code) if error.thread != 1 else None
        if given is not None:
            yield Finding(ARGS_SERVEUR, case.at(given.lineno))
        yield Finding(SOCKET_QUI_ECOUTE, place_of(error))


def _another_socket(case: Case) -> Iterator[Finding]:
    """A second socket, that nobody is at the other end of."""
    error = _failed(case)
    stray = stray_socket(case.run, error.program, _socket(case))
    here = stray is not None and stray.file == error.file and error.code in UNCONNECTED
    if stray is not None and (here or _is_caught(case)):
        yield Finding(AUTRE_SOCKET, place_of(stray))


def _never_dials(case: Case) -> Iterator[Finding]:
    """A client that never calls connect."""
    error = _failed(case)
    lost = error.program == "client" and error.code in ("ENOTCONN", "EDESTADDRREQ")
    if lost and not case.code.calls("connect", "connect_ex"):
        for call in case.code.calls("bind"):
            yield found_at(BIND_AU_LIEU_DE_CONNECT, error, call.lineno)
        yield found_at(SANS_CONNECT, error, _made(case))


def _not_connected(case: Case) -> Iterator[Finding]:
    error = _failed(case)
    alone = error.code == "EPIPE" and _socket(case) not in conversations(case.run, error.program)
    if alone or error.code in ("ENOTCONN", "EDESTADDRREQ"):
        yield found_at(PAS_ENCORE_RELIE, error, before="connect()" if error.program == "client" else "accept()")


def _closed(case: Case) -> Iterator[Finding]:
    if _failed(case).code == "EBADF" or (_method(case) and _socket(case) == 0):
        yield found_at(SOCKET_FERMEE, _failed(case))


def _wrong_order(case: Case) -> Iterator[Finding]:
    """Bind or accept at the wrong moment."""
    error = _failed(case)
    if error.code != "EINVAL":
        return
    if _method(case) == "bind":
        early = case.run.has(Listened, error.program)
        yield found_at(LISTEN_AVANT_BIND if early else BIND_DEUX_FOIS, error)
    elif case.code.calls_at(error.line, "accept"):
        listens = case.code.calls("listen")
        yield found_at(ACCEPT_TROP_TOT, error) if listens else found_at(SANS_LISTEN, error, _made(case))


def _nobody_there(case: Case) -> Iterator[Finding]:
    """A call that nobody answers: on IPv6, or by a server."""
    error = _failed(case)
    if error.code == "ECONNREFUSED":
        six = ipv6_socket(case.run, error.program)
        if six is not None:
            yield found_at(IPV6, error, six.line)
        if error.program != "client":
            yield found_at(ROLE_INVERSE, error)


def _impatient(case: Case) -> Iterator[Finding]:
    if "TimeoutError" in _bases(case):
        yield found_at(DELAI_TROP_COURT, _failed(case))


def _shut(case: Case) -> Iterator[Finding]:
    """The program itself has said that it would send no more."""
    told = case.run.of(ShutDown, _failed(case).program)
    shut = next((one for one in told if one.socket == _socket(case) and one.how != 0), None)
    if shut is not None and _failed(case).code == "EPIPE":
        yield Finding(SHUTDOWN_TROP_TOT, place_of(shut))


def _cut(case: Case) -> Iterator[Finding]:
    if "ConnectionError" in _bases(case) and _failed(case).code != "ECONNREFUSED":
        yield found_at(CONNEXION_COUPEE, _failed(case))


def _by_symbol(case: Case) -> Iterator[Finding]:
    yield found_at(BY_CODE.get(_failed(case).code, ERREUR_SOCKET), _failed(case))


def _hidden(case: Case) -> Iterator[Finding]:
    error = _failed(case)
    yield Finding(ERREUR_CACHEE, place_of(error), {"name": _method(case), "error": error.error})


def _made(case: Case) -> int:
    """The line where the first socket was made."""
    made = case.run.of(SocketMade, _failed(case).program)
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

DETECTORS: tuple[Detector, ...] = (
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
    _by_symbol,
)
"""Who looks for the reason, in this order."""

CAUGHT: tuple[Detector, ...] = (
    _wrong_type,
    _gave_up,
    _listening,
    _another_socket,
    _shut,
    _hidden,
)
"""Who looks for the reason of one that the program has caught."""
