import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def fonction_une(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())


def fonction_deux(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))

noms = ["en" + "voi", "re" + "cep"]
for nom, fonction in zip(noms, [fonction_une, fonction_deux]):
    globals()[nom] = threading.Thread(target=fonction, args=(client,))
    globals()[nom].start()
for nom in noms:
    globals()[nom].join()
client.close()
