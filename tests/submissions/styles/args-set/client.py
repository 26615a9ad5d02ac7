import socket
import threading

IP = "localhost"
PORT = 5050

def Send(client):
    while True:
        try:
            message = input()
            client.send(message.encode("utf8"))
        except EOFError:
            break

def Réception(client):
    while True:
        reponse = client.recv(2000)
        if len(reponse) == 0:
            break
        reponse = reponse.decode("utf8")
        print(f"Serveur > {reponse}")

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))

envoi = threading.Thread(target=Send, args={client})
recep = threading.Thread(target=Réception, args={client})
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
