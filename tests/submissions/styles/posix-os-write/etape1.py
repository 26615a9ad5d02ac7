import os
import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("localhost", 4242))
serveur.listen(5)
client, adresse = serveur.accept()
descripteur = client.fileno()
os.write(descripteur, b"Hello World!")
client.close()
serveur.close()
