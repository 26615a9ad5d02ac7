import codecs
import socket
import sys
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(c):
    while True:
        try:
            texte = input()
        except EOFError:
            break
        c.sendall((texte + "\n").encode())


def Réception(c):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while True:
        octet = c.recv(1)
        if octet == b"":
            break
        sys.stdout.write(decodeur.decode(octet))  # une lettre à la fois, comme un télétype
        sys.stdout.flush()


c = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
c.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(c,))
recep = threading.Thread(target=Réception, args=(c,))
envoi.start()
recep.start()
envoi.join()
recep.join()
c.close()
