import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
print("Numéro :", client.fileno())
client.recv(1024)
client.sendall(b"Hello World!")
client.close()
serveur.close()
