import codecs
import socket
import sys
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while ligne := sys.stdin.readline():
        client.sendall(ligne.encode())


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while octets := client.recv(8192):
        sys.stdout.write(decodeur.decode(octets))
        sys.stdout.flush()


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
(envoi := threading.Thread(target=Send, args=(client,))).start()
(recep := threading.Thread(target=Réception, args=(client,))).start()
envoi.join()
recep.join()
client.close()
