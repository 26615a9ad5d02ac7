import socket
import threading

IP = "127.0.0.1"
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
        client.sendall((BLEU + message + NORMAL + "\n").encode())


def Réception(client):
    fichier = client.makefile(encoding="utf-8")
    for ligne in fichier:
        print(f"\r\033[K{ROUGE}{ligne.rstrip()}{NORMAL}")
    fichier.close()


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print(f"{BLEU}Connecté !{NORMAL}")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
