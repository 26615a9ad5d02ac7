import os
import traceback
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

try:
    client.getpeername()
except OSError:
    traceback.print_exc()
os._exit(0)
