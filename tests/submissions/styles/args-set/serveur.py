import socket
import threading

IP = ""
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
        print(f"Client > {reponse}")

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, True)
serveur.bind((IP, PORT))
serveur.listen(10)
client, ip_client = serveur.accept()
print("client connecté :", ip_client[0])

envoi = threading.Thread(target=Send, args={client})
recep = threading.Thread(target=Réception, args={client})
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
