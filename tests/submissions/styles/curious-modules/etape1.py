import gc

gc.disable()
print(len(gc.get_objects()), "objets")

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
