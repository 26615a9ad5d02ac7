import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client, encodage="utf-8", fin="\n"):
    try:
        while True:
            client.sendall((input() + fin).encode(encodage))
    except EOFError:
        pass


def Réception(client, encodage="utf-8", taille=1024):
    while True:
        octets = client.recv(taille)
        if not octets:
            break
        print(octets.decode(encoding=encodage, errors="replace"))


client = socket.socket(family=socket.AF_INET, type=socket.SOCK_STREAM)
client.connect((IP, PORT))

envoi = threading.Thread(name="thread d'envoi", target=Send, kwargs={"client": client})
recep = threading.Thread(name="thread de réception", target=Réception, kwargs=dict(client=client, taille=512))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
