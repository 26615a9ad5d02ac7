import socket
import threading

def Send(client):
    while True:
        msg = input()
        msg = msg.encode("utf-8")
        client.send(msg)

def Réception(client):
    while True:
        requete = client.recv(500)
        if not requete:
            print("CLOSE")
            break
        requete = requete.decode("utf-8")
        print(requete)

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
ip = ""
port = 4242
s.bind((ip, port))
s.listen(1)
client, adr = s.accept()
envoi = threading.Thread(target=Send, args=[client])
recep = threading.Thread(target=Réception, args=[client])
envoi.start()
recep.start()
recep.join()
envoi.join()
client.close()
s.close()
