"""Recognises a method that is named and not called: its parentheses are missing."""

from __future__ import annotations

from collections.abc import Iterator

from . import lessons
from .case import Case, Detector, Finding
from .mistake import Flags, Mistake

# fmt: off
SANS_PARENTHESES = Mistake("sans_parentheses", "", "une méthode est nommée, mais pas appelée",
    "Ligne {line}, il manque les parenthèses après {name} : sans elles, rien n'est appelé.",
    "Écris {name}(…), avec ses parenthèses, ligne {line} de {file}.",
    "Ligne {line} : la méthode est-elle appelée, ou seulement nommée ?", lessons.COINCE)
START_SANS_PARENTHESES = Mistake("start_sans_parentheses", "threads", "start est nommé sans être appelé",
    "Ligne {line}, il manque les parenthèses après .start : le thread n'est pas démarré.",
    "Écris .start() avec ses parenthèses.",
    "Ligne {line} : la méthode est-elle appelée, ou seulement nommée ?", lessons.DEMARRER, Flags.WAITS | Flags.ROOT)
JOIN_SANS_PARENTHESES = Mistake("join_sans_parentheses", "join", "join est nommé sans être appelé",
    "Ligne {line}, il manque les parenthèses après .join : personne n'est attendu.",
    "Écris .join() avec ses parenthèses.",
    "Ligne {line} : la méthode est-elle appelée, ou seulement nommée ?", lessons.ATTENDRE_FIN)
FILENO_SANS_PARENTHESES = Mistake("fileno_sans_parentheses", "fileno", "fileno est nommé sans être appelé",
    "Ligne {line}, il manque les parenthèses après .fileno : c'est la méthode elle-même, pas le descripteur.",
    "Écris .fileno() avec ses parenthèses.",
    "Qu'affiche ta ligne {line} : un petit nombre ?", lessons.FILENO)
# fmt: on

BY_METHOD = {
    "start": START_SANS_PARENTHESES,
    "join": JOIN_SANS_PARENTHESES,
    "fileno": FILENO_SANS_PARENTHESES,
}
"""What is said of the methods that have a check of their own."""


def uncalled(*methods: str, anywhere: bool = False) -> Detector:
    """What finds the first of these methods that a file only names.

    Args:
        methods: their names.
        anywhere: whether it does not matter where; else they stand where only a call makes sense.
    """

    def detect(case: Case) -> Iterator[Finding]:
        for named in case.code.uncalled(*methods) if anywhere else case.code.named_only(*methods):
            mistake = BY_METHOD.get(named.attr, SANS_PARENTHESES)
            yield Finding(mistake, case.at(named.lineno), {"name": "." + named.attr})

    return detect
