"""What is written wrong inside a loop: its condition, where it is left, what should be in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...transcript.place import Place
from .. import lessons
from ..code import called, text_of
from ..conversation import Lost
from ..finding import Case, Finding
from ..mistake import Flags, Mistake

# fmt: off
BREAK_MAL_PLACE = Mistake("break_mal_place", "", "break ou return arrête la boucle à la fin du premier tour",
    "Ligne {line}, « {text} » arrête la boucle dès le premier tour : il n'est pas dans le if.",
    "Décale la ligne {line} de {file} pour la mettre dans le if, ou enlève-la.",
    "Dans quel cas passe-t-on sur la ligne {line} ?", lessons.RECEPTION)
CONDITION_TOUJOURS_VRAIE = Mistake("condition_toujours_vraie", "", "une condition « … or \"texte\" »",
    "Ligne {line}, la condition est toujours vraie : « or {text} » tout seul vaut toujours vrai.",
    "Répète la comparaison de chaque côté de « or » : {name} == … or {name} == {text}.",
    "Pour un message ordinaire, que vaut la condition de la ligne {line} ?", lessons.SEND)
F_OUBLIE = Mistake("f_oublie", "", "un texte contient {…} mais pas de f devant",
    "Ligne {line}, il manque le f devant les guillemets : {{…}} est envoyé ou affiché tel quel.",
    "Ajoute f devant les guillemets, ligne {line} de {file}.",
    "Que veut dire le f de f\"…{{message}}…\" ?", lessons.COINCE)
VERROU_GARDE = Mistake("verrou_garde", "", "un verrou est pris et jamais rendu",
    "Ligne {line}, le verrou est pris (acquire), mais jamais rendu : au tour suivant, tout le monde attend.",
    "Écris « with verrou: », ou rends-le avec release().",
    "Qui rend le verrou pris à la ligne {line} ?", lessons.THREADS, Flags.ENDLESS)
VERROU_PENDANT_ATTENTE = Mistake("verrou_pendant_attente", "", "un verrou est gardé pendant un input ou un recv",
    "Ligne {line}, le verrou est gardé pendant que le programme attend ({name}) : l'autre thread ne peut pas le prendre.",
    "Ne mets jamais input ou recv sous un verrou ; ici, aucun verrou n'est nécessaire.",
    "Pendant que {name} attend, qui peut prendre le verrou ?", lessons.THREADS, Flags.ENDLESS)
SEND_SANS_BOUCLE = Mistake("send_sans_boucle", "send", "seule la première ligne part",
    "Send envoie une ligne, puis s'arrête : il n'y a pas de boucle, ou elle s'arrête trop tôt.",
    "Mets input et sendall dans une boucle while True.",
    "Après la première ligne, où va le programme ?", lessons.SEND, Flags.VAGUE)
RECEPTION_SANS_BOUCLE = Mistake("reception_sans_boucle", "reception", "seul le premier message est reçu",
    "Réception reçoit un message, puis s'arrête : il n'y a pas de boucle, ou elle s'arrête trop tôt.",
    "Mets recv et print dans une boucle while True.",
    "Après le premier message, où va le programme ?", lessons.RECEPTION, Flags.VAGUE)
# fmt: on


LEAVES = (ast.Break, ast.Return)


def wrong_condition(case: Case) -> Finding | None:
    """``message == "exit" or "quit"`` is always true."""
    for node in case.code.nodes:
        if (
            isinstance(node, (ast.If, ast.While))
            and isinstance(node.test, ast.BoolOp)
            and isinstance(node.test.op, ast.Or)
        ):
            alone = [
                one for one in node.test.values if isinstance(one, ast.Constant) and isinstance(one.value, (str, bytes))
            ]
            if alone and alone[0].value:
                left = node.test.values[0]
                name = text_of(left.left) if isinstance(left, ast.Compare) else "message"
                values = {"text": text_of(alone[0]).replace("'", '"'), "name": name}
                return Finding(CONDITION_TOUJOURS_VRAIE, case.at(node.lineno), values)
    return None


def early_exit(case: Case, place: Place | None) -> Finding | None:
    """A break or return that ends the loop around a line in its first round, whatever comes."""
    around = case.code.loops_around(place.line) if place is not None else []
    for loop in around[::-1]:
        for node in _always(loop.body):
            if isinstance(node, LEAVES):
                word = "break" if isinstance(node, ast.Break) else "return"
                return Finding(BREAK_MAL_PLACE, case.at(node.lineno), {"text": word})
    return None


def _always(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that every round comes to."""
    for node in body:
        yield node
        if isinstance(node, (ast.Try, ast.With)):
            yield from _always(node.body)


def missing_f(lost: Lost) -> Finding | None:
    """A text with a name in braces, and no f before it."""
    case = lost.case
    if "{" not in lost.answer or not (lost.sends or lost.happened("recv")):
        return None
    formatted = {id(part) for node in case.code.nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in case.code.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in formatted:
            inside = node.value.partition("{")[2].partition("}")[0]
            if inside.isidentifier() and inside in case.code.names:
                return Finding(F_OUBLIE, case.at(node.lineno))
    return None


def kept_lock(case: Case) -> Finding | None:
    """A lock is taken, and nothing gives it back, or not while its thread waits."""
    for node in case.code.nodes:
        if isinstance(node, ast.With) and any(_is_lock(item.context_expr, case) for item in node.items):
            waits = case.code.calls("input", "recv", "readline", inside=node)
            if waits:
                return Finding(VERROU_PENDANT_ATTENTE, case.at(node.lineno), {"name": called(waits[0])})
    taken = case.code.calls("acquire")
    return Finding(VERROU_GARDE, case.at(taken[0].lineno)) if taken and not case.code.calls("release") else None


def _is_lock(node: ast.expr, case: Case) -> bool:
    made = case.code.resolve(node)
    return isinstance(made, ast.Call) and called(made) in ("Lock", "RLock", "Semaphore")


def once_only(lost: Lost) -> Finding | None:
    """The first line came through, and then no other: the loop is left, or there is none."""
    if lost.number == 1 or lost.thread is not None:
        return None
    sends = lost.sends
    taken = lost.last_line("input" if sends else "recv")
    without = Finding(SEND_SANS_BOUCLE, lost.last_line("send")) if sends else Finding(RECEPTION_SANS_BOUCLE, taken)
    return early_exit(lost.case, taken) or without
