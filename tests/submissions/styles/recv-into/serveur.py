import socket
import threading

IP = ""
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
    tampon = bytearray(TAILLE)  # toujours la même boîte, on la remplit à chaque fois
    nombre = client.recv_into(tampon)
    while nombre > 0:
        print(tampon[:nombre].decode())
        nombre = client.recv_into(tampon)


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
