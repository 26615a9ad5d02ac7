"""Speaks with whoever sits at the terminal: sentences in lines that fit, questions that have an answer or an end."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap

from ..errors import UsageError
from ..report.visible import visible

WIDTH = 80
"""Columns: school terminals have no more."""

NO_BREAK = "\N{NO-BREAK SPACE}"

YES, NO = ("o", "oui", "y", "yes"), ("n", "non", "no")

MOST_ASKED = 5
"""Times that the same thing is asked: whoever never answers is nobody."""


def say(*sentences: str) -> None:
    """Print sentences, whatever is in them; an empty one is an empty line."""
    for sentence in sentences:
        print(filled(visible(sentence)))


def filled(text: str, first: str = "", following: str = "") -> str:
    """A sentence in lines that fit, none of which begins with a sign that French keeps on the line before.

    Args:
        text: the sentence.
        first: what the first line begins with.
        following: what the others begin with.
    """
    kept = re.sub(r" (?=[:;?!»])|(?<=«) ", NO_BREAK, text)
    width = min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns)
    lines = textwrap.wrap(kept, width, initial_indent=first, subsequent_indent=following, break_long_words=False,
                          break_on_hyphens=False)  # fmt: skip
    return "\n".join(lines).replace(NO_BREAK, " ")


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

    def ask(self, question: str) -> str:
        """An answer, without spaces around it; empty where there was only Enter.

        Raises:
            UsageError: nobody can answer.
        """
        if self.silent or not sys.stdin.isatty():
            raise self.nobody()
        try:
            return input(f"{filled(visible(question))} ").strip()
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
        keys = "(Entrée : oui, n : non)" if usual else "(o : oui, Entrée : non)"
        say("")
        for _ in range(MOST_ASKED):
            answer = self.ask(f"{question} {keys}").lower()
            if answer in (*YES, *NO, ""):
                return answer in YES or (usual and not answer)
            question = "Réponds o ou n."
        raise self.nobody()
