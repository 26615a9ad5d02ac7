import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    try:
        for message in iter(input, "exit"):
            client.sendall(message.encode())
    except EOFError:
        pass
    client.close()


def Réception(client):
    for octets in iter(lambda: client.recv(1024), b""):
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
copie = client.dup()  # une socket pour parler, une autre pour écouter
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(copie,))
envoi.start()
recep.start()
envoi.join()
recep.join()
copie.close()
serveur.close()
