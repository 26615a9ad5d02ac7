import socket
import threading

HOTE = None  # toutes mes adresses
PORT = "4242"


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


reponses = socket.getaddrinfo(HOTE, PORT, socket.AF_INET, socket.SOCK_STREAM, 0, socket.AI_PASSIVE)
famille, genre, protocole, nom, adresse = reponses[0]
serveur = socket.socket(famille, genre, protocole)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(adresse)
serveur.listen()
client, _ = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
