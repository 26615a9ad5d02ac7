"""Why what is typed does not arrive."""

from __future__ import annotations

import ast

from ...transcript.calls import SEND, CallEnded
from ...transcript.facts import Refused
from .. import lessons
from ..case import Case, Finding
from ..code import Function, called
from ..common import INPUT_JAMAIS, RAPPEL_SANS_FIN
from ..conversation import READS, Lost
from ..mistake import Flags, Mistake

# fmt: off
SEND_JAMAIS = Mistake("send_jamais", "send", "la ligne est lue, mais jamais envoyée",
    "Ligne {line}, la ligne tapée est bien lue, mais elle ne part pas : rien ne l'envoie.",
    "Envoie-la : client.sendall(message.encode()).",
    "Que fais-tu de ce que rend input() ?", lessons.SEND)
LIT_DEUX_FOIS = Mistake("lit_deux_fois", "send", "Send attend une deuxième ligne avant d'envoyer la première",
    "Ligne {line}, Send attend encore le clavier alors qu'une ligne est déjà tapée : elle ne part qu'avec la suivante.",
    "Un seul input() par tour de boucle, puis l'envoi.",
    "Combien de fois le clavier est-il lu avant l'envoi ?", lessons.SEND, Flags.WAITS)
LIT_TOUT = Mistake("lit_tout", "send", "le clavier est lu jusqu'à sa fin avant d'envoyer",
    "Ligne {line}, .{name}() lit le clavier jusqu'à sa fin : rien ne part avant Ctrl+D.",
    "Lis une seule ligne à la fois, avec input().",
    "Quand la ligne {line} rend-elle la main ?", lessons.SEND)
ENVOIE_OCTETS = Mistake("envoie_octets", "send", "le texte part sous la forme b'…'",
    "Ce qui part est b'…', avec son b et ses apostrophes : des octets ont été écrits dans un texte sans être traduits.",
    "Envoie le texte traduit par .encode(\"utf-8\"), sans rien autour.",
    "Que devient un texte quand on y met des octets ?", lessons.OCTETS, Flags.SPEAKS | Flags.CHANGED)
RENVOIE_TOUT = Mistake("renvoie_tout", "send", "chaque ligne repart avec toutes celles d'avant",
    "À chaque ligne tapée, toutes celles d'avant repartent aussi : ton texte grandit sans cesse.",
    "Envoie seulement la ligne que input() vient de rendre, sans l'ajouter aux autres.",
    "Que contient ta variable après la deuxième ligne tapée ?", lessons.SEND, Flags.SPEAKS | Flags.CHANGED)
ENVOIE_SANS_FIN = Mistake("envoie_sans_fin", "send", "la même chose part sans fin",
    "Ton programme envoie sans fin : la ligne {line} est répétée sans attendre le clavier.",
    "Mets input() dans la boucle, juste avant l'envoi.",
    "À chaque tour de boucle, qu'attend ton programme ?", lessons.SEND, Flags.ENDLESS)
RIEN_ENVOYE = Mistake("rien_envoye", "send", "rien n'arrive, sans autre cause connue",
    "La ligne tapée n'arrive pas de l'autre côté.",
    "Suis ta ligne pas à pas : affiche-la après input(), puis juste avant sendall.",
    "Jusqu'où va la ligne que tu tapes ?", lessons.SEND, Flags.WAITS | Flags.VAGUE)
# fmt: on


MANY = 20
"""Sends for one typed line, after which they do not stop."""

SENDS = ("send", "sendall", "sendto", "write", "sendmsg")


def seen_by_check(case: Case) -> Finding | None:
    """What the check itself has seen: more left than the line, or bytes that nobody translated."""
    return Finding(case.cause, case.verdict.place) if case.cause in (RENVOIE_TOUT, ENVOIE_OCTETS) else None


def nothing_known(lost: Lost) -> Finding:
    """The line was lost, and nothing tells why."""
    return Finding(RIEN_ENVOYE, lost.last_line("send" if lost.number > 1 else "input") or lost.case.verdict.place)


def without_end(lost: Lost) -> Finding | None:
    """It sends again and again."""
    sends = [one for one in lost.later if isinstance(one, CallEnded) and one.call == SEND]
    if len(sends) > MANY or lost.is_repeated("peer"):
        return Finding(ENVOIE_SANS_FIN, lost.outside_loop("input") or lost.last_line("send"))
    return None


def refused(lost: Lost) -> Refused | None:
    """A send that failed after the move."""
    told = (one for one in lost.later if isinstance(one, Refused) and one.method in ("send", "sendall", "os.write"))
    return next(told, None)


def never_reads(lost: Lost) -> Finding | None:
    """Nothing reads the keyboard."""
    code = lost.case.code
    reads = code.calls(*READS) or "stdin" in code.source
    return None if reads else Finding(INPUT_JAMAIS, lost.function_place())


def never_sends(lost: Lost) -> Finding | None:
    """A line was read, and nothing in the file sends."""
    if lost.case.code.calls(*SENDS) or not lost.happened("stdin", "input"):
        return None
    again = _calls_itself(lost.case, lost.function)
    return again or Finding(SEND_JAMAIS, lost.last_line("input"))


def reads_too_much(lost: Lost) -> Finding | None:
    """The sender still waits for the keyboard, though a line was typed."""
    code = lost.case.code
    if lost.call not in ("input", "stdin"):
        return None
    everything = code.calls("read", "readlines")
    if everything:
        return Finding(LIT_TOUT, lost.case.at(everything[0].lineno), {"name": called(everything[0])})
    twice = lost.happened("stdin", "input") and len(code.calls("input", "readline")) > 1
    return Finding(LIT_DEUX_FOIS, lost.place) if twice else None


def _calls_itself(case: Case, function: Function | None) -> Finding | None:
    """A function calls itself, where it should call a method of the same name."""
    calls = case.code.calls(function.name, inside=function) if function is not None else []
    own = next((call for call in calls if isinstance(call.func, ast.Name)), None)
    return None if own is None else Finding(RAPPEL_SANS_FIN, case.at(own.lineno))
