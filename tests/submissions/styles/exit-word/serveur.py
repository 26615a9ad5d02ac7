import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            message = "exit"
        if message == "exit":
            print("Tu quittes le chat.")
            break
        client.sendall(message.encode())
    try:
        client.shutdown(socket.SHUT_RDWR)  # réveille aussi Réception
    except OSError:
        pass


def Réception(client):
    while True:
        try:
            octets = client.recv(1024)
        except OSError:
            break
        if not octets:
            break
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
print("Tape exit pour quitter.")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
