import codecs
import socket
import threading

HOST = "127.0.0.1"
PORT = 65432


def Send(s):
    while True:
        try:
            data = input()
        except EOFError:
            break
        s.sendall(data.encode() + b"\n")


def Réception(s):
    decodeur = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        data = s.recv(1024)
        if not data:
            break
        print(decodeur.decode(data), end="")


with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.connect((HOST, PORT))
    envoi = threading.Thread(target=Send, args=(s,))
    recep = threading.Thread(target=Réception, args=(s,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
