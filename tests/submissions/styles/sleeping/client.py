import socket
import threading
import time

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.send(message.encode())
        time.sleep(0.2)


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())
        time.sleep(0.2)


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
print("Connexion...")
time.sleep(1)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
recep.start()
time.sleep(1)
envoi.start()
envoi.join()
recep.join()
time.sleep(1)
client.close()
