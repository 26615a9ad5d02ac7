"""Recognises a method that is named and not called: its parentheses are missing."""

from __future__ import annotations

from ..transcript.place import Place
from . import lessons
from .case import Finding
from .code import Code
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
# fmt: on

OF_THREADS = {"start": START_SANS_PARENTHESES, "join": JOIN_SANS_PARENTHESES}
"""What is said of the methods that do not act on a socket or a text."""


def uncalled(code: Code, *methods: str) -> Finding | None:
    """The first of these methods that a file only names."""
    named = code.named_only(*methods)
    if named is None:
        return None
    mistake = OF_THREADS.get(named.attr, SANS_PARENTHESES)
    return Finding(mistake, Place(code.file, named.lineno), {"name": "." + named.attr})
