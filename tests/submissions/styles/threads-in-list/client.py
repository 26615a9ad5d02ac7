import socket
import threading

IP = "127.0.0.1"
PORT = 4242


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

threads = [
    threading.Thread(target=Send, args=(client,)),
    threading.Thread(target=Réception, args=(client,)),
]
[t.start() for t in threads]
[t.join() for t in threads]
client.close()
