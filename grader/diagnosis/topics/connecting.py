"""Why a program meets nobody: its sockets and addresses."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...french import seconds
from ...transcript.calls import ACCEPT, CONNECT, JOIN, KEYBOARD, SLEEP
from ...transcript.facts import Bound, Exited, Listened, MainEnded, Refused, ReuseSet
from ...transcript.place import Place
from ...transcript.questions import bound, client_request, is_any, place_of, server_bound
from .. import lessons
from ..case import Case, Detector, Finding
from ..code import text_of
from ..common import (
    BIND_AU_LIEU_DE_CONNECT,
    BIND_DEUX_ARGUMENTS,
    DORT_TROP,
    ERREUR_CACHEE,
    IPV6,
    LISTEN_AVANT_BIND,
    MAIN_JAMAIS_APPELE,
    PAS_TCP,
    ROLE_INVERSE,
    SANS_ACCEPT,
    SANS_CONNECT,
    SANS_LISTEN,
)
from ..conversation import endless, ipv6_socket
from ..mistake import Flags, Mistake
from ..uncalled import uncalled
from ..waiting import waiting

# fmt: off
NAME_MAIN_FAUX = Mistake("name_main_faux", "", "la comparaison avec \"__main__\" est toujours fausse",
    "Ligne {line}, cette condition est toujours fausse : ton programme ne commence jamais.",
    "Écris exactement : if __name__ == \"__main__\":",
    "Ligne {line} : combien de tirets bas de chaque côté, et y a-t-il des guillemets ?", lessons.COINCE)
SANS_SOCKET = Mistake("sans_socket", "", "aucune socket n'est créée",
    "{file} ne crée aucune socket.",
    "Crée-la avec socket.socket(socket.AF_INET, socket.SOCK_STREAM).",
    "Par quel objet un programme parle-t-il au réseau ?", lessons.CREER_SOCKET, Flags.NEVER_DONE)
SANS_BIND = Mistake("sans_bind", "", "la socket écoute sans bind",
    "Ligne {line}, ta socket écoute sans avoir reçu d'adresse : le système en choisit une au hasard, et personne ne la connaît.",
    "Appelle bind((IP, PORT)) avant listen().",
    "À quel numéro peut-on t'appeler, et où le dis-tu ?", lessons.LIER, Flags.NEVER_DONE)
DEUX_SOCKETS = Mistake("deux_sockets", "", "une socket est liée, une autre écoute",
    "{file} crée plusieurs sockets : celle qui écoute n'est pas celle à qui tu as donné l'adresse.",
    "Crée une seule socket au début, et appelle bind puis listen sur la même.",
    "Combien de fois écris-tu socket.socket(…) ?", lessons.LIER)
IMPORTE_L_AUTRE = Mistake("importe_l_autre", "", "un programme importe l'autre",
    "Ligne {line}, {file} importe l'autre programme : cela le lance en entier, et il attend.",
    "Recopie IP et PORT dans {file}, sans importer l'autre programme.",
    "Que fait Python quand il importe un fichier ?", lessons.COINCE)
QUESTION_AVANT = Mistake("question_avant", "", "le programme attend une ligne au clavier avant d'être relié",
    "Ligne {line}, ton programme pose une question avant d'être relié : le correcteur ne peut pas y répondre.",
    "Écris l'adresse et le port dans {file}, sans les demander.",
    "Que se passe-t-il si personne ne répond à la question de la ligne {line} ?", lessons.IP_SERVEUR, Flags.WAITS)
ATTEND_AILLEURS = Mistake("attend_ailleurs", "", "le programme est bloqué avant d'être relié",
    "Ligne {line}, ton programme attend quelque chose avant d'être relié à l'autre.",
    "Mets cette ligne après accept() ou connect().",
    "Qu'attend la ligne {line}, et qui pourrait le lui donner ?", lessons.COINCE, Flags.WAITS)
BOUCLE_AVANT = Mistake("boucle_avant", "", "le programme tourne sans fin avant d'être relié",
    "Ligne {line}, une boucle ne finit jamais : ton programme n'arrive pas jusqu'à la connexion.",
    "Regarde la condition de cette boucle : qu'est-ce qui la rend fausse ?",
    "Affiche quelque chose dans chaque boucle : laquelle ne s'arrête pas ?", lessons.COINCE, Flags.WAITS)
MAUVAISE_ADRESSE = Mistake("mauvaise_adresse", "", "l'adresse ne peut pas être celle d'une machine",
    "« {host} » ne peut pas être l'adresse d'une machine.",
    "Mets \"127.0.0.1\" pour une seule machine, ou l'adresse que montre ta machine.",
    "Comment trouve-t-on l'adresse de sa machine ?", lessons.TROUVER_IP, Flags.SPEAKS | Flags.MISPLACED)
ADRESSE_PAS_LOCALE = Mistake("adresse_pas_locale", "ecoute", "etape1.py écoute ailleurs que sur cette machine",
    "Ligne {line}, ton serveur est lié à « {host} ». Pour l'étape 1, c'est ta propre machine : localhost.",
    "Mets IP = \"localhost\".",
    "Comment une machine s'appelle-t-elle elle-même ?", lessons.CHOISIR, Flags.OTHER_DOOR)
APPELLE_PARTOUT = Mistake("appelle_partout", "adresse", "le client appelle 0.0.0.0 ou \"\"",
    "{host} veut dire « toutes mes adresses » : un serveur peut y écouter, mais on ne peut pas y appeler.",
    "Dans client.py, mets l'adresse du serveur : \"127.0.0.1\" si c'est la même machine.",
    "Pour téléphoner à quelqu'un, suffit-il de dire « partout » ?", lessons.IP_CLIENT)
MAUVAIS_PORT = Mistake("mauvais_port", "ecoute", "etape1.py n'écoute pas sur 4242",
    "Ligne {line}, ton serveur écoute sur le port {port}. L'étape 1 demande 4242.",
    "Mets le port 4242.",
    "Quel port le sujet demande-t-il pour l'étape 1 ?", lessons.CHOISIR, Flags.SPEAKS | Flags.OTHER_DOOR)
PORT_ZERO = Mistake("port_zero", "adresse", "le port est 0",
    "Le port 0 veut dire « choisis pour moi » : l'autre programme ne peut pas deviner lequel.",
    "Choisis un port entre 1024 et 65535, par exemple 4242, le même dans les deux fichiers.",
    "Quel numéro as-tu donné à ton port ?", lessons.IP_SERVEUR, Flags.MISPLACED | Flags.UNMET)
PORT_DEJA_PRIS = Mistake("port_deja_pris", "adresse", "le client appelle bind sur le port du serveur, puis connect sur la même machine",
    "Ligne {line}, client.py appelle bind : il prend le port {port}, déjà pris par serveur.py sur la même machine.",
    "Enlève bind de client.py : celui qui appelle n'a pas besoin de choisir son propre port.",
    "Deux programmes peuvent-ils avoir le même numéro sur la même machine ?", lessons.CONNECTER)
PORT_RESERVE = Mistake("port_reserve", "adresse", "le port est inférieur à 1024",
    "Le port {port} est réservé au système (en dessous de 1024).",
    "Choisis un port entre 1024 et 65535, par exemple 4242, le même dans les deux fichiers.",
    "Quels numéros de port sont réservés ?", lessons.PORTS, Flags.SPEAKS | Flags.MISPLACED)
PORTS_DIFFERENTS = Mistake("ports_differents", "adresse", "les deux programmes n'ont pas le même port",
    "serveur.py écoute sur le port {other}, client.py appelle le port {port} : ils ne se trouveront jamais.",
    "Mets le même port dans serveur.py et dans client.py.",
    "Compare les deux lignes PORT = … de serveur.py et client.py.", lessons.IP_CLIENT, Flags.SPEAKS | Flags.UNMET)
ADRESSES_DIFFERENTES = Mistake("adresses_differentes", "adresse", "le client appelle une adresse où le serveur n'écoute pas",
    "serveur.py n'écoute que sur « {other} », client.py appelle « {host} » : ils ne se trouveront jamais.",
    "Dans client.py, mets l'adresse de serveur.py ; ou fais écouter serveur.py partout, avec \"\".",
    "Compare les deux lignes IP = … de serveur.py et client.py.", lessons.IP_CLIENT, Flags.SPEAKS | Flags.UNMET)
PAS_CONNECTE = Mistake("pas_connecte", "adresse", "la connexion n'a pas été établie",
    "La connexion n'a pas abouti.",
    "Regarde l'appel à connect, ligne {line} de {file} : est-il exécuté, et avec la bonne socket ?",
    "Que se passe-t-il à la ligne {line} ?", lessons.CONNECTER, Flags.NEVER_DONE)
SANS_REUSE = Mistake("sans_reuse", "relance", "SO_REUSEADDR n'est pas activé",
    "Sans SO_REUSEADDR, le système garde le port réservé un moment après la fin.",
    "Avant bind : ta_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1).",
    "Que dit Python si tu relances serveur.py tout de suite ?", lessons.COINCE, Flags.SPEAKS)
REUSE_TROP_TARD = Mistake("reuse_trop_tard", "relance", "SO_REUSEADDR est activé après bind",
    "Ligne {line}, SO_REUSEADDR vient après bind : c'est trop tard.",
    "Mets setsockopt avant bind.",
    "À quel moment le système regarde-t-il cette option ?", lessons.COINCE)
RELANCE_IMPOSSIBLE = Mistake("relance_impossible", "relance", "relancé, le serveur n'écoute plus",
    "Relancé tout de suite, serveur.py n'écoute plus sur son port.",
    "Active SO_REUSEADDR sur la socket qui écoute, avant bind.",
    "Que dit Python si tu relances serveur.py tout de suite ?", lessons.COINCE)
# fmt: on


def not_reached(case: Case) -> Iterator[Finding]:
    """Why the program is not where it should be, or calls nobody."""
    if case.cause not in BY_CAUSE:
        return
    if case.cause.flags & Flags.NEVER_DONE:
        yield from _swallowed(case)
    yield from BY_CAUSE[case.cause](case)


def _origin(case: Case, which: int) -> Place | None:
    """The line that gives the address (0) or the port (1) its value."""
    place = case.verdict.place
    if place is None or place.file != case.code.file:
        return place
    return case.at(case.code.origin(place.line, which))


def _simple(case: Case) -> Iterator[Finding]:
    yield Finding(case.cause, case.verdict.place)


def _swallowed(case: Case) -> Iterator[Finding]:
    """A socket's method failed, and the program caught it without a word of what to do."""
    refused = next(
        (one for one in case.run.of(Refused, case.program) if one.method in ("bind", "listen", "connect")), None
    )
    if refused is None:
        return
    for call in case.code.calls("bind", "connect"):
        if len(call.args) > 1:
            yield Finding(BIND_DEUX_ARGUMENTS, case.at(call.lineno), {"name": refused.method})
    yield Finding(ERREUR_CACHEE, place_of(refused), {"name": refused.method, "error": refused.error})


def _is_six(case: Case) -> Iterator[Finding]:
    yield Finding(IPV6, place_of(ipv6_socket(case.run, case.program)) or case.verdict.place)


def _nothing(case: Case) -> Iterator[Finding]:
    """No socket at all."""
    yield from _false_main(case)
    callers = {text_of(call.func) for call in case.code.nodes if isinstance(call, ast.Call)}
    for function in case.code.functions.values():
        makes = case.code.calls("socket", inside=function)
        if makes and not any(name.endswith(function.name) for name in callers):
            yield Finding(MAIN_JAMAIS_APPELE, case.at(function.lineno), {"name": function.name})
    yield from _stuck(case)
    yield Finding(SANS_SOCKET)


def _false_main(case: Case) -> Iterator[Finding]:
    """``if __name__ == "__main__"`` is misspelt."""
    for node in case.code.nodes:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and "name" in text_of(node.test).lower():
            names = [text_of(side) for side in (node.test.left, *node.test.comparators)]
            if sorted(names) != ["'__main__'", "__name__"] and "main" in text_of(node.test):
                yield Finding(NAME_MAIN_FAUX, case.at(node.test.lineno))


def _stuck(case: Case) -> Iterator[Finding]:
    """The program waits for something, or goes round, before it is connected."""
    if case.run.has(MainEnded, case.program) or case.run.has(Exited, case.program):
        return
    found = waiting(case.run, case.program)
    main = next((one for one in found if one.thread == 1), None)
    for_thread = main is not None and main.call == JOIN and any(one.call in MEETS for one in found)
    if main is None or main.call in MEETS or for_thread:
        return
    if main.call == SLEEP:
        yield Finding(DORT_TROP, main.place, {"seconds": seconds(main.patience_s)})
    elif main.call in KEYBOARD:
        yield Finding(QUESTION_AVANT, main.place)
    elif main.call:
        yield Finding(ATTEND_AILLEURS, main.place)
    else:
        yield Finding(BOUCLE_AVANT, endless(case, main))


MEETS = (ACCEPT, CONNECT)
"""The calls in which a program waits for the other."""


def _no_listen(case: Case) -> Iterator[Finding]:
    yield from uncalled("listen", "bind", "accept", "socket")(case)
    if ipv6_socket(case.run, case.program) is not None:
        yield Finding(IPV6, case.verdict.place)
    yield from _false_main(case)
    if case.code.calls("listen", "create_server"):
        yield from _stuck(case)
    yield Finding(SANS_LISTEN, case.verdict.place)


def _no_bind(case: Case) -> Iterator[Finding]:
    yield from uncalled("bind")(case)
    six = ipv6_socket(case.run, case.program)
    if six is not None:
        yield Finding(IPV6, place_of(six))
    listening = case.run.first(Listened, case.program)
    if listening is not None and any(one.socket != listening.socket for one in case.run.of(Bound, case.program)):
        yield Finding(DEUX_SOCKETS, place_of(listening))
    position = case.run.position
    late = listening is not None and any(position(one) > position(listening) for one in case.run.of(Bound))
    yield Finding(LISTEN_AVANT_BIND if late else SANS_BIND, case.verdict.place)


def _no_accept(case: Case) -> Iterator[Finding]:
    yield from uncalled("accept")(case)
    if case.code.calls("accept"):
        yield from _stuck(case)
    yield from _simple(case)


def _no_call(case: Case) -> Iterator[Finding]:
    yield from uncalled("connect", "socket")(case)
    if ipv6_socket(case.run, case.program) is not None:
        yield Finding(IPV6, case.verdict.place)
    for call in case.code.calls("bind"):
        yield Finding(BIND_AU_LIEU_DE_CONNECT, case.at(call.lineno))
    yield from _false_main(case)
    if case.code.calls("connect", "connect_ex", "create_connection"):
        yield from _stuck(case)
    yield from _simple(case)


def _reversed(case: Case) -> Iterator[Finding]:
    """A program does what the other should; perhaps it imports the other."""
    place = case.verdict.place
    for node in case.code.nodes:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if place is not None and any(name + ".py" == place.file for name in names) and isinstance(node, ast.stmt):
            yield Finding(IMPORTE_L_AUTRE, case.at(node.lineno))
    yield from _simple(case)


def _address(case: Case) -> Iterator[Finding]:
    """The address of a socket cannot be right."""
    place = _origin(case, 0)
    if case.program == "client":
        call = client_request(case.transcript)
        host = call.host if call is not None else ""
        everywhere = call is not None and (not host or is_any(call.ip))
        yield Finding(APPELLE_PARTOUT if everywhere else MAUVAISE_ADRESSE, place, {"host": host or '""'})
        return
    address = bound(case.run)
    host = address.host if address is not None else ""
    yield Finding(ADRESSE_PAS_LOCALE if case.program == "etape1" else MAUVAISE_ADRESSE, place, {"host": host})


def _port(case: Case) -> Iterator[Finding]:
    told = client_request(case.transcript) if case.program == "client" else None
    address = told or bound(case.run)
    port = address.port if address is not None else 0
    yield Finding(
        PORT_ZERO if port == 0 else MAUVAIS_PORT if case.program == "etape1" else PORT_RESERVE,
        _origin(case, 1),
        {"port": str(port)},
    )


def _mismatch(case: Case) -> Iterator[Finding]:
    server, call = server_bound(case.transcript), client_request(case.transcript)
    assert server is not None and call is not None  # noqa: PT018 - the check has compared them
    if server.port == 0:
        yield Finding(PORT_ZERO, place_of(server))
    elif server.port != call.port:
        yield Finding(PORTS_DIFFERENTS, _origin(case, 1), {"port": str(call.port), "other": str(server.port)})
    else:
        yield Finding(ADRESSES_DIFFERENTES, _origin(case, 0), {"host": call.host, "other": server.host})


def _taken(case: Case) -> Iterator[Finding]:
    own = case.run.first(Bound, "client")
    yield Finding(PORT_DEJA_PRIS, case.verdict.place, {"port": str(own.port) if own is not None else "?"})


BY_CAUSE: dict[Mistake, Detector] = {
    SANS_SOCKET: _nothing,
    PAS_TCP: _simple,
    IPV6: _is_six,
    SANS_LISTEN: _no_listen,
    SANS_BIND: _no_bind,
    SANS_ACCEPT: _no_accept,
    SANS_CONNECT: _no_call,
    ROLE_INVERSE: _reversed,
    MAUVAISE_ADRESSE: _address,
    MAUVAIS_PORT: _port,
    PORT_RESERVE: _port,
    PORTS_DIFFERENTS: _mismatch,
    ADRESSES_DIFFERENTES: _mismatch,
    PORT_DEJA_PRIS: _taken,
    PAS_CONNECTE: _simple,
}
"""What is asked further, by what the check has seen."""


def too_late_again(case: Case) -> Iterator[Finding]:
    """SO_REUSEADDR is set, but too late."""
    address, late = case.run.first(Bound, case.program), case.run.first(ReuseSet, case.program)
    if address is not None and late is not None and case.run.position(late) > case.run.position(address):
        yield Finding(REUSE_TROP_TARD, place_of(late))
