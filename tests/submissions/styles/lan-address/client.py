import socket
import threading

IP = "192.168.1.27"  # le PC de Camille
PORT = 5000


def Send(client):
    while True:
        try:
            message = input("")
        except EOFError:
            break
        client.send(message.encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print("Serveur :", octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
