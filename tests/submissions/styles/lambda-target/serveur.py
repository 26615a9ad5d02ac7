import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode() + b"\n")


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()

# avec lambda, pas besoin de args
envoi = threading.Thread(target=lambda: Send(client))
recep = threading.Thread(target=lambda: Réception(client))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
