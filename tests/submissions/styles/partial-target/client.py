import functools
import socket
import threading

IP = "127.0.0.1"
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


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))

envoi = threading.Thread(target=functools.partial(Send, client, fin="\n"))
recep = threading.Thread(target=functools.partial(Réception, client, taille=1024))
for fil in envoi, recep:
    fil.start()
for fil in envoi, recep:
    fil.join()
client.close()
