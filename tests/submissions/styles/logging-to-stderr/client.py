import codecs
import logging
import socket
import threading

IP = "127.0.0.1"
PORT = 4242
journal = logging.getLogger("client")
journal.addHandler(logging.StreamHandler())
journal.setLevel("INFO")


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            journal.info("fin du clavier")
            break
        client.sendall((message + "\n").encode())
        journal.info("envoyé : %s", message)


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while True:
        octets = client.recv(4096)
        if not octets:
            journal.info("fin de la connexion")
            break
        print(decodeur.decode(octets), end="")


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
