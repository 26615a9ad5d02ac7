import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    message = ""
    while message.lower() != "exit":
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())
    try:
        client.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass


def Réception(client):
    message = None
    while message not in ("exit", ""):
        try:
            message = client.recv(1024).decode()
        except OSError:
            break
        print(message)


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
