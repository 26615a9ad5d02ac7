"""Explains names and modules that do not exist: what was meant, and what is missing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...transcript.facts import Listened, MainEnded, Raised
from ...transcript.value import changed
from .. import lessons
from ..case import Case, Detector, Finding, each_of, found_at, raised
from ..code import Code, Function, nearest, targets
from ..common import PYTHON2, SANS_ACCEPT, THREAD_ECRASE
from ..known import MODULES, PYTHON_2, TEXTS
from ..lessons import CREER_THREADS
from ..mistake import Mistake
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
# fmt: on


def unknown_name(case: Case) -> Iterator[Finding]:
    """A name that nothing has."""
    yield from each_of(UNKNOWN, case)


def uncaught_name(case: Case) -> Iterator[Finding]:
    """A name that the file never gives a value to: its error is caught, and nobody sees it."""
    known = case.code.names | BUILTINS | {"__file__", "__name__"}
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in case.code.nodes):
        return
    for node in case.code.nodes:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in known:
            place = (case.code.file, node.lineno)
            error = Raised(0.0, case.program, 0, *place, "NameError", "", ("NameError",), node.id)
            yield from unknown_name(changed(case, error=error))


def _of_python2(case: Case) -> Iterator[Finding]:
    error = raised(case)
    if error.name in PYTHON_2:
        yield found_at(PYTHON2, error, text=error.name, near=PYTHON_2[error.name])


def _never_imported(case: Case) -> Iterator[Finding]:
    error = raised(case)
    if error.name in MODULES or (error.name in STANDARD and error.name not in case.code.names):
        lesson = CREER_THREADS if error.name == "threading" else ""
        yield found_at(IMPORT_OUBLIE, error, name=error.name, lesson=lesson)


def _imported_without(case: Case) -> Iterator[Finding]:
    """The name is in a module, and only the module was imported."""
    error, name = raised(case), raised(case).name
    home = next((module for module, names in MODULES.items() if name in names), "")
    if home and name not in case.code.names and not (name.islower() and len(name) < 6):
        yield found_at(IMPORT_INCOMPLET, error, name=name, module=home)


def _known_elsewhere(case: Case) -> Iterator[Finding]:
    """A name that the file does give a value to, but not there or not yet."""
    error, code, name = raised(case), case.code, raised(case).name
    if name not in code.names:
        return
    lines = _lines_outside(code, name)
    runs_once = case.run.first(MainEnded, error.program) is None or error.thread != 1
    if lines and min(lines) > error.line and (runs_once or code.function_around(error.line) is None):
        yield found_at(NOM_TROP_TOT, error, name=name, other=str(min(lines)))
    methods = (node for one in code.nodes if isinstance(one, ast.ClassDef) for node in one.body)
    if any(isinstance(node, ast.FunctionDef) and node.name == name for node in methods):
        yield found_at(SELF_OUBLIE, error, name=name)
    owner = _owner(code, name)
    if owner and not lines:
        yield found_at(NOM_AILLEURS, error, name=name, near=owner)
    yield found_at(NOM_INCONNU, error, name=name)


def _lines_outside(code: Code, name: str) -> list[int]:
    """The lines that give a name a value for the whole file: outside of functions, or a function itself."""
    inside = {id(node) for function in code.functions.values() for node in ast.walk(function)}
    named = (node for node in code.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    lines = [node.lineno for node in named if node.id == name and id(node) not in inside]
    function = code.functions.get(name)
    return lines if function is None or _is_nested(code, function) else [*lines, function.lineno]


def _is_nested(code: Code, function: Function) -> bool:
    """Whether a function is part of another one, or of a class."""
    holders = [*code.functions.values(), *(node for node in code.nodes if isinstance(node, ast.ClassDef))]
    return any(node is function for one in holders if one is not function for node in ast.walk(one))


def _owner(code: Code, name: str) -> str:
    """The function that a name belongs to, better one that makes it than one that is given it; empty for none."""
    owners = [one for one in code.functions.values() if name in _given_in(one)]
    makers = [
        one for one in owners if not any(isinstance(node, ast.arg) and node.arg == name for node in ast.walk(one))
    ]
    return next((one.name for one in (*makers, *owners)), "")


def _given_in(function: Function) -> set[str]:
    """The names that have a value in a function."""
    arguments = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    stored = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    nested = {node.name for node in ast.walk(function) if isinstance(node, ast.FunctionDef) and node is not function}
    return arguments | stored | nested


def _bare_text(case: Case) -> Iterator[Finding]:
    error = raised(case)
    if error.name.lower() in TEXTS:
        yield found_at(TEXTE_SANS_GUILLEMETS, error, name=error.name)


def _overwritten(case: Case) -> Iterator[Finding]:
    second = overwritten_thread(case.code)
    if second is not None:
        yield found_at(THREAD_ECRASE, raised(case), second.lineno, name=next(targets(second)))


def _never_accepts(case: Case) -> Iterator[Finding]:
    """Nothing accepts, so nothing has the name of the client."""
    listens = case.code.calls("listen")
    if listens and not case.code.calls("accept") and case.run.has(Listened, raised(case).program):
        yield found_at(SANS_ACCEPT, raised(case), listens[0].lineno)


def _misspelt_name(case: Case) -> Iterator[Finding]:
    error = raised(case)
    near = nearest(error.name, (case.code.names | BUILTINS) - {error.name}, 0.75)
    if near:
        yield found_at(NOM_MAL_ECRIT, error, name=error.name, near=near)


def _assigned_text(case: Case) -> Iterator[Finding]:
    """A variable is given a word that nothing is called: it was to be a text."""
    error = raised(case)
    alone = [node for node in case.code.nodes if isinstance(node, ast.Assign) and node.lineno == error.line]
    if any(isinstance(node.value, ast.Name) and node.value.id == error.name for node in alone):
        yield found_at(TEXTE_SANS_GUILLEMETS, error, name=error.name)


def _nothing_known(case: Case) -> Iterator[Finding]:
    yield found_at(NOM_INCONNU, raised(case), name=raised(case).name)


UNKNOWN: tuple[Detector, ...] = (
    _of_python2,
    _never_imported,
    _imported_without,
    _known_elsewhere,
    _bare_text,
    _overwritten,
    _never_accepts,
    _misspelt_name,
    _assigned_text,
    _nothing_known,
)
"""Who knows why a name has no value, in this order."""


def local_name(case: Case) -> Iterator[Finding]:
    """A name that a function reads before it gives it a value."""
    error, code = raised(case), case.code
    function = code.function_around(error.line)
    stored = _given_in(function) if function is not None else set()
    used = (node for node in code.nodes if isinstance(node, ast.Name) and node.lineno == error.line)
    name = next((node.id for node in used if node.id in stored), "cette variable")
    yield found_at(VARIABLE_LOCALE, error, name=name)


def no_module(case: Case) -> Iterator[Finding]:
    """A module that is not there."""
    error = raised(case)
    near = nearest(error.name, tuple(MODULES), 0.6)
    if near:
        yield found_at(MODULE_MAL_ECRIT, error, name=error.name, near=near)
    yield found_at(MODULE_ABSENT, error, name=error.name)


def not_in_module(case: Case) -> Iterator[Finding]:
    """A name that a module does not have."""
    error = raised(case)
    for node in case.code.nodes:
        if isinstance(node, ast.ImportFrom) and node.lineno == error.line:
            known = MODULES.get(node.module or "", ())
            missing = next((alias.name for alias in node.names if alias.name not in known), error.name)
            near = nearest(missing, known, 0.6)
            maybe = f" Voulais-tu dire « {near} » ?" if near else ""
            yield found_at(IMPORT_MAL_ECRIT, error, name=missing, maybe=maybe)
    yield found_at(IMPORT_MAL_ECRIT, error, name=error.name, maybe="")
