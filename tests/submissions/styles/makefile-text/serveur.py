import socket
import threading

IP = ""
PORT = 4242


def Send(sortie):
    while True:
        try:
            message = input()
        except EOFError:
            break
        print(message, file=sortie, flush=True)


def Réception(entree):
    for ligne in entree:
        print("<", ligne.rstrip(), ">")


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, _ = serveur.accept()
entree = client.makefile("r", encoding="utf-8")
sortie = client.makefile("w", encoding="utf-8")

envoi = threading.Thread(target=Send, args=(sortie,))
recep = threading.Thread(target=Réception, args=(entree,))
envoi.start()
recep.start()
envoi.join()
recep.join()
entree.close()
sortie.close()
client.close()
serveur.close()
