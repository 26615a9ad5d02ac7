import socket
import threading

IP = "192.168.1.27"  # trouvée avec ipconfig
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
        print("Camille :", octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
print("Serveur prêt sur", IP)
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
