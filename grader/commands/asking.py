"""Speaks with whoever sits at the terminal: sentences in lines that fit, questions that have an answer or an end."""

from __future__ import annotations

import sys

from ..errors import UsageError
from ..escape import escape
from ..report.console import NO_BREAK, filled

YES, NO = ("o", "oui", "y", "yes"), ("n", "non", "no")

MOST_ASKED = 5
"""Times that the same thing is asked: whoever never answers is nobody."""


def say(*sentences: str) -> None:
    """Print sentences, whatever is in them; an empty one is an empty line."""
    for sentence in sentences:
        print(filled(escape(sentence)))


class Asker:
    """Asks whoever sits there.

    Args:
        instead: what to type where nobody can be asked.
        silent: whether nothing is to be asked.
    """

    def __init__(self, instead: str, *, silent: bool) -> None:
        self._instead = instead
        self.silent = silent

    def nobody(self) -> UsageError:
        """What to raise where nobody answers."""
        return UsageError(f"Je ne peux pas poser de question ici. Tape : {self._instead}")

    def ask(self, question: str, keys: str = "") -> str:
        """An answer, without spaces around it; empty where there was only Enter.

        Args:
            question: what is asked.
            keys: what may be typed; it stays on one line.

        Raises:
            UsageError: nobody can answer.
        """
        if self.silent or not sys.stdin.isatty():
            raise self.nobody()
        try:
            return input(filled(escape(question) + keys.replace(" ", NO_BREAK)) + " ").strip()
        except UnicodeDecodeError:
            return "?"  # a terminal that writes in another code: nothing that we understand
        except EOFError as error:
            print()
            raise self.nobody() from error

    def agrees(self, question: str, *, usual: bool = True) -> bool:
        """Whether the answer is yes; Enter is the usual answer, and nothing is asked where nothing is to be.

        Raises:
            UsageError: nobody can answer.
        """
        if self.silent:
            return usual
        keys = " (Entrée : oui, n : non)" if usual else " (o : oui, Entrée : non)"
        say("")
        for _ in range(MOST_ASKED):
            answer = self.ask(question, keys).lower()
            if answer in (*YES, *NO, ""):
                return answer in YES or (usual and not answer)
            question = "Réponds o ou n."
        raise self.nobody()
