import socket
import sys
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while True:
        octets = sys.stdin.buffer.readline()
        if octets == b"":
            break
        client.sendall(octets)


def Réception(client):
    while True:
        octets = client.recv(1000)
        if not octets:
            break
        sys.stdout.buffer.write(octets)
        sys.stdout.buffer.flush()


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
