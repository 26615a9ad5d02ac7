import functools
import socket
import threading

IP = ""
PORT = 4242


def Send(client, fin):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall((message + fin).encode())


def Réception(client, taille):
    with client.makefile("r", encoding="utf-8", errors="replace") as fichier:
        for ligne in fichier:
            print(ligne.rstrip("\n"))


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()

envoi = threading.Thread(target=functools.partial(Send, client, fin="\n"))
recep = threading.Thread(target=functools.partial(Réception, client, taille=1024))
for fil in envoi, recep:
    fil.start()
for fil in envoi, recep:
    fil.join()
client.close()
serveur.close()
