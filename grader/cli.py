"""What ``python -m grader`` understands: the options of each verb. It imports no more than that needs."""

from __future__ import annotations

import argparse

from . import __version__
from .errors import ExitStatus, UsageError
from .options import FrenchParser

ONE_FOLDER = "Un seul dossier à la fois ; en trop"

DESCRIPTION = "Note un rendu de ChatPy : lance tes programmes, discute avec eux, et explique ce qui manque."
EPILOG = (
    "Autres commandes (chacune a son --help) : rendre, pour rendre ton travail ; club, pour noter tout un club ; "
    "rejuger, pour juger de nouveau ce qui a été vu. "
    "Code de sortie : 0 tous les points, 1 il en manque, 2 interrompu, 3 panne du grader, 4 commande incomprise."
)


def grade_parser() -> FrenchParser:
    """The options of a grading."""
    parser = FrenchParser("", "[DOSSIER] [options]", DESCRIPTION, EPILOG, surplus=ONE_FOLDER)
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
    options = grade_parser().understood(arguments)
    if options.folder and options.depuis:
        raise UsageError("--depuis rejuge un fichier : ne donne pas de dossier en plus.")
    if options.suivre and (options.depuis or options.indice or options.html or options.json or options.transcript):
        raise UsageError("--suivre montre chaque note à l'écran : elle ne va qu'avec --etape, --details et --texte.")
    if options.indice and options.json == "-":
        raise UsageError("--indice parle à l'écran, --json - aussi : choisis l'un des deux.")
    return options


HAND_IN_DESCRIPTION = "Rends ton travail : montre ce qui va partir, l'envoie au club, et donne un reçu."
HAND_IN_EPILOG = (
    "Sans --vers, ton rendu va où le dit club.toml, à côté du README ; sinon, d'où le projet a été cloné ; sinon, il "
    "reste ici, dans un fichier PSEUDO.rendu à donner à ton encadrant. Code de sortie : 0 rendu, 2 interrompu, "
    "3 panne, 4 pas rendu (une phrase dit pourquoi)."
)


def hand_in_parser() -> FrenchParser:
    """The options of ``rendre``."""
    parser = FrenchParser("rendre", "[DOSSIER] [options]", HAND_IN_DESCRIPTION, HAND_IN_EPILOG, surplus=ONE_FOLDER)
    parser.add_argument("folder", metavar="DOSSIER", nargs="?", help="le dossier à rendre (par défaut : skeleton)")
    parser.add_argument("--pseudo", metavar="PSEUDO", help="ton pseudonyme (retenu pour la prochaine fois)")
    parser.add_argument("--vers", metavar="OÙ", help="un dépôt git (adresse ou dossier), un dossier, une clé USB")
    parser.add_argument("--oui", action="store_true", help="ne poser aucune question")
    parser.add_argument(
        "--encore", action="store_true", help="un rendu de ce pseudonyme, venu d'ailleurs, est déjà là : c'est le tien"
    )
    parser.add_help_option()
    return parser


CLUB_DESCRIPTION = "Ramasse les rendus d'un club, les note tous, et dit qui en est où et quoi expliquer à la salle."
CLUB_EPILOG = (
    "SOURCE : un dépôt git (adresse ou dossier), un dossier de rendus, le zip de Moodle, ou un dossier de notes déjà "
    "fait (pour réunir le travail de plusieurs machines). Sans SOURCE : celle de club.toml. "
    "Ctrl+C arrête ; la même commande continue où elle en était."
)


def club_parser() -> FrenchParser:
    """The options of ``club``."""
    parser = FrenchParser("club", "SOURCE… [--dans NOTES] [options]", CLUB_DESCRIPTION, CLUB_EPILOG, "arguments")
    parser.add_argument(
        "sources", metavar="SOURCE", nargs="*", help="où sont les rendus ; plusieurs à la fois si tu veux"
    )
    parser.add_argument("--dans", metavar="NOTES", default="notes", help="le dossier des notes (par défaut : notes)")
    parser.add_argument("--liste", action="store_true", help="seulement dire ce qui a été rendu : rien n'est lancé")
    parser.add_argument("--suivre", action="store_true", help="ramasser et noter de nouveau, jusqu'à Ctrl+C")
    parser.add_argument(
        "--eleves", metavar="LISTE", help="un tableau pseudo, nom : les noms n'iront que dans notes.csv"
    )
    parser.add_argument("--moodle", metavar="FEUILLE.csv", help="remplir la feuille de notes téléchargée de Moodle")
    parser.add_argument(
        "--part", metavar="I/N", default="1/1", help="ne noter qu'une part : 2/3 est la deuxième de trois machines"
    )
    parser.add_argument("--moteur", metavar="ADRESSE", help="confier le travail à une grappe Dask (tls://HOTE:8786)")
    parser.add_argument("--texte", action="store_true", help="tout dire en phrases, une par ligne")
    parser.add_argument(
        "--isolation",
        choices=("forte", "simple"),
        default="forte",
        metavar="forte|simple",
        help="forte, si rien n'est dit ; simple : les programmes tournent avec tes droits",
    )
    parser.add_argument(
        "--creer", metavar="DOSSIER", help="préparer la copie des élèves, avec club.toml (SOURCE : où ils rendront)"
    )
    parser.add_argument("--jusqu-au", metavar="DATE", help="avec --creer : la date limite, comme 2026-12-05T18:00")
    parser.add_help_option()
    return parser


JUDGE_AGAIN_DESCRIPTION = (
    "Juge de nouveau ce qui a été vu d'un club, avec la version installée du correcteur : rien n'est lancé, "
    "et rien ne change tant que tu n'ajoutes pas --adopter."
)
JUDGE_AGAIN_EPILOG = (
    "Code de sortie : 0 rien ne changerait, 1 quelque chose changerait (ou a changé, avec --adopter) ou un rendu noté "
    "n'a pas pu être jugé, 2 interrompu, 3 panne du grader, 4 commande incomprise."
)


def judge_again_parser() -> FrenchParser:
    """The options of ``rejuger``."""
    parser = FrenchParser(
        "rejuger",
        "NOTES [--adopter]",
        JUDGE_AGAIN_DESCRIPTION,
        JUDGE_AGAIN_EPILOG,
        "arguments",
        "Un seul dossier de notes à la fois ; en trop",
    )
    parser.add_argument(
        "notes", metavar="NOTES", nargs="?", help="le dossier que « club » a écrit (par défaut : notes)"
    )
    parser.add_argument("--adopter", action="store_true", help="écrire les nouvelles notes, explications et pages")
    parser.add_help_option()
    return parser


PARSERS = {"": grade_parser, "rendre": hand_in_parser, "club": club_parser, "rejuger": judge_again_parser}
"""What each verb's command understands; without one, the grading's."""


def answer(verb: str, arguments: list[str]) -> int:
    """Answer --help and --version, which need nothing else; returns where they turn out to be something else.

    Raises:
        UsageError: the command cannot be understood.
        SystemExit: it has been answered.
    """
    PARSERS[verb]().understood(arguments)
    return ExitStatus.FULL_MARKS
