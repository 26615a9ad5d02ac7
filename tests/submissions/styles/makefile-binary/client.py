import socket
import threading

IP = "127.0.0.1"
PORT = 9999


def Send(fichier):
    while True:
        try:
            message = input()
        except EOFError:
            break
        fichier.write(message.encode("utf-8") + b"\n")
        fichier.flush()


def Réception(fichier):
    ligne = fichier.readline()
    while ligne != b"":
        print(ligne.decode("utf-8"), end="")
        ligne = fichier.readline()
    print("plus rien")


c = socket.socket()
c.connect((IP, PORT))
fichier = c.makefile("rwb")
c.close()  # le fichier garde la connexion ouverte

envoi = threading.Thread(target=Send, args=(fichier,))
recep = threading.Thread(target=Réception, args=(fichier,))
envoi.start()
recep.start()
envoi.join()
recep.join()
fichier.close()
