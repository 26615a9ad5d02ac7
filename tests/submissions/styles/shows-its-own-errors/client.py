import socket
import sys
import threading
import traceback

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            print(f"Exception in thread {threading.current_thread().name}:", file=sys.stderr)
            traceback.print_exc()
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

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
