import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(conn):
    """envoie ce qui est tapé"""
    while True:
        try:
            texte = input("")
        except EOFError:
            print("[fin du clavier]")
            break
        conn.send(str.encode(texte))

def Réception(conn):
    """affiche ce qui arrive"""
    while True:
        data = conn.recv(1024)
        if not data:
            print("[fin de la connexion]")
            break
        print("recu :", data.decode())

conn = socket.socket()
conn.connect((IP, PORT))
t1 = threading.Thread(target=Send, args=[conn])
t2 = threading.Thread(target=Réception, args=[conn])
t1.start()
t2.start()
t1.join()
t2.join()
conn.close()
