import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while True:
        try:
            client.send(input().encode())
        except EOFError:
            break


def Réception(client):
    while True:
        donnees, origine = client.recvfrom(1024)
        if not donnees:
            break
        print("message :", donnees.decode().strip())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
