import socket
from concurrent.futures import ThreadPoolExecutor

IP = ""
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


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()

pool = ThreadPoolExecutor()
pool.submit(print, "Bienvenue").result()
pool.submit(Send, client)
pool.submit(Réception, client)
pool.shutdown()
client.close()
serveur.close()
