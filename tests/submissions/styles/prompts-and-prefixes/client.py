import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while True:
        try:
            message = input("Moi > ")
        except EOFError:
            print("\nAu revoir !")
            break
        client.sendall(("Client : " + message).encode())
        print("(envoyé)")


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            print("\nLe serveur est parti.")
            break
        print("\nServeur : " + octets.decode() + "\nMoi > ", end="")


print("=" * 40)
print("     CHAT DE LÉA ET MOHAMED  -  CLIENT")
print("=" * 40)
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
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
