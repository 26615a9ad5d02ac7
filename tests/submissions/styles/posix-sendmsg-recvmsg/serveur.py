import codecs
import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendmsg([message.encode(), b"\n"])


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while True:
        octets, _, _, _ = client.recvmsg(4096)
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
