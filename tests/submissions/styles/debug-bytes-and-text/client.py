import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError as e:
            print("e =", repr(e))
            break
        print("message =", repr(message))
        n = client.send(message.encode())
        print("n =", n)


def Réception(client):
    while True:
        octets = client.recv(1024)
        print("octets =", octets)
        if not octets:
            break
        texte = octets.decode()
        print("texte =", texte)


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print("client =", client)
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
print("threads =", threading.enumerate())
envoi.join()
print("envoi =", envoi)
recep.join()
print("recep =", recep)
client.close()
