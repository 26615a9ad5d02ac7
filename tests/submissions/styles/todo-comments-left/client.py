"""Étape 2, le client : rejoint le serveur, puis discute avec lui.

Le sujet est dans README.md. Suis les TODO dans l'ordre, lance le serveur, puis :
    python client.py
"""

import socket
import threading

# TODO 1 : l'adresse IP de la machine du serveur, et le port de serveur.py.
IP = "127.0.0.1"
PORT = 5001


def Send(client):
    """Envoie au serveur chaque ligne tapée au clavier."""
    # TODO 2 : lis une ligne au clavier et envoie-la au serveur, et recommence.
    while True:
        ligne = input()
        client.send(ligne.encode())


def Réception(client):
    """Affiche chaque message qui vient du serveur."""
    # TODO 3 : reçois un message du serveur et affiche-le, et recommence.
    # Quand le serveur est parti, recv() rend b"" : c'est le moment d'arrêter.
    while True:
        message = client.recv(1024)
        if message == b"":
            return
        print(message.decode())


# TODO 4 : crée la socket et connecte-la à (IP, PORT).
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))

# TODO 5 : crée deux threads : envoi, qui lance Send, et recep, qui lance Réception.
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))

# TODO 6 : démarre les deux threads.
envoi.start()
recep.start()

# TODO 7 : attends la fin des deux threads avec .join(), puis ferme la socket.
envoi.join()
recep.join()
client.close()
