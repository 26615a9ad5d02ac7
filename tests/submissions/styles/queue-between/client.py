import socket
import threading
from queue import Queue

IP = "127.0.0.1"
PORT = 4242


def Clavier(boite):
    while True:
        try:
            boite.put(input())
        except EOFError:
            boite.put(None)
            break


def Send(client, boite):
    message = boite.get()
    while message is not None:
        client.sendall(message.encode())
        message = boite.get()


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


boite = Queue()
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
clavier = threading.Thread(target=Clavier, args=(boite,))
envoi = threading.Thread(target=Send, args=(client, boite))
recep = threading.Thread(target=Réception, args=(client,))
clavier.start()
envoi.start()
recep.start()
clavier.join()
envoi.join()
recep.join()
client.close()
