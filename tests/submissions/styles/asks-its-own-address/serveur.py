import socket
import threading

sonde = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for hote in ("8.8.8.8", "1.1.1.1"):
    try:
        sonde.connect((hote, 80))
        print("mon adresse :", sonde.getsockname()[0])
    except OSError:
        pass
sonde.close()

IP = ""
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
