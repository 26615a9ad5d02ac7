"""Broken programs by a second hand: the client, threads, endings, both programs."""

from __future__ import annotations

from ..model import Broken, Edit

PROGRAMS: tuple[Broken, ...] = (
    # ---- client.py ----
    Broken(
        "client-connect-two-arguments",
        "connect() got the address and the port as two arguments instead of one tuple",
        "client.adresse",
        "client.py",
        "s.connect(host, port)",
        (
            Edit(
                "client.py",
                "",
                """# client de Jules
import socket
import threading

host = "127.0.0.1"
port = 4242

def Send(s):
    while 1:
        try:
            msg = input("moi : ")
        except EOFError:
            break
        s.send(msg.encode())

def Réception(s):
    while 1:
        msg = s.recv(1024)
        if not msg:
            break
        print("lui :", msg.decode())

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(host, port)
print("c'est bon on est connecté")
envoi = threading.Thread(target=Send, args=(s,))
recep = threading.Thread(target=Réception, args=(s,))
envoi.start()
recep.start()
envoi.join()
recep.join()
s.close()
""",
            ),
        ),
        slugs=("bind_deux_arguments",),
    ),
    Broken(
        "client-binds-like-the-server",
        "the start of the server was copied: the client calls bind() where it should call connect()",
        "client.adresse",
        "client.py",
        "client.bind((ip_serveur, port))",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

# les parametres
ip_serveur = "127.0.0.1"
port = 4242

# creation de la socket
client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
client.bind((ip_serveur, port))
print("ok")


def Send(client):
    try:
        while True:
            client.sendall(input().encode("utf-8"))
    except EOFError:
        print("fini d'ecrire")


def Réception(client):
    recu = client.recv(2048)
    while recu != b"":
        print(recu.decode("utf-8"))
        recu = client.recv(2048)


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
        "client-calls-all-addresses",
        "the client's IP is 0.0.0.0, which is for listening, not an address that one can call",
        "client.adresse",
        "client.py",
        'ADRESSE = "0.0.0.0"   # toutes les adresses, comme ça je suis tranquille',
        (
            Edit(
                "client.py",
                "",
                """from socket import socket, AF_INET, SOCK_STREAM
from threading import Thread

ADRESSE = "0.0.0.0"   # toutes les adresses, comme ça je suis tranquille
PORT = 4242


def Send(prise):
    while True:
        try:
            texte = input()
        except EOFError:
            break
        prise.sendall(texte.encode() + b"\\n")


def Réception(prise):
    while True:
        octets = prise.recv(1024)
        if len(octets) == 0:
            print("fini")
            break
        print(octets.decode(), end="", flush=True)


prise = socket(AF_INET, SOCK_STREAM)
prise.connect((ADRESSE, PORT))
envoi = Thread(target=Send, args=(prise,))
recep = Thread(target=Réception, args=(prise,))
envoi.start()
recep.start()
envoi.join()
recep.join()
prise.close()
""",
            ),
        ),
        slugs=("appelle_partout",),
    ),
    Broken(
        "client-address-is-a-url",
        "the address was copied out of the browser: http:// is not part of an IP address",
        "client.adresse",
        "client.py",
        'IP = "http://127.0.0.1"',
        (Edit("client.py", 'IP = "127.0.0.1"', 'IP = "http://127.0.0.1"'),),
        base="prompts-and-prefixes",
        slugs=("adresse_inconnue",),
    ),
    Broken(
        "client-udp-socket",
        "the socket was made with SOCK_DGRAM (UDP), so no TCP connection ever reaches the server",
        "client.adresse",
        "client.py",
        "client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        (
            Edit(
                "client.py",
                "client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)",
                "client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
            ),
        ),
        base="timestamps",
        slugs=("pas_tcp",),
    ),
    Broken(
        "client-send-makes-new-socket",
        "Send makes a new socket that is connected to nobody and writes into that one",
        "client.send",
        "client.py",
        "client = socket.socket()",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242

def Send(client):
    client = socket.socket()
    while True:
        try:
            message = input("Ton message : ")
            client.send(message.encode("utf8"))
            print("Envoyé !")
        except EOFError:
            break

def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print("Reçu : " + message.decode("utf8"))

connexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connexion.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(connexion,))
recep = threading.Thread(target=Réception, args=(connexion,))
envoi.start()
recep.start()
envoi.join()
recep.join()
connexion.close()
""",
            ),
        ),
        slugs=("autre_socket",),
    ),
    Broken(
        "client-encode-missing-and-swallowed",
        "the text is sent without encode() and a bare except hides the TypeError",
        "client.send",
        "client.py",
        "c.send(m)",
        (
            Edit(
                "client.py",
                "",
                """import socket, threading

fini = False

def Send(c):
    global fini
    while not fini:
        try:
            m = input()
        except EOFError:
            fini = True
            break
        try:
            c.send(m)
        except:
            print("oups, message pas parti")

def Réception(c):
    while True:
        try:
            m = c.recv(1024).decode()
        except:
            break
        if m == "":
            break
        print(m)

c = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
c.connect(("localhost", 4242))

envoi = threading.Thread(target=Send, args=(c,))
recep = threading.Thread(target=Réception, args=(c,))
envoi.start(); recep.start()
envoi.join(); recep.join()
c.close()
""",
            ),
        ),
        slugs=("texte_au_lieu_octets",),
    ),
    Broken(
        "client-input-before-the-loop",
        "input() stands before the loop, so the first line is sent again and again",
        "client.send",
        "client.py",
        'texte = input("Message : ")',
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading
import time

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    texte = input("Message : ")
    while texte != "exit":
        try:
            client.sendall((texte + "\\n").encode())
            time.sleep(0.1)   # pas trop vite
        except OSError:
            break


def Réception(client):
    while True:
        try:
            data = client.recv(1024)
        except OSError:
            break
        if not data:
            break
        print(data.decode())


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
        slugs=("envoie_sans_fin",),
    ),
    Broken(
        "client-send-waits-for-an-answer",
        "Send waits for an answer of the server with recv() after every message",
        "client.send",
        "client.py",
        "reponse = client.recv(1024)   # le serveur a bien reçu ?",
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
        client.sendall((message + "\\n").encode())
        reponse = client.recv(1024)   # le serveur a bien reçu ?
        if not reponse:
            break
        print("Réponse :", reponse.decode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode(), end="")


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
        slugs=("chacun_son_tour",),
    ),
    Broken(
        "client-prints-the-bytes-in-an-f-string",
        "the received bytes are put into an f-string without decode(), so b'...' is shown",
        "client.reception",
        "client.py",
        'print(f"Serveur > {reponse}")',
        (Edit("client.py", '        reponse = reponse.decode("utf8")\n', ""),),
        base="args-set",
        slugs=("affiche_octets",),
    ),
    Broken(
        "client-decode-without-parentheses",
        "decode is named but not called: the parentheses are missing",
        "client.reception",
        "client.py",
        "texte = octets.decode",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

def Send(sock):
    while True:
        try:
            sock.sendall(bytes(input() + "\\n", "utf-8"))
        except EOFError:
            break

def Réception(sock):
    while True:
        octets = sock.recv(4096)
        if not octets:
            break
        texte = octets.decode
        print("[serveur]", texte, flush=True)
    print("[serveur parti]")

def main():
    sock = socket.create_connection(("127.0.0.1", 4242))
    print("[connecté]")
    envoi = threading.Thread(target=Send, args=[sock])
    recep = threading.Thread(target=Réception, args=[sock])
    for t in [envoi, recep]:
        t.start()
    for t in [envoi, recep]:
        t.join()
    sock.close()

if __name__ == "__main__":
    main()
""",
            ),
        ),
        slugs=("sans_parentheses",),
    ),
    Broken(
        "client-recv-without-size",
        "recv() was called without its size argument",
        "client.reception",
        "client.py",
        "requete = s.recv()",
        (Edit("client.py", "requete = s.recv(500)", "requete = s.recv()"),),
        base="uncaught-eof",
        slugs=("recv_sans_taille",),
    ),
    Broken(
        "client-reception-uses-the-servers-name",
        "Réception reads from a variable called connexion that exists only in the other program",
        "client.reception",
        "client.py",
        "octets = connexion.recv(1024)",
        (
            Edit(
                "client.py",
                "",
                """# -*- coding: utf-8 -*-
# CLIENT
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
        message = message + "\\n"
        client.sendall(message.encode())


def Réception(client):
    # la même que dans mon serveur
    while True:
        octets = connexion.recv(1024)
        if not octets:
            break
        print(octets.decode(), end="")


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
        slugs=("nom_inconnu",),
    ),
    Broken(
        "client-stops-when-something-comes",
        "the test is the wrong way round: Réception stops when something was received",
        "client.reception",
        "client.py",
        "if reçu:",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP, PORT = "127.0.0.1", 4242

def Send(c):
    while True:
        try:
            ligne = input()
        except EOFError:
            return
        c.send(ligne.encode())

def Réception(c):
    while True:
        reçu = c.recv(1024)
        if reçu:
            print("Le serveur est parti")
            break
        print(reçu.decode())

c = socket.socket()
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
        slugs=("test_a_l_envers",),
    ),
    Broken(
        "client-shows-all-at-the-end",
        "the messages are put into a list and only displayed after the loop, when the server has gone",
        "client.reception",
        "client.py",
        "print(texte)",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP = "localhost"
PORT = 4242


def Send(s):
    while True:
        try:
            s.sendall(input().encode())
        except EOFError:
            break


def Réception(s):
    messages = []
    while True:
        donnees = s.recv(1024)
        if donnees == b"":
            break
        texte = donnees.decode()
        messages.append(texte)
    for texte in messages:
        print(texte)


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(s,))
recep = threading.Thread(target=Réception, args=(s,))
envoi.start()
recep.start()
envoi.join()
recep.join()
s.close()
""",
            ),
        ),
        slugs=("print_hors_boucle",),
    ),
    Broken(
        "client-forgets-the-f-of-the-f-string",
        "the f before the quotes is missing, so {msg} is shown as it is instead of the message",
        "client.reception",
        "client.py",
        'print("{nom} : {msg}")',
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242
nom = "Serveur"
moi = "Kévin"

def Send(client):
    while True:
        try:
            msg = input(f"{moi} : ")
        except EOFError:
            print()
            break
        client.sendall(msg.encode())

def Réception(client):
    while True:
        msg = client.recv(1024).decode()
        if not msg:
            break
        print("{nom} : {msg}")

client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print(f"Bienvenue {moi} !")
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
        slugs=("f_oublie",),
    ),
    Broken(
        "client-input-without-parentheses",
        "input is named but not called before encode()",
        "client.send",
        "client.py",
        'connexion.sendall(input.encode() + b"\\n")',
        (
            Edit(
                "client.py",
                'connexion.sendall(input().encode() + b"\\n")',
                'connexion.sendall(input.encode() + b"\\n")',
            ),
        ),
        base="from-socket-star",
        slugs=("sans_parentheses",),
    ),
    Broken(
        "client-closes-after-each-message",
        "close() is inside the loop, so the connection is closed after the first message",
        "client.send",
        "client.py",
        "s.close()  # on ferme toujours à la fin",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

def Send(s):
    while True:
        try:
            msg = input("-> ")
            s.sendall(msg.encode())
            s.close()  # on ferme toujours à la fin
        except (EOFError, OSError):
            break

def Réception(s):
    while True:
        try:
            msg = s.recv(1024)
        except OSError:
            break
        if not msg:
            break
        print("<-", msg.decode())

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(("127.0.0.1", 4242))
envoi = threading.Thread(target=Send, args=(s,))
recep = threading.Thread(target=Réception, args=(s,))
envoi.start()
recep.start()
envoi.join()
recep.join()
""",
            ),
        ),
        slugs=("socket_fermee",),
    ),
    Broken(
        "client-or-that-is-always-true",
        'message == "quit" or "exit" is always true, so Send stops at the first line',
        "client.send",
        "client.py",
        'if message == "quit" or "exit":',
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

# --- réglages ---
IP = "127.0.0.1"
PORT = 4242

# --- fonctions ---
def Send(client):
    print("Tape quit ou exit pour arrêter")
    while True:
        try:
            message = input()
        except EOFError:
            break
        if message == "quit" or "exit":
            print("Tu as quitté")
            break
        client.sendall(message.encode())

def Réception(client):
    while True:
        message = client.recv(1024)
        if message == b"":
            print("Le serveur a quitté")
            break
        print(message.decode())

# --- programme ---
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
        slugs=("condition_toujours_vraie",),
    ),
    Broken(
        "client-send-cuts-the-first-letter",
        "the line that takes the / off a command is not inside the if, so every message loses its first letter",
        "client.send",
        "client.py",
        "message = message[1:]   # sans le /",
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
        commande = ""
        if message.startswith("/"):
            commande = message
        message = message[1:]   # sans le /
        if commande == "/stop":
            break
        client.sendall((message + "\\n").encode("utf-8"))


def Réception(client):
    while True:
        data = client.recv(1024)
        if not data:
            break
        print(data.decode("utf-8"), end="", flush=True)


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
print("Tape /stop pour arrêter.")
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
        slugs=("message_coupe",),
    ),
    Broken(
        "client-sleeps-in-milliseconds",
        "time.sleep(500) was meant as milliseconds but waits 500 seconds after each message",
        "client.reception",
        "client.py",
        "time.sleep(500)   # une demi-seconde",
        (
            Edit(
                "client.py",
                "",
                """import socket
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
    ouvert = True
    while ouvert:
        octets = client.recv(1024)
        if octets:
            print("Serveur :", octets.decode())
            time.sleep(500)   # une demi-seconde
        else:
            ouvert = False


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
        slugs=("dort_trop",),
    ),
    Broken(
        "client-waits-for-a-length-header",
        "Réception, copied from a web page, expects a length of ten characters before each message that nobody sends",
        "client.reception",
        "client.py",
        "taille = int(entete.decode().strip())",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

ENTETE = 10
IP = "127.0.0.1"
PORT = 4242


def Send(client_socket):
    while True:
        try:
            message = input("Adam > ")
        except EOFError:
            break
        if message:
            client_socket.send(message.encode("utf-8"))


def Réception(client_socket):
    while True:
        entete = client_socket.recv(ENTETE)
        if not len(entete):
            print("Connection closed by the server")
            break
        taille = int(entete.decode().strip())
        message = client_socket.recv(taille).decode("utf-8")
        print(f"serveur > {message}")


client_socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client_socket.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client_socket,))
recep = threading.Thread(target=Réception, args=(client_socket,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client_socket.close()
""",
            ),
        ),
        slugs=("pas_un_nombre",),
    ),
    # ---- threads, loops and endings ----
    Broken(
        "server-args-is-not-a-tuple",
        "args=(conn) is only the socket between parentheses: the comma of the tuple is missing",
        "serveur.threads",
        "serveur.py",
        "t2 = Thread(target=Réception, args=(conn))",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
from threading import Thread

HOTE = ""
PORT = 4242

def Send(conn):
    while True:
        try:
            txt = input(">>> ")
        except EOFError:
            break
        conn.sendall(txt.encode())

def Réception(conn):
    while True:
        data = conn.recv(1024)
        if not data:
            break
        print("Client :", data.decode())

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((HOTE, PORT))
s.listen(1)
print("J'attends...")
conn, addr = s.accept()
print("Bonjour", addr)

t1 = Thread(target=Send, args=(conn,))
t2 = Thread(target=Réception, args=(conn))
t1.start()
t2.start()
t1.join()
t2.join()
conn.close()
s.close()
""",
            ),
        ),
        slugs=("args_sans_virgule",),
    ),
    Broken(
        "client-target-is-called-at-once",
        "target=Send(client) calls Send on the spot instead of giving the function to the thread",
        "client.threads",
        "client.py",
        "envoi = threading.Thread(target=Send(client))",
        (
            Edit(
                "client.py",
                "",
                '''"""Le client du chat - Lina et Tom"""

import socket
import threading


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            return
        client.sendall(message.encode())


def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            return
        print(message.decode())


def connexion():
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect(("127.0.0.1", 4242))
    return client


def main():
    client = connexion()
    envoi = threading.Thread(target=Send(client))
    recep = threading.Thread(target=Réception, args=(client,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    client.close()


main()
''',
            ),
        ),
        slugs=("target_appelee",),
    ),
    Broken(
        "server-run-instead-of-start",
        "run() does the work on the spot, in the main thread; start() was meant",
        "serveur.threads",
        "serveur.py",
        "envoi.run()",
        (Edit("serveur.py", "envoi.start()", "envoi.run()"), Edit("serveur.py", "recep.start()", "recep.run()")),
        base="welcome-and-nickname",
        slugs=("run_au_lieu_de_start",),
    ),
    Broken(
        "server-join-before-the-second-start",
        "the first thread is waited for before the second one is started",
        "serveur.threads",
        "serveur.py",
        "recep.join()   # on attend la fin",
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
            message = input("Serveur : ")
            client.send(message.encode())
        except EOFError:
            break

def Réception(client):
    while True:
        message = client.recv(1024)
        if message == b"":
            break
        print("Client :", message.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()

# thread 1
recep = threading.Thread(target=Réception, args=(client,))
recep.start()
recep.join()   # on attend la fin

# thread 2
envoi = threading.Thread(target=Send, args=(client,))
envoi.start()
envoi.join()

client.close()
serveur.close()
""",
            ),
        ),
        slugs=("pas_ensemble",),
    ),
    Broken(
        "client-starts-one-thread-twice",
        "the copied line was not changed: envoi is started twice and recep never",
        "client.threads",
        "client.py",
        "envoi.start()  # reception",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

adresse_serveur = ("127.0.0.1", 4242)


def Send(client):
    while True:
        try:
            m = input("")
        except EOFError:
            break
        client.send(bytes(m, "utf8"))


def Réception(client):
    m = client.recv(1024)
    while m:
        print(str(m, "utf8"))
        m = client.recv(1024)


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect(adresse_serveur)

envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))

envoi.start()  # emission
envoi.start()  # reception

envoi.join()
recep.join()

client.close()
""",
            ),
        ),
        slugs=("start_deux_fois",),
    ),
    Broken(
        "server-same-variable-for-both-threads",
        "both threads are put into the same variable, so only the second one is started",
        "serveur.threads",
        "serveur.py",
        "th = threading.Thread(target=Réception, args=(client,))",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

# Serveur de Mathis

def Send(client):
    while True:
        try:
            texte = input()
        except EOFError:
            break
        client.sendall(texte.encode() + b"\\n")

def Réception(client):
    while True:
        texte = client.recv(1024).decode()
        if texte == "":
            break
        print(texte, end="", flush=True)

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("", 4242))
serveur.listen(5)
client, infos = serveur.accept()
print("Client connecté", infos)

th = threading.Thread(target=Send, args=(client,))
th = threading.Thread(target=Réception, args=(client,))
th.start()
th.join()

client.close()
serveur.close()
""",
            ),
        ),
        slugs=("thread_ecrase",),
    ),
    Broken(
        "client-lower-case-thread-class",
        "threading.thread does not exist: the class is written with a capital T",
        "client.threads",
        "client.py",
        "envoi = threading.thread(target=Send, args=[conn])",
        (
            Edit(
                "client.py",
                "t1 = threading.Thread(target=Send, args=[conn])",
                "envoi = threading.thread(target=Send, args=[conn])",
            ),
            Edit(
                "client.py",
                "t2 = threading.Thread(target=Réception, args=[conn])",
                "recep = threading.thread(target=Réception, args=[conn])",
            ),
            Edit(
                "client.py",
                "t1.start()\nt2.start()\nt1.join()\nt2.join()\n",
                "envoi.start()\nrecep.start()\nenvoi.join()\nrecep.join()\n",
            ),
        ),
        base="args-list",
        slugs=("attribut_mal_ecrit",),
    ),
    Broken(
        "server-thread-without-keywords",
        "the function was given to Thread without target=, so it is taken for the group",
        "serveur.threads",
        "serveur.py",
        "envoi = threading.Thread(Send, (client,))",
        (
            Edit(
                "serveur.py",
                "",
                '''# -*- coding: utf-8 -*-
import socket
import threading

PORT = 5000
IP = "0.0.0.0"

def Send(client):
    """Envoie des messages"""
    continuer = True
    while continuer:
        try:
            client.sendall(input().encode())
        except EOFError:
            continuer = False

def Réception(client):
    """Recoit des messages"""
    continuer = True
    while continuer:
        octets = client.recv(1024)
        if octets == b"":
            continuer = False
        else:
            print("->", octets.decode())

def lancer():
    """Lance le serveur"""
    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind((IP, PORT))
    serveur.listen()
    client, adresse = serveur.accept()
    envoi = threading.Thread(Send, (client,))
    recep = threading.Thread(Réception, (client,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    client.close()
    serveur.close()

lancer()
''',
            ),
            Edit("client.py", "PORT = 4242", "PORT = 5000"),
        ),
        slugs=("target_sans_nom",),
    ),
    Broken(
        "client-args-in-quotes",
        "the threads get the word 'client' in quotes instead of the socket",
        "client.threads",
        "client.py",
        'envoi = threading.Thread(target=Send, args=("client",))',
        (
            Edit(
                "client.py",
                "envoi = threading.Thread(target=Send, args=(client,))",
                'envoi = threading.Thread(target=Send, args=("client",))',
            ),
            Edit(
                "client.py",
                "recep = threading.Thread(target=Réception, args=(client,))",
                'recep = threading.Thread(target=Réception, args=("client",))',
            ),
        ),
        base="timestamps",
        slugs=("args_entre_guillemets",),
    ),
    Broken(
        "client-no-threads-ping-pong",
        "no thread at all: one loop reads the keyboard, sends, and then waits for the other's answer",
        "client.threads",
        "client.py",
        "Discuter(client)",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Discuter(client):
    while True:
        # d'abord j'envoie
        try:
            message = input("Moi : ")
        except EOFError:
            break
        client.sendall(message.encode())
        # ensuite je recois
        reponse = client.recv(1024)
        if not reponse:
            break
        print("Lui :", reponse.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
Discuter(client)
client.close()
""",
            ),
        ),
        slugs=("appels_directs",),
    ),
    Broken(
        "server-functions-after-the-threads",
        "the functions are defined at the bottom of the file, after the threads that use them",
        "serveur.threads",
        "serveur.py",
        "envoi = threading.Thread(target=Send, args=(c,))",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 4242))
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


# les fonctions

def Send(c):
    while 1:
        try:
            c.sendall(input().encode())
        except EOFError:
            break

def Réception(c):
    while 1:
        x = c.recv(1024)
        if not x:
            break
        print(x.decode())
""",
            ),
        ),
        slugs=("nom_trop_tot",),
    ),
    Broken(
        "client-forgot-import-threading",
        "import threading is missing",
        "client.threads",
        "client.py",
        "envoi = threading.Thread(target=Send, args=(s,))",
        (Edit("client.py", "import threading\n", ""),),
        base="with-sockets",
        slugs=("import_oublie",),
    ),
    Broken(
        "server-join-without-parentheses",
        "join is named but not called: its parentheses are missing",
        "serveur.join",
        "serveur.py",
        "envoi.join",
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
    print("Send finie")


def Réception(client):
    while True:
        message = client.recv(1024)
        if len(message) == 0:
            break
        print(message.decode())
    print("Réception finie")


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join
recep.join
print("Fin du programme")
""",
            ),
        ),
        slugs=("join_sans_parentheses",),
    ),
    Broken(
        "client-closes-without-waiting",
        "the threads are never waited for: the socket is closed right after they were started",
        "client.join",
        "client.py",
        "prise.close()",
        (Edit("client.py", "envoi.join()\nrecep.join()\n", ""),),
        base="from-socket-names",
        slugs=("sans_join",),
    ),
    Broken(
        "server-daemon-threads-not-joined",
        "the threads are daemons and nobody waits for them, so the program ends at once",
        "serveur.join",
        "serveur.py",
        "recep.start()",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

def Send(client):
    while True:
        try:
            texte = input()
        except EOFError:
            break
        client.sendall(texte.encode("utf-8"))

def Réception(client):
    while True:
        texte = client.recv(1024)
        if not texte:
            break
        print(texte.decode("utf-8"))

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as serveur:
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind(("", 4242))
    serveur.listen()
    client, adresse = serveur.accept()

# daemon=True : trouvé sur internet, ça arrête les threads à la fin
envoi = threading.Thread(target=Send, args=(client,), daemon=True)
recep = threading.Thread(target=Réception, args=(client,), daemon=True)
envoi.start()
recep.start()
""",
            ),
        ),
        slugs=("daemon_abandonne",),
    ),
    Broken(
        "client-joins-only-one-thread",
        "only envoi is waited for; recep.join() was forgotten",
        "client.join",
        "client.py",
        "",
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
        client.sendall((message + "\\n").encode())
    client.shutdown(socket.SHUT_WR)


def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            print("Il est parti")
            break
        print(message.decode(), end="", flush=True)


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
""",
            ),
        ),
        slugs=("un_seul_join",),
    ),
    Broken(
        "server-join-with-short-timeout",
        "join(0.1) stops waiting after a tenth of a second",
        "serveur.join",
        "serveur.py",
        "envoi.join(0.1)",
        (
            Edit("serveur.py", "envoi.join()", "envoi.join(0.1)"),
            Edit("serveur.py", "recep.join()\nclient.close()\nserveur.close()\n", "recep.join(0.1)\n"),
        ),
        base="lan-address",
        slugs=("join_avec_delai",),
    ),
    Broken(
        "server-exits-with-one",
        "sys.exit(1) at the end says that the program failed; 0 means that all is well",
        "serveur.join",
        "serveur.py",
        "sys.exit(1)",
        (
            Edit(
                "serveur.py",
                "",
                """#!/usr/bin/env python3
import socket
import sys
import threading

IP = "localhost"
PORT = 4242


def Send(client):
    for ligne in sys.stdin:
        client.sendall(ligne.encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print(octets.decode(), end="", flush=True)


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
sys.exit(1)
""",
            ),
        ),
        slugs=("fin_brutale",),
    ),
    Broken(
        "server-continue-on-zero-bytes",
        "continue instead of break when nothing is received: the loop turns for ever once the client has gone",
        "serveur.join",
        "serveur.py",
        "continue   # rien reçu, on réessaie",
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
            client.sendall((input() + "\\n").encode())
        except (EOFError, OSError):
            break


def Réception(client):
    while True:
        try:
            recu = client.recv(1024)
        except OSError:
            break
        if not recu:
            continue   # rien reçu, on réessaie
        print(recu.decode(), end="", flush=True)


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
        slugs=("boucle_apres_depart",),
    ),
    Broken(
        "client-bare-except-pass-in-send",
        "except: pass in the loop swallows the end of the keyboard, so Send turns for ever",
        "client.join",
        "client.py",
        "pass",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading
HOST="127.0.0.1"
PORT=4242
def Send(s):
    while True:
        try:
            s.sendall(input().encode())
        except:
            pass
def Réception(s):
    while True:
        d=s.recv(1024)
        if not d: break
        print(d.decode())
s=socket.socket(socket.AF_INET,socket.SOCK_STREAM)
s.connect((HOST,PORT))
envoi=threading.Thread(target=Send,args=(s,))
recep=threading.Thread(target=Réception,args=(s,))
envoi.start()
recep.start()
envoi.join()
recep.join()
s.close()
""",
            ),
        ),
        slugs=("clavier_avale",),
    ),
    Broken(
        "client-compares-text-with-bytes",
        'the received bytes are compared with the text "", which is never equal, so Réception shows empty lines for ever',
        "client.join",
        "client.py",
        'while octets != "":',
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    try:
        while True:
            message = input("Toi : ")
            client.sendall(message.encode())
    except EOFError:
        print("Salut !")


def Réception(client):
    octets = client.recv(1024)
    while octets != "":
        print("Serveur :", octets.decode())
        octets = client.recv(1024)


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
        slugs=("compare_texte_octets",),
    ),
    Broken(
        "server-accepts-again-after-the-end",
        "accept() is in an endless loop: after the conversation the server waits for the next client for ever",
        "serveur.join",
        "serveur.py",
        "client, adresse = serveur.accept()   # au suivant",
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
        except (EOFError, OSError):
            break

def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print(message.decode())

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
print("Serveur démarré")

while True:
    client, adresse = serveur.accept()   # au suivant
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
    Broken(
        "server-asks-for-enter-at-the-end",
        "the last input(), meant to keep the window open, raises EOFError because the keyboard has ended",
        "serveur.join",
        "serveur.py",
        'input("Appuie sur Entrée pour quitter...")',
        (
            Edit(
                "serveur.py",
                "client.close()\nserveur.close()\n",
                'client.close()\nserveur.close()\ninput("Appuie sur Entrée pour quitter...")\n',
            ),
        ),
        base="prompts-and-prefixes",
        slugs=("fin_du_clavier",),
    ),
    Broken(
        "client-join-on-the-functions",
        "join() is called on the functions Send and Réception instead of the threads",
        "client.join",
        "client.py",
        "Send.join()",
        (
            Edit(
                "client.py",
                "",
                """import socket as sk
import threading as th

def Send(x):
    while True:
        try:
            x.send(input().encode())
        except EOFError:
            break

def Réception(x):
    while True:
        y = x.recv(1024)
        if y == b"":
            break
        print(y.decode())

x = sk.socket(sk.AF_INET, sk.SOCK_STREAM)
x.connect(("127.0.0.1", 4242))
envoi = th.Thread(target=Send, args=(x,))
recep = th.Thread(target=Réception, args=(x,))
envoi.start()
recep.start()
Send.join()
Réception.join()
x.close()
""",
            ),
        ),
        slugs=("methode_sur_fonction",),
    ),
    Broken(
        "client-shutdown-after-close",
        "shutdown() is called after close(), on a socket that is already closed",
        "client.join",
        "client.py",
        "client.shutdown(socket.SHUT_RDWR)",
        (
            Edit(
                "client.py",
                "recep.join()\nclient.close()\n",
                "recep.join()\nclient.close()\nclient.shutdown(socket.SHUT_RDWR)\n",
            ),
        ),
        base="daemon-threads",
        slugs=("socket_fermee",),
    ),
    Broken(
        "server-lock-never-released",
        "Réception takes the lock before each display and never gives it back",
        "serveur.reception",
        "serveur.py",
        "verrou.acquire()",
        (
            Edit(
                "serveur.py",
                "",
                '''"""Serveur de chat, avec un verrou pour que l'affichage soit propre."""

import socket
import threading

IP = ""
PORT = 4242
verrou = threading.Lock()


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall((message + "\\n").encode())


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        verrou.acquire()
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
''',
            ),
        ),
        slugs=("verrou_garde",),
    ),
    # ---- both programs together ----
    Broken(
        "duo-client-port-digits-swapped",
        "the client calls port 2424 while the server listens on 4242",
        "client.adresse",
        "client.py",
        "PORT = 2424",
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading

IP = "127.0.0.1"
PORT = 2424


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
        print("Reçu :", octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
try:
    client.connect((IP, PORT))
except ConnectionRefusedError:
    print("Le serveur n'est pas lancé :(")
    raise SystemExit(1)
print("Connecté :)")
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
        "duo-client-lan-address-mistyped",
        "the client calls 192.168.1.72 while the server listens on 192.168.1.27",
        "client.adresse",
        "client.py",
        'serveur_ip = "192.168.1.72"',
        (
            Edit(
                "client.py",
                "",
                """# client sur le PC portable
import socket
from threading import Thread

serveur_ip = "192.168.1.72"
serveur_port = 5000

def Send(c):
    while True:
        try:
            c.send((input() + "\\n").encode())
        except EOFError:
            break

def Réception(c):
    while True:
        r = c.recv(1024)
        if not r:
            break
        print(r.decode())

c = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
print("connexion à", serveur_ip, "...")
c.connect((serveur_ip, serveur_port))
envoi = Thread(target=Send, args=(c,))
recep = Thread(target=Réception, args=(c,))
envoi.start()
recep.start()
envoi.join()
recep.join()
c.close()
""",
            ),
        ),
        base="lan-address",
        slugs=("adresses_differentes",),
    ),
    Broken(
        "duo-both-on-port-80",
        "port 80 was chosen in both programs: ports below 1024 are reserved",
        "serveur.adresse",
        "serveur.py",
        "PORT = 80  # le port d'internet",
        (
            Edit("serveur.py", "PORT = 4242", "PORT = 80  # le port d'internet"),
            Edit("client.py", "PORT = 4242", "PORT = 80  # le port d'internet"),
        ),
        base="daemon-threads",
        slugs=("port_reserve",),
    ),
    Broken(
        "duo-server-sends-latin-1",
        "the server encodes with latin-1 while the client decodes with UTF-8",
        "duo.accents",
        "serveur.py",
        'client.sendall(message.encode("latin-1", "replace"))',
        (
            Edit(
                "serveur.py",
                "",
                """# -*- coding: utf-8 -*-
import socket
import threading

IP = ""
PORT = 4242


def Send(client):
    while True:
        try:
            message = input() + "\\n"
        except EOFError:
            break
        client.sendall(message.encode("latin-1", "replace"))


def Réception(client):
    while True:
        octets = client.recv(1024)
        if not octets:
            break
        print("Client :", octets.decode("utf-8"), end="", flush=True)


serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind((IP, PORT))
serveur.listen()
client, adresse = serveur.accept()
print("Client connecté !")
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
        "duo-client-cuts-the-b-off",
        "instead of decode() the client uses str() and cuts the b' off, so accents show as \\x codes",
        "duo.accents",
        "client.py",
        "texte = str(recu)[2:-1]   # enleve le b' et le ' a la fin",
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
            message = input("> ")
        except EOFError:
            break
        client.send(message.encode())

def Réception(client):
    while True:
        recu = client.recv(1024)
        if recu == b"":
            break
        texte = str(recu)[2:-1]   # enleve le b' et le ' a la fin
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
        slugs=("str_sur_octets",),
    ),
    Broken(
        "duo-server-decodes-one-byte-at-a-time",
        "recv(1) takes one byte at a time, and an accent is two bytes, so decode() fails on it",
        "duo.accents",
        "serveur.py",
        "lettre = conn.recv(1)",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

def Send(conn):
    while True:
        try:
            phrase = input()
        except EOFError:
            break
        conn.sendall((phrase + "\\n").encode())

def Réception(conn):
    # lettre par lettre comme ça rien n'est collé
    while True:
        lettre = conn.recv(1)
        if not lettre:
            break
        print(lettre.decode(), end="", flush=True)

def main():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("127.0.0.1", 4242))
    s.listen(1)
    print("en attente de connexion")
    conn, qui = s.accept()
    envoi = threading.Thread(target=Send, args=(conn,))
    recep = threading.Thread(target=Réception, args=(conn,))
    envoi.start()
    recep.start()
    envoi.join()
    recep.join()
    conn.close()
    s.close()

main()
""",
            ),
        ),
        slugs=("accents_coupes",),
    ),
    # ---- Python errors and files ----
    Broken(
        "server-saved-as-txt",
        "Notepad saved the file as serveur.py.txt, so there is no serveur.py",
        "serveur.adresse",
        "serveur.py",
        "",
        (
            Edit("serveur.py", "", None),
            Edit(
                "serveur.py.txt",
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
        client.sendall(message.encode())


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
        slugs=("fichier_mal_nomme",),
    ),
    Broken(
        "client-main-guard-mistyped",
        'the name is compared with "main" instead of "__main__", so main() is never called',
        "client.adresse",
        "client.py",
        'if __name__ == "main":',
        (
            Edit(
                "client.py",
                "",
                """import socket
import threading


class Reglages:
    ip = "127.0.0.1"
    port = 4242


def Send(client: socket.socket):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendall(message.encode())


def Réception(client: socket.socket):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print(message.decode())


def main():
    client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    client.connect((Reglages.ip, Reglages.port))
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
        "etape1-non-breaking-space",
        "a non-breaking space (Alt+space on a French Mac keyboard) stands in the line instead of a normal one",
        "etape1.ecoute",
        "etape1.py",
        "client, adresse =\u00a0serveur.accept()",
        (
            Edit(
                "etape1.py",
                "",
                """import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
ip = "localhost"
port = 4242
serveur.bind((ip, port))
serveur.listen()
client, adresse =\u00a0serveur.accept()
message = "Hello World!"
fd = client.fileno()
print("descripteur :", fd)
client.sendall(message.encode())
client.close()
serveur.close()
""",
            ),
        ),
        slugs=("caractere_invisible",),
    ),
    Broken(
        "client-declares-ascii",
        "the first line, copied from an old book, declares that the file is ASCII, but it has accents",
        "client.adresse",
        "client.py",
        "# -*- coding: ascii -*-",
        (
            Edit(
                "client.py",
                "",
                """#!/usr/bin/python
# -*- coding: ascii -*-
# Chat : le client
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
        client.send(message.encode("utf-8"))

def Réception(client):
    while True:
        message = client.recv(1024)
        if not message:
            break
        print(message.decode("utf-8"))

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
        "practice-file-called-threading",
        "a practice file in the folder is called threading.py and hides the module of that name",
        "serveur.adresse",
        "threading.py",
        "",
        (
            Edit(
                "threading.py",
                "",
                """# essai des threads
import threading
import time

def compter(nom):
    for i in range(3):
        print(nom, i)
        time.sleep(0.1)

a = threading.Thread(target=compter, args=("A",))
b = threading.Thread(target=compter, args=("B",))
a.start()
b.start()
a.join()
b.join()
""",
            ),
        ),
        base="lambda-target",
        slugs=("module_cache",),
    ),
    Broken(
        "server-tab-among-spaces",
        "one line is indented with tabs and the others with spaces",
        "serveur.adresse",
        "serveur.py",
        "print(data.decode())",
        (
            Edit(
                "serveur.py",
                "",
                """import socket
import threading

HOST = ''
PORT = 4242

def Send(conn):
    while True:
        try:
            data = input('toi: ')
        except EOFError:
            break
        conn.sendall(data.encode())

def Réception(conn):
    while True:
        data = conn.recv(1024)
        if not data:
            break
\t\tprint(data.decode())

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind((HOST, PORT))
s.listen(1)
conn, addr = s.accept()
print('connexion de', addr)
envoi = threading.Thread(target=Send, args=(conn,))
recep = threading.Thread(target=Réception, args=(conn,))
envoi.start()
recep.start()
envoi.join()
recep.join()
conn.close()
s.close()
""",
            ),
        ),
        slugs=("tabulations",),
    ),
)
