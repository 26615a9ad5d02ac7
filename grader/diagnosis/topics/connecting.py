"""Why a program meets nobody: its sockets and addresses."""

from __future__ import annotations

import ast

from ...transcript.facts import Bound, Exited, Listened, MainEnded, Refused, ReuseSet, SocketMade
from ...transcript.place import Place
from ...transcript.questions import bound, client_request, is_any, place_of, server_bound
from .. import lessons
from ..case import Case, Finding
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
from ..conversation import AF_INET6, endless
from ..mistake import Flags, Mistake
from ..uncalled import uncalled
from ..waiting import waiting
from ..wording import seconds

# fmt: off
NAME_MAIN_FAUX = Mistake("name_main_faux", "", "la comparaison avec \"__main__\" est toujours fausse",
    "Ligne {line}, cette condition est toujours fausse : ton programme ne commence jamais.",
    "Écris exactement : if __name__ == \"__main__\":",
    "Ligne {line} : combien de tirets bas de chaque côté, et y a-t-il des guillemets ?", lessons.COINCE)
SANS_SOCKET = Mistake("sans_socket", "", "aucune socket n'est créée",
    "{file} ne crée aucune socket.",
    "Crée-la avec socket.socket(socket.AF_INET, socket.SOCK_STREAM).",
    "Par quel objet un programme parle-t-il au réseau ?", lessons.CREER_SOCKET)
SANS_BIND = Mistake("sans_bind", "", "la socket écoute sans bind",
    "Ligne {line}, ta socket écoute sans avoir reçu d'adresse : le système en choisit une au hasard, et personne ne la connaît.",
    "Appelle bind((IP, PORT)) avant listen().",
    "À quel numéro peut-on t'appeler, et où le dis-tu ?", lessons.LIER)
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
    "Comment une machine s'appelle-t-elle elle-même ?", lessons.CHOISIR)
APPELLE_PARTOUT = Mistake("appelle_partout", "adresse", "le client appelle 0.0.0.0 ou \"\"",
    "{host} veut dire « toutes mes adresses » : un serveur peut y écouter, mais on ne peut pas y appeler.",
    "Dans client.py, mets l'adresse du serveur : \"127.0.0.1\" si c'est la même machine.",
    "Pour téléphoner à quelqu'un, suffit-il de dire « partout » ?", lessons.IP_CLIENT)
MAUVAIS_PORT = Mistake("mauvais_port", "ecoute", "etape1.py n'écoute pas sur 4242",
    "Ligne {line}, ton serveur écoute sur le port {port}. L'étape 1 demande 4242.",
    "Mets le port 4242.",
    "Quel port le sujet demande-t-il pour l'étape 1 ?", lessons.CHOISIR, Flags.SPEAKS)
PORT_ZERO = Mistake("port_zero", "adresse", "le port est 0",
    "Le port 0 veut dire « choisis pour moi » : l'autre programme ne peut pas deviner lequel.",
    "Choisis un port entre 1024 et 65535, par exemple 4242, le même dans les deux fichiers.",
    "Quel numéro as-tu donné à ton port ?", lessons.IP_SERVEUR, Flags.MISPLACED)
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
    "Compare les deux lignes PORT = … de serveur.py et client.py.", lessons.IP_CLIENT, Flags.SPEAKS)
ADRESSES_DIFFERENTES = Mistake("adresses_differentes", "adresse", "le client appelle une adresse où le serveur n'écoute pas",
    "serveur.py n'écoute que sur « {other} », client.py appelle « {host} » : ils ne se trouveront jamais.",
    "Dans client.py, mets l'adresse de serveur.py ; ou fais écouter serveur.py partout, avec \"\".",
    "Compare les deux lignes IP = … de serveur.py et client.py.", lessons.IP_CLIENT, Flags.SPEAKS)
PAS_CONNECTE = Mistake("pas_connecte", "adresse", "la connexion n'a pas été établie",
    "La connexion n'a pas abouti.",
    "Regarde l'appel à connect, ligne {line} de {file} : est-il exécuté, et avec la bonne socket ?",
    "Que se passe-t-il à la ligne {line} ?", lessons.CONNECTER)
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


def not_reached(case: Case) -> Finding | None:
    """Why the program is not where it should be, or calls nobody."""
    detect = BY_CAUSE.get(case.cause)
    if detect is None:
        return None
    hidden = _swallowed(case) if case.cause in NEVER_DONE else None
    return hidden or detect(case)


def _origin(case: Case, which: int) -> Place | None:
    """The line that gives the address (0) or the port (1) its value."""
    place = case.verdict.place
    if place is None or place.file != case.code.file:
        return place
    return case.at(case.code.origin(place.line, which))


def _simple(case: Case) -> Finding:
    return Finding(case.cause, case.verdict.place)


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
        return Finding(BIND_DEUX_ARGUMENTS, place, {"name": refused.method})
    return Finding(ERREUR_CACHEE, place_of(refused), {"name": refused.method, "error": refused.error})


def _six(case: Case) -> Finding:
    made = next((one for one in case.run.of(SocketMade, case.actor) if one.family in AF_INET6), None)
    return Finding(IPV6, place_of(made) or case.verdict.place)


def _nothing(case: Case) -> Finding:
    """No socket at all."""
    wrong = _false_main(case)
    if wrong is not None:
        return wrong
    made_in = [function for function in case.code.functions.values() if case.code.calls("socket", inside=function)]
    callers = {text_of(call.func) for call in case.code.nodes if isinstance(call, ast.Call)}
    unused = next((function for function in made_in if not any(name.endswith(function.name) for name in callers)), None)
    if unused is not None:
        return Finding(MAIN_JAMAIS_APPELE, case.at(unused.lineno), {"name": unused.name})
    return _stuck(case) or Finding(SANS_SOCKET)


def _false_main(case: Case) -> Finding | None:
    for node in case.code.nodes:
        if isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and "name" in text_of(node.test).lower():
            names = [text_of(side) for side in (node.test.left, *node.test.comparators)]
            if sorted(names) != ["'__main__'", "__name__"] and "main" in text_of(node.test):
                return Finding(NAME_MAIN_FAUX, case.at(node.test.lineno))
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
        return Finding(QUESTION_AVANT, main.place)
    if main.call == "join" and any(one.call in ("accept", "connect") for one in found):
        return None
    if main.call == "sleep":
        return Finding(DORT_TROP, main.place, {"seconds": seconds(main.patience_s)})
    if main.call:
        return Finding(ATTEND_AILLEURS, main.place)
    return Finding(BOUCLE_AVANT, endless(case, main))


def _no_listen(case: Case) -> Finding:
    made = case.verdict.place
    named = uncalled(case.code, "listen", "bind", "accept", "socket")
    if named is not None:
        return named
    if any(one.family in AF_INET6 for one in case.run.of(SocketMade, case.actor)):
        return Finding(IPV6, made)
    if not case.code.calls("listen", "create_server"):
        return _false_main(case) or Finding(SANS_LISTEN, made)
    return _false_main(case) or _stuck(case) or Finding(SANS_LISTEN, made)


def _no_bind(case: Case) -> Finding:
    run = case.run
    made = run.of(SocketMade, case.actor)
    named = uncalled(case.code, "bind")
    if named is not None:
        return named
    if any(one.family in AF_INET6 for one in made):
        six = next(one for one in made if one.family in AF_INET6)
        return Finding(IPV6, place_of(six))
    listening = run.first(Listened, case.actor)
    other = next((one for one in run.of(Bound, case.actor) if listening and one.socket != listening.socket), None)
    if other is not None:
        return Finding(DEUX_SOCKETS, place_of(listening))
    later = any(run.position(one) > run.position(listening) for one in run.of(Bound)) if listening else False
    return Finding(LISTEN_AVANT_BIND if later else SANS_BIND, case.verdict.place)


def _no_accept(case: Case) -> Finding:
    named = uncalled(case.code, "accept")
    return named or (_stuck(case) if case.code.calls("accept") else None) or _simple(case)


def _no_call(case: Case) -> Finding:
    named = uncalled(case.code, "connect", "socket")
    if named is not None:
        return named
    if any(one.family in AF_INET6 for one in case.run.of(SocketMade, case.actor)):
        return Finding(IPV6, case.verdict.place)
    bind = case.code.calls("bind")
    if bind:
        return Finding(BIND_AU_LIEU_DE_CONNECT, case.at(bind[0].lineno))
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
            return Finding(IMPORTE_L_AUTRE, case.at(node.lineno))
    return _simple(case)


def _address(case: Case) -> Finding:
    """The address of a socket cannot be right."""
    place = _origin(case, 0)
    if case.actor == "client":
        call = client_request(case.transcript)
        host = call.host if call is not None else ""
        everywhere = call is not None and (not host or is_any(call.ip))
        return Finding(APPELLE_PARTOUT if everywhere else MAUVAISE_ADRESSE, place, {"host": host or '""'})
    address = bound(case.run)
    host = address.host if address is not None else ""
    return Finding(ADRESSE_PAS_LOCALE if case.actor == "etape1" else MAUVAISE_ADRESSE, place, {"host": host})


def _port(case: Case) -> Finding:
    address = bound(case.run)
    call = client_request(case.transcript)
    port = call.port if case.actor == "client" and call is not None else address.port if address is not None else 0
    return Finding(
        PORT_ZERO if port == 0 else MAUVAIS_PORT if case.actor == "etape1" else PORT_RESERVE,
        _origin(case, 1),
        {"port": str(port)},
    )


def _mismatch(case: Case) -> Finding:
    server, call = server_bound(case.transcript), client_request(case.transcript)
    assert server is not None and call is not None  # noqa: PT018 - the check has compared them
    if server.port == 0:
        return Finding(PORT_ZERO, place_of(server))
    if server.port != call.port:
        return Finding(PORTS_DIFFERENTS, _origin(case, 1), {"port": str(call.port), "other": str(server.port)})
    return Finding(ADRESSES_DIFFERENTES, _origin(case, 0), {"host": call.host, "other": server.host})


def _taken(case: Case) -> Finding:
    own = case.run.first(Bound, "client")
    return Finding(PORT_DEJA_PRIS, case.verdict.place, {"port": str(own.port) if own is not None else "?"})


BY_CAUSE = {
    SANS_SOCKET: _nothing,
    PAS_TCP: _simple,
    IPV6: _six,
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

NEVER_DONE = (SANS_SOCKET, SANS_LISTEN, SANS_BIND, SANS_ACCEPT, SANS_CONNECT, PAS_CONNECTE)
"""What the check has seen where something did not happen: a call that failed may be the reason."""


def too_late_again(case: Case) -> Finding | None:
    """SO_REUSEADDR is set, but too late."""
    run = case.run
    address, late = run.first(Bound, case.actor), run.first(ReuseSet, case.actor)
    if address is not None and late is not None and run.position(late) > run.position(address):
        return Finding(REUSE_TROP_TARD, place_of(late))
    return None
