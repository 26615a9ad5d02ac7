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
        client.sendall(message.encode())


def Reception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))

fils = dict()
fils[1] = threading.Thread(target=Send, args=(client,))
fils[2] = threading.Thread(target=Reception, args=(client,))
fils[1].start()
fils[2].start()
fils[1].join()
fils[2].join()
client.close()
