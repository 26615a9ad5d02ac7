import os
import socket
import sys
import threading

# python client.py [ip] [port]
IP = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CHATPY_IP", "127.0.0.1")
PORT = int(sys.argv[2]) if len(sys.argv) > 2 else 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
