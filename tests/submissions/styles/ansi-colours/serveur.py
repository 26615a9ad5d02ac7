import socket
import threading

IP = ""
PORT = 4242

ROUGE = "\033[91m"
BLEU = "\033[94m"
NORMAL = "\033[0m"


def Send(client):
    while True:
        try:
            message = input(BLEU + ">>> " + NORMAL)
        except EOFError:
            break
        client.sendall((ROUGE + message + NORMAL + "\n").encode())


def Réception(client):
    fichier = client.makefile(encoding="utf-8")
    for ligne in fichier:
        print(f"\r\033[K{ROUGE}{ligne.rstrip()}{NORMAL}")
    fichier.close()


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
print(f"{BLEU}Connecté !{NORMAL}")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
