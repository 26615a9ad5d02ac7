"""What is written wrong inside a loop: its condition, where it is left, what should be in it."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from ..transcript.place import Place
from . import lessons
from .code import Function, called, kind_of, text_of
from .common import RAPPEL_SANS_FIN
from .finding import Case, Finding
from .lost import Lost
from .mistake import Flags, Mistake

# fmt: off
RECV_DEUX_FOIS = Mistake("recv_deux_fois", "reception", "recv est appelé deux fois par tour de boucle",
    "Ligne {line}, recv est appelé une deuxième fois : chaque appel prend le message suivant, et un message sur deux est perdu.",
    "Appelle recv une seule fois par tour, et garde ce qu'il rend dans une variable.",
    "Combien de fois recv est-il appelé à chaque tour de boucle ?", lessons.RECEPTION)
PRINT_HORS_BOUCLE = Mistake("print_hors_boucle", "reception", "print vient après la boucle de réception",
    "Ligne {line}, print est hors de la boucle : rien ne s'affiche avant que l'autre soit parti.",
    "Décale print de 4 espaces, pour l'avoir dans la boucle, après recv.",
    "La ligne {line} est-elle dans la boucle, ou après ?", lessons.RECEPTION)
TEST_A_L_ENVERS = Mistake("test_a_l_envers", "reception", "la boucle s'arrête quand quelque chose arrive",
    "Ligne {line}, ta boucle s'arrête quand il y a un message, au lieu de s'arrêter quand il n'y en a plus.",
    "Écris « if not … » : on sort de la boucle quand recv rend b\"\".",
    "Dans quel cas la ligne {line} arrête-t-elle la boucle ?", lessons.RECEPTION)
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
COMPARE_TEXTE_OCTETS = Mistake("compare_texte_octets", "join", "ce que rend recv est comparé à un texte",
    "Ligne {line}, tu compares des octets (ce que rend recv) à un texte (\"\") : ils ne sont jamais égaux, et la boucle ne s'arrête jamais.",
    "Compare avec b\"\", ou écris « if not … ».",
    "b\"\" et \"\" : est-ce la même chose ?", lessons.OCTETS)
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


def inverted_test(case: Case) -> Finding | None:
    """``if data: break`` leaves the loop when something came."""
    received = _received(case)
    for node in case.code.nodes:
        if isinstance(node, ast.If) and _is_received(node.test, received) and isinstance(node.body[-1], LEAVES):
            return Finding(TEST_A_L_ENVERS, case.at(node.lineno))
    return None


def _received(case: Case, *, decoded: bool = True) -> set[str]:
    """The names that hold what recv returned, or (``decoded``) its text."""
    names: set[str] = set()
    for node in case.code.nodes:
        if not isinstance(node, ast.Assign) or not (decoded or kind_of(node.value, case.code) == "bytes"):
            continue
        if any(isinstance(one, ast.Call) and called(one) == "recv" for one in ast.walk(node.value)):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return names


def _is_received(test: ast.expr, names: set[str]) -> bool:
    """Whether a test is true when something was received."""
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.NotEq, ast.Gt)):
        right = test.comparators[0]
        return text_of(test.left) in names and isinstance(right, ast.Constant) and not right.value
    return isinstance(test, ast.Name) and test.id in names


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


def late_print(case: Case, function: Function | None) -> Finding | None:
    """What is received is only shown after the loop."""
    prints = case.code.calls("print", inside=function) if function is not None else []
    receives = case.code.calls("recv", inside=function) if function is not None else []
    shows = [call for call in prints if any(not isinstance(argument, ast.Constant) for argument in call.args)]
    for call in receives:
        loop = case.code.loops_around(call.lineno)
        after = [one for one in shows if loop and one.lineno > (loop[-1].end_lineno or 0)]
        if after and not any(loop[-1].lineno <= one.lineno <= (loop[-1].end_lineno or 0) for one in shows):
            return Finding(PRINT_HORS_BOUCLE, case.at(after[0].lineno))
    return None


def received_twice(case: Case, function: Function | None) -> Finding | None:
    """Recv is called twice in each round: the second call takes the next message."""
    calls = case.code.calls("recv", inside=function) if function is not None else []
    for one, two in itertools.pairwise(calls):
        around = case.code.loops_around(one.lineno)
        if around and around == case.code.loops_around(two.lineno):
            return Finding(RECV_DEUX_FOIS, case.at(two.lineno))
    return None


def shows_something(case: Case, function: Function | None) -> bool:
    """Whether a function shows what is no fixed text."""
    prints = case.code.calls("print", "write", inside=function) if function is not None else []
    return any(not isinstance(argument, ast.Constant) for call in prints for argument in call.args)


def calls_itself(case: Case, function: Function | None) -> Finding | None:
    """A function calls itself, where it should call a method of the same name."""
    calls = case.code.calls(function.name, inside=function) if function is not None else []
    own = next((call for call in calls if isinstance(call.func, ast.Name)), None)
    return None if own is None else Finding(RAPPEL_SANS_FIN, case.at(own.lineno))


def missing_f(case: Case) -> Finding | None:
    """A text with a name in braces, and no f before it."""
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


def compared_with_text(case: Case, place: Place | None) -> Finding | None:
    """What recv returned is compared with a text, which is never equal to bytes."""
    around = case.code.loops_around(place.line) if place is not None else []
    tests = [node for loop in around for node in ast.walk(loop) if isinstance(node, ast.Compare)]
    for node in tests:
        one, other = node.left, node.comparators[0]
        texts = [side for side in (one, other) if isinstance(side, ast.Constant) and isinstance(side.value, str)]
        names = [side.id for side in (one, other) if isinstance(side, ast.Name)]
        if texts and any(name in _received(case, decoded=False) for name in names):
            return Finding(COMPARE_TEXTE_OCTETS, case.at(node.lineno))
    return None


def goes_on(case: Case, place: Place | None) -> Place | None:
    """The statement that goes on with the loop though nothing was received."""
    received = _received(case)
    for loop in case.code.loops_around(place.line) if place is not None else []:
        for node in ast.walk(loop):
            test = node.test if isinstance(node, ast.If) else None
            empty = isinstance(test, ast.UnaryOp) and text_of(test.operand) in received
            if isinstance(node, ast.If) and empty and isinstance(node.body[-1], (ast.Continue, ast.Pass)):
                return case.at(node.body[-1].lineno)
    return None


def once_only(lost: Lost) -> Finding | None:
    """The first line came through, and then no other: the loop is left, or there is none."""
    if lost.number == 1 or lost.thread is not None:
        return None
    sends = lost.case.check == "send"
    taken = lost.last_line("input" if sends else "recv")
    without = Finding(SEND_SANS_BOUCLE, lost.last_line("send")) if sends else Finding(RECEPTION_SANS_BOUCLE, taken)
    return early_exit(lost.case, taken) or without
