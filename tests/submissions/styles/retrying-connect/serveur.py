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


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
serveur.bind((IP, PORT))
serveur.listen()
serveur.settimeout(1)
while True:
    try:
        client, adresse = serveur.accept()
        break
    except socket.timeout:
        print("toujours personne...")
client.settimeout(None)
client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
