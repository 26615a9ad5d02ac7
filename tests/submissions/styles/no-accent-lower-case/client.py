import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def SEND(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.send(message.encode())


def RÉCEPTION(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
thread1 = threading.Thread(target=SEND, args=(client,))
thread2 = threading.Thread(target=RÉCEPTION, args=(client,))
thread1.start()
thread2.start()
thread1.join()
thread2.join()
client.close()
