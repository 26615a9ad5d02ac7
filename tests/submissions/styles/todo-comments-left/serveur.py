"""Étape 2, le serveur : attend un client, puis discute avec lui.

Le sujet est dans README.md. Suis les TODO dans l'ordre, puis lance :
    python serveur.py
"""

import socket
import threading

# TODO 1 : l'adresse IP de ta machine, et un port entre 1024 et 65535.
IP = ""
PORT = 5001


def Send(client):
    """Envoie au client chaque ligne tapée au clavier."""
    # TODO 2 : lis une ligne au clavier et envoie-la au client, et recommence.
    while True:
        ligne = input()
        client.send(ligne.encode())


def Réception(client):
    """Affiche chaque message qui vient du client."""
    # TODO 3 : reçois un message du client et affiche-le, et recommence.
    # Quand le client est parti, recv() rend b"" : c'est le moment d'arrêter.
    while True:
        message = client.recv(1024)
        if message == b"":
            return
        print(message.decode())


# TODO 4 : crée la socket, lie-la à (IP, PORT), écoute, et accepte un client.
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()

# TODO 5 : crée deux threads : envoi, qui lance Send, et recep, qui lance Réception.
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))

# TODO 6 : démarre les deux threads.
envoi.start()
recep.start()

# TODO 7 : attends la fin des deux threads avec .join(), puis ferme les sockets.
envoi.join()
recep.join()
client.close()
serveur.close()

# TODO 8 : efface la ligne ci-dessous.
print("serveur.py attend ses TODO : ouvre le fichier et commence par le TODO 1.")
