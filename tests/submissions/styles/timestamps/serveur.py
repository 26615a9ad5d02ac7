import socket
import threading
from datetime import datetime

IP = ""
PORT = 4242


def heure():
    return datetime.now().strftime("[%H:%M:%S] ")


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.send((heure() + message).encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(heure() + octets.decode().strip() + " (reçu)")


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
print(heure() + "en attente")
client, adresse = serveur.accept()
print(heure() + "connecté")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
print(heure() + "fini")
client.close()
serveur.close()
