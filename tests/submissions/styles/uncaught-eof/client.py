import socket
import threading

def Send(s):
    while True:
        msg = input()
        msg = msg.encode("utf-8")
        s.send(msg)

def Réception(s):
    while True:
        requete = s.recv(500)
        if not requete:
            print("CLOSE")
            break
        requete = requete.decode("utf-8")
        print(requete)

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
ip = "localhost"
port = 4242
s.connect((ip, port))
envoi = threading.Thread(target=Send, args=[s])
recep = threading.Thread(target=Réception, args=[s])
envoi.start()
recep.start()
recep.join()
envoi.join()
s.close()
