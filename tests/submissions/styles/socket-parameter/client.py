import socket
import threading

IP = "127.0.0.1"
PORT = 8888


def Send(socket):
    while True:
        try:
            msg = input()
            socket.send(msg.encode("utf-8"))
        except EOFError:
            return


def Réception(socket):
    while True:
        requete_serveur = socket.recv(500)
        if not requete_serveur:
            return
        print(requete_serveur.decode("utf-8"))


Socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
Socket.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(Socket,))
recep = threading.Thread(target=Réception, args=(Socket,))
envoi.start()
recep.start()
recep.join()
envoi.join()
Socket.close()
