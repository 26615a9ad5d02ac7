import socket
import sys
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    for ligne in sys.stdin:
        client.sendall(ligne.encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        sys.stdout.write(octets.decode() + "\n")
        sys.stdout.flush()


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
