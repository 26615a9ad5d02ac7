from socket import *

serveur = socket(AF_INET, SOCK_STREAM)
serveur.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serveur.bind(("", 4242))
serveur.listen(1)
connexion, adresse = serveur.accept()
print("Connexion de", adresse, "descripteur", connexion.fileno())
requete = connexion.recv(1024).decode()
print(requete)
connexion.sendall(b"Hello World!\n")
connexion.close()
serveur.close()
