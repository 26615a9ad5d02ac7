import socket

IP = "0.0.0.0"
PORT = 4242
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen(2)
client, adresse = serveur.accept()
print("Descripteur : %d" % client.fileno())
print("Requete : %s" % client.recv(1024).decode())
client.send(b"%s" % b"Hello World!")
client.close()
serveur.close()
