import socket
import threading

HOTE = "localhost"
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


client = None
for famille, genre, protocole, nom, adresse in socket.getaddrinfo(HOTE, PORT, socket.AF_INET, socket.SOCK_STREAM):
    try:
        client = socket.socket(famille, genre, protocole)
        client.connect(adresse)
    except OSError:
        client.close()
        client = None
    else:
        break
if client is None:
    raise SystemExit("personne ne répond")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
