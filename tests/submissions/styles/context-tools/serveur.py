import contextlib
import functools
import socket
import threading

IP = ""
PORT = 4242


def sans_erreur(fonction):
    """Décorateur : la fin du clavier ou de la connexion n'est pas une erreur."""

    @functools.wraps(fonction)
    def enveloppe(*args):
        with contextlib.suppress(EOFError, OSError):
            fonction(*args)

    return enveloppe


@sans_erreur
def Send(client):
    while True:
        client.sendall(f"{input()}\n".encode())


@sans_erreur
def Réception(client):
    with contextlib.closing(client.makefile("r", encoding="utf-8", newline="\n")) as lignes:
        for ligne in lignes:
            print(ligne, end="")


with contextlib.ExitStack() as pile:
    serveur = pile.enter_context(socket.socket())
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind((IP, PORT))
    serveur.listen()
    client = pile.enter_context(serveur.accept()[0])
    envoi = threading.Thread(target=Send, args=(client,))
    recep = threading.Thread(target=Réception, args=(client,))
    envoi.start()
    recep.start()
    pile.callback(recep.join)
    pile.callback(envoi.join)
