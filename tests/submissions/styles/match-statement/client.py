import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        match message.split():
            case []:
                pass
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


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
