import codecs
import socket
import threading

IP = "127.0.0.1"
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


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
