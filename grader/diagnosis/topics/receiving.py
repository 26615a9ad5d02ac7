"""Why what arrives is not shown."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from ...french import octets
from ...transcript.calls import RECV, CallEnded
from ...transcript.facts import ThreadStarted
from .. import lessons
from ..case import Case, Finding
from ..code import received_names, small_recv, text_of
from ..common import RIEN_AFFICHE
from ..conversation import undelivered
from ..mistake import Flags, Mistake

# fmt: off
AFFICHE_OCTETS = Mistake("affiche_octets", "reception", "les octets sont affichés comme b'…'",
    "Tu affiches des octets (b'…') : ce que rend recv n'est pas encore du texte.",
    "Traduis avec .decode() avant d'afficher.",
    "Que veut dire le b devant les apostrophes ?", lessons.OCTETS, Flags.SPEAKS | Flags.CHANGED)
PRINT_OUBLIE = Mistake("print_oublie", "reception", "le message est reçu, mais jamais affiché",
    "Ligne {line}, le message est bien reçu, mais rien ne l'affiche.",
    "Affiche-le avec print, dans la boucle, après l'avoir décodé.",
    "Que fais-tu de ce que rend recv ?", lessons.RECEPTION, Flags.VAGUE)
RECV_TROP_PETIT = Mistake("recv_trop_petit", "reception", "recv prend trop peu d'octets à la fois",
    "Ligne {line}, recv ne prend que {size} à la fois : chaque message est affiché en morceaux.",
    "Donne un plus grand nombre à recv : recv(1024).",
    "Que veut dire le nombre entre les parenthèses de recv ?", lessons.RECEPTION)
RECV_MAUVAISE_BOUCLE = Mistake("recv_mauvaise_boucle", "reception", "la boucle de réception ne commence jamais",
    "La boucle de Réception ne commence jamais : sa condition est fausse dès le début.",
    "Écris while True: et sors avec break quand recv rend b\"\".",
    "La condition de la boucle est-elle vraie au début ?", lessons.RECEPTION, Flags.VAGUE)
TEST_A_L_ENVERS = Mistake("test_a_l_envers", "reception", "la boucle s'arrête quand quelque chose arrive",
    "Ligne {line}, ta boucle s'arrête quand il y a un message, au lieu de s'arrêter quand il n'y en a plus.",
    "Écris « if not … » : on sort de la boucle quand recv rend b\"\".",
    "Dans quel cas la ligne {line} arrête-t-elle la boucle ?", lessons.RECEPTION)
PRINT_HORS_BOUCLE = Mistake("print_hors_boucle", "reception", "print vient après la boucle de réception",
    "Ligne {line}, print est hors de la boucle : rien ne s'affiche avant que l'autre soit parti.",
    "Décale print de 4 espaces, pour l'avoir dans la boucle, après recv.",
    "La ligne {line} est-elle dans la boucle, ou après ?", lessons.RECEPTION)
RECV_DEUX_FOIS = Mistake("recv_deux_fois", "reception", "recv est appelé deux fois par tour de boucle",
    "Ligne {line}, recv est appelé une deuxième fois : chaque appel prend le message suivant, et un message sur deux est perdu.",
    "Appelle recv une seule fois par tour, et garde ce qu'il rend dans une variable.",
    "Combien de fois recv est-il appelé à chaque tour de boucle ?", lessons.RECEPTION)
# fmt: on


def as_bytes(case: Case) -> Iterator[Finding]:
    """The message was shown as b'…'."""
    if case.cause is AFFICHE_OCTETS:
        yield Finding(AFFICHE_OCTETS, undelivered(case).print_place())


def in_pieces(case: Case) -> Iterator[Finding]:
    """Recv takes very little at a time."""
    message = undelivered(case)
    small = small_recv(case.code)
    received = any(isinstance(one, CallEnded) and one.call == RECV for one in message.later)
    if small is not None and (message.answer.strip() or received):
        yield Finding(RECV_TROP_PETIT, case.at(small[0]), {"size": octets(small[1])})


def received_for_nothing(case: Case) -> Iterator[Finding]:
    """The message was received, and nothing came of it."""
    message = undelivered(case)
    if message.happened(RECV):
        yield from _late_print(case)
        yield from _received_twice(case)
        shows = any(map(_shows_something, _calls_inside(case, "print", "write")))
        yield Finding(RIEN_AFFICHE if shows else PRINT_OUBLIE, message.last_line(RECV))


def loop_never_begins(case: Case) -> Iterator[Finding]:
    """The condition of the loop is false from the beginning."""
    message = undelivered(case)
    if message.thread is not None or message.number > 1 or not message.run.has(ThreadStarted, case.program):
        return
    for node in ast.walk(message.function) if message.function is not None else ():
        if isinstance(node, ast.While) and not isinstance(node.test, ast.Constant):
            yield Finding(RECV_MAUVAISE_BOUCLE, case.at(node.lineno))


def inverted_test(case: Case) -> Iterator[Finding]:
    """``if data: break`` leaves the loop when something came."""
    received = received_names(case.code)
    for node in case.code.nodes:
        if isinstance(node, ast.If) and _is_received(node.test, received) and isinstance(node.body[-1], LEAVES):
            yield Finding(TEST_A_L_ENVERS, case.at(node.lineno))


LEAVES = (ast.Break, ast.Return)


def _is_received(test: ast.expr, names: set[str]) -> bool:
    """Whether a test is true when something was received."""
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.NotEq, ast.Gt)):
        right = test.comparators[0]
        return text_of(test.left) in names and isinstance(right, ast.Constant) and not right.value
    return isinstance(test, ast.Name) and test.id in names


def _late_print(case: Case) -> Iterator[Finding]:
    """What is received is only shown after the loop."""
    shows = [call for call in _calls_inside(case, "print") if _shows_something(call)]
    for call in _calls_inside(case, "recv"):
        loop = next(reversed(case.code.loops_around(call.lineno)), None)
        if loop is not None:
            end = loop.end_lineno or 0
            after = [one for one in shows if one.lineno > end]
            if after and not any(loop.lineno <= one.lineno <= end for one in shows):
                yield Finding(PRINT_HORS_BOUCLE, case.at(after[0].lineno))


def _received_twice(case: Case) -> Iterator[Finding]:
    """Recv is called twice in each round: the second call takes the next message."""
    for one, two in itertools.pairwise(_calls_inside(case, "recv")):
        around = case.code.loops_around(one.lineno)
        if around and around == case.code.loops_around(two.lineno):
            yield Finding(RECV_DEUX_FOIS, case.at(two.lineno))


def _calls_inside(case: Case, *names: str) -> list[ast.Call]:
    """The calls in Réception itself; none where no name tells which function that is."""
    function = undelivered(case).function
    return case.code.calls(*names, inside=function) if function is not None else []


def _shows_something(call: ast.Call) -> bool:
    """Whether a print is given more than a fixed text."""
    return any(not isinstance(argument, ast.Constant) for argument in call.args)
