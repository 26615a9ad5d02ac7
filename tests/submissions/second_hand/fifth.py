"""Broken programs by a fifth hand: what beginners most often do."""

from __future__ import annotations

from ..model import Broken, Edit

PROGRAMS: tuple[Broken, ...] = (
    # etape1.py
    Broken(
        "hello-accept-kept-as-one-thing",
        "accept() gives a pair, but it was put in a single variable, so send is called on a tuple",
        "etape1.hello",
        "etape1.py",
        "conn = s.accept()",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

HOTE = "localhost"
PORT = 4242

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((HOTE, PORT))
s.listen(5)
print("le serveur attend...")

conn = s.accept()
print("quelqu'un est arrivé !!")

msg = "Hello World!"
conn.send(msg.encode())
print("descripteur :", conn.fileno())

conn.close()
s.close()
""",
            ),
        ),
        slugs=("accept_pas_deballe",),
    ),
    Broken(
        "hello-printed-on-my-own-screen",
        "the message is printed in the server's terminal and never sent to the visitor",
        "etape1.hello",
        "etape1.py",
        "print(message)",
        (
            Edit(
                "etape1.py",
                "",
                r"""# Etape 1 - Lucas
import socket

# TODO 1
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
# TODO 2
ip = "localhost"
port = 4242
# TODO 3
serveur.bind((ip, port))
# TODO 4
serveur.listen()
# TODO 5
client, infos = serveur.accept()
# TODO 6
message = "Hello World!"
# TODO 7
descripteur = client.fileno()
print(descripteur)
# TODO 8
print(message)
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("hello_absent",),
    ),
    Broken(
        "hello-encode-without-its-parentheses",
        "encode is named without its parentheses, so the method itself is sent and not the bytes",
        "etape1.hello",
        "etape1.py",
        "connexion.sendall(reponse.encode)",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

def creer_serveur():
    mon_serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    mon_serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    mon_serveur.bind(('localhost', 4242))
    mon_serveur.listen(1)
    return mon_serveur

def repondre(connexion):
    # on affiche le numero puis on repond
    print('Le numero est', connexion.fileno())
    reponse = 'Hello World!'
    connexion.sendall(reponse.encode)
    connexion.close()

mon_serveur = creer_serveur()
connexion, adresse_client = mon_serveur.accept()
print('Connexion de', adresse_client)
repondre(connexion)
mon_serveur.close()
""",
            ),
        ),
        slugs=("sans_parentheses",),
    ),
    Broken(
        "fileno-of-the-waiting-socket",
        "the descriptor is asked of the listening socket and not of the visitor's connection",
        "etape1.fileno",
        "etape1.py",
        'print("fileno =", sock.fileno())',
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
adresse = ("localhost", 4242)
sock.bind(adresse)
sock.listen()

visiteur, adr = sock.accept()
texte = "Hello World!"
print("fileno =", sock.fileno())
visiteur.recv(1024)
visiteur.sendall(texte.encode("utf-8"))
visiteur.close()
sock.close()
""",
            ),
        ),
        slugs=("fileno_ailleurs",),
    ),
    Broken(
        "fileno-shown-but-never-called",
        "fileno is written without parentheses, so the method is shown and the descriptor never asked for",
        "etape1.fileno",
        "etape1.py",
        "descripteur = client.fileno",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

IP, PORT = "127.0.0.1", 4242

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as serveur:
    serveur.bind((IP, PORT))
    serveur.listen()
    client, adresse = serveur.accept()
    with client:
        message = "Hello World!"
        descripteur = client.fileno
        print(f"Le descripteur du client : {descripteur}")
        client.sendall(bytes(message, "utf-8"))
print("fini")
""",
            ),
        ),
        slugs=("fileno_sans_parentheses",),
    ),
    Broken(
        "hello-server-that-serves-for-ever",
        "the visits are accepted in an endless loop, so the program never ends after the first one",
        "etape1.fin",
        "etape1.py",
        "while True:",
        (
            Edit(
                "etape1.py",
                "",
                r"""#!/usr/bin/env python3
# coding: utf-8
# mon premier serveur !!! (tuto openclassrooms)

import socket

hote = 'localhost'
port = 4242

connexion_principale = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connexion_principale.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
connexion_principale.bind((hote, port))
connexion_principale.listen(5)
print("Le serveur écoute à présent sur le port {}".format(port))

while True:
    connexion_avec_client, infos_connexion = connexion_principale.accept()
    print("Client :", infos_connexion)
    print("Descripteur :", connexion_avec_client.fileno())
    msg_recu = connexion_avec_client.recv(1024)
    connexion_avec_client.send(b"Hello World!")
    print("Fermeture de la connexion")
    connexion_avec_client.close()

connexion_principale.close()
""",
            ),
        ),
        slugs=("accept_en_boucle",),
    ),
    Broken(
        "hello-main-defined-but-never-called",
        "everything is in a main() that nobody calls, so the program ends at once without doing anything",
        "etape1.ecoute",
        "etape1.py",
        "def main():",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket


def main():
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.bind(("localhost", 4242))
    serveur.listen()
    client, adresse = serveur.accept()
    print("Connexion de", adresse)
    print("Descripteur", client.fileno())
    client.sendall("Hello World!".encode())
    client.close()
    serveur.close()
""",
            ),
        ),
        slugs=("main_jamais_appele",),
    ),
    Broken(
        "hello-with-web-headers-from-a-tutorial",
        "the answer carries the HTTP header lines of a web server tutorial before Hello World!",
        "etape1.hello",
        "etape1.py",
        r'reponse = "HTTP/1.0 200 OK\n\n" + "Hello World!"',
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

SERVER_HOST = 'localhost'
SERVER_PORT = 4242

# Create socket
server_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server_socket.bind((SERVER_HOST, SERVER_PORT))
server_socket.listen(1)
print('Listening on port %s ...' % SERVER_PORT)

# Wait for client connections
client_connection, client_address = server_socket.accept()
print("descripteur", client_connection.fileno())

# Get the client request
request = client_connection.recv(1024).decode()
print(request)

# Send HTTP response
reponse = "HTTP/1.0 200 OK\n\n" + "Hello World!"
client_connection.sendall(reponse.encode())
client_connection.close()

# Close socket
server_socket.close()
""",
            ),
        ),
        slugs=("hello_en_trop",),
    ),
    Broken(
        "hello-saved-by-notepad-as-txt",
        "Notepad saved the file as etape1.py.txt, so there is no etape1.py",
        "etape1.ecoute",
        "etape1.py",
        "",
        (
            Edit("etape1.py", "", None),
            Edit(
                "etape1.py.txt",
                "",
                r"""import socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind(("localhost", 4242))
s.listen()
c, a = s.accept()
m = "Hello World!"
print(c.fileno())
c.sendall(m.encode())
c.close()
s.close()
""",
            ),
        ),
        slugs=("fichier_mal_nomme",),
    ),
    Broken(
        "hello-reads-the-request-until-it-ends",
        "the request is read in a loop until b'', which never comes because the visitor waits for the answer",
        "etape1.hello",
        "etape1.py",
        "while True:",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

HOST = "127.0.0.1"
PORT = 4242

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    conn, addr = s.accept()
    with conn:
        print(f"Connected by {addr}, fd {conn.fileno()}")
        # d'abord on lit toute la demande du client
        demande = b""
        while True:
            data = conn.recv(1024)
            if not data:
                break
            demande = demande + data
        print(demande.decode())
        # ensuite on répond
        conn.sendall(b"Hello World!")
""",
            ),
        ),
        slugs=("attend_fin_requete",),
    ),
    Broken(
        "hello-press-enter-to-quit",
        "an input() at the end keeps the window open, so the program does not end by itself",
        "etape1.fin",
        "etape1.py",
        'input("Appuyez sur Entrée pour quitter...")',
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
IP = "localhost"
PORT = 4242
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
message = "Hello World!"
print("Descripteur du client :", client.fileno())
client.sendall(message.encode())
client.close()
serveur.close()

# sinon la fenêtre se ferme trop vite sous Windows
input("Appuyez sur Entrée pour quitter...")
""",
            ),
        ),
        slugs=("fin_attend",),
    ),
    Broken(
        "hello-listens-before-it-has-a-number",
        "listen comes before bind, so the system gave another port and bind fails",
        "etape1.ecoute",
        "etape1.py",
        "serveur.listen(1)",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

# 1. le telephone
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

# 2. on le branche
serveur.listen(1)

# 3. le numero
ip = "localhost"
port = 4242
serveur.bind((ip, port))

# 4. ca sonne !
client, adresse = serveur.accept()
fd = client.fileno()
print(fd)
message = "Hello World!"
client.sendall(message.encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("listen_avant_bind",),
    ),
    Broken(
        "hello-pasted-with-the-shell-prompts",
        "the lines were copied from the interactive shell together with its >>> prompts",
        "etape1.ecoute",
        "etape1.py",
        ">>> import socket",
        (
            Edit(
                "etape1.py",
                "",
                r"""# Etape 1, fait dans la console de Thonny et recopié ici
>>> import socket
>>> serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
>>> serveur.bind(("localhost", 4242))
>>> serveur.listen()
>>> client, adresse = serveur.accept()
>>> print(client.fileno())
>>> client.sendall("Hello World!".encode())
>>> client.close()
>>> serveur.close()
""",
            ),
        ),
        slugs=("invite_copiee",),
    ),
    # serveur.py
    Broken(
        "server-star-import-then-socket-dot-socket",
        "after `from socket import *` the name socket is the class, so socket.socket does not exist",
        "serveur.adresse",
        "serveur.py",
        "serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
        (
            Edit(
                "serveur.py",
                "",
                r"""from socket import *
from threading import *

IP = ""
PORT = 4242

def Send(client):
    while True:
        try:
            texte = input("moi : ")
        except EOFError:
            break
        client.send(texte.encode())

def Réception(client):
    while True:
        recu = client.recv(1024)
        if recu == b"":
            break
        print("lui :", recu.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()

envoi = Thread(target=Send, args=(client,))
recep = Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("classe_au_lieu_module",),
    ),
    Broken(
        "server-address-with-its-mask",
        "the address was copied from `ip addr` with the /24 of the network mask",
        "serveur.adresse",
        "serveur.py",
        'IP = "192.168.1.42/24"',
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

# trouvé avec ip -4 addr
IP = "192.168.1.42/24"
PORT = 5555

serv = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serv.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serv.bind((IP, PORT))
serv.listen(2)
print("En attente d'un joueur...")
client, adr = serv.accept()
print("Connecté :", adr)


def Send(client):
    while 1:
        try:
            m = input()
        except EOFError:
            break
        client.sendall(m.encode("utf8"))


def Réception(client):
    while 1:
        r = client.recv(2048)
        if not r:
            print("Il est parti")
            break
        print(r.decode("utf8"))


envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serv.close()
""",
            ),
            Edit("client.py", 'IP = "127.0.0.1"', 'IP = "192.168.1.42"'),
            Edit("client.py", "PORT = 4242", "PORT = 5555"),
        ),
        slugs=("adresse_inconnue",),
    ),
    Broken(
        "server-with-git-merge-marks",
        "git's merge marks were left in the file after two pupils changed the port",
        "serveur.adresse",
        "serveur.py",
        "<<<<<<< HEAD",
        (
            Edit(
                "serveur.py",
                "PORT = 4242\n",
                """<<<<<<< HEAD
PORT = 4242
=======
PORT = 8080
>>>>>>> 3f2a9c1 (port de Nina)
""",
            ),
        ),
        base="no-accent-lower-case",
        slugs=("marques_fusion",),
    ),
    Broken(
        "server-raw-input-of-an-old-book",
        "raw_input() is Python 2's; in Python 3 the name does not exist",
        "serveur.send",
        "serveur.py",
        'msg = raw_input("")',
        (
            Edit(
                "serveur.py",
                "",
                r"""#!/usr/bin/python
# -*- coding: utf-8 -*-
# d'apres le livre de Swinnen, chapitre 18

import socket, sys, threading

HOST = ''
PORT = 4242

def Send(connexion):
    "fonction qui emet les messages"
    while 1:
        msg = raw_input("")
        connexion.send(msg.encode("Utf8"))

def Réception(connexion):
    "fonction qui recoit les messages"
    while 1:
        message_recu = connexion.recv(1024)
        if not message_recu:
            break
        print("*" + message_recu.decode("Utf8") + "*")
    print("Client arrêté. Connexion interrompue.")

mySocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
mySocket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    mySocket.bind((HOST, PORT))
except socket.error:
    print("La liaison du socket à l'adresse choisie a échoué.")
    sys.exit()
print("Serveur prêt, en attente de requêtes ...")
mySocket.listen(5)
connexion, adresse = mySocket.accept()
print("Client connecté, adresse IP %s, port %s" % (adresse[0], adresse[1]))

envoi = threading.Thread(target=Send, args=(connexion,))
recep = threading.Thread(target=Réception, args=(connexion,))
envoi.start()
recep.start()
envoi.join()
recep.join()
connexion.close()
mySocket.close()
""",
            ),
        ),
        slugs=("python2",),
    ),
    Broken(
        "server-speaks-through-the-waiting-socket",
        "Send sends through the listening socket instead of the connection in its parameter",
        "serveur.send",
        "serveur.py",
        "serveur.send(message.encode())",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        try:
            message = input("> ")
        except EOFError:
            break
        # le serveur envoie le message
        serveur.send(message.encode())

def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print("< " + octets.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
print("OK connecté !")
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
        slugs=("socket_qui_ecoute",),
    ),
    Broken(
        "server-encodes-and-throws-it-away",
        "the result of encode() is not kept, so the text itself and not its bytes goes to send",
        "serveur.send",
        "serveur.py",
        "msg.encode('utf-8')",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket, threading

def Send(conn):
    while True:
        try:
            msg = input('')
        except EOFError:
            return
        msg.encode('utf-8')
        conn.send(msg)

def Réception(conn):
    while True:
        data = conn.recv(1024)
        if not data:
            return
        print(data.decode('utf-8'))

def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(('0.0.0.0', 4242))
    s.listen(1)
    conn, addr = s.accept()
    print('Connecté avec', addr[0])
    envoi = threading.Thread(target=Send, args=(conn,))
    recep = threading.Thread(target=Réception, args=(conn,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    conn.close()
    s.close()

if __name__ == '__main__':
    main()
""",
            ),
        ),
        slugs=("texte_au_lieu_octets",),
    ),
    Broken(
        "server-asks-once-and-repeats-for-ever",
        "the input() stands before the loop, so one line is read and sent again and again",
        "serveur.send",
        "serveur.py",
        'message = input("Ton message : ")',
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading
import time

IP = ""
PORT = 4242

def Send(client):
    message = input("Ton message : ")
    while message != "exit":
        client.send((message + "\n").encode())
        time.sleep(0.1)

def Réception(client):
    while True:
        message = client.recv(1024).decode()
        if message == "":
            break
        print(message)

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
        "server-break-one-level-too-far-left",
        "the break is not inside its if, so Réception stops after the first message",
        "serveur.reception",
        "serveur.py",
        "break # on arrete la boucle",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

IP = "0.0.0.0"
PORT = 4242

def Send(client):
    for i in range(1000000):
        try:
            client.sendall(input().encode())
        except EOFError:
            return

def Réception(client):
    while True:
        octets = client.recv(1024)
        texte = octets.decode()
        print("Message reçu :", texte)
        if texte == "":
            print("le client est parti")
        break # on arrete la boucle

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
print("serveur lancé")
client, adresse = serveur.accept()
print("client :", adresse)

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
print("serveur arrêté")
""",
            ),
        ),
        slugs=("break_mal_place",),
    ),
    Broken(
        "server-str-instead-of-decode",
        "str() of the bytes was taken for decode(), so b'...' is shown",
        "serveur.reception",
        "serveur.py",
        "message = str(paquet)",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

# ---------- réglages ----------
IP = ""
PORT = 4242
TAILLE = 1024
PSEUDO = "Client"

# ---------- fonctions ----------
def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        except KeyboardInterrupt:
            break
        paquet = message.encode("utf-8")
        client.sendall(paquet)

def Réception(client):
    continuer = True
    while continuer:
        paquet = client.recv(TAILLE)
        if len(paquet) == 0:
            continuer = False
        else:
            message = str(paquet)
            print(PSEUDO + " a dit : " + message)

# ---------- programme ----------
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen(1)
print("En attente...")
client, adresse = serveur.accept()
print("C'est parti !")

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
        slugs=("affiche_octets",),
    ),
    Broken(
        "server-args-without-the-comma",
        "args=(connexion) is no tuple, because the comma is missing, for both threads",
        "serveur.threads",
        "serveur.py",
        "envoi = threading.Thread(target=Send, args=(connexion))",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

def Send(connexion):
    while True:
        try:
            m = input()
            connexion.send(m.encode())
        except EOFError:
            break

def Réception(connexion):
    while True:
        m = connexion.recv(1024)
        if not m:
            break
        print(m.decode())

ip = ""
port = 4242
ecoute = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
ecoute.bind((ip, port))
ecoute.listen()
connexion, adresse = ecoute.accept()

envoi = threading.Thread(target=Send, args=(connexion))
recep = threading.Thread(target=Réception, args=(connexion))

envoi.start()
recep.start()

envoi.join()
recep.join()

connexion.close()
ecoute.close()
""",
            ),
        ),
        slugs=("args_sans_virgule",),
    ),
    Broken(
        "server-waits-for-one-before-starting-the-other",
        "envoi.join() stands before recep.start(), so the second thread starts only when the first has ended",
        "serveur.threads",
        "serveur.py",
        "envoi.join()",
        (
            Edit(
                "serveur.py",
                "",
                r'''import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    """J'envoie"""
    while True:
        try:
            ligne = input()
        except EOFError:
            break
        client.sendall((ligne + "\n").encode())

def Réception(client):
    """Je reçois"""
    while True:
        octets = client.recv(1024)
        if octets == b"":
            break
        print(octets.decode(), end="", flush=True)

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()

# premier thread
envoi = threading.Thread(target=Send, args=(client,))
envoi.start()
envoi.join()

# deuxième thread
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
        "server-sends-ascii-only",
        "Send encodes in ascii, which has neither accents nor emoji",
        "duo.accents",
        "serveur.py",
        'c.send(bytes(texte, "ascii"))',
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

def Send(c):
    while True:
        try:
            texte = input()
        except EOFError:
            break
        c.send(bytes(texte, "ascii"))

def Réception(c):
    while True:
        d = c.recv(4096)
        if not d:
            break
        print(d.decode("utf-8"))

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", 4242))
s.listen()
c, a = s.accept()
envoi = threading.Thread(target=Send, args=(c,))
recep = threading.Thread(target=Réception, args=(c,))
envoi.start()
recep.start()
envoi.join()
recep.join()
c.close()
s.close()
""",
            ),
        ),
        slugs=("encodages_differents",),
    ),
    Broken(
        "server-swallows-the-end-of-the-keyboard",
        "a bare except with pass inside the endless loop swallows EOFError, so Send never ends",
        "serveur.join",
        "serveur.py",
        "except:",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

IP = ""
PORT = 4242

def Send(client):
    while True:
        try:
            message = input()
            client.send(message.encode())
        except:
            pass

def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            print("Au revoir")
            break
        print("Client :", octets.decode())

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
        "server-accepts-the-next-client-for-ever",
        "the whole conversation is in an endless accept loop, so the program waits for the next client and never ends",
        "serveur.join",
        "serveur.py",
        "while True: # plusieurs clients",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

host = "127.0.0.1"
port = 4242

def Send(client):
    while True:
        try:
            reponse = input()
        except EOFError:
            break
        client.send(reponse.encode("utf-8"))

def Réception(client):
    while True:
        request = client.recv(1024)
        request = request.decode("utf-8")
        if not request:
            break
        print(f"Received: {request}")

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((host, port))
server.listen(5)
print(f"Listening on {host}:{port}")

while True: # plusieurs clients
    client, addr = server.accept()
    print(f"Accepted connection from {addr[0]}:{addr[1]}")
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
        slugs=("attend_client",),
    ),
    # client.py
    Broken(
        "client-connects-with-two-arguments",
        "connect gets the address and the port as two arguments instead of one tuple",
        "client.adresse",
        "client.py",
        "sock.connect(HOST, PORT)",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import sys
import threading

HOST = '127.0.0.1'
PORT = 4242

def Send(sock):
    for ligne in sys.stdin:
        sock.sendall(ligne.encode())

def Réception(sock):
    while True:
        data = sock.recv(1024)
        if not data:
            break
        print(data.decode())

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.connect(HOST, PORT)
print('connecté')

envoi = threading.Thread(target=Send, args=(sock,))
recep = threading.Thread(target=Réception, args=(sock,))
envoi.start()
recep.start()
envoi.join()
recep.join()
sock.close()
""",
            ),
        ),
        slugs=("bind_deux_arguments",),
    ),
    Broken(
        "client-quotes-made-by-word",
        "the address was typed in Word, which made the straight quotes curly",
        "client.adresse",
        "client.py",
        "IP = “127.0.0.1”",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = “127.0.0.1”
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
        slugs=("guillemets_word",),
    ),
    Broken(
        "client-latin1-header-of-an-old-tutorial",
        "the first line, copied from an old tutorial, says that the file is latin-1 though the editor saved it as UTF-8",
        "client.adresse",
        "client.py",
        "# -*- coding: latin-1 -*-",
        (
            Edit(
                "client.py",
                "",
                r"""# -*- coding: latin-1 -*-
import socket
import threading

IP = "localhost"
PORT = 4242

def Send(client):
    while 1:
        try:
            texte = input()
        except EOFError:
            break
        client.send(texte.encode("utf-8"))

def Réception(client):
    while 1:
        texte = client.recv(1024).decode("utf-8")
        if not texte:
            break
        print(texte)

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
        slugs=("encodage_declare",),
    ),
    Broken(
        "client-calls-another-port",
        "the client kept the port of a video, 12345, while the server listens on 4242",
        "client.adresse",
        "client.py",
        "port = 12345",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

# vidéo youtube "créer un chat en python"
host = "127.0.0.1"
port = 12345


def Send(s):
    while True:
        try:
            msg = input("")
            s.send(msg.encode("utf-8"))
        except EOFError:
            print("fin")
            break


def Réception(s):
    while True:
        msg = s.recv(1024).decode("utf-8")
        if len(msg) == 0:
            break
        print("[ami] " + msg)


def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect((host, port))
    print("Tu es connecté, écris quelque chose !")
    envoi = threading.Thread(target=Send, args=(s,))
    recep = threading.Thread(target=Réception, args=(s,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    s.close()


main()
""",
            ),
        ),
        slugs=("ports_differents",),
    ),
    Broken(
        "client-body-of-send-not-indented",
        "the lines inside the function Send are not indented",
        "client.adresse",
        "client.py",
        "while True: # on envoie",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
while True: # on envoie
    try:
        client.send(input().encode())
    except EOFError:
        break

def Réception(client):
    while True: # on reçoit
        message = client.recv(1024)
        if message == b"":
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
        slugs=("indentation_manquante",),
    ),
    Broken(
        "client-exit-or-quit-always-true",
        '`message == "exit" or "quit"` is always true, so Send stops at the first line without sending it',
        "client.send",
        "client.py",
        'if message == "exit" or "quit":',
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        if message == "exit" or "quit":
            print("Vous avez quitté le chat")
            break
        client.sendall(message.encode())

def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            print("Le serveur a quitté le chat")
            break
        print("Serveur :", message.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print("Bienvenue dans le chat ! (exit ou quit pour sortir)")

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
        slugs=("condition_toujours_vraie",),
    ),
    Broken(
        "client-asks-twice-and-sends-every-second-line",
        "input() is called in the loop's condition and again inside, so every other line is lost",
        "client.send",
        "client.py",
        'while input() != "fin":',
        (
            Edit(
                "client.py",
                "",
                r"""import socket
from threading import Thread

def Send(client):
    try:
        while input() != "fin":
            client.send(input().encode())
    except EOFError:
        print("clavier fini")

def Réception(client):
    recu = client.recv(1024)
    while recu != b"":
        print(recu.decode())
        recu = client.recv(1024)

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(("127.0.0.1", 4242))
envoi = Thread(target=Send, args=[client])
recep = Thread(target=Réception, args=[client])
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("lit_deux_fois",),
    ),
    Broken(
        "client-mesage-with-one-s",
        "the variable is called message but Send uses mesage, which does not exist",
        "client.send",
        "client.py",
        "client.sendall(mesage.encode())",
        (
            Edit(
                "client.py",
                "",
                r'''"""Étape 2, le client : rejoint le serveur, puis discute avec lui.

Le sujet est dans README.md. Suis les TODO dans l'ordre, lance le serveur, puis :
    python client.py
"""

import socket
import threading

# TODO 1 : l'adresse IP de la machine du serveur, et le port de serveur.py.
IP = "127.0.0.1"
PORT = 4242


def Send(client):
    """Envoie au serveur chaque ligne tapée au clavier."""
    # TODO 2 : lis une ligne au clavier et envoie-la au serveur, et recommence.
    while True:
        try:
            message = input("Vous : ")
        except EOFError:
            break
        client.sendall(mesage.encode())
    client.shutdown(socket.SHUT_WR)


def Réception(client):
    """Affiche chaque message qui vient du serveur."""
    # TODO 3 : reçois un message du serveur et affiche-le, et recommence.
    # Quand le serveur est parti, recv() rend b"" : c'est le moment d'arrêter.
    while True:
        message = client.recv(1024)
        if not message:
            break
        print("\nServeur :", message.decode())


# TODO 4 : crée la socket et connecte-la à (IP, PORT).
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))

# TODO 5 : crée deux threads : envoi, qui lance Send, et recep, qui lance Réception.
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))

# TODO 6 : démarre les deux threads.
envoi.start()
recep.start()

# TODO 7 : attends la fin des deux threads avec .join(), puis ferme la socket.
envoi.join()
recep.join()
client.close()
''',
            ),
        ),
        slugs=("nom_mal_ecrit",),
    ),
    Broken(
        "client-receives-once-and-shows-for-ever",
        "recv stands before the loop, so the first message is shown again and again",
        "client.reception",
        "client.py",
        "message = client.recv(1024).decode()",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading
import time

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        try:
            a_envoyer = input()
        except EOFError:
            break
        client.sendall(a_envoyer.encode())

def Réception(client):
    message = client.recv(1024).decode()
    while message != "":
        print("Serveur >", message)
        time.sleep(0.5)
    print("Serveur déconnecté")

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
        slugs=("affiche_sans_fin",),
    ),
    Broken(
        "client-recv-without-a-size",
        "recv() is called without the size that it needs",
        "client.reception",
        "client.py",
        "recu = client.recv().decode()",
        (
            Edit(
                "client.py",
                "",
                r"""import socket, threading

IP="127.0.0.1"
PORT=4242

def Send(client):
    while True:
        try:
            client.send(input("> ").encode())
        except EOFError:
            break

def Réception(client):
    while True:
        recu = client.recv().decode()
        if recu=="":
            break
        print(recu)

client=socket.socket()
client.connect((IP,PORT))
envoi=threading.Thread(target=Send,args=(client,))
recep=threading.Thread(target=Réception,args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("recv_sans_taille",),
    ),
    Broken(
        "client-reception-waits-for-an-answer-typed",
        "Réception asks for a line with input() after each message, so it waits for the keyboard before it shows the next one",
        "client.reception",
        "client.py",
        'reponse = input("Votre réponse : ")',
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = "localhost"
PORT = 4242

def Send(client):
    while True:
        try:
            texte = input("Moi : ")
        except EOFError:
            break
        client.send(texte.encode())

def Réception(client):
    while True:
        texte = client.recv(1024)
        if not texte:
            break
        print("Serveur : " + texte.decode())
        try:
            reponse = input("Votre réponse : ")
        except EOFError:
            break
        client.send(reponse.encode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
recep = threading.Thread(target=Réception, args=(client,))
envoi = threading.Thread(target=Send, args=(client,))
recep.start()
envoi.start()
recep.join()
envoi.join()
client.close()
""",
            ),
        ),
        slugs=("reception_attend_clavier",),
    ),
    Broken(
        "client-threads-without-args",
        "the threads are made without args, so Send and Réception do not get their client",
        "client.threads",
        "client.py",
        "envoi = threading.Thread(target=Send)",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode('utf-8'))

def Réception(client):
    while True:
        message = client.recv(1024).decode('utf-8')
        if not message:
            break
        print('>>', message)

if __name__ == '__main__':
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect(('127.0.0.1', 4242))
    envoi = threading.Thread(target=Send)
    recep = threading.Thread(target=Réception)
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    client.close()
""",
            ),
        ),
        slugs=("args_nombre",),
    ),
    Broken(
        "client-class-forgets-self-before-the-method",
        "inside the class the threads are given Send and Réception without self., names that do not exist there",
        "client.threads",
        "client.py",
        "self.envoi = threading.Thread(target=Send)",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading


class Client:

    def __init__(self, ip, port):
        self.ip = ip
        self.port = port
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

    def connexion(self):
        self.sock.connect((self.ip, self.port))
        print("Connecté à", self.ip)

    def Send(self):
        while True:
            try:
                message = input()
            except EOFError:
                break
            self.sock.sendall(message.encode())

    def Réception(self):
        while True:
            octets = self.sock.recv(1024)
            if not octets:
                break
            print(octets.decode())

    def lancer(self):
        self.connexion()
        self.envoi = threading.Thread(target=Send)
        self.recep = threading.Thread(target=Réception)
        self.envoi.start()
        self.recep.start()
        self.envoi.join()
        self.recep.join()
        self.sock.close()


moi = Client("127.0.0.1", 4242)
moi.lancer()
""",
            ),
        ),
        slugs=("self_oublie",),
    ),
    Broken(
        "client-compares-bytes-with-an-empty-text",
        'the bytes of recv are compared with "", never equal, so Réception turns for ever once the server has left',
        "client.join",
        "client.py",
        'if data == "":',
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
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
        data = client.recv(1024)
        # si c'est vide le serveur est parti
        if data == "":
            break
        print(data.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print("Connecté.")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
print("Terminé.")
""",
            ),
        ),
        slugs=("compare_texte_octets",),
    ),
    Broken(
        "client-closes-without-waiting-again",
        "nobody waits for the threads with join, and the socket is closed right after they start",
        "client.join",
        "client.py",
        "client.close()",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print("Connexion établie avec le serveur sur le port {}".format(PORT))


def Send(client):
    while True:
        try:
            msg = input("> ")
        except EOFError:
            break
        client.send(msg.encode())


def Réception(client):
    while True:
        msg = client.recv(1024)
        if not msg:
            break
        print(msg.decode())


envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))

envoi.start()
recep.start()

print("Fermeture de la connexion")
client.close()
""",
            ),
        ),
        slugs=("sans_join",),
    ),
    # both programs
    Broken(
        "both-client-waits-for-line-ends-that-the-server-never-sends",
        "the client reads whole lines, but the server sends its messages without a line end",
        "duo.dialogue",
        "serveur.py",
        "client.sendall(message.encode())",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242

# serveur : Tom    client : Inès

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())

def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print("Inès :", octets.decode())

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
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242

# client : Inès

def Send(client):
    while True:
        try:
            texte = input()
        except EOFError:
            break
        client.sendall(bytes(texte + "\n", "utf-8"))

def Réception(client):
    fichier = client.makefile("r", encoding="utf-8")
    for ligne in fichier:
        print("Tom :", ligne.strip())

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
        slugs=("fin_de_ligne_absente",),
    ),
    Broken(
        "both-files-saved-under-each-others-name",
        "the two programs were saved the wrong way round: serveur.py connects and client.py listens",
        "serveur.adresse",
        "serveur.py",
        "prise.connect((IP, PORT))",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(prise):
    while True:
        try:
            prise.send(input().encode())
        except EOFError:
            break

def Réception(prise):
    while True:
        mot = prise.recv(1024)
        if not mot:
            break
        print(mot.decode())

# j'appelle l'autre
prise = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
prise.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(prise,))
recep = threading.Thread(target=Réception, args=(prise,))
envoi.start()
recep.start()
envoi.join()
recep.join()
prise.close()
""",
            ),
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(prise):
    while True:
        try:
            prise.send(input().encode())
        except EOFError:
            break

def Réception(prise):
    while True:
        mot = prise.recv(1024)
        if not mot:
            break
        print(mot.decode())

# j'attends l'autre
accueil = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
accueil.bind((IP, PORT))
accueil.listen()
prise, adresse = accueil.accept()
envoi = threading.Thread(target=Send, args=(prise,))
recep = threading.Thread(target=Réception, args=(prise,))
envoi.start()
recep.start()
envoi.join()
recep.join()
prise.close()
accueil.close()
""",
            ),
        ),
        slugs=("role_inverse",),
    ),
)
