import ctypes
import logging
import os
import queue
import socket
import sys
import threading

if os.name == "nt":
    ctypes.windll.kernel32.SetConsoleMode(ctypes.windll.kernel32.GetStdHandle(-11), 7)


class Journal(logging.Handler):
    def emit(self, record):
        print(record.getMessage(), file=sys.stderr)


class Pile(queue.Queue):
    def _put(self, item):
        self.queue.append(item)


logging.getLogger().addHandler(Journal())
pile = Pile()
pile.put("début")
logging.warning("%s", pile.get())

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())


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

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
