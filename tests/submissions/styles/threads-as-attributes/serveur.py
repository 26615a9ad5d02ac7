import codecs
import socket
import threading


class Chat:
    """Un chat entre deux machines."""

    IP = ""
    PORT = 4242

    def __init__(self):
        self.serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.serveur.bind((self.IP, self.PORT))
        self.serveur.listen()
        self.client, self.adresse = self.serveur.accept()
        self.envoi = threading.Thread(target=self.Send)
        self.recep = threading.Thread(target=self.Réception)

    def Send(self):
        while True:
            try:
                message = input()
            except EOFError:
                break
            self.client.sendall((message + "\n").encode())

    def Réception(self):
        decodeur = codecs.getincrementaldecoder("utf-8")()
        while True:
            octets = self.client.recv(4096)
            if not octets:
                break
            print(decodeur.decode(octets), end="")

    def discuter(self):
        self.envoi.start()
        self.recep.start()
        self.envoi.join()
        self.recep.join()

    def fermer(self):
        self.client.close()
        self.serveur.close()


chat = Chat()
chat.discuter()
chat.fermer()
