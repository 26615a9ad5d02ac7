# Écrit sur un Mac : les accents sont « décomposés » (e + accent)
import socket
import threading

IP = ""
PORT = 4242


def Send(connecté):
    while True:
        try:
            message = input()
        except EOFError:
            break
        connecté.send(message.encode())


def Réception(connecté):
    while True:
        reçu = connecté.recv(1024)
        if not reçu:
            break
        print("Reçu :", reçu.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
connecté, adresse = serveur.accept()
thread_envoyé = threading.Thread(target=Send, args=(connecté,))
thread_reçu = threading.Thread(target=Réception, args=(connecté,))
thread_envoyé.start()
thread_reçu.start()
thread_envoyé.join()
thread_reçu.join()
connecté.close()
serveur.close()
