import socket

from discussion import PORT, discuter

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("", PORT))
serveur.listen()
client, adresse = serveur.accept()
discuter(client)
serveur.close()
