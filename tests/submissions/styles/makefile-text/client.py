import socket
import threading

IP = "127.0.0.1"
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


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
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
