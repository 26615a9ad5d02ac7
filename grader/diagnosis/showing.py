"""Why what arrives is not shown."""

from __future__ import annotations

import ast

from ..transcript.facts import Left, Refused, ThreadStarted
from ..transcript.place import Place
from . import lessons, loops
from .accents import octets, small_recv
from .common import RECV_JAMAIS
from .finding import Case, Finding, first_found
from .lost import (
    RECEIVES,
    Detector,
    Lost,
    after_refusal,
    changed,
    closed,
    ended_early,
    index_of_next,
    lost_line,
    over,
    waits_for_other,
)
from .mistake import Flags, Mistake
from .uncalled import uncalled

# fmt: off
AFFICHE_OCTETS = Mistake("affiche_octets", "reception", "les octets sont affichés comme b'…'",
    "Tu affiches des octets (b'…') : ce que rend recv n'est pas encore du texte.",
    "Traduis avec .decode() avant d'afficher.",
    "Que veut dire le b devant les apostrophes ?", lessons.OCTETS, Flags.SPEAKS | Flags.CHANGED)
PRINT_OUBLIE = Mistake("print_oublie", "reception", "le message est reçu, mais jamais affiché",
    "Ligne {line}, le message est bien reçu, mais rien ne l'affiche.",
    "Affiche-le avec print, dans la boucle, après l'avoir décodé.",
    "Que fais-tu de ce que rend recv ?", lessons.RECEPTION, Flags.VAGUE)
AFFICHE_AUTRE = Mistake("affiche_autre", "reception", "autre chose que le message est affiché",
    "Le message est reçu, mais ce qui s'affiche n'est pas lui.",
    "Affiche ce que recv a rendu, décodé et entier.",
    "Quelle variable affiches-tu, et que contient-elle ?", lessons.RECEPTION)
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
# fmt: on


def not_shown(case: Case) -> Finding:
    """Why a message of the other side was not shown."""
    lost = lost_line(case)
    if lost is None:
        return ended_early(case, case.runs[-1])
    return first_found(DETECTORS, lost) or Finding(RIEN_AFFICHE, lost.last_line("recv"))


def _as_bytes(lost: Lost) -> Finding | None:
    return Finding(AFFICHE_OCTETS, _print_place(lost)) if lost.case.cause is AFFICHE_OCTETS else None


def _without_end(lost: Lost) -> Finding | None:
    if not lost.is_repeated("stdout"):
        return None
    return Finding(AFFICHE_SANS_FIN, lost.outside_loop("recv") or lost.last_line("recv"))


def _refused(lost: Lost) -> Refused | None:
    """A recv that failed; a loop that tries again after its time limit may be right."""
    told = lost.run.facts[: index_of_next(lost.run, lost.move)]
    refused = next((one for one in told if isinstance(one, Refused) and one.method in ("recv", "os.read")), None)
    patient = refused is not None and refused.error in ("TimeoutError", "BlockingIOError") and lost.thread is not None
    return None if patient else refused


def _written_wrong(lost: Lost) -> Finding | None:
    case = lost.case
    found = loops.wrong_condition(case) or loops.inverted_test(case) or loops.kept_lock(case)
    return found or uncalled(case.code, "decode", "recv")


def _in_pieces(lost: Lost) -> Finding | None:
    small = small_recv(lost.case)
    received = any(isinstance(one, Left) and one.call == "recv" for one in lost.later)
    if small is None or not (lost.answer.strip() or received):
        return None
    return Finding(RECV_TROP_PETIT, lost.case.at(small[0]), {"size": octets(small[1])})


def _never_receives(lost: Lost) -> Finding | None:
    return None if lost.case.code.calls(*RECEIVES) else Finding(RECV_JAMAIS, lost.function_place())


def _something_else(lost: Lost) -> Finding | None:
    """Something was shown, but not the message."""
    if not lost.happened("recv"):
        return None
    found = loops.missing_f(lost.case) if "{" in lost.answer else None
    if found is None and lost.answer.strip():
        return changed(lost, AFFICHE_AUTRE, _print_place(lost))
    return found


def _busy_elsewhere(lost: Lost) -> Finding | None:
    """The receiver waits for something that is not the other side."""
    reads = lost.call in ("input", "stdin")
    if lost.call == "recv" or (lost.happened("recv") and not reads):
        return None
    return waits_for_other(lost)


def _received_for_nothing(lost: Lost) -> Finding | None:
    """The message was received, and nothing came of it."""
    if not lost.happened("recv"):
        return None
    found = loops.late_print(lost.case, lost.function) or loops.received_twice(lost.case, lost.function)
    shows = loops.shows_something(lost.case, lost.function)
    return found or Finding(RIEN_AFFICHE if shows else PRINT_OUBLIE, lost.last_line("recv"))


def _loop_never_begins(lost: Lost) -> Finding | None:
    if lost.thread is not None or lost.number > 1 or not lost.run.has(ThreadStarted, lost.case.actor):
        return None
    found = [one for one in ast.walk(lost.function) if isinstance(one, ast.While)] if lost.function is not None else []
    doubtful = [one for one in found if not isinstance(one.test, ast.Constant)]
    return Finding(RECV_MAUVAISE_BOUCLE, lost.case.at(doubtful[0].lineno)) if doubtful else None


def _print_place(lost: Lost) -> Place | None:
    """The print that shows what was received: the next one below it."""
    received = lost.last_line("recv")
    below = [call for call in lost.case.code.calls("print", "write") if received and call.lineno >= received.line]
    return lost.case.at(below[0].lineno) if below else received


DETECTORS: tuple[Detector, ...] = (
    _as_bytes,
    _without_end,
    after_refusal(_refused, alone=True),
    closed,
    after_refusal(_refused, alone=False),
    _written_wrong,
    _in_pieces,
    _never_receives,
    _something_else,
    _busy_elsewhere,
    over,
    loops.once_only,
    _received_for_nothing,
    _loop_never_begins,
)
"""Who looks for the reason, in this order: what is seen before what is read, the certain before the likely."""
