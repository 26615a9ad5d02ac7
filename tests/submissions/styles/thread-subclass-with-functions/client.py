import socket
import threading


class MonThread(threading.Thread):
    """Un thread à qui on donne une fonction et une socket."""

    def __init__(self, fonction, prise):
        super().__init__(target=fonction, args=(prise,))


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


ip, port = "localhost", 3333
prise = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
prise.connect((ip, port))

envoi = MonThread(Send, prise)
recep = MonThread(Réception, prise)
envoi.start()
recep.start()
envoi.join()
recep.join()
prise.close()
