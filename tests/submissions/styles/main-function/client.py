from __future__ import annotations

import codecs
import socket
import threading

IP: str = "127.0.0.1"
PORT: int = 4242


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
    while donnees := client.recv(2048):
        print(decodeur.decode(donnees), end="", flush=True)


def main() -> int:
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect((IP, PORT))
    envoi: threading.Thread = threading.Thread(target=Send, args=(client,))
    recep: threading.Thread = threading.Thread(target=Réception, args=(client,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    client.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
