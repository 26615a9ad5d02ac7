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
        match message.split():
            case []:
                pass  # une ligne vide ne s'envoie pas
            case ["/aide"]:
                print("Tape un message, ou Ctrl+D pour finir.")
            case _:
                client.sendall(message.encode())


def Réception(client):
    while True:
        match client.recv(1024):
            case b"":
                break
            case octets:
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
