import socket
from concurrent.futures import ThreadPoolExecutor

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

with ThreadPoolExecutor(max_workers=2) as pool:
    pool.submit(Send, client)
    pool.submit(Réception, client)
client.close()
