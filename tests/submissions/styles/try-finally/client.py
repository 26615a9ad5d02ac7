import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    try:
        while True:
            message = input()
            client.sendall(message.encode())
    except EOFError:
        print("Fin du clavier")
    finally:
        print("Send a fini")


def Réception(client):
    try:
        while True:
            octets = client.recv(1024)
            if not octets:
                break
            print(octets.decode())
    finally:
        print("Réception a fini")


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    client.connect((IP, PORT))
    envoi = threading.Thread(target=Send, args=(client,))
    recep = threading.Thread(target=Réception, args=(client,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
except ConnectionRefusedError:
    print("Lance d'abord le serveur !")
    exit(1)
finally:
    client.close()
exit()
