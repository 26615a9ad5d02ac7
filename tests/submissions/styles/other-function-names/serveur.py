import socket
import threading

IP = ""
PORT = 4242


def envoyer_messages(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())


def recevoir_messages(client):
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
envoi = threading.Thread(target=envoyer_messages, args=(client,))
recep = threading.Thread(target=recevoir_messages, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
