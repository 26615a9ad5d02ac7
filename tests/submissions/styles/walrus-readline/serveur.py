import codecs
import socket
import sys
import threading

IP = ""
PORT = 4242


def Send(client):
    while ligne := sys.stdin.readline():
        client.sendall(ligne.encode())


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while octets := client.recv(8192):
        sys.stdout.write(decodeur.decode(octets))
        sys.stdout.flush()


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
(envoi := threading.Thread(target=Send, args=(client,))).start()
(recep := threading.Thread(target=Réception, args=(client,))).start()
envoi.join()
recep.join()
client.close()
serveur.close()
