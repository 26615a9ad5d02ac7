import socket
from threading import Thread

IP = "localhost"
PORT = 2000


def Send(c):
    while True:
        try:
            c.sendall(input().encode())
        except EOFError:
            break


def Réception(c):
    while True:
        m = c.recv(1024).decode()
        if m == "":
            break
        print(m)


c = socket.socket()
c.connect((IP, PORT))
un = Thread(None, Send, "un", (c,))
deux = Thread(None, Réception, "deux", (c,))
un.start()
deux.start()
un.join()
deux.join()
c.close()
