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
        client.sendall((message + "\n").encode())


def Réception(client):
    reste = b""
    while True:
        octets = client.recv(2 ** 16)
        if not octets:
            break
        reste += octets
        *lignes, reste = reste.split(b"\n")
        for ligne in lignes:
            print("[lui]", ligne.decode("utf-8", "replace"))


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
