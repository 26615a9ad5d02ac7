import socket
import threading

IP = ""
PORT = 4242


def principal():
    numero = 0

    def Send():
        nonlocal numero
        while True:
            try:
                message = input()
            except EOFError:
                break
            numero += 1
            client.sendall(f"{numero}) {message}".encode())

    def Réception():
        while True:
            octets = client.recv(1024)
            if not octets:
                break
            print(octets.decode())

    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind((IP, PORT))
    serveur.listen()
    client, adresse = serveur.accept()
    envoi = threading.Thread(target=Send)
    recep = threading.Thread(target=Réception)
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    client.close()
    serveur.close()


principal()
