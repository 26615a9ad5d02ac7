import socket


def main() -> None:
    """Répond une seule fois, puis s'arrête."""
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind(("localhost", 4242))
    serveur.listen(1)
    client, adresse = serveur.accept()
    descripteur: int = client.fileno()
    print("descripteur :", descripteur)
    client.recv(4096)
    client.sendall("Hello World!".encode())
    client.close()
    serveur.close()


if __name__ == "__main__":
    main()
