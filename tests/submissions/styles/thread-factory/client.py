import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def lancer(fonction, *arguments):
    """Crée un thread, le démarre et le rend."""
    t = threading.Thread(target=fonction, args=arguments)
    t.start()
    return t


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
t1 = lancer(Send, client)
t2 = lancer(Réception, client)
t1.join()
t2.join()
client.close()
