import codecs
import socketserver
import threading

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall((message + "\n").encode())


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    while True:
        octets = client.recv(4096)
        if not octets:
            break
        print(decodeur.decode(octets), end="")


class Discussion(socketserver.BaseRequestHandler):
    def handle(self):
        envoi = threading.Thread(target=Send, args=(self.request,))
        recep = threading.Thread(target=Réception, args=(self.request,))
        envoi.start()
        recep.start()
        envoi.join()
        recep.join()


class Serveur(socketserver.TCPServer):
    allow_reuse_address = True


with Serveur((IP, PORT), Discussion) as serveur:
    serveur.handle_request()
