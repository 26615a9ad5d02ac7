import socket
from threading import Thread

IP = ""
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


s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((IP, PORT))
s.listen()
c = s.accept()[0]
un = Thread(None, Send, "un", (c,))
deux = Thread(None, Réception, "deux", (c,))
un.start()
deux.start()
un.join()
deux.join()
c.close()
s.close()
