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
        client.sendall(message.encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
while client.connect_ex((IP, PORT)) != 0:
    print("Le serveur n'est pas encore là, j'attends...")
    client.close()
    time.sleep(0.5)
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
