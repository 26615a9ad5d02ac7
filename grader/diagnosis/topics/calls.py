"""Explains values of the wrong type, and calls that are given the wrong things."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...transcript.facts import Refused
from .. import lessons
from ..case import Case, Detector, Finding, each_of, found_at, raised
from ..code import Function, called, kind_of
from ..common import (
    BIND_DEUX_ARGUMENTS,
    ERREUR_PYTHON,
    IPV6,
    MODULE_AU_LIEU_SOCKET,
    RECV_SANS_TAILLE,
    SANS_JOIN,
    TARGET_OUBLIEE,
    TEXTE_AU_LIEU_OCTETS,
    TYPE_IMPOSSIBLE,
)
from ..conversation import ipv6_socket
from ..known import SOCKET_METHODS
from ..mistake import Flags, Mistake

# fmt: off
BIND_SANS_TUPLE = Mistake("bind_sans_tuple", "", "bind ou connect ne reçoit pas un tuple de deux choses",
    "Ligne {line}, ce que tu donnes à {name} n'est pas un tuple de deux choses, l'adresse puis le port.",
    "Écris {name}((adresse, port)) : un texte, puis un nombre.",
    "Ligne {line} : que reçoit {name} ? Affiche-le avec print juste avant.", lessons.LIER)
PORT_EN_TEXTE = Mistake("port_en_texte", "", "le port est un texte",
    "Le port que tu donnes ligne {line} est un texte (entre guillemets, ou rendu par input) : il faut un nombre.",
    "Écris le port sans guillemets : 4242.",
    "Ton port : est-ce 4242, ou \"4242\" ?", lessons.PORTS)
ADRESSE_PORT_INVERSES = Mistake("adresse_port_inverses", "", "le tuple commence par le port",
    "Ligne {line}, le tuple commence par le port : c'est l'adresse d'abord, le port ensuite.",
    "Échange les deux : (adresse, port).",
    "Dans quel ordre {name} veut-il l'adresse et le port ?", lessons.LIER)
PORT_IMPOSSIBLE = Mistake("port_impossible", "", "le port dépasse 65535 ou est négatif",
    "Ligne {line}, le port est trop grand (ou négatif) : les ports vont de 0 à 65535.",
    "Choisis un port entre 1024 et 65535, par exemple 4242.",
    "Quel est le plus grand numéro de port possible ?", lessons.PORTS, Flags.MISPLACED)
ADRESSE_INCONNUE = Mistake("adresse_inconnue", "adresse", "l'adresse n'existe pas",
    "Ligne {line}, l'adresse que tu donnes n'en est pas une : une adresse IPv4, ce sont quatre nombres de 0 à 255, ou localhost.",
    "Corrige l'adresse : \"127.0.0.1\" pour ta propre machine.",
    "Relis ton adresse : quatre nombres ? trois points ? pas d'espace ?", lessons.ADRESSES, Flags.MISPLACED)
TEXTE_ET_OCTETS = Mistake("texte_et_octets", "", "un texte et des octets sont ajoutés l'un à l'autre",
    "Ligne {line}, tu ajoutes un texte et des octets : Python refuse ce mélange.",
    "Traduis d'abord l'un des deux : .decode() pour afficher, .encode() pour envoyer.",
    "De chaque côté du « + » de la ligne {line} : texte, ou octets ?", lessons.OCTETS)
TEXTE_ET_NOMBRE = Mistake("texte_et_nombre", "", "un texte et un nombre sont ajoutés l'un à l'autre",
    "Ligne {line}, tu ajoutes un texte et autre chose qu'un texte (un nombre, un tuple) avec « + ».",
    "Sépare-les par une virgule dans print, ou écris str(…) autour du nombre.",
    "De chaque côté du « + » de la ligne {line} : deux textes ?", lessons.COINCE)
ENCODE_OUBLIE_BYTES = Mistake("encode_oublie_bytes", "", "bytes ou str est appelé sans l'encodage",
    "Ligne {line}, bytes(texte) a besoin de savoir comment traduire.",
    "Écris plutôt texte.encode(), ligne {line} de {file}.",
    "Comment passe-t-on du texte aux octets, dans le sujet ?", lessons.OCTETS)
MODULE_APPELE = Mistake("module_appele", "", "le module est appelé comme une fonction",
    "Ligne {line}, « {name} » est le module entier : on ne peut pas l'appeler.",
    "Écris {name}.{near}(…), ligne {line} de {file}.",
    "Dans le module {name}, comment s'appelle ce que tu veux créer ?", lessons.CREER_SOCKET)
PAS_UNE_FONCTION = Mistake("pas_une_fonction", "", "quelque chose qui n'est pas une fonction est appelé",
    "Ligne {line}, il y a des parenthèses après quelque chose qui n'est pas une fonction : une variable a peut-être pris son nom, ou il manque une virgule juste avant.",
    "Regarde ce que contient le nom qui est devant les parenthèses, ligne {line} de {file}.",
    "Que contient le nom devant les parenthèses ? Cherche où il reçoit une valeur.", lessons.COINCE)
MAUVAIS_NOMBRE_ARGUMENTS = Mistake("mauvais_nombre_arguments", "", "une fonction est appelée avec trop ou trop peu de choses",
    "Ligne {line}, « {name} » ne reçoit pas le bon nombre de choses entre ses parenthèses.",
    "Compare l'appel de la ligne {line} avec les parenthèses de sa définition (def), ou avec la doc.",
    "Combien de choses « {name} » attend-il, et combien en donnes-tu ?", lessons.COINCE)
END_HORS_DE_PRINT = Mistake("end_hors_de_print", "", "end=, sep= ou flush= est donné à autre chose que print",
    "Ligne {line}, « {text}= » est donné à {name}, pas à print : une parenthèse se ferme trop tard.",
    "Ferme la parenthèse de {name} avant {text}=.",
    "À quelle fonction appartient « {text}= » ?", lessons.COINCE)
TROP_DE_NOMS = Mistake("trop_de_noms", "", "une valeur est rangée dans le mauvais nombre de noms",
    "Ligne {line}, le nombre de variables avant « = » n'est pas le nombre de choses après.",
    "accept() rend deux choses ; recv() en rend une seule.",
    "Combien de choses la fonction de la ligne {line} rend-elle ?", lessons.ACCEPTER)
PAS_UN_NOMBRE = Mistake("pas_un_nombre", "", "int() reçoit un texte qui n'est pas un nombre",
    "Ligne {line}, int(…) reçoit un texte qui n'est pas un nombre.",
    "Écris le nombre directement dans le fichier, sans le demander.",
    "Que contient le texte donné à int(…) ?", lessons.PORTS)
ENCODAGE_INCONNU = Mistake("encodage_inconnu", "", "le nom de l'encodage n'existe pas",
    "Ligne {line}, Python ne connaît pas d'encodage de ce nom.",
    "Écris utf-8, exactement ainsi : .encode(\"utf-8\") et .decode(\"utf-8\").",
    "Comment s'écrit la règle qui traduit le texte en octets ?", lessons.OCTETS)
VERIFICATION_RATEE = Mistake("verification_ratee", "", "un assert a échoué",
    "Ligne {line}, une vérification (assert) a échoué.",
    "Affiche avec print les deux valeurs comparées, ou enlève cet assert.",
    "Que vérifie la ligne {line} ?", lessons.COINCE)
TARGET_SANS_NOM = Mistake("target_sans_nom", "threads", "la fonction est donnée à Thread sans target=",
    "Ligne {line}, tu donnes la fonction à Thread sans dire que c'est sa cible : il manque le mot target=.",
    "Écris threading.Thread(target=…, args=(…,)).",
    "Comment Thread sait-il ce que tu lui donnes ?", lessons.CREER_THREADS, Flags.ROOT)
ASCII_TROP_PETIT = Mistake("ascii_trop_petit", "", "un texte accentué est traduit en ascii ou latin-1",
    "Ligne {line}, tu traduis le texte avec une règle qui ne connaît pas tous les signes (accents, emoji).",
    "Utilise utf-8 des deux côtés : .encode(\"utf-8\") et .decode(\"utf-8\").",
    "Quelle règle de traduction connaît les accents et les emoji ?", lessons.OCTETS)
DECODE_IMPOSSIBLE = Mistake("decode_impossible", "", "des octets ne peuvent pas devenir du texte",
    "Ligne {line}, ces octets ne peuvent pas devenir du texte : un message a été coupé au milieu d'une lettre, ou l'autre côté n'utilise pas la même règle.",
    "Utilise utf-8 des deux côtés. Si un message est coupé, un décodeur peut attendre la suite : codecs.getincrementaldecoder(\"utf-8\").",
    "Avec quelle règle l'autre côté a-t-il encodé ? Et toi ?", lessons.OCTETS)
RAISE_VOLONTAIRE = Mistake("raise_volontaire", "", "le programme lève l'erreur lui-même",
    "Ligne {line}, ton programme lève lui-même cette erreur (raise), et rien ne l'attrape.",
    "Au lieu de raise, sors de la boucle avec break.",
    "Que devient un thread après raise ?", lessons.FINIR)
FIN_DU_CLAVIER = Mistake("fin_du_clavier", "join", "EOFError n'est pas attrapée",
    "Quand le clavier est fini (Ctrl+D), input() lève EOFError, ligne {line} : rien ne l'attrape.",
    "Entoure input() de try, et sors de la boucle dans except EOFError.",
    "Que fait input() quand le clavier est fini ?", lessons.FINIR)
# fmt: on
THREAD_ARGUMENTS = frozenset({"group", "target", "name", "args", "kwargs", "daemon", "context", None})

TAKE_NOTHING = ("accept", "fileno", "close", "start")
TAKE_SOMETHING = ("shutdown", "bind", "connect", "send", "sendall")
"""Functions and methods that must be called without, or with, something between the parentheses."""

IN_MODULE = {"socket": "socket", "threading": "Thread", "time": "sleep"}
"""What was probably meant where a module is called."""


def wrong_type(case: Case) -> Iterator[Finding]:
    """A value of the wrong type."""
    yield from each_of(WRONG_TYPE, case)


def _address(case: Case) -> Iterator[Finding]:
    """What is wrong with the argument of bind or connect."""
    error, code = raised(case), case.code
    for call in code.calls_at(error.line, "bind", "connect", "connect_ex"):
        name = called(call)
        if len(call.args) > 1:
            yield found_at(BIND_DEUX_ARGUMENTS, error, call.lineno, name=name)
        given = code.resolve(call.args[0]) if call.args else None
        if isinstance(given, ast.Tuple) and len(given.elts) == 2:
            host, port = (code.resolve(element) for element in given.elts)
            if isinstance(host, ast.Constant) and isinstance(host.value, int):
                yield found_at(ADRESSE_PORT_INVERSES, error, call.lineno, name=name)
            if not (isinstance(port, ast.Constant) and isinstance(port.value, int)):
                made = code.assignments(given.elts[1].id) if isinstance(given.elts[1], ast.Name) else []
                yield found_at(PORT_EN_TEXTE, error, made[0].lineno if len(made) == 1 else call.lineno)
        yield found_at(BIND_SANS_TUPLE, error, call.lineno, name=name)


def _on_module(case: Case) -> Iterator[Finding]:
    """A socket's method is asked of the module."""
    error, code = raised(case), case.code
    for call in code.calls_at(error.line, *SOCKET_METHODS):
        owner = call.func.value if isinstance(call.func, ast.Attribute) else None
        if isinstance(owner, ast.Name) and owner.id == "socket" and "socket" in code.modules:
            yield found_at(MODULE_AU_LIEU_SOCKET, error, name=called(call), module="socket")


def _recv_without_size(case: Case) -> Iterator[Finding]:
    for call in case.code.calls_at(raised(case).line, "recv"):
        if not call.args:
            yield found_at(RECV_SANS_TAILLE, raised(case))


def _sent_text(case: Case) -> Iterator[Finding]:
    error = raised(case)
    refused = any(one.line == error.line and one.error == "TypeError" for one in case.run.of(Refused, error.program))
    for call in case.code.calls_at(error.line, "send", "sendall", "sendto", "write"):
        if (refused or called(call) == "write") and call.args:
            yield found_at(TEXTE_AU_LIEU_OCTETS, error, name=called(call))


def _bytes_without_rule(case: Case) -> Iterator[Finding]:
    for call in case.code.calls_at(raised(case).line, "bytes"):
        if len(call.args) == 1 and not call.keywords:
            yield found_at(ENCODE_OUBLIE_BYTES, raised(case))


def _end_elsewhere(case: Case) -> Iterator[Finding]:
    """What only print knows is given to another function."""
    error = raised(case)
    for call in case.code.calls_at(error.line):
        extra = next((one.arg for one in call.keywords if one.arg in ("end", "sep", "flush")), None)
        if extra and called(call) not in ("print", ""):
            yield found_at(END_HORS_DE_PRINT, error, text=extra, name=called(call))


def _wrong_call(case: Case) -> Iterator[Finding]:
    """A call that cannot work: of a module, of something that is no function, with the wrong number of things."""
    for call in case.code.calls_at(raised(case).line):
        yield from _of_no_function(case, call)
        yield from _wrong_number(case, call)


def _of_no_function(case: Case, call: ast.Call) -> Iterator[Finding]:
    error, code, name = raised(case), case.code, called(call)
    if isinstance(call.func, (ast.Constant, ast.JoinedStr, ast.Tuple, ast.List)):
        yield found_at(PAS_UNE_FONCTION, error, call.lineno)
    given = {one.arg for one in call.keywords}
    if name == "Thread" and not call.args and "target" not in given and given - THREAD_ARGUMENTS:
        yield found_at(TARGET_OUBLIEE, error, call.lineno)
    if isinstance(call.func, ast.Name):
        imports = (node for node in code.nodes if isinstance(node, ast.Import))
        if name in {alias.asname or alias.name for node in imports for alias in node.names}:
            yield found_at(MODULE_APPELE, error, name=name, near=IN_MODULE.get(name, "…"))
        if name not in code.functions and code.assignments(name):
            yield found_at(PAS_UNE_FONCTION, error, name=name)


def _wrong_number(case: Case, call: ast.Call) -> Iterator[Finding]:
    """A function or a method is given too much, or too little."""
    name, count = called(call), len(call.args)
    function = case.code.functions.get(name) if isinstance(call.func, ast.Name) else None
    misfits = function is not None and not _fits(function, call)
    too_much = (name in TAKE_NOTHING and count > 0) or (name == "input" and count > 1)
    too_little = (name == "setsockopt" and count < 3) or (name in TAKE_SOMETHING and count == 0)
    if misfits or too_much or too_little:
        yield found_at(MAUVAIS_NOMBRE_ARGUMENTS, raised(case), name=name)


def _fits(function: Function, call: ast.Call) -> bool:
    """Whether a call gives a function as many things as it takes."""
    arguments = function.args
    if arguments.vararg or arguments.kwarg or any(isinstance(one, ast.Starred) for one in call.args):
        return True
    most = len(arguments.posonlyargs) + len(arguments.args)
    given = len(call.args) + len(call.keywords)
    return most - len(arguments.defaults) <= given <= most + len(arguments.kwonlyargs)


def _mixed(case: Case) -> Iterator[Finding]:
    """A text added to something else."""
    error, code = raised(case), case.code
    sums = (node for node in code.nodes if isinstance(node, (ast.BinOp, ast.AugAssign)) and node.lineno == error.line)
    for node in sums:
        sides = (node.left, node.right) if isinstance(node, ast.BinOp) else (node.target, node.value)
        kinds = {kind_of(side, code) for side in sides}
        if "bytes" in kinds:
            yield found_at(TEXTE_ET_OCTETS, error)
        elif "str" in kinds:
            yield found_at(TEXTE_ET_NOMBRE, error)


def _any_type(case: Case) -> Iterator[Finding]:
    yield found_at(TYPE_IMPOSSIBLE, raised(case))


WRONG_TYPE: tuple[Detector, ...] = (
    _address,
    _on_module,
    _recv_without_size,
    _sent_text,
    _bytes_without_rule,
    _end_elsewhere,
    _wrong_call,
    _mixed,
    _any_type,
)
"""Who knows what a value of the wrong type was meant to be, in this order."""


def wrong_value(case: Case) -> Iterator[Finding]:
    """A value that cannot be used."""
    error, code = raised(case), case.code
    stops = code.calls("exit", "quit")
    if stops and code.calls_at(error.line, "input", "readline"):  # exit() closes the keyboard, too
        yield found_at(SANS_JOIN, error, stops[-1].lineno)
    if code.calls_at(error.line, "int", "float"):
        yield found_at(PAS_UN_NOMBRE, error)
    for node in code.nodes:
        if isinstance(node, ast.Assign) and node.lineno == error.line and isinstance(node.targets[0], ast.Tuple):
            yield found_at(TROP_DE_NOMS, error)
    yield found_at(ERREUR_PYTHON, error)


def failed_assertion(case: Case) -> Iterator[Finding]:
    """An assert that does not hold; Thread has one on its first argument."""
    if any(call.args for call in case.code.calls_at(raised(case).line, "Thread")):
        yield found_at(TARGET_SANS_NOM, raised(case))
    yield found_at(VERIFICATION_RATEE, raised(case))


def unknown_encoding(case: Case) -> Iterator[Finding]:
    """A name that is no encoding's."""
    error = raised(case)
    if error.error == "LookupError" and case.code.calls_at(error.line, "encode", "decode", "bytes", "str"):
        yield found_at(ENCODAGE_INCONNU, error)
    yield found_at(ERREUR_PYTHON, error)


def overflow(case: Case) -> Iterator[Finding]:
    """A number that is too large."""
    error = raised(case)
    calls = case.code.calls_at(error.line, "bind", "connect", "connect_ex")
    yield found_at(PORT_IMPOSSIBLE if calls else ERREUR_PYTHON, error, case.code.origin(error.line, 1))


def unknown_host(case: Case) -> Iterator[Finding]:
    """An address that is none."""
    error = raised(case)
    six = ipv6_socket(case.run, error.program)
    if six is not None:
        yield found_at(IPV6, error, six.line)
    yield found_at(ADRESSE_INCONNUE, error, case.code.origin(error.line, 0))
