"""The headings of the subject that explanations send to, each once."""

from __future__ import annotations

TRAVAIL = "Comment travailler"
CREER_SOCKET = "etape1.py, créer la socket (TODO 1)"
CHOISIR = "etape1.py, choisir adresse et port (TODO 2)"
LIER = "etape1.py, lier la socket (TODO 3)"
ECOUTER = "etape1.py, écouter (TODO 4)"
ACCEPTER = "etape1.py, accepter (TODO 5)"
MESSAGE = "etape1.py, choisir le message (TODO 6)"
FILENO = "etape1.py, récupérer le descripteur (TODO 7)"
ENVOYER = "etape1.py, envoyer et fermer (TODO 8)"
IP_SERVEUR = "serveur.py, IP et port (TODO 1)"
SEND = "serveur.py, la fonction Send (TODO 2)"
RECEPTION = "serveur.py, la fonction Réception (TODO 3)"
ATTENDRE_CLIENT = "serveur.py, attendre un client (TODO 4)"
CREER_THREADS = "serveur.py, créer les deux threads (TODO 5)"
DEMARRER = "serveur.py, démarrer les threads (TODO 6)"
ATTENDRE_FIN = "serveur.py, attendre la fin (TODO 7)"
IP_CLIENT = "client.py, IP et port (TODO 1)"
SEND_ET_RECEPTION = "client.py, Send et Réception (TODO 2 et 3)"
CONNECTER = "client.py, se connecter (TODO 4)"
THREADS_CLIENT = "client.py, les threads (TODO 5, 6 et 7)"
FINIR = "Finir la conversation"
ESSAYER = "Essayer sur une machine"
TROUVER_IP = "Trouver son adresse IP"
COINCE = "Quand ça coince"
SOCKETS = "Les sockets"
ADRESSES = "Les adresses IP"
ROLES = "Client et serveur"
PORTS = "Les ports"
OCTETS = "Octets et texte"
THREADS = "Les threads"

TODOS: dict[str, tuple[str, ...]] = {
    "etape1": (CREER_SOCKET, CHOISIR, LIER, ECOUTER, ACCEPTER, MESSAGE, FILENO, ENVOYER),
    "serveur": (IP_SERVEUR, SEND, RECEPTION, ATTENDRE_CLIENT, CREER_THREADS, DEMARRER, ATTENDRE_FIN),
    "client": (
        IP_CLIENT, SEND_ET_RECEPTION, SEND_ET_RECEPTION, CONNECTER, THREADS_CLIENT, THREADS_CLIENT, THREADS_CLIENT,
    ),
}  # fmt: skip
"""The part of the subject on each TODO of a program, from the first on."""
