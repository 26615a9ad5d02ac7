import socket
import threading

IP = ""
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
        octets = client.recv(65536)
        if not octets:
            break
        reste += octets
        # n'afficher que les lignes complètes
        *lignes, reste = reste.split(b"\n")
        for ligne in lignes:
            print("[lui]", ligne.decode("utf-8", "replace"))


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
