import socket
import threading


class MonThread(threading.Thread):
    """Un thread à qui on donne une fonction et une socket."""

    def __init__(self, fonction, prise):
        super().__init__(daemon=False)
        self.fonction = fonction
        self.prise = prise

    def run(self):
        self.fonction(self.prise)


def Send(prise):
    while True:
        try:
            prise.sendall(f"{input()}\n".encode())
        except EOFError:
            break


def Réception(prise):
    while True:
        recu = prise.recv(1000)
        if not recu:
            break
        print(recu.decode())


ip, port = "", 3333
ecoute = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
ecoute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ecoute.bind((ip, port))
ecoute.listen()
prise, adresse = ecoute.accept()

envoi = MonThread(Send, prise)
recep = MonThread(Réception, prise)
envoi.start()
recep.start()
envoi.join()
recep.join()
prise.close()
ecoute.close()
