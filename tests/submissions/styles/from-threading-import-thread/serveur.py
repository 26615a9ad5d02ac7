# Le serveur de Hugo (5eme B)
import socket
from threading import Thread

# l'IP c'est l'adresse de la machine
IP = ""
PORT = 4242

# la fonction pour envoyer
def Send(client):
    continuer = True
    while continuer:
        try:
            message = input()
            client.send(message.encode("utf-8"))
        except EOFError:
            continuer = False   # Ctrl+D

# la fonction pour recevoir
def Réception(client):
    while True:
        message = client.recv(1024)
        if message == b"":
            break
        print(message.decode("utf-8"))

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen(5)
print("En attente...")
client, infos = serveur.accept()
print("Un client est arrive !!!", infos)

envoi = Thread(target=Send, args=(client,))
recep = Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
# on attend la fin
envoi.join()
recep.join()
print("Fin")
client.close()
serveur.close()
