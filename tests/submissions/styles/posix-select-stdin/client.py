import codecs
import os
import select
import socket
import threading

IP = "127.0.0.1"
PORT = 4242
parti = threading.Event()


def Send(client):
    """Guette le clavier sans jamais rester bloqué : s'arrête dès que l'autre est parti."""
    while not parti.is_set():
        pret, _, _ = select.select([0], [], [], 0.2)
        if pret:
            tape = os.read(0, 4096)
            if not tape:
                break
            client.sendall(tape)


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while True:
        octets = client.recv(4096)
        if not octets:
            break
        print(decodeur.decode(octets), end="")
    parti.set()


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
