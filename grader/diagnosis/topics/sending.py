"""Why what is typed does not arrive."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...transcript.calls import INPUT, KEYBOARD
from .. import lessons
from ..case import Case, Finding
from ..code import called
from ..common import RAPPEL_SANS_FIN
from ..conversation import undelivered
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
# fmt: on

SENDS = ("send", "sendall", "sendto", "write", "sendmsg")


def seen_by_check(case: Case) -> Iterator[Finding]:
    """What the check itself has seen: more left than the line, or bytes that nobody translated."""
    if case.cause.flags & Flags.CHANGED:
        yield Finding(case.cause, case.verdict.place)


def never_sends(case: Case) -> Iterator[Finding]:
    """A line was read, and nothing in the file sends."""
    message = undelivered(case)
    if not case.code.calls(*SENDS) and message.happened(*KEYBOARD):
        yield from _calls_itself(case)
        yield Finding(SEND_JAMAIS, message.last_line(INPUT))


def _calls_itself(case: Case) -> Iterator[Finding]:
    """Send calls itself, where it should call a method of the same name."""
    function = undelivered(case).function
    calls = case.code.calls(function.name, inside=function) if function is not None else []
    for call in calls:
        if isinstance(call.func, ast.Name):
            yield Finding(RAPPEL_SANS_FIN, case.at(call.lineno))


def reads_too_much(case: Case) -> Iterator[Finding]:
    """The sender still waits for the keyboard, though a line was typed."""
    message = undelivered(case)
    if message.call not in KEYBOARD:
        return
    for call in case.code.calls("read", "readlines"):
        yield Finding(LIT_TOUT, case.at(call.lineno), {"name": called(call)})
    if message.happened(*KEYBOARD) and len(case.code.calls("input", "readline")) > 1:
        yield Finding(LIT_DEUX_FOIS, message.place)
