"""What works on Linux and macOS only, for whoever is graded on Windows: a table that a teacher can proofread."""

from __future__ import annotations

from . import lessons
from .mistake import Mistake

ONLY_POSIX: tuple[Mistake, ...] = (
    Mistake("socket_pas_fichier", "", "sous Windows, os.write, os.read, os.close, os.fdopen ou open prend le descripteur d'une socket",
            "Ligne {line}, {name} prend ta socket pour un fichier. Sous Linux et macOS, cela marche ; sous Windows, une socket n'est pas un fichier.",
            "Ligne {line} de {file}, écris plutôt {owner}.{instead} : cela marche partout.",
            "Quelle méthode de la socket fait la même chose que {name} ?", lessons.ENVOYER),
    Mistake("clavier_pas_socket", "", "sous Windows, select attend le clavier",
            "Ligne {line}, select attend aussi le clavier. Sous Linux et macOS, cela marche ; sous Windows, select n'attend que des sockets.",
            "Lis le clavier dans un thread à lui, avec input() : cela marche partout.",
            "Qui peut attendre le clavier, pendant qu'un autre attend la socket ?", lessons.SEND),
    Mistake("pas_sous_windows", "", "sous Windows, un nom que seuls Linux et macOS ont",
            "Ligne {line}, {name} n'existe pas sous Windows : seuls Linux et macOS l'ont.",
            "Ligne {line} de {file}, sers-toi plutôt de {instead} : cela marche partout.",
            "Sur quel système as-tu trouvé {name} ?", lessons.COINCE),
)
