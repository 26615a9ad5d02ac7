import socket
import threading

IP = ""
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
        requete_client = socket.recv(500)
        if not requete_client:
            return
        print(requete_client.decode("utf-8"))


Socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
Socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
Socket.bind((IP, PORT))
Socket.listen(1)
Client, Adresse = Socket.accept()
envoi = threading.Thread(target=Send, args=(Client,))
recep = threading.Thread(target=Réception, args=(Client,))
envoi.start()
recep.start()
recep.join()
envoi.join()
Client.close()
Socket.close()
