import socket

serveur = socket.create_server(("localhost", 4242))
client, adresse = serveur.accept()
print("Descripteur du client :", client.fileno())
client.recv(1024)
client.sendall(b"Hello World!")
client.close()
serveur.close()
