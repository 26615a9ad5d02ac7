import socket
import threading

IP = "127.0.0.1"
PORT = 4242
verrou = threading.RLock()


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())
        verrou.acquire()
        print("moi :", message)
        verrou.release()


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        verrou.acquire()
        print("lui :", octets.decode())
        verrou.release()


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
