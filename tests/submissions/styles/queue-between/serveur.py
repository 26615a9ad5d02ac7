import queue
import socket
import sys
import threading

IP = ""
PORT = 4242
a_envoyer = queue.Queue()


def Send(client):
    while True:
        message = a_envoyer.get()
        if message is None:
            break
        client.sendall(message.encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
# le programme principal lit le clavier et remplit la file
for ligne in sys.stdin:
    a_envoyer.put(ligne)
a_envoyer.put(None)
envoi.join()
recep.join()
client.close()
serveur.close()
