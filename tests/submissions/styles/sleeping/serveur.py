import socket
import threading
import time

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        time.sleep(0.2)
        client.send(message.encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        time.sleep(0.2)
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
print("Démarrage du serveur...")
time.sleep(1)
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
time.sleep(1)
recep.start()
envoi.join()
recep.join()
print("Fin dans une seconde...")
time.sleep(1)
client.close()
serveur.close()
