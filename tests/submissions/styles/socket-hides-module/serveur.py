import socket
import threading

ip = ""
port = 15555


def Send(client):
    while True:
        try:
            msg = input()
        except EOFError:
            break
        client.send(msg.encode())


def Réception(client):
    while True:
        reponse = client.recv(255)
        if reponse == b"":
            break
        print(reponse.decode())


socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
socket.bind((ip, port))
socket.listen(5)
client, address = socket.accept()
print("{} connecté".format(address))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
print("Close")
client.close()
socket.close()
