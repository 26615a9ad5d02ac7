"""The command `python -m tests.catalogue`: prints all mistakes for a teacher who proofreads; ``--record`` keeps it.

The page is `.github/ERREURS.md`; it is made of the objects in the code, so it is never edited by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from grader.checks.rubric import RUBRIC
from grader.diagnosis.mistake import Mistake
from grader.diagnosis.mistakes import BY_TOPIC, MISTAKES

PAGE = Path(__file__).parents[1] / ".github" / "ERREURS.md"

TITLES = {
    "files": "Le fichier lui-même",
    "syntax": "Ce que Python ne sait pas lire",
    "names": "Noms et modules",
    "attributes": "Ce qui suit un point",
    "calls": "Valeurs et appels",
    "uncalled": "Des parenthèses oubliées",
    "socket_errors": "Ce que le système refuse",
    "connecting": "Sockets et adresses",
    "hello": "La réponse de l'Étape 1",
    "threads": "Les deux threads",
    "sending": "Ce qui est tapé n'arrive pas",
    "receiving": "Ce qui arrive n'est pas affiché",
    "messages": "Dans les deux sens",
    "loops": "Dans une boucle",
    "endings": "La fin",
    "duo": "Les deux programmes ensemble",
    "limits": "Trop de quelque chose, ou rien à croire",
    "windows": "Sous Windows seulement",
    "common": "Ce que plusieurs thèmes reconnaissent",
}
"""What a topic is called, in the order of the page."""

CHECKS = {row.id.partition(".")[2]: row.title for row in RUBRIC}

HEAD = """# Toutes les explications

Cette page est faite par `python -m tests.catalogue --record` : les phrases se corrigent dans `grader/diagnosis/`.
Pour chaque erreur : son nom dans le JSON, quand elle est choisie, puis ce que lit l'élève (la cause, le pas suivant, la
question du premier indice) et la page du sujet. Ce qui est entre accolades est rempli par le correcteur : `{file}` et
`{line}` disent où, le reste vient du programme de l'élève.
"""


def page() -> str:
    """The whole page, in Markdown."""
    return HEAD + "".join(_topic(topic) for topic in TITLES)


def _topic(topic: str) -> str:
    """A topic's mistakes under its title."""
    own = BY_TOPIC[topic]
    return f"\n## {TITLES[topic]} ({len(own)})\n" + "".join("".join(_entry(mistake)) for mistake in own)


def _entry(mistake: Mistake) -> Iterator[str]:
    where = f", pour « {CHECKS[mistake.check]} »" if mistake.check else ""
    yield f"\n**`{mistake.slug}`** : {mistake.when}{where}.\n\n"
    texts = (mistake.cause, mistake.step, mistake.question, f"Page « {mistake.lesson} ».")
    yield "".join(f"- {text.replace('{{', '{').replace('}}', '}')}\n" for text in texts)


def main(arguments: list[str]) -> int:
    """Run the command."""
    if arguments == ["--record"]:
        PAGE.write_text(page(), encoding="utf-8")
        print(f"{len(MISTAKES)} mistakes")
        return 0
    sys.stdout.write(page())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
