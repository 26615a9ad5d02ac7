import codecs
import select
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
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while True:
        a_lire, _, _ = select.select([client], [], [], 0.5)
        if client not in a_lire:
            continue
        octets = client.recv(2048)
        if not octets:
            break
        print(decodeur.decode(octets), end="")


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
