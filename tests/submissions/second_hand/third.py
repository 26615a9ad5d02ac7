"""Broken programs by a third hand, on all themes."""

from __future__ import annotations

from ..model import Broken, Edit

PROGRAMS: tuple[Broken, ...] = (
    # ------------------------------------------------------------------ étape 1
    Broken(
        "first-step-saved-as-txt",
        "Notepad saved the first program as etape1.py.txt, so there is no etape1.py.",
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
print("descripteur :", c.fileno())
c.recv(1024)
c.send("Hello World!".encode())
c.close()
s.close()
""",
            ),
        ),
        slugs=("fichier_mal_nomme",),
    ),
    Broken(
        "nonbreaking-spaces-from-a-web-page",
        "One line was pasted from a web page with non-breaking spaces, which Python refuses as a character.",
        "etape1.ecoute",
        "etape1.py",
        "connexion,\u00a0adresse\u00a0= s.accept()",
        (
            Edit(
                "etape1.py",
                "",
                "# Etape 1 - Inès\n"
                "# trouvé sur un site, j'ai adapté\n"
                "import socket\n"
                "\n"
                'HOTE = "localhost"\n'
                "PORT = 4242\n"
                "\n"
                "s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n"
                "s.bind((HOTE, PORT))\n"
                "s.listen(1)\n"
                'print("le serveur écoute")\n'
                "connexion,\u00a0adresse\u00a0= s.accept()\n"
                'print("descripteur", connexion.fileno())\n'
                "connexion.recv(1024)\n"
                'connexion.sendall(b"Hello World!")\n'
                "connexion.close()\n"
                "s.close()\n",
            ),
        ),
        slugs=("caractere_invisible",),
    ),
    Broken(
        "address-written-as-a-web-link",
        "The address given to bind is a web link, http://localhost, and not the name of a machine.",
        "etape1.ecoute",
        "etape1.py",
        'adresse_ip = "http://localhost"',
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

# l'adresse qu'on met dans curl
adresse_ip = "http://localhost"
port = 4242
message = "Hello World!"

mon_serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
mon_serveur.bind((adresse_ip, port))
mon_serveur.listen()
print("J'attend sur", adresse_ip, port)

visiteur, infos = mon_serveur.accept()
print("Descripteur du visiteur :", visiteur.fileno())
demande = visiteur.recv(1024)
print("il demande :", demande.decode())
visiteur.sendall(message.encode())
visiteur.close()
mon_serveur.close()
print("fini !")
""",
            ),
        ),
        slugs=("adresse_inconnue",),
    ),
    Broken(
        "answers-with-web-headers",
        "The answer starts with HTTP headers copied from a web server tutorial, so more than the message is sent.",
        "etape1.hello",
        "etape1.py",
        r'entete = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"',
        (
            Edit(
                "etape1.py",
                "",
                r"""from socket import *

def repondre(client, texte):
    # les lignes de politesse, sinon curl n'est pas content
    entete = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
    client.sendall(entete.encode() + texte.encode())

serveur = socket(AF_INET, SOCK_STREAM)
serveur.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
serveur.bind(("localhost", 4242))
serveur.listen(5)

client, adresse = serveur.accept()
fd = client.fileno()
print("fd =", fd)
client.recv(2048)
repondre(client, "Hello World!")
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("hello_en_trop",),
    ),
    Broken(
        "hello-with-a-comma",
        "The text is not exactly the one asked for: a comma was added after Hello, as most books write it.",
        "etape1.hello",
        "etape1.py",
        'client.sendall("Hello, World!".encode())',
        (Edit("etape1.py", '"Hello World!".encode()', '"Hello, World!".encode()'),),
        base="main-function",
        slugs=("hello_presque",),
    ),
    Broken(
        "descriptor-of-the-waiting-socket",
        "fileno() is asked of the listening socket and not of the connection that accept gave.",
        "etape1.fileno",
        "etape1.py",
        "numero = ecoute.fileno()",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

print("***** ETAPE 1 *****")

ecoute = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
ecoute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ecoute.bind(("127.0.0.1", 4242))
ecoute.listen(1)
numero = ecoute.fileno()

parle, qui = ecoute.accept()
print("Connexion de", qui[0], "port", qui[1])
print("Le descripteur du client est", numero)

recu = parle.recv(1024)
texte = "Hello World!"
parle.sendall(texte.encode("utf-8"))

parle.close()
ecoute.close()
""",
            ),
        ),
        slugs=("fileno_ailleurs",),
    ),
    Broken(
        "first-server-for-ever",
        "accept was put in an endless loop, so the program serves visitor after visitor and never stops after the first.",
        "etape1.fin",
        "etape1.py",
        "while True:",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

IP = "localhost"
PORT = 4242

def creer_serveur():
    srv = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    srv.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    srv.bind((IP, PORT))
    srv.listen()
    return srv

def accueillir(cli):
    print("fileno =", cli.fileno())
    cli.recv(1024)
    cli.sendall("Hello World!".encode())
    cli.close()

srv = creer_serveur()
while True:
    # on attend les visites
    cli, addr = srv.accept()
    print("visite de", addr)
    accueillir(cli)
srv.close()
""",
            ),
        ),
        slugs=("accept_en_boucle",),
    ),
    Broken(
        "closes-the-module",
        "At the end it closes the module socket in place of its own socket variable.",
        "etape1.fin",
        "etape1.py",
        "socket.close()",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket
S = socket.socket()
S.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
S.bind(("localhost", 4242))
S.listen()
C, A = S.accept()
print(C.fileno())
C.recv(1000)
C.send(b"Hello World!")
C.close()
socket.close()
""",
            ),
        ),
        slugs=("module_au_lieu_socket",),
    ),
    Broken(
        "print-from-an-old-book",
        "A print without parentheses, as in Python 2, copied from an old book.",
        "etape1.ecoute",
        "etape1.py",
        'print "Connexion de", client_adresse',
        (
            Edit(
                "etape1.py",
                "",
                r"""# -*- coding: utf-8 -*-
import socket

hote = "localhost"
port = 4242

# on crée le socket
sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock.bind((hote, port))
sock.listen(5)
print("Attente...")

client_sock, client_adresse = sock.accept()
print "Connexion de", client_adresse
print(client_sock.fileno())

client_sock.recv(1024)
client_sock.send(b"Hello World!")
client_sock.close()
sock.close()
""",
            ),
        ),
        slugs=("python2",),
    ),
    Broken(
        "reads-the-request-to-its-end",
        "It reads the request until recv gives nothing, but the visitor stays connected and waits, so the answer is never sent.",
        "etape1.hello",
        "etape1.py",
        "if not morceau:",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

def lire_tout(client):
    # recv ne donne pas forcément tout, alors on lit jusqu'au bout
    requete = b""
    while True:
        morceau = client.recv(1024)
        if not morceau:
            break
        requete = requete + morceau
    return requete.decode()

def main():
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind(("localhost", 4242))
    serveur.listen()
    print("En attente d'un client...")
    client, adresse = serveur.accept()
    print("Le descripteur est", client.fileno())
    requete = lire_tout(client)
    print("Requête reçue :")
    print(requete)
    client.sendall("Hello World!".encode())
    client.close()
    serveur.close()

main()
""",
            ),
        ),
        slugs=("attend_fin_requete",),
    ),
    Broken(
        "datagram-socket",
        "The socket is of the type SOCK_DGRAM (UDP), which cannot listen; SOCK_STREAM was asked for.",
        "etape1.ecoute",
        "etape1.py",
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("localhost", 4242))
s.listen()
c, adr = s.accept()
msg = "Hello World!"
print(f"descripteur : {c.fileno()}")
c.recv(1024)
c.sendall(msg.encode())
c.close()
s.close()
""",
            ),
        ),
        slugs=("pas_tcp",),
    ),
    Broken(
        "accept-kept-as-one-thing",
        "accept gives two things, the connection and the address, but both are kept in one variable, used as a socket.",
        "etape1.hello",
        "etape1.py",
        "copain = prise.accept()",
        (
            Edit(
                "etape1.py",
                "",
                r"""import socket

MESSAGE = "Hello World!"

prise = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
prise.bind(("localhost", 4242))
prise.listen()
print("ça écoute...")

copain = prise.accept()
print("quelqu'un est arrivé !")

copain.recv(1024)
copain.send(MESSAGE.encode())
print("descripteur :", copain.fileno())

copain.close()
prise.close()
""",
            ),
        ),
        slugs=("accept_pas_deballe",),
    ),
    Broken(
        "encoded-text-thrown-away",
        "encode() gives a new value that is not kept, so the text itself, still a str, is given to sendall.",
        "etape1.hello",
        "etape1.py",
        "client.sendall(MESSAGE)",
        (
            Edit(
                "etape1.py",
                'client.sendall(MESSAGE.encode("utf-8"))',
                'MESSAGE.encode("utf-8")\nclient.sendall(MESSAGE)',
            ),
        ),
        slugs=("texte_au_lieu_octets",),
    ),
    # ------------------------------------------------------------------ serveur
    Broken(
        "merge-marks-around-the-port",
        "The marks of a git merge conflict were left in the file around the port.",
        "serveur.adresse",
        "serveur.py",
        "<<<<<<< HEAD",
        (
            Edit(
                "serveur.py",
                "PORT = 4242\n",
                "<<<<<<< HEAD\nPORT = 4242\n=======\nPORT = 5000\n>>>>>>> branche-de-yanis\n",
            ),
        ),
        slugs=("marques_fusion",),
    ),
    Broken(
        "accents-spoiled-by-the-editor",
        "An editor saved the file with the wrong encoding: every é has become two odd characters, and one is in a function's name.",
        "serveur.adresse",
        "serveur.py",
        "def RÃ©ception(c):",
        (
            Edit(
                "serveur.py",
                "",
                r"""# Ã‰tape 2 : le serveur
# Ã©crit par ChloÃ© et NaÃ¯m sur le PC du collÃ¨ge
import socket
import threading

IP = ""
PORT = 4242

def Send(c):
    while True:
        try:
            msg = input()
        except EOFError:
            break
        c.send(msg.encode())

def RÃ©ception(c):
    while True:
        data = c.recv(1024)
        if data == b"":
            print("l'autre a quittÃ©")
            break
        print(data.decode())

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.bind((IP, PORT))
s.listen(1)
print("prÃªt !")
c, a = s.accept()
envoi = threading.Thread(target=Send, args=(c,))
recep = threading.Thread(target=RÃ©ception, args=(c,))
envoi.start()
recep.start()
envoi.join()
recep.join()
c.close()
s.close()
""",
            ),
        ),
        slugs=("accents_du_fichier",),
    ),
    Broken(
        "address-with-its-mask",
        "The address was copied from `ip addr` together with its /24, which is not part of an address.",
        "serveur.adresse",
        "serveur.py",
        'IP = "192.168.1.27/24"  # trouvée avec ip -4 addr',
        (
            Edit(
                "serveur.py", '"192.168.1.27"  # trouvée avec ipconfig', '"192.168.1.27/24"  # trouvée avec ip -4 addr'
            ),
        ),
        base="lan-address",
        slugs=("adresse_inconnue",),
    ),
    Broken(
        "old-raw-input-hidden-by-except",
        "Send calls raw_input, which exists in Python 2 only, and a bare except hides the NameError and ends the loop.",
        "serveur.send",
        "serveur.py",
        'texte = raw_input("> ")',
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket, threading

ip = "0.0.0.0"
port = 4242

# ---------- fonctions ----------
def Send(client):
    while 1:
        try:
            texte = raw_input("> ")
            client.send(texte.encode("utf8"))
        except:
            break

def Reception(client):
    while 1:
        try:
            recu = client.recv(1024)
            if len(recu) == 0:
                break
            print("Client : " + recu.decode("utf8"))
        except:
            break

# ---------- programme ----------
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((ip, port))
serveur.listen(1)
print("Serveur lance sur le port " + str(port))
client, adresse = serveur.accept()
print("Client connecte !")

envoi = threading.Thread(None, Send, None, (client,))
recep = threading.Thread(None, Reception, None, (client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("python2",),
    ),
    Broken(
        "asks-the-line-only-once",
        "input() stands before the loop of Send, so one line is read and then sent again and again.",
        "serveur.send",
        "serveur.py",
        'message = input("Ton message : ")',
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    # on lit le message et on l'envoie
    message = input("Ton message : ")
    while True:
        try:
            client.send(message.encode())
        except OSError:
            # le client est parti
            break


def Réception(client):
    octets = client.recv(1024)
    while octets != b"":
        print("Le client dit :", octets.decode())
        octets = client.recv(1024)
    print("Fin.")


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
        slugs=("envoie_sans_fin",),
    ),
    Broken(
        "send-waits-for-an-answer",
        "After each line Send itself waits with recv for an answer, so the next line cannot leave before the other has spoken.",
        "serveur.send",
        "serveur.py",
        "reponse = conn.recv(1024)",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

IP = ""
PORT = 4242

def Send(conn):
    while True:
        try:
            phrase = input("Moi : ")
        except EOFError:
            break
        conn.sendall(phrase.encode())
        # chacun son tour
        reponse = conn.recv(1024)
        if reponse == b"":
            break
        print("Lui :", reponse.decode())

def Réception(conn):
    while True:
        donnees = conn.recv(1024)
        if donnees == b"":
            break
        print("Lui : " + donnees.decode())

def demarrer():
    srv = socket.socket()
    srv.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    srv.bind((IP, PORT))
    srv.listen()
    conn, addr = srv.accept()
    print("Bienvenue à", addr)
    envoi = threading.Thread(target=Send, args=(conn,))
    recep = threading.Thread(target=Réception, args=(conn,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    conn.close()
    srv.close()

demarrer()
""",
            ),
        ),
        slugs=("chacun_son_tour",),
    ),
    Broken(
        "bytes-turned-to-text-by-str",
        "str() was taken for the way to turn bytes into text, so the message is shown as b'...'; decode() was needed.",
        "serveur.reception",
        "serveur.py",
        "texte = str(paquet)",
        (
            Edit(
                "serveur.py",
                "",
                r"""#!/usr/bin/env python3
# serveur de discussion
# NSI - groupe 3
import socket
import threading

HOTE = ""
PORT = 4242


def Send(client):
    while True:
        try:
            ligne = input()
        except EOFError:
            print("tu as fini d'écrire")
            return
        octets = ligne.encode("utf-8")
        client.sendall(octets)


def Réception(client):
    while True:
        paquet = client.recv(1024)
        if len(paquet) == 0:
            print("il a raccroché")
            return
        texte = str(paquet)
        print("<<<", texte)


if __name__ == "__main__":
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind((HOTE, PORT))
    serveur.listen()
    client, _ = serveur.accept()
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
        "keeps-what-start-gives",
        "The thread is made and started on one line, so the variable holds what start() gives, None, and has no join.",
        "serveur.join",
        "serveur.py",
        "envoi = threading.Thread(target=Send, args=(c,)).start()",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

PORT = 4242

def Send(c):
    while True:
        try:
            m = input()
        except EOFError:
            break
        c.sendall(m.encode())

def Reception(c):
    while True:
        m = c.recv(4096)
        if not m:
            break
        print(m.decode())

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("", PORT))
s.listen()
c, a = s.accept()

# en une seule ligne c'est plus court
envoi = threading.Thread(target=Send, args=(c,)).start()
recep = threading.Thread(target=Reception, args=(c,))
recep.start()

recep.join()
envoi.join()
c.close()
s.close()
""",
            ),
        ),
        slugs=("start_rend_none",),
    ),
    Broken(
        "waits-for-the-sender-before-starting-the-reader",
        "envoi.join() comes before recep.start(), so the reading thread starts only when the writing one has ended.",
        "serveur.threads",
        "serveur.py",
        "envoi.join()",
        (
            Edit(
                "serveur.py",
                "        recep.start()\n        envoi.join()\n        recep.join()\n",
                "        envoi.join()\n        recep.start()\n        recep.join()\n",
            ),
        ),
        base="with-sockets",
        slugs=("pas_ensemble",),
    ),
    Broken(
        "imports-thread-without-ing",
        "The module's name is wrong: thread is of Python 2, the module is called threading.",
        "serveur.adresse",
        "serveur.py",
        "from thread import Thread",
        (
            Edit(
                "serveur.py",
                "",
                r"""from socket import socket, AF_INET, SOCK_STREAM
from thread import Thread

IP, PORT = "", 4242

def Send(client):
    try:
        while True:
            client.send(input().encode())
    except EOFError:
        print("fin")

def Réception(client):
    data = client.recv(1024)
    while data:
        print(data.decode())
        data = client.recv(1024)

sock = socket(AF_INET, SOCK_STREAM)
sock.bind((IP, PORT))
sock.listen(3)
client, adr = sock.accept()
envoi = Thread(target=Send, args=[client])
recep = Thread(target=Réception, args=[client])
envoi.start()
recep.start()
envoi.join()
recep.join()
sock.close()
""",
            ),
        ),
        slugs=("module_mal_ecrit",),
    ),
    Broken(
        "compares-the-end-with-none",
        "It expects recv to give None when the other has gone, but it gives b'', so the loop of Réception never stops.",
        "serveur.join",
        "serveur.py",
        "if octets is None:",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading

# ===== réglages =====
IP = ""        # toutes mes adresses
PORT = 4242    # le même que le client

# ===== envoyer =====
def Send(client):
    while True:
        try:
            ligne = input()
        except EOFError:
            break
        if ligne != "":
            client.sendall((ligne + "\n").encode())

# ===== recevoir =====
def Réception(client):
    while True:
        octets = client.recv(1024)
        if octets is None:
            print("le client est parti")
            break
        print(octets.decode())

# ===== connexion =====
print("Création du serveur...")
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
print("En attente...")
client, adresse = serveur.accept()
print("Client :", adresse)

# ===== threads =====
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
print("Bye")
""",
            ),
        ),
        slugs=("boucle_apres_depart",),
    ),
    Broken(
        "threads-made-before-the-client-exists",
        "The threads are made before accept, with a variable client that does not exist yet.",
        "serveur.threads",
        "serveur.py",
        "envoi = threading.Thread(target=Send, args=(client,))",
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
            message = input()
        except EOFError:
            break
        client.send(message.encode())

def Réception(client):
    while True:
        message = client.recv(1024).decode()
        if message == "":
            break
        print(message)

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()

# les threads
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))

# on attend le client
client, adresse = serveur.accept()
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("nom_trop_tot",),
    ),
    Broken(
        "port-of-the-web",
        "Both programs use port 80, the web's reserved port, which is below 1024.",
        "serveur.adresse",
        "serveur.py",
        "MON_PORT = 80  # le port d'internet",
        (
            Edit(
                "serveur.py",
                "",
                r"""import socket
import threading as th

MON_IP = ""
MON_PORT = 80  # le port d'internet

def Send(sock):
    while True:
        try:
            sock.sendall(bytes(input(), "utf-8"))
        except (EOFError, OSError):
            return

def Réception(sock):
    while True:
        bloc = sock.recv(1024)
        if bloc:
            print(str(bloc, "utf-8"))
        else:
            return

sock_serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
sock_serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
sock_serveur.bind((MON_IP, MON_PORT))
sock_serveur.listen()
sock_client, adr_client = sock_serveur.accept()
envoi = th.Thread(target=Send, args=(sock_client,))
recep = th.Thread(target=Réception, args=(sock_client,))
for t in (envoi, recep):
    t.start()
for t in (envoi, recep):
    t.join()
sock_client.close()
sock_serveur.close()
""",
            ),
            Edit("client.py", "PORT = 4242", "PORT = 80"),
        ),
        slugs=("port_reserve",),
    ),
    Broken(
        "both-threads-run-the-sender",
        "The line of the first thread was copied for the second and its target not changed: recep runs Send too.",
        "serveur.threads",
        "serveur.py",
        "recep = threading.Thread(target=Send, args=(client,))",
        (Edit("serveur.py", "target=Réception", "target=Send"),),
        base="prompts-and-prefixes",
        slugs=("meme_fonction",),
    ),
    # ------------------------------------------------------------------ client
    Broken(
        "asks-for-the-address",
        "The program asks for the server's address at the keyboard before it connects; IP was to be written in the program.",
        "client.adresse",
        "client.py",
        'IP = input("Adresse IP du serveur ? ")',
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

print("=== MESSAGERIE ===")
IP = input("Adresse IP du serveur ? ")
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
        print("->", message.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print("connecté")
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
        "client-is-a-copy-of-the-server",
        "client.py is a copy of serveur.py: it binds, listens and accepts where it should connect.",
        "client.adresse",
        "client.py",
        "serveur.bind((IP, PORT))",
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
            message = input("client> ")
        except EOFError:
            break
        client.sendall(message.encode())

def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print("serveur>", octets.decode())

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
        slugs=("role_inverse",),
    ),
    Broken(
        "socket-variable-replaced-by-the-message",
        "In Réception the received bytes are put in the variable client, which held the socket, so the second recv fails.",
        "client.reception",
        "client.py",
        "client = client.recv(1024)",
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
            client.send(input().encode())
        except EOFError:
            client.shutdown(socket.SHUT_WR)
            break


def Réception(client):
    while True:
        client = client.recv(1024)
        if client == b"":
            break
        print("Serveur :", client.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print("Connexion réussie :)")

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
        slugs=("pas_une_socket",),
    ),
    Broken(
        "counter-without-global",
        "Send changes a counter of the whole program without `global`, so it stops with UnboundLocalError after the first line.",
        "client.send",
        "client.py",
        "nb_messages += 1",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

# l'adresse du serveur
IP = "127.0.0.1"
PORT = 4242

# pour compter les messages
nb_messages = 0


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())
        nb_messages += 1


def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print(message.decode())


def connexion():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.connect((IP, PORT))
    return s


client = connexion()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
print("Tu as envoyé", nb_messages, "messages")
client.close()
""",
            ),
        ),
        slugs=("variable_locale",),
    ),
    Broken(
        "bytes-without-an-encoding",
        "bytes(message) is called without saying the encoding, which is a TypeError at the first line typed.",
        "client.send",
        "client.py",
        "ma_socket.sendall(bytes(message))",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading


class Couleurs:
    VERT = "\033[92m"
    FIN = "\033[0m"


def Send(ma_socket):
    print("Ecris tes messages (Ctrl+D pour finir)")
    while True:
        try:
            message = input()
            ma_socket.sendall(bytes(message))
        except EOFError:
            print("Au revoir !")
            break


def Reception(ma_socket):
    while True:
        recu = ma_socket.recv(2048)
        if recu == b"":
            break
        print(Couleurs.VERT + recu.decode() + Couleurs.FIN)


def main():
    ma_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    ma_socket.connect(("127.0.0.1", 4242))
    envoi = threading.Thread(target=Send, args=(ma_socket,))
    recep = threading.Thread(target=Reception, args=(ma_socket,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    ma_socket.close()


main()
""",
            ),
        ),
        slugs=("encode_oublie_bytes",),
    ),
    Broken(
        "decodes-one-byte-at-a-time",
        "Réception takes one byte at a time and decodes it alone, but an accent or an emoji is several bytes.",
        "duo.accents",
        "client.py",
        "lettre = c.recv(1).decode()",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(c):
    while True:
        try:
            t = input()
        except EOFError:
            break
        c.sendall((t + "\n").encode())

def Réception(c):
    # on affiche lettre par lettre comme dans les films
    while True:
        lettre = c.recv(1).decode()
        if lettre == "":
            break
        print(lettre, end="", flush=True)

c = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
c.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(c,))
recep = threading.Thread(target=Réception, args=(c,))
envoi.start()
recep.start()
envoi.join()
recep.join()
c.close()
""",
            ),
        ),
        slugs=("accents_coupes",),
    ),
    Broken(
        "tabs-and-spaces-mixed",
        "One line is indented with tabs and the others with spaces (TabError).",
        "client.adresse",
        "client.py",
        "s.send(msg.encode())",
        (
            Edit(
                "client.py",
                "",
                "import socket\n"
                "import threading\n"
                "\n"
                'ip = "127.0.0.1"\n'
                "port = 4242\n"
                "\n"
                "def Send(s):\n"
                "    while True:\n"
                "        try:\n"
                '            msg = input("> ")\n'
                "        except EOFError:\n"
                "            break\n"
                "\ts.send(msg.encode())\n"
                "\n"
                "def Réception(s):\n"
                "    while True:\n"
                "        msg = s.recv(1024)\n"
                "        if not msg:\n"
                "            break\n"
                "        print(msg.decode())\n"
                "\n"
                "s = socket.socket()\n"
                "s.connect((ip, port))\n"
                "envoi = threading.Thread(target=Send, args=(s,))\n"
                "recep = threading.Thread(target=Réception, args=(s,))\n"
                "envoi.start()\n"
                "recep.start()\n"
                "envoi.join()\n"
                "recep.join()\n"
                "s.close()\n",
            ),
        ),
        slugs=("tabulations",),
    ),
    Broken(
        "quotes-of-a-word-processor",
        "The quotes around the address are the curly ones of Word.",
        "client.adresse",
        "client.py",
        "IP = “127.0.0.1”",
        (Edit("client.py", 'IP = "127.0.0.1"', "IP = “127.0.0.1”"),),
        base="timestamps",
        slugs=("guillemets_word",),
    ),
    Broken(
        "main-guard-without-underscores",
        'The last test compares __name__ with "main" and not "__main__", so main() is never called and nothing happens.',
        "client.adresse",
        "client.py",
        'if __name__ == "main":',
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    try:
        while True:
            message = input()
            client.sendall(message.encode("utf-8"))
    except EOFError:
        pass


def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print(message.decode("utf-8"))


def main():
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect((IP, PORT))

    envoi = threading.Thread(target=Send, args=(client,))
    recep = threading.Thread(target=Réception, args=(client,))

    envoi.start()
    recep.start()

    envoi.join()
    recep.join()

    client.close()


if __name__ == "main":
    main()
""",
            ),
        ),
        slugs=("name_main_faux",),
    ),
    Broken(
        "every-error-passed-over",
        "A bare except with pass inside the loop of Send swallows the end of the keyboard, so the loop turns for ever.",
        "client.join",
        "client.py",
        "pass",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)

def Send(sock):
    while 1:
        try:
            txt = input()
            sock.send(txt.encode())
        except:
            # comme ça il n'y a plus d'erreurs
            pass

def Réception(sock):
    while 1:
        rep = sock.recv(1024)
        if not rep:
            break
        print("[serveur]", rep.decode())

sock.connect(("127.0.0.1", 4242))
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
        slugs=("clavier_avale",),
    ),
    Broken(
        "sleeps-for-ever-and-never-joins",
        "In place of join, the main program sleeps in an endless loop, so it never ends.",
        "client.join",
        "client.py",
        "time.sleep(1)",
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
            message = input()
        except EOFError:
            break
        client.send(message.encode())

def Réception(client):
    while True:
        data = client.recv(1024)
        if not data:
            break
        print("Reçu :", data.decode())

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()

# on garde le programme en vie
while True:
    time.sleep(1)
""",
            ),
        ),
        slugs=("boucle_sans_fin",),
    ),
    Broken(
        "says-goodbye-after-each-line",
        "The shutdown that says that nothing more will be sent is inside the loop of Send, so only the first line can leave.",
        "client.send",
        "client.py",
        "client.shutdown(socket.SHUT_WR)",
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
        # prévenir l'autre que j'ai fini
        client.shutdown(socket.SHUT_WR)


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode())
    print("Le serveur a fini")


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
        slugs=("shutdown_trop_tot",),
    ),
    Broken(
        "dot-in-place-of-the-comma",
        "A dot was typed in place of the comma between IP and PORT, so Python looks for an attribute PORT of the text.",
        "client.adresse",
        "client.py",
        "client.connect((IP. PORT))",
        (Edit("client.py", "client.connect((IP, PORT))", "client.connect((IP. PORT))"),),
        base="keyword-arguments",
        slugs=("point_au_lieu_virgule",),
    ),
    Broken(
        "joins-outside-the-with",
        "The two joins stand outside the with block, so the socket is closed as soon as the threads have started.",
        "client.send",
        "client.py",
        "envoi.join()",
        (
            Edit(
                "client.py",
                "",
                r"""import socket
import threading

HOST = "127.0.0.1"  # le serveur
PORT = 4242

def Send(s):
    while True:
        try:
            data = input()
        except EOFError:
            break
        s.sendall(data.encode())

def Réception(s):
    while True:
        data = s.recv(1024)
        if not data:
            break
        print("Received", data.decode())

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.connect((HOST, PORT))
    envoi = threading.Thread(target=Send, args=(s,))
    recep = threading.Thread(target=Réception, args=(s,))
    envoi.start()
    recep.start()

# attendre la fin
envoi.join()
recep.join()
""",
            ),
        ),
        slugs=("socket_fermee",),
    ),
    Broken(
        "class-imported-but-used-as-the-module",
        "With `from socket import socket` the name socket is the class, which has no AF_INET: the module was meant.",
        "client.adresse",
        "client.py",
        "from socket import socket",
        (
            Edit(
                "client.py",
                "",
                r"""from socket import socket
from threading import Thread

IP = "127.0.0.1"
PORT = 4242

def Send(moi):
    while True:
        try:
            moi.send(input().encode())
        except EOFError:
            break

def Réception(moi):
    while True:
        r = moi.recv(1024)
        if not r: break
        print(r.decode())

moi = socket(socket.AF_INET, socket.SOCK_STREAM)
moi.connect((IP, PORT))
envoi = Thread(target=Send, args=(moi,))
recep = Thread(target=Réception, args=(moi,))
envoi.start()
recep.start()
envoi.join()
recep.join()
moi.close()
""",
            ),
        ),
        slugs=("classe_au_lieu_module",),
    ),
    # ------------------------------------------------------------------ the folder, both programs together
    Broken(
        "sheep-example-saved-as-threading",
        "The course's sheep example was saved beside the programs as threading.py, which hides the real module.",
        "serveur.adresse",
        "threading.py",
        "",
        (
            Edit(
                "threading.py",
                "",
                r"""import threading
import time


def compte(animal, combien):
    for numéro in range(1, combien + 1):
        time.sleep(1)
        print(numéro, animal)


berger = threading.Thread(target=compte, args=("mouton", 3))
berger.start()
print("Pendant ce temps, je chante.")
berger.join()
print("Chut, tout le monde dort.")
""",
            ),
        ),
        slugs=("module_cache",),
    ),
    Broken(
        "one-reads-lines-the-other-ends-none",
        "The server reads whole lines, but the client sends its messages without an end of line, so they stay unread.",
        "duo.dialogue",
        "client.py",
        "sortie.write(message)",
        (
            Edit(
                "client.py",
                "        print(message, file=sortie, flush=True)\n",
                "        sortie.write(message)\n        sortie.flush()\n",
            ),
        ),
        base="makefile-text",
        slugs=("fin_de_ligne_absente",),
    ),
)
