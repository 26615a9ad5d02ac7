from socket import *
from threading import *

IP = "0.0.0.0"
PORT = 4242


def Send(connexion):
    try:
        while True:
            connexion.sendall(input().encode() + b"\n")
    except EOFError:
        print("plus rien à envoyer")


def Réception(connexion):
    texte = connexion.recv(500)
    while texte:
        print(texte.decode())
        texte = connexion.recv(500)


serveur = socket(AF_INET, SOCK_STREAM)
serveur.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen(1)
connexion, adresse = serveur.accept()

envoi = Thread(target=Send, args=(connexion,))
recep = Thread(target=Réception, args=(connexion,))
envoi.start()
recep.start()
envoi.join()
recep.join()
connexion.close()
serveur.close()
