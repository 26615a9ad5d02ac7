"""Detects what a program used too much of, whether it was ended for it or the system refused it."""

from __future__ import annotations

from collections.abc import Iterator

from ...transcript.facts import Exceeded, Forked, ProbeFact, Refused, ThreadFailed, ThreadStarted
from ...transcript.place import Place
from ...transcript.questions import place_of
from .. import lessons
from ..case import Case, Finding, found_at, raised
from ..mistake import Mistake

# fmt: off
TROP_DE_THREADS = Mistake("trop_de_threads", "", "plus de threads qu'un programme n'en peut avoir",
    "{file} démarre des threads sans s'arrêter : il y en a eu plus de cent, et le correcteur n'en donne pas plus.",
    "Sors « Thread(…) » et .start() de la boucle : un chat a besoin de deux threads.",
    "Combien de fois la ligne qui démarre un thread est-elle exécutée ?", lessons.THREADS)
TROP_DE_PROCESSUS = Mistake("trop_de_processus", "", "plus de processus qu'un programme n'en peut avoir",
    "{file} lance des programmes sans s'arrêter : il y en a eu des dizaines, et le correcteur l'a arrêté.",
    "Enlève ce qui lance d'autres programmes (os.fork, subprocess, os.system) : un chat n'en a pas besoin.",
    "Combien de fois la ligne qui lance un programme est-elle exécutée ?", lessons.COINCE)
TROP_DE_MEMOIRE = Mistake("trop_de_memoire", "", "plus de mémoire qu'un programme n'en peut avoir",
    "{file} remplit la mémoire sans s'arrêter : des centaines de mégaoctets, et le correcteur n'en donne pas plus.",
    "Cherche la boucle où une liste ou un texte grandit à chaque tour, et vide-le ou arrête-la.",
    "Qu'est-ce qui grandit à chaque tour de ta boucle ?", lessons.COINCE)
TROP_DE_FICHIERS = Mistake("trop_de_fichiers", "", "plus de place sur le disque qu'un programme n'en peut avoir",
    "{file} écrit dans des fichiers sans s'arrêter : la place que le correcteur lui laisse est pleine.",
    "Enlève cette écriture, ou fais-la une seule fois par message.",
    "Combien de fois écris-tu dans ce fichier ?", lessons.COINCE)
TROP_OUVERTS = Mistake("trop_ouverts", "", "plus de sockets ou de fichiers ouverts qu'un programme n'en peut avoir",
    "Ligne {line}, trop de sockets ou de fichiers sont ouverts en même temps.",
    "Sors cette ligne de la boucle, ou ferme avec .close() ce que tu as ouvert.",
    "Combien de fois ouvres-tu quelque chose, et où le fermes-tu ?", lessons.COINCE)
TROP_LONG = Mistake("trop_long", "", "une conversation qui dure plus d'une minute",
    "{file} avance, mais si lentement que la conversation n'était pas finie après une minute.",
    "Enlève les time.sleep(…) et les boucles qui attendent.",
    "Où ton programme attend-il sans raison ?", lessons.COINCE)
TROP_AGITE = Mistake("trop_agite", "", "des millions d'appels par conversation",
    "{file} appelle sans fin les fonctions des sockets, sans rien attendre.",
    "Cherche la boucle qui ne s'arrête jamais, et fais-la attendre recv ou input.",
    "Qu'est-ce qui fait attendre ta boucle ?", lessons.COINCE)
INTERDIT = Mistake("interdit", "", "un appel au système que le correcteur interdit",
    "Ligne {line}, {file} demande au système une chose dont un chat n'a pas besoin, et que le correcteur interdit.",
    "Enlève cette ligne : pour discuter, il suffit de socket, threading, input et print.",
    "À quoi sert cette ligne dans un chat ?", lessons.COINCE)
HORS_DE_VUE = Mistake("hors_de_vue", "", "le programme s'est remplacé par un autre, ou a fermé ce par quoi la sonde parle",
    "{file} continue là où je ne peux pas le suivre : il s'est remplacé par un autre programme, ou il a tout fermé.",
    "Ce n'est pas forcément une erreur : enlève os.exec… ou ces fermetures, et je verrai le reste.",
    "Quelle ligne change de programme, ou ferme tout ?", lessons.COINCE)
TEMOIGNAGE_FAUX = Mistake("temoignage_faux", "", "ce que le programme dit de lui-même contredit le système ou la source",
    "Ce que {file} annonce au correcteur n'est pas ce que ton ordinateur montre : ces points ne comptent pas.",
    "Écris le programme que le sujet demande : le correcteur regarde aussi de l'extérieur.",
    "Que fait vraiment ton programme ?", lessons.COINCE)
# fmt: on


BY_LIMIT = {
    "processus": TROP_DE_PROCESSUS,
    "threads": TROP_DE_THREADS,
    "memoire": TROP_DE_MEMOIRE,
    "disque": TROP_DE_FICHIERS,
    "duree": TROP_LONG,
    "sonde": TROP_AGITE,
}
"""The mistake for each limit of the watch."""

MAKERS: dict[str, type[ProbeFact]] = {"processus": Forked, "threads": ThreadStarted}
"""The facts that show the line to blame."""

REFUSED = {
    "EFBIG": TROP_DE_FICHIERS,
    "ENOSPC": TROP_DE_FICHIERS,
    "EDQUOT": TROP_DE_FICHIERS,
    "EMFILE": TROP_OUVERTS,
}
"""What the system says of its own limits (errno(3))."""

FORBIDDEN = ("EPERM", "EROFS")
"""What it says of calls that the grader forbids, and of its own files; of a socket's call, a firewall says it too."""


def out_of_sight(case: Case) -> Iterator[Finding]:
    """The probe was lied to, or was not there to the end."""
    if case.cause is TEMOIGNAGE_FAUX:
        yield Finding(TEMOIGNAGE_FAUX, Place(case.code.file, 0))
    elif case.cause is HORS_DE_VUE:
        yield Finding(HORS_DE_VUE, case.verdict.place or Place(case.code.file, 0))


def ended_for(case: Case) -> Iterator[Finding]:
    """The limit that the program was ended for, in the runs that decide a check."""
    for run in case.deciding_runs:
        for excess in run.of(Exceeded, case.program):
            made = run.of(MAKERS[excess.what], case.program) if excess.what in MAKERS else []
            place = place_of(made[-1]) if made else None
            yield Finding(BY_LIMIT.get(excess.what, TROP_AGITE), place or Place(case.code.file, 0))


def refused(case: Case) -> Iterator[Finding]:
    """A limit of the system's that an exception shows."""
    error, run = raised(case), case.run
    if "MemoryError" in error.bases:
        yield found_at(TROP_DE_MEMOIRE, error)
    if "RuntimeError" in error.bases and run.has(ThreadFailed, error.program):
        yield found_at(TROP_DE_THREADS, error)
    if error.code == "EAGAIN" and run.has(Forked, error.program):
        yield found_at(TROP_DE_PROCESSUS, error)
    at_socket = any(one.line == error.line for one in run.of(Refused, error.program))
    if error.code in FORBIDDEN and not at_socket:
        yield found_at(INTERDIT, error)
    if error.code in REFUSED:
        yield found_at(REFUSED[error.code], error)
