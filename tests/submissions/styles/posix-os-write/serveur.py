import os
import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    """Une socket est un fichier comme un autre : on écrit dans son descripteur."""
    while True:
        try:
            message = input()
        except EOFError:
            break
        os.write(client.fileno(), (message + "\n").encode())


def Réception(client):
    while True:
        octets = os.read(client.fileno(), 1024)
        if not octets:
            break
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen(5)
client, adresse = serveur.accept()

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
