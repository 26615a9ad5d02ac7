"""Étape 1 : un serveur qui attend une seule requête et répond « Hello World! ».

Le sujet est dans README.md. Suis les TODO dans l'ordre, puis essaie :
    python etape1.py                            (dans un terminal)
    curl --http0.9 http://localhost:4242        (dans un autre)
"""

import socket

# TODO 1 : crée la socket du serveur (IPv4, TCP).
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# TODO 2 : choisis l'adresse IP (localhost) et le port (4242).
ip = "localhost"
port = 4242

# TODO 3 : lie la socket à cette adresse et à ce port.
serveur.bind((ip, port))

# TODO 4 : écoute.
serveur.listen()

# TODO 5 : accepte la requête qui arrive.
client, adresse = serveur.accept()

# TODO 6 : choisis le message à répondre : Hello World!
message = "Hello World!"

# TODO 7 : récupère le descripteur du client avec la méthode .fileno() et affiche-le.
descripteur = client.fileno()
print(descripteur)

# TODO 8 : envoie le message au client, puis ferme la connexion.
client.send(message.encode())
client.close()

# TODO 9 : efface la ligne ci-dessous.
print("etape1.py attend ses TODO : ouvre le fichier et commence par le TODO 1.")
