import codecs
import socket
import threading

IP = "localhost"
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode() + b"\n")


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(decodeur.decode(octets), end="")


client = socket.create_connection((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
