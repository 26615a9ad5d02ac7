"""What a program used too much of, and what nobody can believe: a table that a teacher can proofread."""

from __future__ import annotations

from . import lessons
from .mistake import Mistake

LIMITS: tuple[Mistake, ...] = (
    Mistake("trop_de_threads", "", "plus de threads qu'un programme n'en peut avoir",
            "{file} démarre des threads sans s'arrêter : il y en a eu plus de cent, et le correcteur n'en donne pas plus.",
            "Sors « Thread(…) » et .start() de la boucle : un chat a besoin de deux threads.",
            "Combien de fois la ligne qui démarre un thread est-elle exécutée ?", lessons.THREADS),
    Mistake("trop_de_processus", "", "plus de processus qu'un programme n'en peut avoir",
            "{file} lance des programmes sans s'arrêter : il y en a eu des dizaines, et le correcteur l'a arrêté.",
            "Enlève ce qui lance d'autres programmes (os.fork, subprocess, os.system) : un chat n'en a pas besoin.",
            "Combien de fois la ligne qui lance un programme est-elle exécutée ?", lessons.COINCE),
    Mistake("trop_de_memoire", "", "plus de mémoire qu'un programme n'en peut avoir",
            "{file} remplit la mémoire sans s'arrêter : des centaines de mégaoctets, et le correcteur n'en donne pas plus.",
            "Cherche la boucle où une liste ou un texte grandit à chaque tour, et vide-le ou arrête-la.",
            "Qu'est-ce qui grandit à chaque tour de ta boucle ?", lessons.COINCE),
    Mistake("trop_de_fichiers", "", "plus de place sur le disque qu'un programme n'en peut avoir",
            "{file} écrit dans des fichiers sans s'arrêter : la place que le correcteur lui laisse est pleine.",
            "Enlève cette écriture, ou fais-la une seule fois par message.",
            "Combien de fois écris-tu dans ce fichier ?", lessons.COINCE),
    Mistake("trop_ouverts", "", "plus de sockets ou de fichiers ouverts qu'un programme n'en peut avoir",
            "Ligne {line}, trop de sockets ou de fichiers sont ouverts en même temps.",
            "Sors cette ligne de la boucle, ou ferme avec .close() ce que tu as ouvert.",
            "Combien de fois ouvres-tu quelque chose, et où le fermes-tu ?", lessons.COINCE),
    Mistake("trop_long", "", "une conversation qui dure plus d'une minute",
            "{file} avance, mais si lentement que la conversation n'était pas finie après une minute.",
            "Enlève les time.sleep(…) et les boucles qui attendent.",
            "Où ton programme attend-il sans raison ?", lessons.COINCE),
    Mistake("trop_agite", "", "des millions d'appels par conversation",
            "{file} appelle sans fin les fonctions des sockets, sans rien attendre.",
            "Cherche la boucle qui ne s'arrête jamais, et fais-la attendre recv ou input.",
            "Qu'est-ce qui fait attendre ta boucle ?", lessons.COINCE),
    Mistake("interdit", "", "un appel au système que le correcteur interdit",
            "Ligne {line}, {file} demande au système une chose dont un chat n'a pas besoin, et que le correcteur interdit.",
            "Enlève cette ligne : pour discuter, il suffit de socket, threading, input et print.",
            "À quoi sert cette ligne dans un chat ?", lessons.COINCE),
    Mistake("hors_de_vue", "", "le programme s'est remplacé par un autre, ou a fermé ce par quoi la sonde parle",
            "{file} continue là où je ne peux pas le suivre : il s'est remplacé par un autre programme, ou il a tout fermé.",
            "Ce n'est pas forcément une erreur : enlève os.exec… ou ces fermetures, et je verrai le reste.",
            "Quelle ligne change de programme, ou ferme tout ?", lessons.COINCE),
    Mistake("temoignage_faux", "", "ce que le programme dit de lui-même contredit le système ou la source",
            "Ce que {file} annonce au correcteur n'est pas ce que ton ordinateur montre : ces points ne comptent pas.",
            "Écris le programme que le sujet demande : le correcteur regarde aussi de l'extérieur.",
            "Que fait vraiment ton programme ?", lessons.COINCE),
)
