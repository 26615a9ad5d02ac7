import socket
import threading

hote = "localhost"
port = 15555


def Send(socket):
    while True:
        try:
            msg = input()
        except EOFError:
            break
        socket.send(msg.encode())


def Réception(socket):
    while True:
        reponse = socket.recv(255)
        if reponse == b"":
            break
        print(reponse.decode())


socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
socket.connect((hote, port))
print("Connexion sur {}".format(port))
envoi = threading.Thread(target=Send, args=(socket,))
recep = threading.Thread(target=Réception, args=(socket,))
envoi.start()
recep.start()
envoi.join()
recep.join()
print("Close")
socket.close()
