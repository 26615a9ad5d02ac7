import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
print("fd =", client.fileno())
with client, client.makefile("r", encoding="ascii") as requete, client.makefile("w", encoding="ascii") as reponse:
    print("demande :", requete.readline().strip())
    while requete.readline().strip() != "":
        pass  # les en-têtes ne nous intéressent pas
    print("Hello World!", end="", file=reponse)
serveur.close()
