import codecs
import logging
import socket
import threading

IP = ""
PORT = 4242
logging.basicConfig(level=logging.DEBUG, format="%(threadName)s - %(message)s")


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            logging.error("EOFError : plus de clavier")
            break
        client.sendall((message + "\n").encode())
        logging.debug("envoyé : %s", message)


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while True:
        octets = client.recv(4096)
        logging.debug("reçu : %r", octets)
        if not octets:
            break
        print(decodeur.decode(octets), end="")


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,), name="ENVOI")
recep = threading.Thread(target=Réception, args=(client,), name="RECEP")
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
