import socket
from threading import Thread

IP = ""
PORT = 4242


class Envoi(Thread):
    def __init__(self, client):
        Thread.__init__(self)
        self.client = client

    def run(self):
        while True:
            try:
                message = input()
            except EOFError:
                break
            self.client.send(message.encode())


class Réception(Thread):
    def __init__(self, client):
        Thread.__init__(self)
        self.client = client

    def run(self):
        while True:
            octets = self.client.recv(1024)
            if not octets:
                break
            print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = Envoi(client)
recep = Réception(client)
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
