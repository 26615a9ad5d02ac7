import socket
import threading

IP = ""
PORT = 4242


def Send(c):
    while True:
        try:
            texte = input()
        except EOFError:
            break
        c.sendall((texte + "\n").encode())


def Réception(c):
    ligne = b""
    while True:
        octet = c.recv(1)
        if octet == b"":
            break
        ligne = ligne + octet
        if octet == b"\n":  # la ligne est complète
            print("-->", ligne.decode(), end="")
            ligne = b""
    print(ligne.decode())


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((IP, PORT))
s.listen()
c, a = s.accept()
envoi = threading.Thread(target=Send, args=(c,))
recep = threading.Thread(target=Réception, args=(c,))
envoi.start()
recep.start()
envoi.join()
recep.join()
c.close()
s.close()
