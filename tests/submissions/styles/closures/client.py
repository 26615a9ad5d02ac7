import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def fabrique_envoi(client):
    def Send():
        while True:
            try:
                client.sendall(input().encode())
            except EOFError:
                break

    return Send


def fabrique_reception(client):
    def Réception():
        while True:
            octets = client.recv(1024)
            if not octets:
                break
            print(octets.decode())

    return Réception


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=fabrique_envoi(client))
recep = threading.Thread(target=fabrique_reception(client))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
