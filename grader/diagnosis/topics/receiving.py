"""Why what arrives is not shown."""

from __future__ import annotations

import ast
import itertools

from ...transcript.calls import RECV, CallEnded
from ...transcript.facts import Refused, ThreadStarted
from .. import lessons
from ..case import Case, Finding
from ..code import Function, received_names, small_recv, text_of
from ..common import RECV_JAMAIS
from ..conversation import RECEIVES, Lost, index_of_next
from ..mistake import Flags, Mistake
from ..wording import octets

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
AFFICHE_SANS_FIN = Mistake("affiche_sans_fin", "reception", "la même chose s'affiche sans fin",
    "Ton programme affiche sans fin : la boucle n'attend rien entre deux affichages.",
    "Mets recv dans la boucle, juste avant print.",
    "À chaque tour de boucle, qu'attend ton programme ?", lessons.RECEPTION, Flags.ENDLESS)
RIEN_AFFICHE = Mistake("rien_affiche", "reception", "rien ne s'affiche, sans autre cause connue",
    "Le message de l'autre n'est pas affiché.",
    "Suis le message pas à pas : affiche ce que recv rend, dès qu'il l'a rendu.",
    "Jusqu'où va le message que l'autre envoie ?", lessons.RECEPTION, Flags.WAITS | Flags.VAGUE)
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


def nothing_known(lost: Lost) -> Finding:
    """The message was not shown, and nothing tells why."""
    return Finding(RIEN_AFFICHE, lost.last_line("recv"))


def as_bytes(lost: Lost) -> Finding | None:
    """The message was shown as b'…'."""
    return Finding(AFFICHE_OCTETS, lost.print_place()) if lost.case.cause is AFFICHE_OCTETS else None


def without_end(lost: Lost) -> Finding | None:
    """It shows something again and again."""
    if not lost.is_repeated("stdout"):
        return None
    return Finding(AFFICHE_SANS_FIN, lost.outside_loop("recv") or lost.last_line("recv"))


def refused(lost: Lost) -> Refused | None:
    """A recv that failed; a loop that tries again after its time limit may be right."""
    told = lost.run.facts[: index_of_next(lost.run, lost.move)]
    refused = next((one for one in told if isinstance(one, Refused) and one.method in ("recv", "os.read")), None)
    patient = refused is not None and refused.error in ("TimeoutError", "BlockingIOError") and lost.thread is not None
    return None if patient else refused


def in_pieces(lost: Lost) -> Finding | None:
    """Recv takes very little at a time."""
    small = small_recv(lost.case.code)
    received = any(isinstance(one, CallEnded) and one.call == RECV for one in lost.later)
    if small is None or not (lost.answer.strip() or received):
        return None
    return Finding(RECV_TROP_PETIT, lost.case.at(small[0]), {"size": octets(small[1])})


def never_receives(lost: Lost) -> Finding | None:
    """Nothing reads the connection."""
    return None if lost.case.code.calls(*RECEIVES) else Finding(RECV_JAMAIS, lost.function_place())


def received_for_nothing(lost: Lost) -> Finding | None:
    """The message was received, and nothing came of it."""
    if not lost.happened("recv"):
        return None
    found = _late_print(lost.case, lost.function) or _received_twice(lost.case, lost.function)
    shows = _shows_something(lost.case, lost.function)
    return found or Finding(RIEN_AFFICHE if shows else PRINT_OUBLIE, lost.last_line("recv"))


def loop_never_begins(lost: Lost) -> Finding | None:
    """The condition of the loop is false from the beginning."""
    if lost.thread is not None or lost.number > 1 or not lost.run.has(ThreadStarted, lost.case.actor):
        return None
    found = [one for one in ast.walk(lost.function) if isinstance(one, ast.While)] if lost.function is not None else []
    doubtful = [one for one in found if not isinstance(one.test, ast.Constant)]
    return Finding(RECV_MAUVAISE_BOUCLE, lost.case.at(doubtful[0].lineno)) if doubtful else None


def inverted_test(lost: Lost) -> Finding | None:
    """``if data: break`` leaves the loop when something came."""
    case = lost.case
    received = received_names(case.code)
    for node in case.code.nodes:
        if (
            isinstance(node, ast.If)
            and _is_received(node.test, received)
            and isinstance(node.body[-1], (ast.Break, ast.Return))
        ):
            return Finding(TEST_A_L_ENVERS, case.at(node.lineno))
    return None


def _is_received(test: ast.expr, names: set[str]) -> bool:
    """Whether a test is true when something was received."""
    if isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.NotEq, ast.Gt)):
        right = test.comparators[0]
        return text_of(test.left) in names and isinstance(right, ast.Constant) and not right.value
    return isinstance(test, ast.Name) and test.id in names


def _late_print(case: Case, function: Function | None) -> Finding | None:
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


def _received_twice(case: Case, function: Function | None) -> Finding | None:
    """Recv is called twice in each round: the second call takes the next message."""
    calls = case.code.calls("recv", inside=function) if function is not None else []
    for one, two in itertools.pairwise(calls):
        around = case.code.loops_around(one.lineno)
        if around and around == case.code.loops_around(two.lineno):
            return Finding(RECV_DEUX_FOIS, case.at(two.lineno))
    return None


def _shows_something(case: Case, function: Function | None) -> bool:
    """Whether a function shows what is no fixed text."""
    prints = case.code.calls("print", "write", inside=function) if function is not None else []
    return any(not isinstance(argument, ast.Constant) for call in prints for argument in call.args)
