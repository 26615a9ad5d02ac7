import socket
import time

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
print(client.fileno())
time.sleep(1)
client.recv(1024)
client.sendall(b"Hello World!")
time.sleep(1)
client.close()
serveur.close()
