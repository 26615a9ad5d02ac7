import socket
import sys
import threading

IP = ""
PORT = 4242


def Send(client):
    for octets in sys.stdin.buffer:
        client.sendall(octets)


def Réception(client):
    while True:
        octets = client.recv(1000)
        if not octets:
            break
        # le terminal comprend déjà l'UTF-8 : rien à traduire
        sys.stdout.buffer.write(octets)
        sys.stdout.buffer.flush()


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
