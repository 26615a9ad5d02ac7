import socket
import threading

IP = ""
PORT = 4242
PSEUDO = "Zoé la serveuse"


def Send(client):
    client.sendall(f"*** Bienvenue chez {PSEUDO} ! ***\n".encode())
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(f"{PSEUDO} : {message}\n".encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode(), end="")


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
client.send(b"Connexion acceptee\n")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
