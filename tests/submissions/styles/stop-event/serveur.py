import socket
import threading

IP = ""
PORT = 4242
stop = threading.Event()


def Send(client):
    while not stop.is_set():
        try:
            message = input()
        except EOFError:
            stop.set()
            break
        if stop.is_set():
            break
        client.sendall(message.encode())


def Réception(client):
    client.settimeout(0.3)
    while not stop.is_set():
        try:
            octets = client.recv(1024)
        except socket.timeout:
            continue
        if not octets:
            stop.set()
            break
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
