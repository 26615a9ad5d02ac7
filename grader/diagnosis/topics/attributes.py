"""Explains what an object does not have: what was meant by the name behind the point."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .. import lessons
from ..case import Case, Detector, Finding, each_of, found_at, raised
from ..code import called, keyword, nearest, text_of
from ..common import MODULE_AU_LIEU_SOCKET
from ..known import MODULES, SOCKET_METHODS, SYNONYMS, TYPES
from ..lessons import DEMARRER
from ..mistake import Mistake
from ..uncalled import SANS_PARENTHESES

# fmt: off
ATTRIBUT_MAL_ECRIT = Mistake("attribut_mal_ecrit", "", "ce qui suit le point est presque un nom connu",
    "Ligne {line}, « .{name} » n'existe pas. Voulais-tu dire « .{near} » ?",
    "Écris « .{near} », ligne {line} de {file}.",
    "Relis, lettre par lettre, ce qui suit le point ligne {line}.", lessons.SOCKETS)
PAS_UNE_SOCKET = Mistake("pas_une_socket", "", "une méthode de socket est appelée sur autre chose",
    "Ligne {line}, ce qui est avant « .{name} » n'est pas une socket, c'est un objet de type {owner}.",
    "Mets ta socket devant .{name}, ligne {line} de {file}.",
    "Affiche avec print ce qui est avant le point de la ligne {line} : est-ce une socket ?", lessons.SOCKETS)
METHODE_SUR_FONCTION = Mistake("methode_sur_fonction", "threads", "start ou join est appelé sur une fonction",
    "Ligne {line}, tu appelles .{name}() sur la fonction elle-même : ce sont les threads qui savent faire cela.",
    "Crée les threads dans des variables (envoi, recep), et appelle .{name}() dessus.",
    "{owner} : est-ce un thread, ou une fonction ?", lessons.THREADS)
ACCEPT_PAS_DEBALLE = Mistake("accept_pas_deballe", "", "un tuple est utilisé comme une socket, ou accept n'est pas rangé dans deux noms",
    "accept() rend deux choses, une socket et une adresse. Ligne {line}, tu les ranges dans une seule variable, et tu t'en sers comme d'une socket.",
    "Range-les dans deux variables, à la ligne de accept() : client, adresse = ….accept().",
    "Combien de choses accept() rend-il ? Dans combien de variables les ranges-tu ?", lessons.ACCEPTER)
START_REND_NONE = Mistake("start_rend_none", "threads", "le résultat de .start() est rangé, puis utilisé",
    ".start() démarre le thread mais ne rend rien : ligne {line}, tu te sers de ce rien (None).",
    "Crée d'abord le thread dans une variable, puis écris .start() sur une ligne à part.",
    "Que contient ta variable après « = ….start() » ?", lessons.DEMARRER)
RIEN_AVANT_LE_POINT = Mistake("rien_avant_le_point", "", "ce qui précède le point vaut None",
    "Ligne {line}, ce qui est avant « .{name} » ne contient rien (None) : print, connect, bind, listen et start, par exemple, ne rendent rien.",
    "Regarde où cette variable reçoit sa valeur, et ce que rend la fonction appelée là.",
    "Affiche avec print ce qui est avant le point, juste avant la ligne {line} : que vois-tu ?", lessons.COINCE)
DECODE_SUR_TEXTE = Mistake("decode_sur_texte", "", "decode sur un texte",
    "Ligne {line}, tu appelles .decode() sur un texte : il est déjà décodé.",
    "Enlève ce .decode(), ou mets-le sur ce que rend recv().",
    "Avant la ligne {line}, est-ce déjà du texte, ou encore des octets ?", lessons.OCTETS)
ENCODE_SUR_OCTETS = Mistake("encode_sur_octets", "", "encode sur des octets",
    "Ligne {line}, tu appelles .encode() sur des octets : ils sont déjà encodés.",
    "Enlève ce .encode(), ou le b devant le texte.",
    "Avant la ligne {line}, est-ce encore du texte, ou déjà des octets ?", lessons.OCTETS)
SOCKET_ECRASE = Mistake("socket_ecrase", "", "une variable appelée socket cache le module",
    "Ligne {line}, tu appelles ta variable « socket », comme le module : à partir de là, ce mot ne désigne plus le module.",
    "Donne un autre nom à ta variable (par exemple serveur ou client).",
    "À la ligne {line}, que désigne le mot « socket » : le module, ou ta variable ?", lessons.CREER_SOCKET)
CLASSE_AU_LIEU_MODULE = Mistake("classe_au_lieu_module", "", "from socket import socket, puis socket.AF_INET",
    "Ligne {line}, « from {module} import … » : ici, « {owner} » désigne la classe, pas le module ; elle n'a pas de {name}.",
    "Écris « import {module} » ; ou importe aussi {name} et écris-le tout seul.",
    "Que désigne « {owner} » dans ton fichier : le module, ou ce qu'il contient ?", lessons.CREER_SOCKET)
POINT_AU_LIEU_VIRGULE = Mistake("point_au_lieu_virgule", "", "un point entre deux noms qui sont tous deux des variables",
    "Ligne {line}, « .{name} » : {name} est une variable à toi, un point ne peut pas y mener. Voulais-tu une virgule ?",
    "Remplace ce point par une virgule, ligne {line} de {file}.",
    "Entre les deux noms de la ligne {line} : un point, ou une virgule ?", lessons.COINCE)
ATTRIBUT_INCONNU = Mistake("attribut_inconnu", "", "tout autre attribut inconnu",
    "Ligne {line}, « .{name} » n'existe pas pour un objet de type {owner}.",
    "Vérifie que tu parles au bon objet, ligne {line} de {file}, et cherche comment cela s'écrit pour un objet de type {owner}.",
    "Ligne {line} : quel objet est avant le point ? Sait-il faire « .{name} » ?", lessons.SOCKETS)
ARGS_ENTRE_GUILLEMETS = Mistake("args_entre_guillemets", "threads", "args contient un texte au lieu de la socket",
    "Ligne {line}, args contient {text}, un texte : le thread reçoit ce mot, pas ta socket.",
    "Enlève les guillemets : args=({name},).",
    "{text} : est-ce ta socket, ou un mot ?", lessons.CREER_THREADS)
# fmt: on


def missing_attribute(case: Case) -> Iterator[Finding]:
    """Something that an object does not have."""
    yield from each_of(MISSING, case)


def _of_nothing(case: Case) -> Iterator[Finding]:
    """None has no attributes: perhaps it is what start() returned."""
    error = raised(case)
    if error.owner != "NoneType":
        return
    for node in case.code.nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and called(node.value) == "start":
            yield found_at(START_REND_NONE, error, node.lineno)
    yield found_at(RIEN_AVANT_LE_POINT, error, name=error.name)


def _of_pair(case: Case) -> Iterator[Finding]:
    """What accept returned is kept in one name."""
    made = (one for one in case.code.nodes if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name))
    kept = [one.value for one in made]
    for call in case.code.calls("accept") if raised(case).owner == "tuple" else ():
        if call in kept:
            yield found_at(ACCEPT_PAS_DEBALLE, raised(case), call.lineno)


def _of_text(case: Case) -> Iterator[Finding]:
    error = raised(case)
    mistake = TRANSLATED_TWICE.get((error.owner, error.name))
    if mistake is not None:
        yield found_at(mistake, error)


TRANSLATED_TWICE = {("str", "decode"): DECODE_SUR_TEXTE, ("bytes", "encode"): ENCODE_SUR_OCTETS}
"""What a text, or bytes, are asked that they already are."""


def _of_own_socket(case: Case) -> Iterator[Finding]:
    """A variable called socket hides the module."""
    error = raised(case)
    if error.owner == "socket" and error.name in MODULES["socket"]:
        made = case.code.assignments("socket")
        yield found_at(SOCKET_ECRASE, error, made[0].lineno if made else 0)


def _of_module(case: Case) -> Iterator[Finding]:
    error, name = raised(case), raised(case).name
    if error.owner != "module":
        return
    for node in case.code.attributes:
        if node.attr == name and isinstance(node.value, ast.Name):
            module = node.value.id
            if (module == "socket" and name in SOCKET_METHODS) or (module == "threading" and name in TYPES["Thread"]):
                yield found_at(MODULE_AU_LIEU_SOCKET, error, name=name, module=module)
            near = nearest(name, MODULES.get(module, ()), 0.6)
            if near:
                yield found_at(ATTRIBUT_MAL_ECRIT, error, name=name, near=near)
    yield found_at(ATTRIBUT_INCONNU, error, name=name, owner="module")


def _of_callable(case: Case) -> Iterator[Finding]:
    """Something is asked of a function that its result, or a thread, would know."""
    error, code = raised(case), case.code
    if error.owner not in ("builtin_function_or_method", "function", "method") or error.name in MODULES["socket"]:
        return
    for node in code.attributes:
        if node.attr == error.name and node.lineno == error.line:
            owner = text_of(node.value)
            if owner in code.functions:
                yield found_at(METHODE_SUR_FONCTION, error, name=error.name, owner=owner)
            made = code.assignments_before(owner, error.line)
            if made and isinstance(made[-1].value, (ast.Name, ast.Attribute)):
                yield found_at(SANS_PARENTHESES, error, made[-1].lineno, name=text_of(made[-1].value))
            yield found_at(SANS_PARENTHESES, error, name=owner)
    yield found_at(ATTRIBUT_INCONNU, error, name=error.name, owner=error.owner)


def _of_word(case: Case) -> Iterator[Finding]:
    """A thread was given a text instead of its socket."""
    error = raised(case)
    if error.owner != "str" or error.thread == 1:
        return
    for call in case.code.calls("Thread"):
        for text in _texts(keyword(call, "args")):
            word = str(text.value)
            yield found_at(ARGS_ENTRE_GUILLEMETS, error, text.lineno, text=f'"{word}"', name=word)


def _texts(given: ast.expr | None) -> list[ast.Constant]:
    """The texts in a tuple or list."""
    elements = given.elts if isinstance(given, (ast.Tuple, ast.List)) else []
    return [one for one in elements if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _of_no_socket(case: Case) -> Iterator[Finding]:
    error = raised(case)
    if error.name in SOCKET_METHODS and error.owner != "socket":
        yield found_at(PAS_UNE_SOCKET, error, name=error.name, owner=error.owner)


def _of_class(case: Case) -> Iterator[Finding]:
    """``from socket import socket``, and then socket.AF_INET."""
    error = raised(case)
    module = next((one for one, names in MODULES.items() if error.name in names), "")
    if error.owner in ("type", "function") and module:
        imports = [node for node in case.code.nodes if isinstance(node, ast.ImportFrom) and node.module == module]
        line = imports[0].lineno if imports else 0
        yield found_at(CLASSE_AU_LIEU_MODULE, error, line, name=error.name, module=module, owner=module)


def _of_two_names(case: Case) -> Iterator[Finding]:
    """A point stands between two variables."""
    error = raised(case)
    if error.name in case.code.names and error.name not in TYPES.get(error.owner, ()):
        yield found_at(POINT_AU_LIEU_VIRGULE, error, name=error.name)


def _misspelt(case: Case) -> Iterator[Finding]:
    error = raised(case)
    near = SYNONYMS.get(error.name, "") if error.owner == "socket" else ""
    near = near or nearest(error.name, TYPES.get(error.owner, ()), 0.7)
    if near:
        lesson = DEMARRER if error.owner == "Thread" else ""
        yield found_at(ATTRIBUT_MAL_ECRIT, error, name=error.name, near=near, lesson=lesson)


def _unknown_attribute(case: Case) -> Iterator[Finding]:
    yield found_at(ATTRIBUT_INCONNU, raised(case), name=raised(case).name, owner=raised(case).owner)


MISSING: tuple[Detector, ...] = (
    _of_nothing,
    _of_pair,
    _of_text,
    _of_own_socket,
    _of_module,
    _of_callable,
    _of_word,
    _of_no_socket,
    _of_class,
    _of_two_names,
    _misspelt,
    _unknown_attribute,
)
"""Who knows what a missing attribute was meant to be, in this order."""
