import socket
import threading

IP = "127.0.0.1"
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


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
Envoi = threading.Thread(target=envoyer_messages, args=(client,))
Recep = threading.Thread(target=recevoir_messages, args=(client,))
Envoi.start()
Recep.start()
Envoi.join()
Recep.join()
client.close()
