"""What is written wrong inside a loop: its condition, where it is left, what should be in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...transcript.calls import INPUT, RECV, SEND
from ...transcript.place import Place
from .. import lessons
from ..case import Case, Finding
from ..code import called, text_of
from ..conversation import undelivered
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


def wrong_condition(case: Case) -> Iterator[Finding]:
    """``message == "exit" or "quit"`` is always true."""
    for node in case.code.nodes:
        if not isinstance(node, (ast.If, ast.While)) or not isinstance(node.test, ast.BoolOp):
            continue
        texts = (
            one for one in node.test.values if isinstance(one, ast.Constant) and isinstance(one.value, (str, bytes))
        )
        alone = next(texts, None)
        if isinstance(node.test.op, ast.Or) and alone is not None and alone.value:
            left = node.test.values[0]
            name = text_of(left.left) if isinstance(left, ast.Compare) else "message"
            text = text_of(alone).replace("'", '"')
            yield Finding(CONDITION_TOUJOURS_VRAIE, case.at(node.lineno), {"text": text, "name": name})


def _early_exit(case: Case, place: Place | None) -> Iterator[Finding]:
    """A break or return that ends the loop around a line in its first round, whatever comes."""
    around = case.code.loops_around(place.line) if place is not None else []
    for loop in around[::-1]:
        for node in _always(loop.body):
            if isinstance(node, LEAVES):
                word = "break" if isinstance(node, ast.Break) else "return"
                yield Finding(BREAK_MAL_PLACE, case.at(node.lineno), {"text": word})


def _always(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that every round comes to."""
    for node in body:
        yield node
        if isinstance(node, (ast.Try, ast.With)):
            yield from _always(node.body)


def missing_f(case: Case) -> Iterator[Finding]:
    """A text with a name in braces, and no f before it."""
    message = undelivered(case)
    if "{" not in message.answer or not (message.sends or message.happened(RECV)):
        return
    formatted = {id(part) for node in case.code.nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in case.code.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in formatted:
            inside = node.value.partition("{")[2].partition("}")[0]
            if inside.isidentifier() and inside in case.code.names:
                yield Finding(F_OUBLIE, case.at(node.lineno))


def kept_lock(case: Case) -> Iterator[Finding]:
    """A lock is taken, and nothing gives it back, or not while its thread waits."""
    for node in case.code.nodes:
        if isinstance(node, ast.With) and any(_is_lock(item.context_expr, case) for item in node.items):
            for call in case.code.calls("input", "recv", "readline", inside=node)[:1]:
                yield Finding(VERROU_PENDANT_ATTENTE, case.at(node.lineno), {"name": called(call)})
    taken = case.code.calls("acquire")
    if taken and not case.code.calls("release"):
        yield Finding(VERROU_GARDE, case.at(taken[0].lineno))


def _is_lock(node: ast.expr, case: Case) -> bool:
    made = case.code.resolve(node)
    return isinstance(made, ast.Call) and called(made) in ("Lock", "RLock", "Semaphore")


def once_only(case: Case) -> Iterator[Finding]:
    """The first line came through, and then no other: the loop is left, or there is none."""
    message = undelivered(case)
    if message.number == 1 or message.thread is not None:
        return
    taken = message.last_line(INPUT if message.sends else RECV)
    yield from _early_exit(case, taken)
    if message.sends:
        yield Finding(SEND_SANS_BOUCLE, message.last_line(SEND))
    else:
        yield Finding(RECEPTION_SANS_BOUCLE, taken)
