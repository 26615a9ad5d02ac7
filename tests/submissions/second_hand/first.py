"""Broken programs by a second hand: Étape 1, the server, files and editors."""

from __future__ import annotations

from ..model import Broken, Edit

PROGRAMS: tuple[Broken, ...] = (
    # ------------------------------------------------------------------ etape1.py
    Broken(
        "e1-hello-word",
        "The text to send is misspelled: Word instead of World.",
        "etape1.hello",
        "etape1.py",
        'c.send(b"Hello Word!")',
        (
            Edit(
                "etape1.py",
                "",
                """import socket

s = socket.socket()
s.bind(("localhost", 4242))
s.listen(1)
c, a = s.accept()
print(c.fileno())
c.send(b"Hello Word!")
c.close()
s.close()
""",
            ),
        ),
        slugs=("hello_presque",),
    ),
    Broken(
        "e1-sends-str-of-bytes",
        "The encoded message is turned into text again with str(), so that the visitor gets b'Hello World!'.",
        "etape1.hello",
        "etape1.py",
        "client.sendall(str(octets).encode())",
        (
            Edit(
                "etape1.py",
                "",
                """# mon premier serveur !!
import socket

def main():
    adresse_ip = "127.0.0.1"
    numero_port = 4242
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.bind((adresse_ip, numero_port))
    serveur.listen(5)
    print("en attente...")
    client, infos = serveur.accept()
    message = "Hello World!"
    print("descripteur =", client.fileno())
    octets = message.encode("utf8")
    client.sendall(str(octets).encode())
    client.close()
    serveur.close()
    print("fini")

main()
""",
            ),
        ),
        slugs=("hello_en_octets",),
    ),
    Broken(
        "e1-sends-on-listening-socket",
        "The message is sent with the listening socket instead of the one that accept() returned.",
        "etape1.hello",
        "etape1.py",
        "maSocket.send(msg.encode('utf-8'))",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

maSocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
maSocket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ip = 'localhost'
port = 4242
maSocket.bind((ip, port))
maSocket.listen()
nouveau, qui = maSocket.accept()
print(qui, 'est arrivé')
msg = 'Hello World!'
print(nouveau.fileno())
maSocket.send(msg.encode('utf-8'))
nouveau.close()
maSocket.close()
""",
            ),
        ),
        slugs=("socket_qui_ecoute",),
    ),
    Broken(
        "e1-bind-without-tuple",
        "bind() is given the address and the port as two arguments instead of one tuple.",
        "etape1.ecoute",
        "etape1.py",
        'serveur.bind("localhost", 4242)',
        (Edit("etape1.py", 'serveur.bind(("localhost", 4242))', 'serveur.bind("localhost", 4242)'),),
        base="main-function",
        slugs=("bind_deux_arguments",),
    ),
    Broken(
        "e1-port-in-quotes",
        "The port is written as text, in quotes, so that bind() refuses it.",
        "etape1.ecoute",
        "etape1.py",
        'port = "4242"',
        (
            Edit(
                "etape1.py",
                "",
                """# TODO 1
import socket
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# TODO 2
ip = "localhost"
port = "4242"

# TODO 3
serveur.bind((ip, port))

# TODO 4
serveur.listen()
print("ok j'écoute")

# TODO 5
client, adresse = serveur.accept()

# TODO 6
message = "Hello World!"

# TODO 7
print(client.fileno())

# TODO 8
client.send(message.encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("port_en_texte",),
    ),
    Broken(
        "e1-listens-after-accept",
        "listen() comes after accept(), so that accept() is called on a socket that does not listen.",
        "etape1.ecoute",
        "etape1.py",
        "serveur.listen()",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

print("--- ETAPE 1 ---")
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind(("localhost", 4242))

# d'abord on accepte, ensuite on écoute ce qu'il dit
client, adresse = serveur.accept()
serveur.listen()

demande = client.recv(1024)
print(demande)
reponse = "Hello World!"
print("numéro :", client.fileno())
client.sendall(reponse.encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("accept_trop_tot",),
    ),
    Broken(
        "e1-listen-without-parentheses",
        "listen is named but not called: the parentheses are missing.",
        "etape1.ecoute",
        "etape1.py",
        "s.listen",
        (Edit("etape1.py", "    s.listen()\n", "    s.listen\n"),),
        base="with-sockets",
        slugs=("sans_parentheses",),
    ),
    Broken(
        "e1-udp-socket",
        "The socket is a UDP one (SOCK_DGRAM), which cannot listen nor accept.",
        "etape1.ecoute",
        "etape1.py",
        "sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

UDP_IP = "127.0.0.1"
UDP_PORT = 4242

sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sock.bind((UDP_IP, UDP_PORT))
sock.listen(1)
conn, addr = sock.accept()
print("descripteur:", conn.fileno())
MESSAGE = b"Hello World!"
conn.send(MESSAGE)
conn.close()
sock.close()
""",
            ),
        ),
        slugs=("pas_tcp",),
    ),
    Broken(
        "e1-port-digits-swapped",
        "The port is 4224 instead of 4242.",
        "etape1.ecoute",
        "etape1.py",
        "PORT = 4224",
        (
            Edit(
                "etape1.py",
                "",
                """from socket import *

PORT = 4224

def creer_serveur():
    s = socket(AF_INET, SOCK_STREAM)
    s.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
    s.bind(("", PORT))
    s.listen(1)
    return s

def repondre(connexion):
    print("J'ai le descripteur", connexion.fileno())
    connexion.recv(2000)
    connexion.sendall("Hello World!".encode())
    connexion.close()

le_serveur = creer_serveur()
connexion, adresse = le_serveur.accept()
repondre(connexion)
le_serveur.close()
""",
            ),
        ),
        slugs=("mauvais_port",),
    ),
    Broken(
        "e1-accept-in-one-variable",
        "accept() returns two things, kept in one variable, so that client is a tuple and has no send().",
        "etape1.hello",
        "etape1.py",
        "client = serveur.accept()",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind(("localhost", 4242))
serveur.listen()
client = serveur.accept()
texte = "Hello World!"
client.send(texte.encode())
print("Message envoyé !")
print(client.fileno())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("accept_pas_deballe",),
    ),
    Broken(
        "e1-fileno-of-the-server",
        "fileno() is asked of the listening socket, not of the accepted one.",
        "etape1.fileno",
        "etape1.py",
        "fd = serveur.fileno()",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

ip = "localhost"
port = 4242
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((ip, port))
serveur.listen(1)
print("Serveur prêt")
client, adresse_client = serveur.accept()
print("Connexion de", adresse_client)
fd = serveur.fileno()
print("Le descripteur du client est", fd)
client.recv(1024)
client.send("Hello World!".encode("utf-8"))
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("fileno_ailleurs",),
    ),
    Broken(
        "e1-fileno-not-called",
        "client.fileno has no parentheses: the method is shown, never called.",
        "etape1.fileno",
        "etape1.py",
        "descripteur = client.fileno",
        (Edit("etape1.py", "descripteur = client.fileno()", "descripteur = client.fileno"),),
        base="todo-comments-left",
        slugs=("fileno_sans_parentheses",),
    ),
    Broken(
        "e1-answers-for-ever",
        "accept() is in an endless loop, so that the program waits for a second visitor and never ends.",
        "etape1.fin",
        "etape1.py",
        "while True:",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

HOST = 'localhost'
PORT = 4242

server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server_socket.bind((HOST, PORT))
server_socket.listen(5)
print('Listening on port %s ...' % PORT)

while True:
    # Wait for client connections
    client_connection, client_address = server_socket.accept()

    # Get the client request
    request = client_connection.recv(1024).decode()
    print(request)
    print(client_connection.fileno())

    # Send response
    response = 'Hello World!'
    client_connection.sendall(response.encode())
    client_connection.close()

server_socket.close()
""",
            ),
        ),
        slugs=("accept_en_boucle",),
    ),
    Broken(
        "e1-http-headers-too",
        "An HTTP status line and headers, copied from the web, are sent before the text.",
        "etape1.hello",
        "etape1.py",
        r'reponse = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nHello World!"',
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

# trouvé sur un forum
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind(('', 4242))
s.listen(1)
conn, addr = s.accept()
requete = conn.recv(1024)
print(conn.fileno())
reponse = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nHello World!"
conn.sendall(reponse.encode())
conn.close()
s.close()
""",
            ),
        ),
        slugs=("hello_en_trop",),
    ),
    Broken(
        "e1-waits-for-enter-at-the-end",
        "The last line waits for a key with input(), a Windows habit, so that the program does not end by itself.",
        "etape1.fin",
        "etape1.py",
        'input("Appuie sur Entrée pour fermer la fenêtre")',
        (
            Edit(
                "etape1.py",
                "",
                """#!/usr/bin/env python3
# -*- coding: utf-8 -*-
import socket

# TODO 1 creer la socket
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
# TODO 2 et 3
serveur.bind(("localhost", 4242))
# TODO 4
serveur.listen()
# TODO 5
(client, (ip, port)) = serveur.accept()
# TODO 6
m = "Hello World!"
# TODO 7
print(client.fileno())
# TODO 8
client.send(bytes(m, "utf-8"))
client.close()
serveur.close()
input("Appuie sur Entrée pour fermer la fenêtre")
""",
            ),
        ),
        slugs=("fin_attend",),
    ),
    Broken(
        "e1-uses-client-after-close",
        "getpeername() is called on the client's socket after it was closed: the program dies at the very end.",
        "etape1.fin",
        "etape1.py",
        'print("Au revoir", client.getpeername())',
        (
            Edit(
                "etape1.py",
                "",
                """import socket
import time

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("127.0.0.1", 4242))
serveur.listen()
client, _ = serveur.accept()
print("Bonjour", client.getpeername(), "numero", client.fileno())
client.recv(1024)
client.sendall("Hello World!".encode())
time.sleep(0.2)
client.close()
serveur.close()
print("Au revoir", client.getpeername())
""",
            ),
        ),
        slugs=("socket_fermee",),
    ),
    Broken(
        "e1-quotes-from-word",
        "The quotes are the typographic ones of Word, which Python does not know.",
        "etape1.ecoute",
        "etape1.py",
        "ip = “localhost”",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

ip = “localhost”
port = 4242
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((ip, port))
serveur.listen()
client, adresse = serveur.accept()
message = “Hello World!”
print(client.fileno())
client.sendall(message.encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("guillemets_word",),
    ),
    Broken(
        "e1-saved-as-txt",
        "Notepad saved the file as etape1.py.txt.",
        "etape1.ecoute",
        "etape1.py",
        "",
        (
            Edit("etape1.py", "import socket", None),
            Edit(
                "etape1.py.txt",
                "",
                """import socket
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
print(client.fileno())
client.send("Hello World!".encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("fichier_mal_nomme",),
    ),
    Broken(
        "e1-main-never-called",
        "Everything is in a function main() that nobody calls.",
        "etape1.ecoute",
        "etape1.py",
        "def main():",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

MESSAGE = "Hello World!"

def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.bind(("localhost", 4242))
    s.listen()
    client, adresse = s.accept()
    print("client numéro", client.fileno())
    client.recv(1024)
    client.sendall(MESSAGE.encode())
    client.close()
    s.close()
""",
            ),
        ),
        slugs=("main_jamais_appele",),
    ),
    Broken(
        "e1-reads-until-the-visitor-leaves",
        "The request is read in a loop until b'', but the visitor waits for the answer and never stops first.",
        "etape1.hello",
        "etape1.py",
        "while morceau:",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
print("Descripteur :", client.fileno())

# on lit TOUTE la demande de curl avant de répondre
demande = b""
morceau = client.recv(64)
while morceau:
    demande = demande + morceau
    morceau = client.recv(64)
print("curl a dit :", demande.decode())

client.sendall("Hello World!".encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("attend_fin_requete",),
    ),
    Broken(
        "e1-exits-with-a-text",
        "sys.exit() is given a text, which Python takes for an error: exit status 1.",
        "etape1.fin",
        "etape1.py",
        'sys.exit("Programme terminé, bravo !")',
        (
            Edit(
                "etape1.py",
                "",
                """import socket, sys

class Serveur:
    def __init__(self, ip, port):
        self.sock = socket.socket()
        self.sock.bind((ip, port))
        self.sock.listen(1)

    def repond(self, texte):
        c, a = self.sock.accept()
        print(a, c.fileno())
        c.recv(4096)
        c.sendall(texte.encode())
        c.close()
        self.sock.close()

serveur = Serveur("localhost", 4242)
serveur.repond("Hello World!")
sys.exit("Programme terminé, bravo !")
""",
            ),
        ),
        slugs=("mauvais_code",),
    ),
    Broken(
        "e1-sends-the-descriptor-too",
        "The descriptor is sent to the visitor together with the message, instead of being shown on the screen.",
        "etape1.hello",
        "etape1.py",
        'message = "Hello World! " + str(numero)',
        (
            Edit(
                "etape1.py",
                "",
                """import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
numero = client.fileno()
message = "Hello World! " + str(numero)
client.recv(1024)
client.sendall(message.encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("hello_en_trop",),
    ),
    Broken(
        "e1-except-hides-missing-encode",
        "Text is given to sendall() without encode(); the except around everything hides the error.",
        "etape1.hello",
        "etape1.py",
        "client.sendall(message)",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

try:
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.bind(("localhost", 4242))
    serveur.listen()
    client, adresse = serveur.accept()
    message = "Hello World!"
    print("fd", client.fileno())
    client.sendall(message)
    client.close()
    serveur.close()
except:
    print("ça marche pas :(")
""",
            ),
        ),
        slugs=("texte_au_lieu_octets",),
    ),
    Broken(
        "e1-print-of-python-2",
        "print without parentheses, as in Python 2.",
        "etape1.ecoute",
        "etape1.py",
        'print "Descripteur :", c.fileno()',
        (
            Edit(
                "etape1.py",
                "",
                """# -*- coding: utf-8 -*-
# d'apres un vieux livre
import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind(('localhost', 4242))
s.listen(1)
c, a = s.accept()
print "Descripteur :", c.fileno()
c.send('Hello World!'.encode())
c.close()
s.close()
""",
            ),
        ),
        slugs=("python2",),
    ),
    # ----------------------------------------------------------------- serveur.py
    Broken(
        "s-reception-called-in-target",
        "Réception is called in target=, so that the main thread receives and the threads are never started.",
        "serveur.threads",
        "serveur.py",
        "recep = threading.Thread(target=Réception(client))",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        try:
            texte = input("moi : ")
        except EOFError:
            break
        client.send(texte.encode("utf-8"))

def Réception(client):
    while True:
        recu = client.recv(1024)
        if not recu:
            break
        print("lui :", recu.decode("utf-8"))

def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.bind((IP, PORT))
    s.listen(1)
    client, adr = s.accept()
    print("Connexion de", adr)

    recep = threading.Thread(target=Réception(client))
    envoi = threading.Thread(target=Send, args=(client,))
    recep.start()
    envoi.start()
    recep.join()
    envoi.join()

    client.close()
    s.close()

main()
""",
            ),
        ),
        slugs=("target_appelee",),
    ),
    Broken(
        "s-args-without-comma",
        "args=(client) is not a tuple: the comma is missing.",
        "serveur.threads",
        "serveur.py",
        "recep = Thread(target=Réception, args=(client))",
        (
            Edit(
                "serveur.py",
                "recep = Thread(target=Réception, args=(client,))",
                "recep = Thread(target=Réception, args=(client))",
            ),
        ),
        base="from-threading-import-thread",
        slugs=("args_sans_virgule",),
    ),
    Broken(
        "s-run-instead-of-start",
        "The threads are run with run(): Send works in the main thread and Réception has to wait for it.",
        "serveur.threads",
        "serveur.py",
        "t_envoi.run()",
        (
            Edit(
                "serveur.py",
                "",
                """# Chat v1 par Enzo et Inès
import socket, threading

mon_ip = ""
mon_port = 4242

def Send(client):
    continuer = True
    while continuer:
        try:
            msg = input()
            client.sendall(msg.encode())
        except EOFError:
            continuer = False

def Réception(client):
    continuer = True
    while continuer:
        msg = client.recv(2048).decode()
        if msg == "":
            continuer = False
        else:
            print(msg)

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((mon_ip, mon_port))
serveur.listen(5)
client, addr = serveur.accept()
print(addr[0], "est connecté")

t_envoi = threading.Thread(target=Send, args=(client,), name="envoi")
t_recep = threading.Thread(target=Réception, args=(client,), name="recep")
t_envoi.run()
t_recep.run()
t_envoi.join()
t_recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("run_au_lieu_de_start",),
    ),
    Broken(
        "s-joins-first-before-second-starts",
        "envoi is joined before recep is started, so that nothing is received until the keyboard ends.",
        "serveur.threads",
        "serveur.py",
        "envoi.join()",
        (
            Edit(
                "serveur.py",
                "",
                '''import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    """Envoie chaque ligne"""
    while 1:
        try:
            ligne = input()
        except EOFError:
            return
        client.sendall(ligne.encode())


def Réception(client):
    """Affiche chaque message"""
    while 1:
        octets = client.recv(1024)
        if len(octets) == 0:
            return
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()

# le thread qui envoie
envoi = threading.Thread(target=Send, args=(client,))
envoi.start()
envoi.join()

# le thread qui reçoit
recep = threading.Thread(target=Réception, args=(client,))
recep.start()
recep.join()

client.close()
serveur.close()
''',
            ),
        ),
        slugs=("pas_ensemble",),
    ),
    Broken(
        "s-only-one-thread",
        "Only envoi is a thread; Réception is called directly in the main program.",
        "serveur.threads",
        "serveur.py",
        "Réception(client)",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
from threading import Thread

def Send(c):
    while True:
        try:
            m = input("> ")
        except EOFError:
            break
        c.send(m.encode())

def Réception(c):
    while True:
        m = c.recv(1024)
        if m == b"":
            break
        print("Client :", m.decode())

s = socket.socket()
s.bind(("localhost", 4242))
s.listen()
client, a = s.accept()
envoi = Thread(target=Send, args=[client])
envoi.start()
Réception(client)
envoi.join()
client.close()
s.close()
""",
            ),
        ),
        slugs=("appels_directs",),
    ),
    Broken(
        "s-send-has-no-loop",
        "Send reads and sends one single line: the loop was forgotten.",
        "serveur.send",
        "serveur.py",
        'phrase = input("Ton message : ")',
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    phrase = input("Ton message : ")
    phrase_octets = phrase.encode()
    client.send(phrase_octets)

def Réception(client):
    while True:
        phrase_octets = client.recv(1024)
        if not phrase_octets:
            print("le client est parti")
            break
        print(phrase_octets.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("send_sans_boucle",),
    ),
    Broken(
        "s-break-indented-too-little",
        "break stands at the level of the loop, not of the if, so that Réception stops after the first message.",
        "serveur.reception",
        "serveur.py",
        "break  # fin",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = ""
PORT = 4242

def Send(client):
    while True:
        try:
            client.sendall(input().encode() + b"\\n")
        except EOFError:
            return

def Réception(client):
    while True:
        octets = client.recv(1024)
        print(octets.decode())
        if not octets:
            print("déconnecté")
        break  # fin

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen(2)
print("Serveur lancé")
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("break_mal_place",),
    ),
    Broken(
        "s-no-test-for-the-end",
        "Réception never tests for b'', so that it shows empty messages for ever once the client has gone.",
        "serveur.join",
        "serveur.py",
        "data = conn.recv(1024).decode()",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

host = '0.0.0.0'
port = 4242

def Send(conn):
    while True:
        try:
            message = input('-> ')
        except EOFError:
            break
        conn.send(message.encode())

def Réception(conn):
    while True:
        # receive data stream. it won't accept data packet greater than 1024 bytes
        data = conn.recv(1024).decode()
        print("from connected user: " + str(data))

server_socket = socket.socket()
server_socket.bind((host, port))
server_socket.listen(2)
conn, address = server_socket.accept()
print("Connection from: " + str(address))
envoi = threading.Thread(target=Send, args=(conn,))
recep = threading.Thread(target=Réception, args=(conn,))
envoi.start()
recep.start()
envoi.join()
recep.join()
conn.close()
server_socket.close()
""",
            ),
        ),
        slugs=("boucle_apres_depart",),
    ),
    Broken(
        "s-send-waits-for-an-answer",
        "Send waits in its loop for an answer of the other side after each line.",
        "serveur.send",
        "serveur.py",
        'print("Réponse :", client.recv(1024).decode())',
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = ""
PORT = 4242

def Send(client):
    while True:
        try:
            message = input("Message à envoyer : ")
        except EOFError:
            break
        client.send(message.encode())
        print("Réponse :", client.recv(1024).decode())

def Réception(client):
    while True:
        message = client.recv(1024).decode()
        if message == "":
            break
        print("Reçu :", message)

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen(1)
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("chacun_son_tour",),
    ),
    Broken(
        "s-shows-bytes",
        "What is received is shown without decode(): b'...' appears on the screen.",
        "serveur.reception",
        "serveur.py",
        'print(f"{adresse[0]} dit : {octets}")',
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading
import sys

IP, PORT = "", 4242

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()

def Send(client):
    for ligne in sys.stdin:
        client.sendall(ligne.encode("utf-8"))

def Réception(client):
    while True:
        octets = client.recv(1024)
        if octets == b"":
            break
        print(f"{adresse[0]} dit : {octets}")

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start(); recep.start()
envoi.join(); recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("affiche_octets",),
    ),
    Broken(
        "s-text-plus-bytes",
        "A text and the received bytes are added with +: decode() is missing and Réception dies.",
        "serveur.reception",
        "serveur.py",
        'print("Client : " + octets)',
        (
            Edit(
                "serveur.py",
                'print("\\nClient : " + octets.decode() + "\\nMoi > ", end="")',
                'print("Client : " + octets)',
            ),
        ),
        base="prompts-and-prefixes",
        slugs=("texte_et_octets",),
    ),
    Broken(
        "s-input-before-the-loop",
        "input() stands before the loop, so that Send sends the first line again and again.",
        "serveur.send",
        "serveur.py",
        "message = input()",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading
import time

IP = "localhost"
PORT = 4242


def Send(client):
    message = input()
    while message != "stop":
        client.send(message.encode())
        time.sleep(0.5)


def Réception(client):
    while True:
        try:
            m = client.recv(1024)
        except ConnectionError:
            break
        if not m:
            break
        print(m.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("envoie_sans_fin",),
    ),
    Broken(
        "s-wrong-socket-to-the-threads",
        "The threads get the listening socket instead of the one that accept() returned.",
        "serveur.threads",
        "serveur.py",
        "envoi = threading.Thread(target=Send, args=(sock,))",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(sock):
    while True:
        try:
            msg = input()
        except EOFError:
            break
        sock.send(msg.encode())

def Réception(sock):
    while True:
        msg = sock.recv(1024)
        if not msg:
            break
        print(msg.decode())

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.bind((IP, PORT))
sock.listen(1)
conn, addr = sock.accept()
envoi = threading.Thread(target=Send, args=(sock,))
recep = threading.Thread(target=Réception, args=(sock,))
envoi.start()
recep.start()
envoi.join()
recep.join()
conn.close()
sock.close()
""",
            ),
        ),
        slugs=("args_serveur",),
    ),
    Broken(
        "s-port-80",
        "The port is 80, below 1024.",
        "serveur.adresse",
        "serveur.py",
        "port = 80",
        (
            Edit("serveur.py", "port = 10000", "port = 80"),
            Edit("client.py", "port = 10000", "port = 80"),
        ),
        base="host-by-name",
        slugs=("port_reserve",),
    ),
    Broken(
        "s-letter-l-in-the-address",
        "The address ends in the letter l instead of the digit 1.",
        "serveur.adresse",
        "serveur.py",
        'HOTE = "127.0.0.l"',
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

HOTE = "127.0.0.l"
PORT = 4242

def Send(client):
    while True:
        try:
            t = input()
        except EOFError:
            break
        client.sendall(t.encode())

def Réception(client):
    t = client.recv(1024)
    while t:
        print(t.decode())
        t = client.recv(1024)

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((HOTE, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
for th in (envoi, recep):
    th.start()
for th in (envoi, recep):
    th.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("adresse_inconnue",),
    ),
    Broken(
        "s-port-too-big",
        "The port, 424242, is bigger than 65535.",
        "serveur.adresse",
        "serveur.py",
        "PORT: int = 424242",
        (Edit("serveur.py", "PORT: int = 4242", "PORT: int = 424242"),),
        base="main-function",
        slugs=("port_impossible",),
    ),
    Broken(
        "s-daemon-threads-and-no-join",
        "The threads are daemons and nobody joins them, so that the program ends at once.",
        "serveur.join",
        "serveur.py",
        "",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = ""
PORT = 4242

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.send(message.encode())

def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print(message.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,), daemon=True)
recep = threading.Thread(target=Réception, args=(client,), daemon=True)
envoi.start()
recep.start()
print("C'est parti, vous pouvez discuter !")
""",
            ),
        ),
        slugs=("daemon_abandonne",),
    ),
    Broken(
        "s-join-without-parentheses",
        "join is named but not called: the parentheses are missing, twice.",
        "serveur.join",
        "serveur.py",
        "envoi.join",
        (
            Edit(
                "serveur.py",
                "",
                '''#coding:utf-8
import threading
import socket

def Send(client):
    """ la fonction qui envoie """
    while True:
        try:
            m = input()
        except EOFError:
            break
        client.sendall(m.encode())

def Réception(client):
    """ la fonction qui recoit """
    while True:
        m = client.recv(500)
        if not m:
            break
        print(m.decode())

if __name__ == "__main__":
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.bind(("127.0.0.1", 4242))
    serveur.listen()
    client, adresse = serveur.accept()
    envoi = threading.Thread(target=Send, args=(client,))
    recep = threading.Thread(target=Réception, args=(client,))
    envoi.start()
    recep.start()
    envoi.join
    recep.join
''',
            ),
        ),
        slugs=("join_sans_parentheses",),
    ),
    Broken(
        "s-goes-on-after-eof",
        "EOFError is caught with pass inside the loop, so that Send asks the finished keyboard for ever.",
        "serveur.join",
        "serveur.py",
        "pass",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
            client.sendall(message.encode())
        except EOFError:
            pass


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("clavier_avale",),
    ),
    Broken(
        "s-encodes-in-ascii",
        "Messages are encoded in ASCII and what does not fit is dropped, so that accents and emojis are lost.",
        "duo.accents",
        "serveur.py",
        'octets = ligne.encode("ascii", "ignore")',
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        try:
            ligne = input()
        except EOFError:
            break
        # "ignore" car sinon ça plantait
        octets = ligne.encode("ascii", "ignore")
        client.sendall(octets)

def Réception(client):
    while True:
        octets_recus = client.recv(1024)
        if not octets_recus:
            break
        print("Ami :", octets_recus.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("encodages_differents",),
    ),
    Broken(
        "s-input-variable-hides-input",
        "The line is kept in a variable called input, which hides the function input() in Send.",
        "serveur.send",
        "serveur.py",
        'input = input("Vous : ")',
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = ""
PORT = 4242

def Send(client):
    while True:
        try:
            input = input("Vous : ")
        except EOFError:
            break
        client.send(input.encode())

def Réception(client):
    while True:
        output = client.recv(1024)
        if not output:
            break
        print("Lui :", output.decode())

def demarrer():
    global serveur, client
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.bind((IP, PORT))
    serveur.listen()
    client, adresse = serveur.accept()

demarrer()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("variable_locale",),
    ),
    Broken(
        "s-exit-or-quit-always-true",
        'The test message == "exit" or "quit" is always true, so that Send stops at the first line.',
        "serveur.send",
        "serveur.py",
        'if message == "exit" or "quit":',
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = "0.0.0.0"
PORT = 4242

print("*** SERVEUR ***  (exit ou quit pour partir)")

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        if message == "exit" or "quit":
            print("Au revoir")
            break
        client.sendall(message.encode())

def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            print("Il est parti")
            break
        print(message.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("condition_toujours_vraie",),
    ),
    Broken(
        "s-pseudo-without-f",
        "The f before the text is missing, so that {pseudo} and {message} are sent as they are written.",
        "serveur.send",
        "serveur.py",
        'client.send("{pseudo} : {message}".encode())',
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

pseudo = "xX_Hugo_Xx"
ip = ""
port = 4242

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.send("{pseudo} : {message}".encode())

def Réception(client):
    while True:
        paquet = client.recv(4096)
        if not paquet:
            break
        print(paquet.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((ip, port))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("f_oublie",),
    ),
    Broken(
        "s-shows-everything-at-the-end",
        "Réception keeps the messages in a list and shows them only once the client has gone.",
        "serveur.reception",
        "serveur.py",
        "messages.append(octets.decode())",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = ""
PORT = 4242

def Send(client):
    while True:
        try:
            client.sendall(input().encode())
        except EOFError:
            break

def Réception(client):
    messages = []
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        messages.append(octets.decode())
    for message in messages:
        print("-", message)

serveur = socket.create_server((IP, PORT))
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("print_hors_boucle",),
    ),
    # ------------------------------------------- client.py, files, editors, Python
    Broken(
        "f-merge-marks",
        "The marks of a git merge conflict were left in the file.",
        "serveur.adresse",
        "serveur.py",
        "<<<<<<< HEAD",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

<<<<<<< HEAD
IP = ""
PORT = 4242
=======
IP = "127.0.0.1"
PORT = 5000
>>>>>>> branche-de-lina


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())


def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print(message.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("marques_fusion",),
    ),
    Broken(
        "f-apostrophe-in-single-quotes",
        "The text J'attends is between single quotes: its apostrophe ends the text too early.",
        "serveur.adresse",
        "serveur.py",
        "print('J'attends un client...')",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

IP = ''
PORT = 4242

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            print('fin du clavier')
            break
        client.send(message.encode('utf-8'))

def Réception(client):
    while True:
        message = client.recv(1024).decode('utf-8')
        if message == '':
            print('fin de la discussion')
            break
        print('Client :', message)

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen(1)
print('J'attends un client...')
client, adresse = serveur.accept()
print('Bonjour', adresse[0])
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("apostrophe_dans_texte",),
    ),
    Broken(
        "f-own-file-called-socket",
        "A file of the folder is called socket.py and hides Python's own module.",
        "etape1.ecoute",
        "socket.py",
        "",
        (
            Edit(
                "socket.py",
                "",
                """# mes essais avec les sockets
import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
print(s)
s.close()
""",
            ),
        ),
        slugs=("module_cache",),
    ),
    Broken(
        "f-no-break-space",
        "A line copied from a web page has a no-break space before the sign =.",
        "client.adresse",
        "client.py",
        'IP\u00a0= "127.0.0.1"',
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP\u00a0= "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        try:
            client.send(input().encode())
        except EOFError:
            break

def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("caractere_invisible",),
    ),
    Broken(
        "c-other-port-than-the-server",
        "The client calls port 4243 while the server listens on 4242.",
        "client.adresse",
        "client.py",
        "port_du_serveur = 4243",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

mon_port = 4242

def Send(client):
    while True:
        try:
            client.sendall(input().encode())
        except EOFError:
            break

def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())

serveur = socket.socket()
serveur.bind(("", mon_port))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
            Edit(
                "client.py",
                "",
                """import socket
import threading

ip_du_serveur = "127.0.0.1"
port_du_serveur = 4243

def Send(client):
    while True:
        try:
            client.sendall(input().encode())
        except EOFError:
            break

def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())

client = socket.socket()
client.connect((ip_du_serveur, port_du_serveur))
print("connecté :)")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("ports_differents",),
    ),
    Broken(
        "c-imports-the-server",
        "The client imports IP and PORT from serveur.py: the import runs the whole server, which waits for a client.",
        "client.adresse",
        "client.py",
        "from serveur import IP, PORT  # pour ne pas recopier deux fois",
        (
            Edit("serveur.py", 'IP = ""  # vide : toutes les adresses de cette machine', 'IP = "127.0.0.1"'),
            Edit(
                "client.py",
                "",
                """import socket
import threading
from serveur import IP, PORT  # pour ne pas recopier deux fois

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.send(message.encode())

def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print(message.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("importe_l_autre",),
    ),
    Broken(
        "c-bind-instead-of-connect",
        "The client binds and never connects: bind() was kept from serveur.py in the place of connect().",
        "client.adresse",
        "client.py",
        "client.bind((ip, port))",
        (
            Edit(
                "client.py",
                "",
                """#!/usr/bin/python3
import socket
import threading

ip = "127.0.0.1"
port = 4242

def Send(client):
    while True:
        try:
            a = input("Toi: ")
        except EOFError:
            break
        client.send(a.encode())

def Réception(client):
    while True:
        b = client.recv(1024)
        if not b:
            break
        print("L'autre:", b.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
client.bind((ip, port))
print("connecté au serveur")

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("bind_au_lieu_de_connect",),
    ),
    Broken(
        "c-asks-for-the-address",
        "The program asks for the server's address on the keyboard before it connects.",
        "client.adresse",
        "client.py",
        'IP = input("Adresse IP du serveur ? ")',
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP = input("Adresse IP du serveur ? ")
PORT = 4242

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())

def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print("Serveur >", message.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("question_avant",),
    ),
    Broken(
        "c-subclass-with-capital-run",
        "In the thread classes the method is called Run, not run, so that the threads do nothing.",
        "client.threads",
        "client.py",
        "def Run(self):  # Send",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242


class Send(threading.Thread):
    def __init__(self, client):
        threading.Thread.__init__(self)
        self.client = client

    def Run(self):  # Send
        while True:
            try:
                message = input()
            except EOFError:
                break
            self.client.send(message.encode())


class Réception(threading.Thread):
    def __init__(self, client):
        threading.Thread.__init__(self)
        self.client = client

    def Run(self):  # Réception
        while True:
            message = self.client.recv(1024)
            if not message:
                break
            print(message.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = Send(client)
recep = Réception(client)
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("run_absent",),
    ),
    Broken(
        "c-calls-itself-instead-of-client-send",
        "Send calls itself, Send(message), instead of client.send(message): nothing is ever sent.",
        "client.send",
        "client.py",
        "Send(message.encode())",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        Send(message.encode())

def Réception(client):
    while True:
        recu = client.recv(1024)
        if not recu:
            break
        print(recu.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("rappel_sans_fin",),
    ),
    Broken(
        "c-compares-bytes-with-text",
        'The loop ends on octets == "", but recv() gives bytes, never equal to a text: it never ends.',
        "client.join",
        "client.py",
        'while octets != "":',
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading
import time

adresse_serveur = ("localhost", 4242)

def Send(sock):
    try:
        while True:
            sock.sendall(input().encode("utf-8"))
    except EOFError:
        print("Tu as fini d'écrire")

def Réception(sock):
    octets = None
    while octets != "":
        octets = sock.recv(1024)
        if len(octets) > 0:
            print("<<<", octets.decode("utf-8"))

prise = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
prise.connect(adresse_serveur)
envoi = threading.Thread(target=Send, args=(prise,))
recep = threading.Thread(target=Réception, args=(prise,))
envoi.start()
recep.start()
envoi.join()
recep.join()
time.sleep(0.1)
prise.close()
""",
            ),
        ),
        slugs=("compare_texte_octets",),
    ),
    Broken(
        "c-closes-after-each-message",
        "Send closes the socket in its loop, after the first message.",
        "client.send",
        "client.py",
        "sock.close()  # on ferme",
        (
            Edit(
                "client.py",
                "",
                """# client du chat
import socket
import threading

HOST = "127.0.0.1"
PORT = 4242

def Send(sock):
    while True:
        try:
            msg = input()
        except EOFError:
            break
        try:
            sock.sendall(msg.encode())
            print("message envoyé")
        except:
            print("erreur d'envoi")
        sock.close()  # on ferme

def Réception(sock):
    while True:
        try:
            msg = sock.recv(1024)
        except:
            break
        if not msg:
            break
        print("reçu :", msg.decode())

def main():
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    sock.connect((HOST, PORT))
    envoi = threading.Thread(target=Send, args=(sock,))
    recep = threading.Thread(target=Réception, args=(sock,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()

if __name__ == "__main__":
    main()
""",
            ),
        ),
        slugs=("socket_fermee",),
    ),
)
