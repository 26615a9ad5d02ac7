import codecs
import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            octets = (input() + "\n").encode()
        except EOFError:
            break
        while octets:
            octets = octets[client.send(octets):]


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while True:
        octets = client.recv(16)
        if not octets:
            break
        print(decodeur.decode(octets), end="")


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
