"""The texts of a grading: new each time, so that no program can know them before it receives them."""

from __future__ import annotations

import secrets

from ..scenarios.steps import Words

REQUEST = "GET / HTTP/1.1\r\nHost: localhost:4242\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n\r\n"
"""What `curl --http0.9 http://localhost:4242` sends."""

_OPENINGS = ("Bonjour", "Salut", "Coucou", "Hey", "Ca va", "On y va", "Bien vu", "A demain")
_ACCENTED = ("Été à Noël, ça va ?", "Déjà reçu, œuf et maïs !", "Où es-tu, là-bas ?", "Élève modèle, ô joie !")
_EMOJIS = "🎉🐍🚀🦊🌍🎸"
_LONG_WORDS = ("éléphant", "garçon", "Noël", "forêt", "cœur", "hélicoptère", "ça", "là", "bientôt", "tortue")
LONG_CHARACTERS = 10_000


def new_text(words: Words) -> str:
    """A text that nobody has seen before."""
    key = secrets.token_hex(4)
    if words is Words.PLAIN:
        return f"{secrets.choice(_OPENINGS)} {key}"
    if words is Words.ACCENTS:
        return f"{secrets.choice(_ACCENTED)} {secrets.choice(_EMOJIS)} {key}"
    text = key
    while len(text) < LONG_CHARACTERS - 20:
        text += " " + secrets.choice(_LONG_WORDS)
    return (text + " " + secrets.token_hex(10))[:LONG_CHARACTERS].ljust(LONG_CHARACTERS, "é")
