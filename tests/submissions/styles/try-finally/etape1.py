import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind(("localhost", 4242))
    serveur.listen()
    client, adresse = serveur.accept()
    try:
        print(client.fileno())
        client.recv(1024)
        client.sendall(b"Hello World!")
    finally:
        client.close()
except OSError as erreur:
    print("Problème :", erreur)
finally:
    serveur.close()
    print("Tout est fermé")
exit(0)
