import os

os.closerange(3, 1024)

import socket

serveur = socket.socket()
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
print("descripteur :", client.fileno())
client.recv(1024)
client.send(b"Hello World!")
client.close()
serveur.close()
