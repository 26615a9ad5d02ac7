"""Broken programs by a fourth hand, with rarer ideas among them."""

from __future__ import annotations

from ..model import Broken, Edit

PROGRAMS: tuple[Broken, ...] = (
    # ------------------------------------------------------------------ etape1.py
    Broken(
        "e1-listen-without-parentheses-too",
        "listen is named but not called: its parentheses are missing, so the socket never listens",
        "etape1.ecoute",
        "etape1.py",
        "ma_socket.listen",
        (
            Edit(
                "etape1.py",
                "",
                """\
# Etape 1 - Lucas
import socket

ip = "localhost"
port = 4242

ma_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
ma_socket.bind((ip, port))
ma_socket.listen
print("j'attend quelqu'un...")

visiteur, adresse_visiteur = ma_socket.accept()
message = "Hello World!"
numero = visiteur.fileno()
print("descripteur :", numero)
visiteur.sendall(message.encode())
visiteur.close()
ma_socket.close()
""",
            ),
        ),
        slugs=("sans_parentheses",),
    ),
    Broken(
        "e1-accept-in-one-variable-too",
        "the two things that accept() gives are put into one variable, which is a tuple and cannot send",
        "etape1.hello",
        "etape1.py",
        "connexion = s.accept()",
        (
            Edit(
                "etape1.py",
                "",
                """\
import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind(("localhost", 4242))
s.listen(1)
connexion = s.accept()
msg = "Hello World!"
connexion.sendall(msg.encode())
print(connexion.fileno())
connexion.close()
s.close()
""",
            ),
        ),
        slugs=("accept_pas_deballe",),
    ),
    Broken(
        "e1-answers-like-a-web-site",
        "the answer starts with an HTTP status line and headers copied from the web, so more than Hello World! is sent",
        "etape1.hello",
        "etape1.py",
        'reponse = "HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n" + MESSAGE',
        (
            Edit(
                "etape1.py",
                "",
                """\
#!/usr/bin/env python3
# petit serveur web, vu sur un tuto
import socket

HOTE = "127.0.0.1"
PORT = 4242
MESSAGE = "Hello World!"


def main():
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind((HOTE, PORT))
    serveur.listen(5)
    print("Serveur pret sur http://%s:%d" % (HOTE, PORT))
    client, adresse = serveur.accept()
    print("fd:", client.fileno())
    requete = client.recv(1024)
    print(requete.decode())
    reponse = "HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n" + MESSAGE
    client.sendall(reponse.encode())
    client.close()
    serveur.close()


if __name__ == "__main__":
    main()
""",
            ),
        ),
        slugs=("hello_en_trop",),
    ),
    Broken(
        "e1-descriptor-is-the-port",
        "takes the visitor's port number for the descriptor and never calls fileno()",
        "etape1.fileno",
        "etape1.py",
        "descripteur = adresse[1]",
        (
            Edit(
                "etape1.py",
                "",
                """\
import socket

# TODO 1
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
# TODO 2 et 3
serveur.bind(("localhost", 4242))
# TODO 4
serveur.listen()
# TODO 5
client, adresse = serveur.accept()
# TODO 6
message = "Hello World!"
# TODO 7 le descripteur
descripteur = adresse[1]
print("Le descripteur est", descripteur)
# TODO 8
client.sendall(message.encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("sans_fileno",),
    ),
    Broken(
        "e1-serves-for-ever",
        "accept is inside an endless loop as in the tutorials, so the program goes on waiting after its one visitor",
        "etape1.fin",
        "etape1.py",
        "while 1:",
        (
            Edit(
                "etape1.py",
                "",
                """\
import socket

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('', 4242))
s.listen(5)
print('Serveur demarre')

while 1:
    c, addr = s.accept()
    print('Connexion de', addr, 'numero', c.fileno())
    c.recv(1024)
    c.send('Hello World!'.encode())
    c.close()
""",
            ),
        ),
        slugs=("accept_en_boucle",),
    ),
    Broken(
        "e1-file-name-with-accent",
        "the file was saved as étape1.py, with an accent, so there is no etape1.py",
        "etape1.ecoute",
        "etape1.py",
        "",
        (
            Edit("etape1.py", "", None),
            Edit(
                "étape1.py",
                "",
                """\
import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
print(client.fileno())
client.sendall("Hello World!".encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("fichier_mal_nomme",),
    ),
    Broken(
        "e1-from-socket-import-socket",
        "imports only the class socket from the module, then uses socket.AF_INET as if it were the module",
        "etape1.ecoute",
        "etape1.py",
        "from socket import socket",
        (
            Edit("etape1.py", "import socket\n\n# TODO 1", "from socket import socket\n\n# TODO 1"),
            Edit("etape1.py", "serveur = socket.socket(", "serveur = socket("),
        ),
        base="todo-comments-left",
        slugs=("classe_au_lieu_module",),
    ),
    Broken(
        "e1-message-from-print",
        "writes message = print(...), which shows the text on the screen and puts None in the variable",
        "etape1.hello",
        "etape1.py",
        'message = print("Hello World!")',
        (Edit("etape1.py", 'message = "Hello World!"', 'message = print("Hello World!")'),),
        base="todo-comments-left",
        slugs=("rien_avant_le_point",),
    ),
    Broken(
        "e1-sys-exit-with-a-text",
        'ends with sys.exit("..."): a text given to sys.exit makes the exit status 1, as for a failure',
        "etape1.fin",
        "etape1.py",
        'sys.exit("Serveur termine, au revoir !")',
        (
            Edit(
                "etape1.py",
                "",
                """\
import socket
import sys

def repondre(conn):
    print("descripteur = " + str(conn.fileno()))
    demande = conn.recv(2048)
    print("on me demande :", demande.decode())
    conn.sendall(b"Hello World!")
    conn.close()

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("localhost", 4242))
s.listen(1)
conn, addr = s.accept()
repondre(conn)
s.close()
sys.exit("Serveur termine, au revoir !")
""",
            ),
        ),
        slugs=("mauvais_code",),
    ),
    Broken(
        "e1-press-enter-to-quit",
        "ends with an input() that keeps the window open, so the program does not stop by itself",
        "etape1.fin",
        "etape1.py",
        'input("Appuie sur Entree pour fermer la fenetre...")',
        (
            Edit(
                "etape1.py",
                "",
                """\
# coding: utf-8
import socket

adr = "127.0.0.1"
prt = 4242
texte = "Hello World!"

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.bind((adr, prt))
sock.listen(1)
print("En attente...")
cli, infos = sock.accept()
print("Quelqu'un est la !", infos)
print("Son numero :", cli.fileno())
cli.sendall(texte.encode("utf-8"))
cli.close()
sock.close()
print("Fini !")
# sinon la fenetre noire se ferme toute seule
input("Appuie sur Entree pour fermer la fenetre...")
""",
            ),
        ),
        slugs=("fin_attend",),
    ),
    Broken(
        "e1-reads-until-the-visitor-leaves-too",
        "reads the request in a loop until recv gives nothing, but the visitor stays and waits for the answer",
        "etape1.hello",
        "etape1.py",
        "while data:",
        (
            Edit(
                "etape1.py",
                "",
                """\
import socket

HOST = "localhost"
PORT = 4242

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((HOST, PORT))
    s.listen()
    conn, addr = s.accept()
    with conn:
        print("Connected by", addr)
        print(conn.fileno())
        # d'abord je lis toute la demande
        data = conn.recv(1024)
        while data:
            print(data)
            data = conn.recv(1024)
        # et apres je reponds
        conn.sendall("Hello World!".encode())
""",
            ),
        ),
        slugs=("attend_fin_requete",),
    ),
    Broken(
        "e1-except-hides-missing-encode-too",
        "sends a text without .encode(), and a bare except hides the TypeError behind a message of its own",
        "etape1.hello",
        "etape1.py",
        "client.send(reponse)",
        (
            Edit(
                "etape1.py",
                "",
                """\
import socket

try:
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind(("localhost", 4242))
    serveur.listen()
    client, adresse = serveur.accept()
    print("numero", client.fileno())
    client.recv(1024)
    reponse = "Hello World!"
    client.send(reponse)
    client.close()
    serveur.close()
except:
    print("Il y a eu un probleme, relancez le programme")
""",
            ),
        ),
        slugs=("texte_au_lieu_octets",),
    ),
    # ------------------------------------------------------------------ serveur.py
    Broken(
        "srv-mask-instead-of-address",
        "copies the subnet mask from ipconfig (255.255.255.0) instead of the machine's IPv4 address",
        "serveur.adresse",
        "serveur.py",
        'IP = "255.255.255.0"',
        (Edit("serveur.py", 'IP = ""\nPORT = 4242', '# trouvé avec ipconfig\nIP = "255.255.255.0"\nPORT = 4242'),),
        base="prompts-and-prefixes",
        slugs=("mauvaise_adresse",),
    ),
    Broken(
        "srv-input-without-parentheses",
        "writes message = input without parentheses: the function itself is put in the variable, nothing is read",
        "serveur.send",
        "serveur.py",
        "message = input",
        (
            Edit(
                "serveur.py",
                "",
                """\
import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        message = input
        client.sendall(message.encode())

def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            print("Le client est parti")
            break
        print(message.decode())

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((IP, PORT))
s.listen()
client, adr = s.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
s.close()
""",
            ),
        ),
        slugs=("sans_parentheses",),
    ),
    Broken(
        "srv-break-out-of-the-except",
        "break is written level with try and not inside except, so Send stops after the first line",
        "serveur.send",
        "serveur.py",
        "break  # on arrete",
        (
            Edit(
                "serveur.py",
                "",
                """\
import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    # boucle d'envoi
    while True:
        try:
            texte = input("Vous : ")
            client.sendall((texte + "\\n").encode("utf8"))
        except EOFError:
            print("fin du clavier")
        break  # on arrete


def Réception(client):
    # boucle de reception
    recu = client.recv(1024)
    while recu != b"":
        print("Lui :", recu.decode("utf8"))
        recu = client.recv(1024)


# on attend le client
ecoute = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
ecoute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ecoute.bind((IP, PORT))
ecoute.listen(1)
print("Serveur en ecoute sur le port", PORT)
client, qui = ecoute.accept()
print("Bienvenue a", qui[0])

# les threads
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
ecoute.close()
""",
            ),
        ),
        slugs=("break_mal_place",),
    ),
    Broken(
        "srv-decode-without-parentheses",
        "prints message.decode without parentheses: the method is shown, not the text",
        "serveur.reception",
        "serveur.py",
        "print(requete.decode)",
        (
            Edit(
                "serveur.py",
                '        requete = requete.decode("utf-8")\n        print(requete)',
                "        print(requete.decode)",
            ),
        ),
        base="uncaught-eof",
        slugs=("sans_parentheses",),
    ),
    Broken(
        "srv-recv-called-twice",
        "calls recv once to test for the end and once more to print, so every second message is thrown away",
        "serveur.reception",
        "serveur.py",
        'if client.recv(1024) == b"":',
        (
            Edit(
                "serveur.py",
                "",
                """\
from socket import *
from threading import Thread

IP = "0.0.0.0"
PORT = 4242

def Send(client):
    while True:
        try:
            client.send(input().encode())
        except EOFError:
            break

def Réception(client):
    while True:
        if client.recv(1024) == b"":
            print("client deconnecte")
            break
        print(client.recv(1024).decode())

serveur = socket(AF_INET, SOCK_STREAM)
serveur.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
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
        slugs=("recv_deux_fois",),
    ),
    Broken(
        "srv-target-in-quotes",
        "gives the name of the function in quotes to target: a text cannot be run",
        "serveur.threads",
        "serveur.py",
        'envoi = Thread(target="Send", args=(client,))',
        (
            Edit(
                "serveur.py",
                "",
                """\
# serveur de chat (Ines et Tom)
import socket
from threading import Thread

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        try:
            phrase = input("> ")
        except EOFError:
            return
        client.send(phrase.encode())

def Réception(client):
    while True:
        phrase = client.recv(2048).decode()
        if phrase == "":
            return
        print("[client]", phrase)

serv = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serv.bind((IP, PORT))
serv.listen(2)
client, a = serv.accept()

envoi = Thread(target="Send", args=(client,))
recep = Thread(target="Réception", args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()

client.close()
serv.close()
""",
            ),
        ),
        slugs=("target_entre_guillemets",),
    ),
    Broken(
        "srv-joins-the-same-thread-twice",
        "joins recep twice, with a copied line that was not changed, and never joins envoi",
        "serveur.join",
        "serveur.py",
        "recep.join()  # attendre la fin de l'envoi",
        (
            Edit(
                "serveur.py",
                "",
                """\
import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        message = input()
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

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))

envoi.start()
recep.start()

recep.join()  # attendre la fin de l'envoi
recep.join()  # attendre la fin de la réception
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("join_deux_fois_le_meme",),
    ),
    Broken(
        "srv-end-compared-with-a-text",
        'compares the received bytes with the empty text "" and not with b"": never equal, so Réception never stops',
        "serveur.join",
        "serveur.py",
        'if donnees == "":',
        (
            Edit(
                "serveur.py",
                "",
                """\
import socket
import threading

IP = ""
PORT = 4242
encore = True

def Send(client):
    global encore
    while encore:
        try:
            message = input("Serveur > ")
            client.sendall(message.encode())
        except EOFError:
            encore = False
    print("Fin de Send")

def Réception(client):
    while True:
        donnees = client.recv(1024)
        if donnees == "":
            print("Le client a quitté la conversation")
            break
        print("Client >", donnees.decode())
    print("Fin de Réception")

def main():
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind((IP, PORT))
    serveur.listen()
    print("J'attends...")
    client, adresse = serveur.accept()
    envoi = threading.Thread(target=Send, args=(client,))
    recep = threading.Thread(target=Réception, args=(client,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    client.close()
    serveur.close()

main()
""",
            ),
        ),
        slugs=("compare_texte_octets",),
    ),
    Broken(
        "srv-french-quotes",
        "writes the address between French quotes « », which the word processor made of the straight ones",
        "serveur.adresse",
        "serveur.py",
        "IP = « 127.0.0.1 »",
        (Edit("serveur.py", 'IP = "127.0.0.1"', "IP = « 127.0.0.1 »"),),
        base="args-list",
        slugs=("guillemets_word",),
    ),
    Broken(
        "srv-raw-input",
        "reads the keyboard with raw_input, which only Python 2 has",
        "serveur.send",
        "serveur.py",
        'msg = raw_input("Message : ")',
        (
            Edit(
                "serveur.py",
                "",
                """\
# -*- coding: utf-8 -*-
import socket
import threading

hote = ''
port = 4242

def Send(client):
    msg = ''
    while msg != 'fin':
        msg = raw_input("Message : ")
        client.send(msg.encode('utf-8'))

def Réception(client):
    msg = client.recv(1024)
    while msg:
        print(">> %s" % msg.decode('utf-8'))
        msg = client.recv(1024)

connexion_principale = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connexion_principale.bind((hote, port))
connexion_principale.listen(5)
print("Le serveur écoute à présent sur le port {}".format(port))

connexion_avec_client, infos_connexion = connexion_principale.accept()

envoi = threading.Thread(target=Send, args=(connexion_avec_client,))
recep = threading.Thread(target=Réception, args=(connexion_avec_client,))
envoi.start()
recep.start()
envoi.join()
recep.join()

print("Fermeture de la connexion")
connexion_avec_client.close()
connexion_principale.close()
""",
            ),
        ),
        slugs=("python2",),
    ),
    Broken(
        "srv-connects-instead-of-binding",
        "copies the client's beginning: the server calls connect() where it should bind()",
        "serveur.adresse",
        "serveur.py",
        "serveur.connect((IP, PORT))",
        (
            Edit(
                "serveur.py",
                "",
                """\
import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    while True:
        try:
            m = input()
        except EOFError:
            break
        client.send(m.encode())

def Réception(client):
    while True:
        m = client.recv(1024)
        if m == b"":
            break
        print(m.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.connect((IP, PORT))
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
        slugs=("role_inverse",),
    ),
    Broken(
        "srv-send-waits-for-the-answer",
        "after each line Send itself waits for an answer with recv before it reads the keyboard again",
        "serveur.send",
        "serveur.py",
        "reponse = client.recv(1024).decode()",
        (
            Edit(
                "serveur.py",
                "",
                """\
import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input("moi : ")
        except EOFError:
            break
        client.sendall(message.encode())
        # on attend la reponse de l'autre
        reponse = client.recv(1024).decode()
        print("reponse :", reponse)


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print("lui :", octets.decode())


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
recep.start()
envoi.start()
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
        "srv-setsockopt-two-arguments",
        "copies setsockopt by heart and forgets its first argument, SOL_SOCKET",
        "serveur.adresse",
        "serveur.py",
        "s.setsockopt(socket.SO_REUSEADDR, 1)",
        (Edit("serveur.py", "s.bind((ip, port))", "s.setsockopt(socket.SO_REUSEADDR, 1)\ns.bind((ip, port))"),),
        base="uncaught-eof",
        slugs=("mauvais_nombre_arguments",),
    ),
    Broken(
        "srv-reception-inside-send",
        "def Réception is indented, so it lies inside Send and the name does not exist where the threads are made",
        "serveur.threads",
        "serveur.py",
        "def Réception(client):",
        (
            Edit(
                "serveur.py",
                "",
                """\
import socket
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
            octets = client.recv(1024)
            if not octets:
                break
            print(octets.decode())

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
        slugs=("nom_ailleurs",),
    ),
    Broken(
        "srv-accepts-again-and-again",
        "puts accept and the whole conversation in an endless loop, so the server waits for another client for ever",
        "serveur.join",
        "serveur.py",
        "while True:  # pour plusieurs clients",
        (
            Edit(
                "serveur.py",
                "",
                """\
import socket
import threading
import time

IP = "0.0.0.0"
PORT = 4242

def heure():
    return time.strftime("%H:%M")

def Send(client):
    try:
        while 1:
            client.sendall((input() + "\\n").encode())
    except (EOFError, OSError):
        print(heure(), "envoi terminé")

def Réception(client):
    try:
        while 1:
            paquet = client.recv(4096)
            if len(paquet) == 0:
                break
            print(heure(), "client :", paquet.decode())
    except OSError:
        pass
    print(heure(), "réception terminée")

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen(5)
print(heure(), "serveur lancé")

while True:  # pour plusieurs clients
    client, adresse = serveur.accept()
    print(heure(), adresse[0], "est arrivé")
    envoi = threading.Thread(target=Send, args=(client,))
    recep = threading.Thread(target=Réception, args=(client,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    client.close()
    print(heure(), adresse[0], "est parti")

serveur.close()
""",
            ),
        ),
        slugs=("attend_client",),
    ),
    # ------------------------------------------------------------------ client.py
    Broken(
        "cli-binds-before-connecting",
        "the client keeps the server's bind() line and reserves the server's own port before it connects",
        "client.adresse",
        "client.py",
        "client.bind((IP, PORT))",
        (
            Edit(
                "client.py",
                "",
                """\
import socket
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
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.bind((IP, PORT))
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
        slugs=("port_deja_pris",),
    ),
    Broken(
        "cli-connect-on-the-module",
        "calls connect on the module socket and not on the socket that was made, which is called client",
        "client.adresse",
        "client.py",
        "socket.connect((IP, PORT))",
        (Edit("client.py", "client.connect((IP, PORT))", "socket.connect((IP, PORT))"),),
        base="todo-comments-left",
        slugs=("module_au_lieu_socket",),
    ),
    Broken(
        "cli-reads-the-keyboard-once",
        "input() stands before the loop, so the first line is sent again and again and no other is ever read",
        "client.send",
        "client.py",
        'message = input("Ton message : ")',
        (
            Edit(
                "client.py",
                "",
                """\
import socket
import threading
import time

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    message = input("Ton message : ")
    while True:
        try:
            client.sendall((message + "\\n").encode())
            time.sleep(0.5)
        except OSError:
            print("Envoi impossible")
            break


def Réception(client):
    while True:
        try:
            octets = client.recv(1024)
        except OSError:
            break
        if not octets:
            break
        print("Serveur :", octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print("Connecté !")

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
        slugs=("envoie_sans_fin",),
    ),
    Broken(
        "cli-bytes-without-encoding",
        "turns the text into bytes with bytes(message), which needs an encoding for a text",
        "client.send",
        "client.py",
        "octets = bytes(message)",
        (
            Edit(
                "client.py",
                "",
                """\
import socket, threading

IP = "localhost"
PORT = 4242

def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        octets = bytes(message)
        client.send(octets)

def Réception(client):
    while True:
        octets = client.recv(1024)
        if len(octets) == 0: break
        texte = octets.decode()
        print(texte)

client = socket.socket()
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=[client])
recep = threading.Thread(target=Réception, args=[client])
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
""",
            ),
        ),
        slugs=("encode_oublie_bytes",),
    ),
    Broken(
        "cli-str-of-bytes",
        "makes a text of the received bytes with str(...) and not with .decode(), so b'...' is shown",
        "client.reception",
        "client.py",
        'print("Le serveur dit : " + str(recu))',
        (
            Edit(
                "client.py",
                "",
                """\
# CLIENT
import socket
import threading

ip_du_serveur = "127.0.0.1"
port_du_serveur = 4242

# fonction qui envoie
def Send(client):
    while True:
        try:
            a_envoyer = input("-> ")
        except EOFError:
            print("bye")
            break
        client.send(a_envoyer.encode("utf-8"))

# fonction qui recoit
def Reception(client):
    while True:
        recu = client.recv(1024)
        if not recu:
            print("le serveur est parti")
            break
        print("Le serveur dit : " + str(recu))

# programme principal
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((ip_du_serveur, port_du_serveur))
print("ok connecté")
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Reception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
print("fini")
""",
            ),
        ),
        slugs=("affiche_octets",),
    ),
    Broken(
        "cli-recv-before-the-loop",
        "recv stands before the loop only, so the first message is shown for ever and no other is received",
        "client.reception",
        "client.py",
        "message = client.recv(1024).decode()",
        (
            Edit(
                "client.py",
                "",
                """\
import socket
import threading
import time

def Send(client):
    while True:
        try:
            ligne = input()
            client.sendall(ligne.encode())
        except (EOFError, OSError):
            break

def Réception(client):
    message = client.recv(1024).decode()
    while message != "":
        print("Reçu :", message)
        time.sleep(0.2)

IP = "127.0.0.1"
PORT = 4242
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
        "cli-copied-thread-line",
        "copies the line of the thread envoi for recep and forgets to change its target: both run Send",
        "client.threads",
        "client.py",
        "recep = threading.Thread(target=Send, args=(client,))",
        (
            Edit(
                "client.py",
                "recep = threading.Thread(target=Réception, args=(client,))",
                "recep = threading.Thread(target=Send, args=(client,))",
            ),
        ),
        base="sleeping",
        slugs=("meme_fonction",),
    ),
    Broken(
        "cli-one-name-for-two-threads",
        "keeps both threads in the same variable t, so the first one is lost and never started",
        "client.threads",
        "client.py",
        "t = threading.Thread(target=Réception, args=(sock,))",
        (
            Edit(
                "client.py",
                "",
                """\
import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(sock):
    while True:
        try:
            txt = input()
        except EOFError:
            break
        sock.send(txt.encode())

def Réception(sock):
    while True:
        txt = sock.recv(1024).decode()
        if not txt:
            break
        print(txt)

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.connect((IP, PORT))

t = threading.Thread(target=Send, args=(sock,))
t = threading.Thread(target=Réception, args=(sock,))
t.start()
t.join()
sock.close()
""",
            ),
        ),
        slugs=("thread_ecrase",),
    ),
    Broken(
        "cli-no-threads-at-all",
        "makes no threads: one loop reads the keyboard, sends, then waits for an answer, each in its turn",
        "client.threads",
        "client.py",
        "",
        (
            Edit(
                "client.py",
                "",
                """\
import socket
s = socket.socket()
s.connect(("127.0.0.1", 4242))
while True:
    try:
        msg = input("Toi : ")
    except EOFError:
        break
    s.send(msg.encode())
    rep = s.recv(1024)
    if rep == b"":
        break
    print("Serveur :", rep.decode())
s.close()
""",
            ),
        ),
        slugs=("sans_thread",),
    ),
    Broken(
        "cli-daemons-that-nobody-joins",
        "starts daemon threads and joins neither, so the program ends at once and takes them along",
        "client.join",
        "client.py",
        "",
        (
            Edit(
                "client.py",
                "",
                """\
import socket
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
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())


def main():
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect((IP, PORT))
    print("Connecté au serveur")
    envoi = threading.Thread(target=Send, args=(client,), daemon=True)
    recep = threading.Thread(target=Réception, args=(client,), daemon=True)
    envoi.start()
    recep.start()
    print("Vous pouvez discuter")


if __name__ == "__main__":
    main()
""",
            ),
        ),
        slugs=("daemon_abandonne",),
    ),
    Broken(
        "cli-closes-the-threads",
        "calls close() on the threads at the end, which threads do not have, and does so instead of on the socket",
        "client.join",
        "client.py",
        "envoi.close()",
        (Edit("client.py", "recep.join()\nclient.close()", "recep.join()\nenvoi.close()\nrecep.close()"),),
        base="recv-65536",
        slugs=("pas_une_socket",),
    ),
    Broken(
        "cli-bare-except-inside-the-loop",
        "a bare except inside the loop of Send catches the end of the keyboard too and goes on for ever",
        "client.join",
        "client.py",
        "except:",
        (
            Edit(
                "client.py",
                "",
                """\
import socket
import threading
import time

IP = '127.0.0.1'
PORT = 4242

def Send(client):
    while True:
        try:
            message = input('Message : ')
            client.sendall(message.encode('utf-8'))
        except:
            print("Erreur, on recommence")
            time.sleep(1)

def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            print('Le serveur a coupé')
            break
        print('Serveur :', octets.decode('utf-8'))

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print('Connexion réussie')

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()

envoi.join()
recep.join()
client.close()
print('Fin du programme')
""",
            ),
        ),
        slugs=("clavier_avale",),
    ),
    Broken(
        "cli-no-break-space",
        "an invisible no-break space (Alt+Space on a Mac, or pasted from a web page) stands in the code",
        "client.adresse",
        "client.py",
        "PORT =\u00a04242",
        (Edit("client.py", "PORT = 4242", "PORT =\u00a04242"),),
        base="threads-in-list",
        slugs=("caractere_invisible",),
    ),
    Broken(
        "cli-commas-in-the-address",
        "writes commas and not dots between the numbers of the IP, with the French number pad",
        "client.adresse",
        "client.py",
        'IP = "127,0,0,1"',
        (
            Edit(
                "client.py",
                "",
                """\
import socket
import threading

IP = "127,0,0,1"
PORT = 4242

def Send(client):
    while True:
        try:
            msg = input()
        except EOFError:
            break
        msg = msg + "\\n"
        client.send(msg.encode())

def Réception(client):
    while True:
        msg = client.recv(1024)
        if msg == b"":
            break
        print(msg.decode(), end="", flush=True)

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
print("Je me connecte à", IP, "sur le port", PORT)
client.connect((IP, PORT))
print("Connecté")
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
        slugs=("adresse_inconnue",),
    ),
    # ------------------------------------------------------------------ both together
    Broken(
        "duo-one-side-forgets-the-newline",
        "the server reads whole lines with readline, but the client sends its messages without a newline at their end",
        "duo.dialogue",
        "client.py",
        "client.sendall(message.encode())",
        (
            Edit(
                "serveur.py",
                "",
                """\
import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall((message + "\\n").encode())


def Réception(client):
    fichier = client.makefile("r", encoding="utf-8")
    while True:
        ligne = fichier.readline()
        if ligne == "":
            break
        print("Client :", ligne.strip())


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
                """\
import socket
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
        octets = client.recv(1024)
        if not octets:
            break
        print("Serveur :", octets.decode().strip())


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
        "duo-windows-code-page",
        "the server encodes its messages in cp1252, the old Windows code page, while the client reads UTF-8",
        "duo.accents",
        "serveur.py",
        'client.send(msg.encode("cp1252"))',
        (
            Edit(
                "serveur.py",
                '        msg = msg.encode("utf-8")\n        client.send(msg)',
                '        client.send(msg.encode("cp1252"))',
            ),
        ),
        base="uncaught-eof",
        slugs=("encodages_differents",),
    ),
)
