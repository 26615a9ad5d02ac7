import socket
import threading

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


with socket.create_server((IP, PORT), backlog=1) as serveur:
    client, adresse = serveur.accept()
    with client:
        envoi = threading.Thread(target=Send, args=(client,))
        recep = threading.Thread(target=Réception, args=(client,))
        envoi.start()
        recep.start()
        envoi.join()
        recep.join()
