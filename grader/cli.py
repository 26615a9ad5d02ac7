"""What ``python -m grader`` understands where no verb is given: the options of a grading."""

from __future__ import annotations

import argparse

from . import __version__
from .errors import ExitStatus, UsageError
from .options import FrenchParser

DESCRIPTION = "Note un rendu de ChatPy : lance tes programmes, discute avec eux, et explique ce qui manque."
EPILOG = (
    "Autres commandes (chacune a son --help) : rendre, pour rendre ton travail ; club, pour noter tout un club ; "
    "rejuger, pour juger de nouveau ce qui a été vu. "
    "Code de sortie : 0 tous les points, 1 il en manque, 2 interrompu, 3 panne du grader, 4 commande incomprise."
)


def build_parser() -> FrenchParser:
    """The options."""
    parser = FrenchParser("", "[DOSSIER] [options]", DESCRIPTION, EPILOG)
    parser.add_argument("folder", metavar="DOSSIER", nargs="?", help="le dossier à noter (par défaut : skeleton)")
    parser.add_argument("--etape", choices=("1", "2"), default="", metavar="1|2", help="ne noter qu'une étape")
    parser.add_argument(
        "--details", action="store_true", help="tout montrer, pas seulement la première chose à réparer"
    )
    parser.add_argument("--indice", action="store_true", help="donner un indice ; redemandé, il va plus loin")
    parser.add_argument("--texte", action="store_true", help="tout dire en phrases simples, pour un lecteur d'écran")
    parser.add_argument("--suivre", action="store_true", help="noter de nouveau à chaque sauvegarde")
    parser.add_argument(
        "--html", metavar="FICHIER", help="écrire le rapport dans FICHIER, une page à ouvrir au navigateur"
    )
    parser.add_argument("--json", metavar="FICHIER", help="écrire le résultat en JSON dans FICHIER (- : à l'écran)")
    parser.add_argument("--transcript", metavar="FICHIER", help="garder dans FICHIER tout ce qui a été observé")
    parser.add_argument(
        "--depuis", metavar="FICHIER", help="juger de nouveau un FICHIER de --transcript, sans rien lancer"
    )
    parser.add_argument(
        "--isolation",
        choices=("auto", "forte", "simple"),
        default="auto",
        metavar="auto|forte|simple",
        help="forte : pour noter le travail des autres (Linux et bubblewrap) ; simple et auto : pour le tien",
    )
    parser.add_version_option(f"ChatPy {__version__}")
    parser.add_help_option()
    return parser


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options in force.

    Raises:
        UsageError: the command cannot be understood.
        SystemExit: --help or --version has been shown.
    """
    options = build_parser().understood(arguments, "Un seul dossier à la fois ; en trop")
    if options.folder and options.depuis:
        raise UsageError("--depuis rejuge un fichier : ne donne pas de dossier en plus.")
    if options.suivre and (options.depuis or options.indice or options.html or options.json or options.transcript):
        raise UsageError("--suivre montre chaque note à l'écran : elle ne va qu'avec --etape, --details et --texte.")
    if options.indice and options.json == "-":
        raise UsageError("--indice parle à l'écran, --json - aussi : choisis l'un des deux.")
    return options


def answer(arguments: list[str]) -> int:
    """Answer --help and --version, which need nothing else; returns where they turn out to be something else.

    Raises:
        UsageError: the command cannot be understood.
        SystemExit: it has been answered.
    """
    parse(arguments)
    return ExitStatus.FULL_MARKS
