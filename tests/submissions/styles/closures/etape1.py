import socket


def repondeur(message):
    """Fabrique une fonction qui répond toujours la même chose."""

    def repondre(client):
        print("je réponds sur le descripteur", client.fileno())
        client.recv(1024)
        client.sendall(message.encode())
        client.close()

    return repondre


bonjour = repondeur("Hello World!")
serveur = socket.socket()
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("127.0.0.1", 4242))
serveur.listen()
bonjour(serveur.accept()[0])
serveur.close()
