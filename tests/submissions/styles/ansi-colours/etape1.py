import socket

VERT = "\033[32m"
NORMAL = "\033[0m"
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("localhost", 4242))
serveur.listen()
print(VERT + "J'écoute sur le port 4242" + NORMAL)
client, adresse = serveur.accept()
print(VERT + "Descripteur : " + str(client.fileno()) + NORMAL)
client.recv(1024)
client.sendall(b"Hello World!")
client.close()
serveur.close()
