import socket
import threading

IP = ""
PORT = 4242


def send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.send(message.encode())


def reception(client):
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
thread1 = threading.Thread(target=send, args=(client,))
thread2 = threading.Thread(target=reception, args=(client,))
thread1.start()
thread2.start()
thread1.join()
thread2.join()
client.close()
serveur.close()
