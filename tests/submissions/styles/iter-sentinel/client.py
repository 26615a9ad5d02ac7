import socket
import threading

IP = "127.0.0.1"
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


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
copie = client.dup()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(copie,))
envoi.start()
recep.start()
envoi.join()
recep.join()
copie.close()
