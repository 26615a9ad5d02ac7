import queue
import socket
import sys
import threading

IP = ""
PORT = 4242
journal = queue.Queue()


def ecrire_journal():
    """Note tout ce qui se passe, dans un thread à part, jusqu'à None."""
    while True:
        note = journal.get()
        if note is None:
            break
        print("journal :", note, file=sys.stderr)


def annoncer():
    print("Bienvenue dans ChatPy")


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall((message + "\n").encode())
        journal.put("envoyé " + str(len(message)))


def Réception(client):
    fichier = client.makefile("r", encoding="utf-8")
    for ligne in fichier:
        print(ligne, end="")
        journal.put("reçu " + str(len(ligne)))
    fichier.close()


bienvenue = threading.Thread(target=annoncer)
bienvenue.start()
bienvenue.join()
carnet = threading.Thread(target=ecrire_journal)
carnet.start()

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
journal.put(f"connexion de {adresse[0]}")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
journal.put(None)
carnet.join()
