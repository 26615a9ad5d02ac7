import socket
import sys
import threading

IP = ""
PORT = 4242


def Send(client):
    try:
        while True:
            message = input()
            client.sendall(message.encode())
    except EOFError:
        print("Fin du clavier", file=sys.stderr)
    except ConnectionError:
        print("Connexion perdue", file=sys.stderr)
    finally:
        print("Send a fini", file=sys.stderr)


def Réception(client):
    try:
        while True:
            octets = client.recv(1024)
            if not octets:
                break
            print(octets.decode())
    except ConnectionError:
        print("Connexion perdue", file=sys.stderr)
    finally:
        print("Réception a fini", file=sys.stderr)


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    serveur.bind((IP, PORT))
    serveur.listen()
    client, adresse = serveur.accept()
    try:
        envoi = threading.Thread(target=Send, args=(client,))
        recep = threading.Thread(target=Réception, args=(client,))
        envoi.start()
        recep.start()
        envoi.join()
        recep.join()
    finally:
        client.close()
except KeyboardInterrupt:
    print("Ctrl+C")
finally:
    serveur.close()
sys.exit(0)
