from socket import socket, AF_INET, SOCK_STREAM
from threading import Thread
from codecs import getincrementaldecoder

IP, PORT = "127.0.0.1", 4242


def Send(prise):
    while True:
        try:
            ligne = input()
        except EOFError:
            break
        prise.sendall(bytes(ligne + "\n", "utf-8"))


def Réception(prise):
    traduire = getincrementaldecoder("utf-8")().decode
    while True:
        recu = prise.recv(4096)
        if not recu:
            break
        print(traduire(recu), end="")


prise = socket(AF_INET, SOCK_STREAM)
prise.connect((IP, PORT))

envoi = Thread(target=Send, args=(prise,))
recep = Thread(target=Réception, args=(prise,))
envoi.start()
recep.start()
envoi.join()
recep.join()
prise.close()
