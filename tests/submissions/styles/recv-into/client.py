import socket
import threading

IP = "127.0.0.1"
PORT = 4242
TAILLE = 1024


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())


def Réception(client):
    tampon = memoryview(bytearray(TAILLE))
    while True:
        nombre = client.recv_into(tampon, TAILLE)
        if nombre == 0:
            break
        print(str(tampon[:nombre], "utf-8"))


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
