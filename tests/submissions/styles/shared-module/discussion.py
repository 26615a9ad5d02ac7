"""Ce que le serveur et le client font pareil : discuter."""

import codecs
import socket
import threading

PORT = 4242


def Send(prise):
    while True:
        try:
            message = input()
        except EOFError:
            break
        prise.sendall((message + "\n").encode())
    try:
        prise.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def Réception(prise):
    decodeur = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        octets = prise.recv(4096)
        if not octets:
            break
        print(decodeur.decode(octets), end="")


def discuter(prise):
    envoi = threading.Thread(target=Send, args=(prise,))
    recep = threading.Thread(target=Réception, args=(prise,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    prise.close()
