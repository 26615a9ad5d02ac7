from socket import *
from threading import *

IP = "localhost"
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


connexion = socket(AF_INET, SOCK_STREAM)
connexion.connect((IP, PORT))

envoi = Thread(target=Send, args=(connexion,))
recep = Thread(target=Réception, args=(connexion,))
envoi.start()
recep.start()
envoi.join()
recep.join()
connexion.close()
