import queue
import socket
import threading

IP = "127.0.0.1"
PORT = 4242
a_afficher = queue.Queue()


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall((message + "\n").encode())


def Réception(client):
    fichier = client.makefile("r", encoding="utf-8")
    for ligne in fichier:
        a_afficher.put(ligne)
    fichier.close()
    a_afficher.put(None)


def Affichage():
    """Un troisième thread, qui ne fait qu'afficher."""
    while True:
        ligne = a_afficher.get()
        if ligne is None:
            break
        print("reçu :", ligne, end="")


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
affich = threading.Thread(target=Affichage)
envoi.start()
recep.start()
affich.start()
envoi.join()
recep.join()
affich.join()
client.close()
