from __future__ import annotations

import codecs
import socket
import threading

IP: str = "0.0.0.0"
PORT: int = 4242
TAILLE: int = 2048


def Send(client: socket.socket) -> None:
    while True:
        try:
            message: str = input()
        except EOFError:
            return
        try:
            client.sendall(f"{message}\n".encode())
        except OSError:
            return


def Réception(client: socket.socket) -> None:
    decodeur = codecs.getincrementaldecoder("utf-8")(errors="replace")
    while donnees := client.recv(TAILLE):
        print(decodeur.decode(donnees), end="", flush=True)


def attendre_client(ip: str, port: int) -> tuple[socket.socket, socket.socket]:
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind((ip, port))
    serveur.listen(1)
    client, _ = serveur.accept()
    return serveur, client


def main() -> None:
    serveur, client = attendre_client(IP, PORT)
    envoi: threading.Thread = threading.Thread(target=Send, args=(client,))
    recep: threading.Thread = threading.Thread(target=Réception, args=(client,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    client.close()
    serveur.close()


if __name__ == "__main__":
    main()
