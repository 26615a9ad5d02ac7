"""Explains names, modules and attributes that do not exist: what was meant, and what is missing."""

from __future__ import annotations

import ast
from collections.abc import Callable

from ...transcript.facts import Listened, MainEnded, Raised
from ...transcript.record import Run
from .. import lessons
from ..code import Code, called, keyword, nearest, targets, text_of
from ..common import MODULE_AU_LIEU_SOCKET, PYTHON2, SANS_ACCEPT, THREAD_ECRASE
from ..finding import Case, Finding, first_found, found_at
from ..known import MODULES, PYTHON_2, SOCKET_METHODS, SYNONYMS, TEXTS, TYPES
from ..lessons import CREER_THREADS, DEMARRER
from ..mistake import Mistake
from ..uncalled import SANS_PARENTHESES
from ..vocabulary import BUILTINS
from ..vocabulary import MODULES as STANDARD
from ..written_threads import overwritten_thread

# fmt: off
IMPORT_OUBLIE = Mistake("import_oublie", "", "un nom inconnu est celui d'un module",
    "Ligne {line}, {file} utilise « {name} », mais ce module n'est pas importé.",
    "Ajoute « import {name} » tout en haut de {file}.",
    "D'où vient « {name} » ? Que faut-il écrire en haut du fichier pour s'en servir ?", lessons.CREER_SOCKET)
IMPORT_INCOMPLET = Mistake("import_incomplet", "", "un nom inconnu appartient à un module, écrit sans lui",
    "Ligne {line}, « {name} » appartient au module {module} : seul, Python ne le connaît pas.",
    "Écris {module}.{name}, ou importe-le : from {module} import {name}.",
    "« {name} » : de quel module vient-il, et le dis-tu à Python ?", lessons.CREER_SOCKET)
NOM_MAL_ECRIT = Mistake("nom_mal_ecrit", "", "un nom inconnu est presque un nom connu",
    "Ligne {line}, Python ne connaît pas « {name} ». Voulais-tu dire « {near} » ?",
    "Écris le même nom partout, ligne {line} de {file} : majuscules et accents comptent.",
    "Compare, lettre par lettre, « {name} » avec les autres noms de {file}.", lessons.COINCE)
TEXTE_SANS_GUILLEMETS = Mistake("texte_sans_guillemets", "", "un nom inconnu a l'air d'un texte",
    "Ligne {line}, « {name} » est écrit sans guillemets : Python croit que c'est une variable.",
    "Mets ce texte entre guillemets : \"{name}\".",
    "« {name} », ligne {line} : est-ce une variable, ou un texte ?", lessons.CHOISIR)
NOM_AILLEURS = Mistake("nom_ailleurs", "", "le nom n'existe que dans une fonction, ou comme paramètre",
    "Ligne {line}, « {name} » n'existe pas ici : il n'est connu qu'à l'intérieur de la fonction {near}.",
    "Passe cette valeur en paramètre (args=… pour un thread), ou fais-la rendre par {near} avec return.",
    "Qui donne sa valeur à « {name} » avant la ligne {line} ?", lessons.CREER_THREADS)
SELF_OUBLIE = Mistake("self_oublie", "", "une méthode est appelée sans self, dans sa classe",
    "Ligne {line}, « {name} » est une méthode de ta classe : sans « self. » devant, Python ne la trouve pas.",
    "Écris self.{name}, ligne {line} de {file}.",
    "Dans une classe, comment parle-t-on de ses propres méthodes ?", lessons.CREER_THREADS)
NOM_TROP_TOT = Mistake("nom_trop_tot", "", "le nom reçoit sa valeur plus bas dans le fichier",
    "Ligne {line}, « {name} » est utilisé avant d'exister : il reçoit sa valeur plus bas, ligne {other}.",
    "Mets la ligne {other} avant la ligne {line} de {file}.",
    "Python lit de haut en bas : à la ligne {line}, que vaut « {name} » ?", lessons.COINCE)
NOM_INCONNU = Mistake("nom_inconnu", "", "tout autre nom inconnu",
    "Ligne {line}, Python ne connaît pas « {name} » : ce nom n'a jamais reçu de valeur.",
    "Vérifie que « {name} » est bien écrit, et qu'une ligne exécutée avant lui donne une valeur.",
    "Où, dans {file}, « {name} » reçoit-il sa valeur ?", lessons.COINCE)
VARIABLE_LOCALE = Mistake("variable_locale", "", "une fonction range une valeur dans un nom, après l'avoir lu",
    "Ligne {line}, « {name} » est modifié dans la fonction : Python le prend alors pour une variable à elle, encore vide.",
    "Donne un autre nom à la variable de la fonction, ou passe la valeur en paramètre.",
    "« {name} » dans la fonction, et « {name} » dehors : est-ce la même variable ?", lessons.COINCE)
MODULE_MAL_ECRIT = Mistake("module_mal_ecrit", "", "le module importé n'existe pas, un autre a presque ce nom",
    "Ligne {line}, aucun module ne s'appelle « {name} ». Voulais-tu dire « {near} » ?",
    "Écris « import {near} », ligne {line} de {file}.",
    "Comment s'écrit le nom du module, dans le sujet ?", lessons.CREER_SOCKET)
MODULE_ABSENT = Mistake("module_absent", "", "le module importé n'existe pas ici",
    "Ligne {line}, Python ne trouve pas le module « {name} » : il n'est pas installé, et {name}.py n'est pas dans ton dossier.",
    "Enlève cet import, ligne {line} de {file} (socket et threading suffisent), ou ajoute {name}.py à ton dossier.",
    "As-tu besoin de « {name} » pour cet exercice ?", lessons.CREER_SOCKET)
IMPORT_MAL_ECRIT = Mistake("import_mal_ecrit", "", "le module n'a pas le nom qu'on en importe",
    "Ligne {line}, ce module n'a pas de « {name} ».{maybe}",
    "Corrige le nom importé, ligne {line} de {file} : majuscules et accents comptent.",
    "Ligne {line} : que veux-tu importer, et comment cela s'écrit-il ?", lessons.CREER_SOCKET)
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


def unknown_name(error: Raised, run: Run, code: Code) -> Finding:
    """A name that nothing has."""
    name = error.name
    if name in PYTHON_2:
        return found_at(PYTHON2, error, text=name, near=PYTHON_2[name])
    if name in MODULES or (name in STANDARD and name not in code.names):
        lesson = CREER_THREADS if name == "threading" else ""
        return found_at(IMPORT_OUBLIE, error, name=name, lesson=lesson)
    home = next((module for module, names in MODULES.items() if name in names), "")
    if home and name not in code.names and not (name.islower() and len(name) < 6):
        return found_at(IMPORT_INCOMPLET, error, name=name, module=home)
    if name in code.names:
        return _known_elsewhere(error, run, code)
    if name.lower() in TEXTS:
        return found_at(TEXTE_SANS_GUILLEMETS, error, name=name)
    overwritten = overwritten_thread(code)
    if overwritten is not None:
        return found_at(THREAD_ECRASE, error, overwritten.lineno, name=next(targets(overwritten)))
    listens = code.calls("listen")
    if listens and not code.calls("accept") and run.has(Listened, error.actor):
        return found_at(SANS_ACCEPT, error, listens[0].lineno)
    near = nearest(name, (code.names | BUILTINS) - {name}, 0.75)
    if near:
        return found_at(NOM_MAL_ECRIT, error, name=name, near=near)
    alone = [node for node in code.nodes if isinstance(node, ast.Assign) and node.lineno == error.line]
    if any(isinstance(node.value, ast.Name) and node.value.id == name for node in alone):
        return found_at(TEXTE_SANS_GUILLEMETS, error, name=name)
    return found_at(NOM_INCONNU, error, name=name)


def uncaught_name(case: Case) -> Finding | None:
    """A name that the file never gives a value to: its error is caught, and nobody sees it."""
    known = case.code.names | BUILTINS | {"__file__", "__name__"}
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in case.code.nodes):
        return None
    for node in case.code.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in known:
            place = (case.code.file, node.lineno)
            error = Raised(0.0, case.actor, 0, *place, "NameError", "", ("NameError",), node.id)
            return unknown_name(error, case.run, case.code)
    return None


def _known_elsewhere(error: Raised, run: Run, code: Code) -> Finding:
    """A name that the file does give a value to, but not there or not yet."""
    name, inside = error.name, {id(node) for function in code.functions.values() for node in ast.walk(function)}
    outside = [
        node
        for node in code.nodes
        if id(node) not in inside and isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name
    ]
    lines = [node.lineno for node in outside]
    holders = [*code.functions.values(), *(node for node in code.nodes if isinstance(node, ast.ClassDef))]
    nested = {id(node) for one in holders for node in ast.walk(one) if node is not one}
    if name in code.functions and id(code.functions[name]) not in nested:
        lines.append(code.functions[name].lineno)
    early = run.first(MainEnded, error.actor) is None or code.function_around(error.line) is None or error.thread != 1
    if lines and early and min(lines) > error.line:
        return found_at(NOM_TROP_TOT, error, name=name, other=str(min(lines)))
    classes = [node for node in code.nodes if isinstance(node, ast.ClassDef)]
    if any(isinstance(node, ast.FunctionDef) and node.name == name for one in classes for node in one.body):
        return found_at(SELF_OUBLIE, error, name=name)
    owners = [one for one in code.functions.values() if name in _given_in(one)]
    owners.sort(key=lambda one: any(node.arg == name for node in ast.walk(one) if isinstance(node, ast.arg)))
    owner = owners[0].name if owners else ""
    if not lines and owner:
        return found_at(NOM_AILLEURS, error, name=name, near=owner)
    return found_at(NOM_INCONNU, error, name=name)


def _given_in(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    arguments = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    stored = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    nested = {node.name for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function}
    return arguments | stored | nested


def local_name(error: Raised, _: Run, code: Code) -> Finding:
    """A name that a function reads before it gives it a value."""
    function = code.function_around(error.line)
    stored = _given_in(function) if function is not None else set()
    used = (node for node in code.nodes if isinstance(node, ast.Name) and node.lineno == error.line)
    name = next((node.id for node in used if node.id in stored), "cette variable")
    return found_at(VARIABLE_LOCALE, error, name=name)


def no_module(error: Raised, _run: Run, _code: Code) -> Finding:
    """A module that is not there."""
    near = nearest(error.name, tuple(MODULES), 0.6)
    if near:
        return found_at(MODULE_MAL_ECRIT, error, name=error.name, near=near)
    return found_at(MODULE_ABSENT, error, name=error.name)


def not_in_module(error: Raised, _: Run, code: Code) -> Finding:
    """A name that a module does not have."""
    for node in code.nodes:
        if isinstance(node, ast.ImportFrom) and node.lineno == error.line:
            known = MODULES.get(node.module or "", ())
            missing = next((alias.name for alias in node.names if alias.name not in known), error.name)
            near = nearest(missing, known, 0.6)
            maybe = f" Voulais-tu dire « {near} » ?" if near else ""
            return found_at(IMPORT_MAL_ECRIT, error, name=missing, maybe=maybe)
    return found_at(IMPORT_MAL_ECRIT, error, name=error.name, maybe="")


def missing_attribute(error: Raised, _: Run, code: Code) -> Finding:
    """Something that an object does not have."""
    found = first_found(DETECTORS, error, code)
    return found or found_at(ATTRIBUT_INCONNU, error, name=error.name, owner=error.owner)


def _of_nothing(error: Raised, code: Code) -> Finding | None:
    """None has no attributes: perhaps it is what start() returned."""
    if error.owner != "NoneType":
        return None
    made = [node for node in code.nodes if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)]
    lost = next((node for node in made if isinstance(node.value, ast.Call) and called(node.value) == "start"), None)
    if lost is not None:
        return found_at(START_REND_NONE, error, lost.lineno)
    return found_at(RIEN_AVANT_LE_POINT, error, name=error.name)


def _of_pair(error: Raised, code: Code) -> Finding | None:
    """What accept returned is kept in one name."""
    kept = [one.value for one in code.nodes if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)]
    accept = next((call for call in code.calls("accept") if call in kept), None)
    if error.owner != "tuple" or accept is None:
        return None
    return found_at(ACCEPT_PAS_DEBALLE, error, accept.lineno)


def _of_text(error: Raised, _: Code) -> Finding | None:
    mistake = {("str", "decode"): DECODE_SUR_TEXTE, ("bytes", "encode"): ENCODE_SUR_OCTETS}
    found = mistake.get((error.owner, error.name))
    return None if found is None else found_at(found, error)


def _of_own_socket(error: Raised, code: Code) -> Finding | None:
    """A variable called socket hides the module."""
    if error.owner != "socket" or error.name not in MODULES["socket"]:
        return None
    made = code.assignments("socket")
    return found_at(SOCKET_ECRASE, error, made[0].lineno if made else 0)


def _of_module(error: Raised, code: Code) -> Finding | None:
    return _module_attribute(error, code) if error.owner == "module" else None


def _of_callable(error: Raised, code: Code) -> Finding | None:
    """Parentheses are missing, or a thread is meant."""
    functions = ("builtin_function_or_method", "function", "method")
    return _of_function(error, code) if error.owner in functions and error.name not in MODULES["socket"] else None


def _of_word(error: Raised, code: Code) -> Finding | None:
    """A thread was given a text instead of its socket."""
    text = next((one for call in code.calls("Thread") for one in _texts(keyword(call, "args"))), None)
    if error.owner != "str" or text is None or error.thread == 1:
        return None
    word = str(text.value)
    return found_at(ARGS_ENTRE_GUILLEMETS, error, text.lineno, text=f'"{word}"', name=word)


def _of_no_socket(error: Raised, _: Code) -> Finding | None:
    if error.name not in SOCKET_METHODS or error.owner == "socket":
        return None
    return found_at(PAS_UNE_SOCKET, error, name=error.name, owner=error.owner)


def _of_class(error: Raised, code: Code) -> Finding | None:
    """``from socket import socket``, and then socket.AF_INET."""
    module = next((one for one, names in MODULES.items() if error.name in names), "")
    if error.owner not in ("type", "function") or not module:
        return None
    imports = [node for node in code.nodes if isinstance(node, ast.ImportFrom) and node.module == module]
    line = imports[0].lineno if imports else 0
    return found_at(CLASSE_AU_LIEU_MODULE, error, line, name=error.name, module=module, owner=module)


def _of_two_names(error: Raised, code: Code) -> Finding | None:
    """A point stands between two variables."""
    two = error.name in code.names and error.name not in TYPES.get(error.owner, ())
    return found_at(POINT_AU_LIEU_VIRGULE, error, name=error.name) if two else None


def _misspelt(error: Raised, _: Code) -> Finding | None:
    near = SYNONYMS.get(error.name, "") if error.owner == "socket" else ""
    near = near or nearest(error.name, TYPES.get(error.owner, ()), 0.7)
    lesson = DEMARRER if error.owner == "Thread" else ""
    return found_at(ATTRIBUT_MAL_ECRIT, error, name=error.name, near=near, lesson=lesson) if near else None


def _texts(given: ast.expr | None) -> list[ast.Constant]:
    """The texts in a tuple or list."""
    elements = given.elts if isinstance(given, (ast.Tuple, ast.List)) else []
    return [one for one in elements if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def _of_function(error: Raised, code: Code) -> Finding:
    """Something is asked of a function that its result, or a thread, would know."""
    for node in code.nodes:
        if isinstance(node, ast.Attribute) and node.attr == error.name and node.lineno == error.line:
            owner = text_of(node.value)
            if owner in code.functions:
                return found_at(METHODE_SUR_FONCTION, error, name=error.name, owner=owner)
            made = code.assignments_before(owner, error.line)
            if made and isinstance(made[-1].value, (ast.Name, ast.Attribute)):
                return found_at(SANS_PARENTHESES, error, made[-1].lineno, name=text_of(made[-1].value))
            return found_at(SANS_PARENTHESES, error, name=owner)
    return found_at(ATTRIBUT_INCONNU, error, name=error.name, owner=error.owner)


def _module_attribute(error: Raised, code: Code) -> Finding:
    name = error.name
    for node in code.nodes:
        if isinstance(node, ast.Attribute) and node.attr == name and isinstance(node.value, ast.Name):
            module = node.value.id
            if (module == "socket" and name in SOCKET_METHODS) or (module == "threading" and name in TYPES["Thread"]):
                return found_at(MODULE_AU_LIEU_SOCKET, error, name=name, module=module)
            near = nearest(name, MODULES.get(module, ()), 0.6)
            if near:
                return found_at(ATTRIBUT_MAL_ECRIT, error, name=name, near=near)
    return found_at(ATTRIBUT_INCONNU, error, name=name, owner="module")


DETECTORS: tuple[Callable[[Raised, Code], Finding | None], ...] = (
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
)
"""Who knows what a missing attribute was meant to be, in this order."""
