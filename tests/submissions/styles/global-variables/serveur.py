import socket
import threading

IP = ""
PORT = 4242
client = None
nb_envoyes = 0
nb_recus = 0


def Send():
    global nb_envoyes
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.send(message.encode())
        nb_envoyes += 1


def Réception():
    global nb_recus
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())
        nb_recus += 1


def connexion():
    global serveur, client
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind((IP, PORT))
    serveur.listen()
    client, adresse = serveur.accept()


connexion()
envoi = threading.Thread(target=Send)
recep = threading.Thread(target=Réception)
envoi.start()
recep.start()
envoi.join()
recep.join()
print(nb_envoyes, "envoyés,", nb_recus, "reçus")
client.close()
serveur.close()
