import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input("Moi > ")
        except EOFError:
            print("\nAu revoir !")
            break
        client.sendall(("Serveur : " + message).encode())
        print("(envoyé)")


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            print("\nLe client est parti.")
            break
        print("\nClient : " + octets.decode() + "\nMoi > ", end="")


print("=" * 40)
print("     CHAT DE LÉA ET MOHAMED  -  SERVEUR")
print("=" * 40)
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
print("Quelqu'un est là :", adresse)
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
print("Tu peux écrire !")
envoi.join()
print("Le thread d'envoi est fini")
recep.join()
print("Le thread de réception est fini")
client.close()
serveur.close()
