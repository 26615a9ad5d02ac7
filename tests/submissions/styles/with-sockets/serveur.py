import codecs
import socket
import threading

HOST = ""
PORT = 65432


def Send(conn):
    while True:
        try:
            data = input()
        except EOFError:
            break
        conn.sendall(data.encode() + b"\n")


def Réception(conn):
    decodeur = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        data = conn.recv(1024)
        if not data:
            break
        print(decodeur.decode(data), end="")


with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    conn, addr = s.accept()
    with conn:
        print(f"Connected by {addr}")
        envoi = threading.Thread(target=Send, args=(conn,))
        recep = threading.Thread(target=Réception, args=(conn,))
        envoi.start()
        recep.start()
        envoi.join()
        recep.join()
