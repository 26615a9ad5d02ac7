import socket
import threading

IP = ""
PORT = 4242


def lancer(fonction, *arguments):
    """Crée un thread, le démarre et le rend."""
    t = threading.Thread(target=fonction, args=arguments)
    t.start()
    return t


def attendre(*fils):
    for f in fils:
        f.join()


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


def creer_serveur():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((IP, PORT))
    s.listen()
    return s


serveur = creer_serveur()
client, adresse = serveur.accept()
attendre(lancer(Send, client), lancer(Réception, client))
client.close()
serveur.close()
