import os
import socket
import threading

IP = "127.0.0.1"
PORT = 4242
CLAVIER = 0
ECRAN = 1


def Send(client):
    octets = os.read(CLAVIER, 1024)
    while octets:
        client.sendall(octets)
        octets = os.read(CLAVIER, 1024)


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        os.write(ECRAN, octets)


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
