import codecs
import selectors
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
    decodeur = codecs.getincrementaldecoder("utf-8")()
    with selectors.DefaultSelector() as guetteur:
        guetteur.register(client, selectors.EVENT_READ)
        ouvert = True
        while ouvert:
            for _ in guetteur.select(timeout=0.3):
                octets = client.recv(2048)
                print(decodeur.decode(octets), end="")
                ouvert = octets != b""


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
