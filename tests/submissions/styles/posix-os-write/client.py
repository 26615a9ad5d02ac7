import os
import socket
import threading

IP = "localhost"
PORT = 4242


def Send(descripteur):
    while True:
        try:
            message = input()
        except EOFError:
            break
        os.write(descripteur, (message + "\n").encode())


def Réception(descripteur):
    while True:
        octets = os.read(descripteur, 1024)
        if not octets:
            break
        print(octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
descripteur = client.fileno()

envoi = threading.Thread(target=Send, args=(descripteur,))
recep = threading.Thread(target=Réception, args=(descripteur,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
