# Le client de Hugo (5eme B)
import socket
from threading import Thread

IP = "127.0.0.1" # moi meme
PORT = 4242

def Send(client):
    continuer = True
    while continuer:
        try:
            message = input()
            client.send(message.encode("utf-8"))
        except EOFError:
            continuer = False

def Réception(client):
    while True:
        message = client.recv(1024)
        if message == b"":
            break
        print(message.decode("utf-8"))

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print("Connecte !!!")

envoi = Thread(target=Send, args=(client,))
recep = Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
print("Fin")
client.close()
