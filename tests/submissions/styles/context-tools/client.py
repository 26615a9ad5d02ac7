import contextlib
import functools
import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def sans_erreur(fonction):
    """Décorateur : la fin du clavier ou de la connexion n'est pas une erreur."""

    @functools.wraps(fonction)
    def enveloppe(*args):
        with contextlib.suppress(EOFError, OSError):
            fonction(*args)

    return enveloppe


@contextlib.contextmanager
def thread(fonction, *args):
    """Un thread qui vit le temps d'un bloc with."""
    t = threading.Thread(target=fonction, args=args)
    t.start()
    yield t
    t.join()


@sans_erreur
def Send(client):
    while True:
        client.sendall(f"{input()}\n".encode())


@sans_erreur
def Réception(client):
    with contextlib.closing(client.makefile("r", encoding="utf-8", newline="\n")) as lignes:
        for ligne in lignes:
            print(ligne, end="")


with socket.socket() as client:
    client.connect((IP, PORT))
    with thread(Send, client) as envoi, thread(Réception, client) as recep:
        pass
