import socket
import threading

from config import *


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode(ENCODAGE))


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode(ENCODAGE))


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP_CLIENT, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
