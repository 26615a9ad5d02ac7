import socket
import threading

IP = ""
PORT = 4242


def envoi(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.send(message.encode())


def recep(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=envoi, args=(client,))
recep = threading.Thread(target=recep, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
