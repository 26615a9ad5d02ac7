import socket
from threading import Thread

IP = "127.0.0.1"
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


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = Envoi(client)
recep = Réception(client)
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
