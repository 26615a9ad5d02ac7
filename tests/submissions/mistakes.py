"""The beginners' mistakes: the reference with one thing wrong each, and exactly what that costs."""

from __future__ import annotations

import textwrap
from pathlib import Path

from tests.submissions.model import Edit, Mistake, Shown, reference_files

# --- What falls -------------------------------------------------------------------------------------------------

ECOUTE = frozenset({"etape1.ecoute"})
HELLO = frozenset({"etape1.hello"})
FILENO = frozenset({"etape1.fileno"})
FIN = frozenset({"etape1.fin"})
ETAPE1 = ECOUTE | HELLO | FILENO | FIN

ACCENTS = frozenset({"duo.accents"})
DUO = frozenset({"duo.dialogue"}) | ACCENTS

LONG = frozenset({"bonus.long"})
RELANCE = frozenset({"bonus.relance"})
PROPRE = frozenset({"bonus.propre"})

S_ADRESSE = frozenset({"serveur.adresse"})
S_SEND = frozenset({"serveur.send"})
S_RECEPTION = frozenset({"serveur.reception"})
S_THREADS = frozenset({"serveur.threads"})
S_JOIN = frozenset({"serveur.join"})

C_ADRESSE = frozenset({"client.adresse"})
C_SEND = frozenset({"client.send"})
C_RECEPTION = frozenset({"client.reception"})
C_THREADS = frozenset({"client.threads"})
C_JOIN = frozenset({"client.join"})

# What is typed does not arrive: the other program has nothing to show either.
S_MUTE = S_SEND | DUO
C_MUTE = C_SEND | DUO

# What arrives is not displayed: a long message is not either.
S_DEAF = S_RECEPTION | DUO | LONG
C_DEAF = C_RECEPTION | DUO | LONG

# The program does not end by itself, or ends in a traceback: all was said, but there is no clean end.
S_NO_END = S_JOIN | PROPRE
C_NO_END = C_JOIN | PROPRE

# The two programs were connected to the grader, then nothing went on.
S_CUT = S_MUTE | S_DEAF | S_THREADS | S_NO_END
C_CUT = C_MUTE | C_DEAF | C_THREADS | C_NO_END

# The program never met anybody. What the other one does alone still counts.
S_DEAD = S_CUT | S_ADRESSE | RELANCE
C_DEAD = C_CUT | C_ADRESSE
CHAT = S_DEAD | C_DEAD
EVERYTHING = ETAPE1 | CHAT

# Each program is right by itself, but two real machines would not meet.
NO_MEETING = C_ADRESSE | DUO

# --- What is edited: lines of the reference that several mistakes touch -----------------------------------------

MESSAGE = 'MESSAGE = "Hello World!"'
ANSWER = 'client.sendall(MESSAGE.encode("utf-8"))'
ACCEPT = "client, adresse = serveur.accept()"
BIND = "serveur.bind((IP, PORT))"
LISTEN = "serveur.listen()"
REUSE = "serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\n"
CONNECT = "client.connect((IP, PORT))"

TYPED = "            message = input()\n"
SENT = 'client.sendall((message + "\\n").encode("utf-8"))\n'
RECEIVED = "client.recv(4096)\n"
SHOWN = 'print(decodeur.decode(octets), end="", flush=True)\n'
STOP = "        if not octets:\n            break  # b\"\" : l'autre a fini, il n'y aura plus jamais rien à lire\n"

ENVOI = "envoi = threading.Thread(target=Send, args=(client,))\n"
RECEP = "recep = threading.Thread(target=Réception, args=(client,))\n"
STARTS = "envoi.start()\nrecep.start()\n"
JOINS = "envoi.join()\nrecep.join()\n"

REFERENCE = reference_files()
SKELETON = {name: (Path(__file__).parents[2] / "skeleton" / name).read_text(encoding="utf-8") for name in REFERENCE}


def under(first_line: str, file: str) -> Edit:
    """Indent the main part of a program (from its first socket on) below ``first_line``."""
    start = {"etape1.py": "serveur = ", "serveur.py": "serveur = ", "client.py": "client = "}[file]
    main_part = REFERENCE[file][REFERENCE[file].index("\n" + start) + 1 :]
    return Edit(file, main_part, f"{first_line}\n{textwrap.indent(main_part, '    ')}")


def without_threads(file: str, instead: str) -> tuple[Edit, ...]:
    """Replace the making, starting and joining of the threads by ``instead``."""
    return (Edit(file, ENVOI, ""), Edit(file, RECEP, ""), Edit(file, STARTS, instead), Edit(file, JOINS, ""))


ETAPE1_MISTAKES: tuple[Mistake, ...] = (
    # --- etape1: the text ---------------------------------------------------------------------------------------
    Mistake(
        "hello-space-before-mark",
        "French typography puts a space before the exclamation mark.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "Hello World !"'),),
        HELLO,
        Shown("etape1.hello", "hello_presque", "etape1.py", 'MESSAGE = "Hello World !"'),
    ),
    Mistake(
        "hello-small-w",
        "The W of World is not a capital.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "Hello world!"'),),
        HELLO,
        Shown("etape1.hello", "hello_presque", "etape1.py", 'MESSAGE = "Hello world!"'),
    ),
    Mistake(
        "hello-comma",
        "A comma was added after Hello.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "Hello, World!"'),),
        HELLO,
        Shown("etape1.hello", "hello_presque", "etape1.py", 'MESSAGE = "Hello, World!"'),
    ),
    Mistake(
        "hello-no-mark",
        "The exclamation mark is missing.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "Hello World"'),),
        HELLO,
        Shown("etape1.hello", "hello_presque", "etape1.py", 'MESSAGE = "Hello World"'),
    ),
    Mistake(
        "hello-capitals",
        "The text is in capitals.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "HELLO WORLD!"'),),
        HELLO,
        Shown("etape1.hello", "hello_presque", "etape1.py", 'MESSAGE = "HELLO WORLD!"'),
    ),
    Mistake(
        "hello-in-french",
        "The text was translated.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "Bonjour le monde !"'),),
        HELLO,
        Shown("etape1.hello", "autre_texte", "etape1.py", 'MESSAGE = "Bonjour le monde !"'),
    ),
    Mistake(
        "hello-two-newlines",
        "Two newlines follow the text.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "Hello World!\\n\\n"'),),
        HELLO,
        Shown("etape1.hello", "hello_en_trop", "etape1.py", 'client.sendall(MESSAGE.encode("utf-8"))'),
    ),
    Mistake(
        "hello-newline-first",
        "A newline comes before the text.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "\\nHello World!"'),),
        HELLO,
        Shown("etape1.hello", "hello_en_trop", "etape1.py", 'client.sendall(MESSAGE.encode("utf-8"))'),
    ),
    Mistake(
        "hello-repr",
        "repr() puts quotes around the text.",
        (Edit("etape1.py", ANSWER, 'client.sendall(repr(MESSAGE).encode("utf-8"))'),),
        HELLO,
        Shown("etape1.hello", "hello_en_trop", "etape1.py", 'client.sendall(repr(MESSAGE).encode("utf-8"))'),
    ),
    Mistake(
        "hello-str-of-bytes",
        "str() of the bytes sends b'Hello World!', letter b and quotes included.",
        (Edit("etape1.py", ANSWER, 'client.sendall(str(MESSAGE.encode("utf-8")).encode("utf-8"))'),),
        HELLO,
        Shown("etape1.hello", "hello_en_octets", "etape1.py", 'client.sendall(str(MESSAGE.encode("utf-8")).encode("utf-8"))'),
    ),
    Mistake(
        "hello-only-printed",
        "The text is printed on the server's own screen instead of being sent.",
        (Edit("etape1.py", ANSWER, "print(MESSAGE)"),),
        HELLO,
        Shown("etape1.hello", "hello_absent"),
    ),
    Mistake(
        "hello-sent-twice",
        "The text is sent twice.",
        (Edit("etape1.py", ANSWER, f"{ANSWER}\n{ANSWER}"),),
        HELLO,
        Shown("etape1.hello", "hello_repete", "etape1.py", 'client.sendall(MESSAGE.encode("utf-8"))'),
    ),
    Mistake(
        "hello-http-header",
        "An HTTP header found on the web was added before the text.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "HTTP/1.1 200 OK\\r\\n\\r\\nHello World!"'),),
        HELLO,
        Shown("etape1.hello", "hello_en_trop", "etape1.py", 'client.sendall(MESSAGE.encode("utf-8"))'),
    ),
    Mistake(
        "hello-html",
        "The text is wrapped in HTML, for the browser.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "<h1>Hello World!</h1>"'),),
        HELLO,
        Shown("etape1.hello", "hello_en_trop", "etape1.py", 'client.sendall(MESSAGE.encode("utf-8"))'),
    ),
    Mistake(
        "hello-utf16",
        "The text is sent in UTF-16.",
        (Edit("etape1.py", ANSWER, 'client.sendall(MESSAGE.encode("utf-16"))'),),
        HELLO,
        Shown("etape1.hello", "hello_encodage", "etape1.py", 'client.sendall(MESSAGE.encode("utf-16"))'),
    ),
    Mistake(
        "hello-utf8-sig",
        "utf-8-sig puts an invisible mark before the text.",
        (Edit("etape1.py", ANSWER, 'client.sendall(MESSAGE.encode("utf-8-sig"))'),),
        HELLO,
        Shown("etape1.hello", "hello_en_trop", "etape1.py", 'client.sendall(MESSAGE.encode("utf-8-sig"))'),
    ),
    Mistake(
        "hello-after-descriptor",
        "The descriptor is sent to the client, before the text.",
        (Edit("etape1.py", MESSAGE, 'MESSAGE = "Descripteur : 4 Hello World!"'),),
        HELLO,
        Shown("etape1.hello", "hello_en_trop", "etape1.py", 'client.sendall(MESSAGE.encode("utf-8"))'),
    ),
    Mistake(
        "hello-echo",
        "The request is sent back instead of the text.",
        (
            Edit("etape1.py", "client.recv(1024)\n", "requete = client.recv(1024)\n"),
            Edit("etape1.py", ANSWER, "client.sendall(requete)"),
        ),
        HELLO,
        Shown("etape1.hello", "hello_requete", "etape1.py", "client.sendall(requete)"),
    ),
    # --- etape1: the address ------------------------------------------------------------------------------------
    Mistake(
        "etape1-port-4243",
        "The port is 4243: all is right, behind the wrong door.",
        (Edit("etape1.py", "PORT = 4242", "PORT = 4243"),),
        ECOUTE,
        Shown("etape1.ecoute", "mauvais_port", "etape1.py", "PORT = 4243"),
    ),
    Mistake(
        "etape1-port-80",
        "The port is the web's, 80.",
        (Edit("etape1.py", "PORT = 4242", "PORT = 80"),),
        ECOUTE,
        Shown("etape1.ecoute", "mauvais_port", "etape1.py", "PORT = 80"),
    ),
    Mistake(
        "etape1-lan-address",
        "The address is the school network's: curl on localhost finds nobody.",
        (Edit("etape1.py", 'IP = "localhost"', 'IP = "192.168.1.20"'),),
        ECOUTE,
        Shown("etape1.ecoute", "adresse_pas_locale", "etape1.py", 'IP = "192.168.1.20"  # cette machine, et elle seule'),
    ),
    Mistake(
        "etape1-port-is-text",
        "The port is between quotes.",
        (Edit("etape1.py", "PORT = 4242", 'PORT = "4242"'),),
        ETAPE1,
        Shown("etape1.ecoute", "port_en_texte", "etape1.py", 'PORT = "4242"'),
    ),
    Mistake(
        "etape1-port-too-big",
        "A digit too many: no such port.",
        (Edit("etape1.py", "PORT = 4242", "PORT = 424242"),),
        ETAPE1,
        Shown("etape1.ecoute", "port_impossible", "etape1.py", "PORT = 424242"),
    ),
    Mistake(
        "etape1-address-misspelt",
        "localhost is misspelt.",
        (Edit("etape1.py", 'IP = "localhost"', 'IP = "locahost"'),),
        ETAPE1,
        Shown("etape1.ecoute", "adresse_inconnue", "etape1.py", 'IP = "locahost"  # cette machine, et elle seule'),
    ),
    Mistake(
        "etape1-address-without-quotes",
        "localhost has no quotes: Python takes it for a variable.",
        (Edit("etape1.py", 'IP = "localhost"', "IP = localhost"),),
        ETAPE1,
        Shown("etape1.ecoute", "texte_sans_guillemets", "etape1.py", "IP = localhost  # cette machine, et elle seule"),
    ),
    Mistake(
        "etape1-bind-two-arguments",
        "bind() is given two arguments instead of a tuple.",
        (Edit("etape1.py", BIND, "serveur.bind(IP, PORT)"),),
        ETAPE1,
        Shown("etape1.ecoute", "bind_deux_arguments", "etape1.py", "serveur.bind(IP, PORT)"),
    ),
    Mistake(
        "etape1-no-bind",
        "bind() was forgotten: where it listens, nobody knows.",
        (Edit("etape1.py", BIND, ""),),
        ETAPE1,
        Shown("etape1.ecoute", "sans_bind", "etape1.py", "serveur.listen()"),
    ),
    Mistake(
        "etape1-connect-for-bind",
        "connect() is called instead of bind(): a server that calls itself.",
        (Edit("etape1.py", BIND, "serveur.connect((IP, PORT))"),),
        ETAPE1,
        Shown("etape1.ecoute", "role_inverse", "etape1.py", "serveur.connect((IP, PORT))"),
    ),
    Mistake(
        "etape1-no-listen",
        "listen() was forgotten.",
        (Edit("etape1.py", LISTEN, ""),),
        ETAPE1,
        Shown("etape1.ecoute", "sans_listen", "etape1.py", "serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "etape1-listen-not-called",
        "listen has no parentheses.",
        (Edit("etape1.py", LISTEN, "serveur.listen"),),
        ETAPE1,
        Shown("etape1.ecoute", "sans_parentheses", "etape1.py", "serveur.listen"),
    ),
    Mistake(
        "etape1-no-accept",
        "accept() was forgotten: there is no client.",
        (Edit("etape1.py", ACCEPT, ""),),
        ETAPE1,
        Shown("etape1.ecoute", "sans_accept", "etape1.py", "serveur.listen()"),
    ),
    Mistake(
        "etape1-accept-not-called",
        "accept has no parentheses.",
        (Edit("etape1.py", ACCEPT, "client, adresse = serveur.accept"),),
        ETAPE1,
        Shown("etape1.ecoute", "sans_parentheses", "etape1.py", "client, adresse = serveur.accept"),
    ),
    Mistake(
        "etape1-udp",
        "The socket is UDP.",
        (Edit("etape1.py", "socket.SOCK_STREAM)", "socket.SOCK_DGRAM)"),),
        ETAPE1,
        Shown("etape1.ecoute", "pas_tcp", "etape1.py", "serveur = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"),
    ),
    Mistake(
        "etape1-udp-whole",
        "The whole server was written for UDP.",
        (
            Edit(
                "etape1.py",
                "",
                "import socket\n"
                "\n"
                "serveur = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
                'serveur.bind(("localhost", 4242))\n'
                "requete, adresse = serveur.recvfrom(1024)\n"
                "print(serveur.fileno())\n"
                'serveur.sendto("Hello World!".encode(), adresse)\n'
                "serveur.close()\n",
            ),
        ),
        ETAPE1,
        Shown("etape1.ecoute", "pas_tcp", "etape1.py", "serveur = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"),
    ),
    Mistake(
        "etape1-ipv6",
        "The socket and the address are IPv6.",
        (
            Edit("etape1.py", 'IP = "localhost"', 'IP = "::1"'),
            Edit("etape1.py", "socket.socket(socket.AF_INET,", "socket.socket(socket.AF_INET6,"),
        ),
        ETAPE1,
        Shown("etape1.ecoute", "ipv6", "etape1.py", "serveur = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)"),
    ),
    # --- etape1: the conversation -------------------------------------------------------------------------------
    Mistake(
        "etape1-accept-not-unpacked",
        "accept() gives a socket and an address; both are kept in one variable, which has no fileno().",
        (
            Edit("etape1.py", ACCEPT, "client = serveur.accept()"),
            Edit("etape1.py", "Requête de {adresse}, descripteur", "Requête reçue, descripteur"),
        ),
        HELLO | FILENO | FIN,
        Shown("etape1.hello", "accept_pas_deballe", "etape1.py", "client = serveur.accept()"),
    ),
    Mistake(
        "etape1-accept-twice",
        "accept() is called twice: the first client waits until a second one comes.",
        (Edit("etape1.py", ACCEPT, f"{ACCEPT}\n{ACCEPT}"),),
        HELLO | FILENO | FIN,
        Shown("etape1.hello", "accept_en_boucle", "etape1.py", "client, adresse = serveur.accept()"),
    ),
    Mistake(
        "etape1-listening-socket-sends",
        "The text is sent on the socket that listens, not on the client's.",
        (Edit("etape1.py", ANSWER, 'serveur.sendall(MESSAGE.encode("utf-8"))'),),
        HELLO | FIN,
        Shown("etape1.hello", "socket_qui_ecoute", "etape1.py", 'serveur.sendall(MESSAGE.encode("utf-8"))'),
    ),
    Mistake(
        "etape1-no-encode",
        "The text is sent as str.",
        (Edit("etape1.py", ANSWER, "client.sendall(MESSAGE)"),),
        HELLO | FIN,
        Shown("etape1.hello", "texte_au_lieu_octets", "etape1.py", "client.sendall(MESSAGE)"),
    ),
    Mistake(
        "etape1-os-write-no-encode",
        "os.write() is given a str.",
        (Edit("etape1.py", ANSWER, "import os\nos.write(client.fileno(), MESSAGE)"),),
        HELLO | FIN,
        Shown("etape1.hello", "texte_au_lieu_octets", "etape1.py", "os.write(client.fileno(), MESSAGE)"),
    ),
    Mistake(
        "etape1-encode-not-called",
        "encode has no parentheses.",
        (Edit("etape1.py", ANSWER, "client.sendall(MESSAGE.encode)"),),
        HELLO | FIN,
        Shown("etape1.hello", "sans_parentheses", "etape1.py", "client.sendall(MESSAGE.encode)"),
    ),
    Mistake(
        "etape1-close-before-answer",
        "The connection is closed before the text is sent.",
        (Edit("etape1.py", ANSWER, f"client.close()\n{ANSWER}"),),
        HELLO | FIN,
        Shown("etape1.hello", "socket_fermee", "etape1.py", 'client.sendall(MESSAGE.encode("utf-8"))'),
    ),
    Mistake(
        "etape1-asks-before-answer",
        "The server waits for the Enter key before it answers.",
        (Edit("etape1.py", ANSWER, f'input("Entrée pour répondre")\n{ANSWER}'),),
        HELLO | FIN,
        Shown("etape1.hello", "attend_avant_reponse", "etape1.py", 'input("Entrée pour répondre")'),
    ),
    Mistake(
        "etape1-answers-without-end",
        "The text is sent in an endless loop.",
        (Edit("etape1.py", ANSWER, f"while True:\n    {ANSWER}"),),
        HELLO | FIN,
        Shown("etape1.hello", "hello_repete", "etape1.py", 'client.sendall(MESSAGE.encode("utf-8"))'),
    ),
    Mistake(
        "etape1-no-fileno",
        "fileno() is never called.",
        (Edit("etape1.py", ", descripteur {client.fileno()}", ""),),
        FILENO,
        Shown("etape1.fileno", "sans_fileno", "etape1.py", "client, adresse = serveur.accept()"),
    ),
    Mistake(
        "etape1-fileno-of-listening-socket",
        "fileno() is asked of the socket that listens.",
        (Edit("etape1.py", "{client.fileno()}", "{serveur.fileno()}"),),
        FILENO,
        Shown("etape1.fileno", "fileno_ailleurs", "etape1.py", 'print(f"Requête de {adresse}, descripteur {serveur.fileno()}")'),
    ),
    Mistake(
        "etape1-fileno-not-called",
        "fileno has no parentheses.",
        (Edit("etape1.py", "{client.fileno()}", "{client.fileno}"),),
        FILENO,
        Shown("etape1.fileno", "fileno_sans_parentheses", "etape1.py", 'print(f"Requête de {adresse}, descripteur {client.fileno}")'),
    ),
    Mistake(
        "etape1-fileno-seen-in-socket",
        "The socket is displayed, with its descriptor in it; fileno() was not called.",
        (Edit("etape1.py", "{client.fileno()}", "{client}"),),
        FILENO,
        Shown("etape1.fileno", "sans_fileno", "etape1.py", "client, adresse = serveur.accept()"),
    ),
    Mistake(
        "etape1-fileno-misspelt",
        "fileno() is misspelt.",
        (Edit("etape1.py", "{client.fileno()}", "{client.filno()}"),),
        HELLO | FILENO | FIN,
        Shown("etape1.hello", "attribut_mal_ecrit", "etape1.py", 'print(f"Requête de {adresse}, descripteur {client.filno()}")'),
    ),
    # --- etape1: the end ----------------------------------------------------------------------------------------
    Mistake(
        "etape1-serves-without-end",
        "accept() is in an endless loop, as in most servers of the web.",
        (
            Edit(
                "etape1.py",
                "",
                "import socket\n"
                "\n"
                "serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n"
                'serveur.bind(("localhost", 4242))\n'
                "serveur.listen()\n"
                "while True:\n"
                "    client, adresse = serveur.accept()\n"
                "    print(client.fileno())\n"
                "    client.recv(1024)\n"
                '    client.sendall("Hello World!".encode())\n'
                "    client.close()\n",
            ),
        ),
        FIN,
        Shown("etape1.fin", "accept_en_boucle", "etape1.py", "client, adresse = serveur.accept()"),
    ),
    Mistake(
        "etape1-waits-for-a-second",
        "After the first request the server waits for one more.",
        (Edit("etape1.py", "serveur.close()", "serveur.accept()\nserveur.close()"),),
        FIN,
        Shown("etape1.fin", "accept_en_boucle", "etape1.py", "serveur.accept()"),
    ),
    Mistake(
        "etape1-enter-to-quit",
        "The program waits for the Enter key at its end.",
        (Edit("etape1.py", "serveur.close()", 'serveur.close()\ninput("Entrée pour quitter")'),),
        FIN,
        Shown("etape1.fin", "fin_attend", "etape1.py", 'input("Entrée pour quitter")'),
    ),
    Mistake(
        "etape1-exit-1",
        "exit(1) ends the program with the status of an error.",
        (Edit("etape1.py", "serveur.close()", "serveur.close()\nexit(1)"),),
        FIN,
        Shown("etape1.fin", "mauvais_code", "etape1.py", "exit(1)"),
    ),
    Mistake(
        "etape1-exit-with-text",
        "sys.exit() with a text is an error's end, too.",
        (Edit("etape1.py", "serveur.close()", 'serveur.close()\nimport sys\nsys.exit("Fini !")'),),
        FIN,
        Shown("etape1.fin", "mauvais_code", "etape1.py", 'sys.exit("Fini !")'),
    ),
    Mistake(
        "etape1-exception-after-answer",
        "A variable that does not exist is printed after the answer.",
        (Edit("etape1.py", "serveur.close()", "serveur.close()\nprint(reponse)"),),
        FIN,
        Shown("etape1.fin", "nom_inconnu", "etape1.py", "print(reponse)"),
    ),
    Mistake(
        "etape1-exception-in-thread",
        "A thread, which nobody asked for, ends in an exception.",
        (
            Edit(
                "etape1.py",
                "serveur.close()",
                "serveur.close()\n"
                "import threading\n"
                "\n"
                "\n"
                "def au_revoir():\n"
                "    print(texte)\n"
                "\n"
                "\n"
                "threading.Thread(target=au_revoir).start()",
            ),
        ),
        FIN,
        Shown("etape1.fin", "nom_inconnu", "etape1.py", "print(texte)"),
    ),
    Mistake(
        "etape1-shutdown-without-argument",
        "shutdown() wants to know which direction.",
        (Edit("etape1.py", "client.close()", "client.shutdown()\nclient.close()"),),
        FIN,
        Shown("etape1.fin", "mauvais_nombre_arguments", "etape1.py", "client.shutdown()"),
    ),
    Mistake(
        "etape1-sleeps-an-hour",
        "The program sleeps at its end, to keep its window open.",
        (Edit("etape1.py", "serveur.close()", "serveur.close()\nimport time\ntime.sleep(3600)"),),
        FIN,
        Shown("etape1.fin", "fin_attend", "etape1.py", "time.sleep(3600)"),
    ),
    # --- etape1: Python errors ----------------------------------------------------------------------------------
    Mistake(
        "etape1-unclosed-parenthesis",
        "SyntaxError: a parenthesis is not closed.",
        (Edit("etape1.py", BIND, "serveur.bind((IP, PORT)"),),
        ETAPE1,
        Shown("etape1.ecoute", "parenthese_ouverte", "etape1.py", "serveur.bind((IP, PORT)"),
    ),
    Mistake(
        "etape1-stray-indent",
        "IndentationError: a line begins with spaces.",
        (Edit("etape1.py", LISTEN, f"    {LISTEN}"),),
        ETAPE1,
        Shown("etape1.ecoute", "indentation_en_trop", "etape1.py", "serveur.listen()"),
    ),
    Mistake(
        "etape1-word-quotes",
        "SyntaxError: the text was pasted from a word processor, quotes and all.",
        (Edit("etape1.py", MESSAGE, "MESSAGE = “Hello World!”"),),
        ETAPE1,
        Shown("etape1.ecoute", "guillemets_word", "etape1.py", "MESSAGE = “Hello World!”"),
    ),
    Mistake(
        "etape1-python2-print",
        "SyntaxError: print without parentheses comes from an old tutorial.",
        (Edit("etape1.py", 'print(f"J\'attends une requête sur {IP}:{PORT}")', 'print "J\'attends une requête"'),),
        ETAPE1,
        Shown("etape1.ecoute", "python2", "etape1.py", 'print "J\'attends une requête"'),
    ),
    Mistake(
        "etape1-no-import",
        "NameError: the import was forgotten.",
        (Edit("etape1.py", "import socket\n", ""),),
        ETAPE1,
        Shown("etape1.ecoute", "import_oublie", "etape1.py", "serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "etape1-import-misspelt",
        "ModuleNotFoundError: there is no module called sockets.",
        (Edit("etape1.py", "import socket\n", "import sockets\n"),),
        ETAPE1,
        Shown("etape1.ecoute", "module_mal_ecrit", "etape1.py", "import sockets"),
    ),
    Mistake(
        "etape1-socket-misspelt",
        "NameError: socket is misspelt.",
        (Edit("etape1.py", "serveur = socket.socket", "serveur = sockett.socket"),),
        ETAPE1,
        Shown("etape1.ecoute", "nom_mal_ecrit", "etape1.py", "serveur = sockett.socket(socket.AF_INET, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "etape1-constant-misspelt",
        "AttributeError: AF_INIT does not exist.",
        (Edit("etape1.py", "socket.socket(socket.AF_INET,", "socket.socket(socket.AF_INIT,"),),
        ETAPE1,
        Shown("etape1.ecoute", "attribut_mal_ecrit", "etape1.py", "serveur = socket.socket(socket.AF_INIT, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "etape1-listen-misspelt",
        "AttributeError: listen() is misspelt.",
        (Edit("etape1.py", LISTEN, "serveur.lissten()"),),
        ETAPE1,
        Shown("etape1.ecoute", "attribut_mal_ecrit", "etape1.py", "serveur.lissten()"),
    ),
    Mistake(
        "etape1-name-is-main",
        "The underscores of __main__ were forgotten: the program does nothing.",
        (under('if __name__ == "main":', "etape1.py"),),
        ETAPE1,
        Shown("etape1.ecoute", "name_main_faux", "etape1.py", 'if __name__ == "main":'),
    ),
    Mistake(
        "etape1-function-never-called",
        "All is in a function that nobody calls.",
        (under("def serveur_hello():", "etape1.py"),),
        ETAPE1,
        Shown("etape1.ecoute", "main_jamais_appele", "etape1.py", "def serveur_hello():"),
    ),
)


SERVEUR_MISTAKES: tuple[Mistake, ...] = (
    # --- serveur: the address -----------------------------------------------------------------------------------
    Mistake(
        "ports-80",
        "Both programs use port 80: they meet, but a program may not listen there.",
        (Edit("serveur.py", "PORT = 4242", "PORT = 80"), Edit("client.py", "PORT = 4242", "PORT = 80")),
        S_ADRESSE,
        Shown("serveur.adresse", "port_reserve", "serveur.py", "PORT = 80"),
    ),
    Mistake(
        "ports-1023",
        "Both programs use port 1023, one below what is allowed.",
        (Edit("serveur.py", "PORT = 4242", "PORT = 1023"), Edit("client.py", "PORT = 4242", "PORT = 1023")),
        S_ADRESSE,
        Shown("serveur.adresse", "port_reserve", "serveur.py", "PORT = 1023"),
    ),
    Mistake(
        "serveur-port-80",
        "The server is on port 80, the client still on 4242.",
        (Edit("serveur.py", "PORT = 4242", "PORT = 80"),),
        S_ADRESSE | NO_MEETING,
        Shown("serveur.adresse", "port_reserve", "serveur.py", "PORT = 80"),
    ),
    Mistake(
        "serveur-port-0",
        "Port 0 lets the system choose: the client cannot know what.",
        (Edit("serveur.py", "PORT = 4242", "PORT = 0"),),
        S_ADRESSE | NO_MEETING,
        Shown("serveur.adresse", "port_zero", "serveur.py", "PORT = 0"),
    ),
    Mistake(
        "serveur-multicast-address",
        "224.0.0.1 is a group's address, not a machine's.",
        (Edit("serveur.py", 'IP = ""', 'IP = "224.0.0.1"'),),
        S_ADRESSE | NO_MEETING,
        Shown("serveur.adresse", "mauvaise_adresse", "serveur.py", 'IP = "224.0.0.1"  # vide : toutes les adresses de cette machine'),
    ),
    Mistake(
        "serveur-broadcast-address",
        "255.255.255.255 is everybody's address.",
        (Edit("serveur.py", 'IP = ""', 'IP = "255.255.255.255"'),),
        S_ADRESSE | NO_MEETING,
        Shown("serveur.adresse", "mauvaise_adresse", "serveur.py", 'IP = "255.255.255.255"  # vide : toutes les adresses de cette machine'),
    ),
    Mistake(
        "serveur-address-0-0-0-1",
        "0.0.0.1 looks like 0.0.0.0 but is nobody's address.",
        (Edit("serveur.py", 'IP = ""', 'IP = "0.0.0.1"'),),
        S_ADRESSE | NO_MEETING,
        Shown("serveur.adresse", "mauvaise_adresse", "serveur.py", 'IP = "0.0.0.1"  # vide : toutes les adresses de cette machine'),
    ),
    Mistake(
        "serveur-address-300",
        "No number of an IP address is above 255.",
        (Edit("serveur.py", 'IP = ""', 'IP = "192.168.1.300"'),),
        S_DEAD,
        Shown("serveur.adresse", "adresse_inconnue", "serveur.py", 'IP = "192.168.1.300"  # vide : toutes les adresses de cette machine'),
    ),
    Mistake(
        "serveur-port-is-text",
        "The port is between quotes.",
        (Edit("serveur.py", "PORT = 4242", 'PORT = "4242"'),),
        S_DEAD,
        Shown("serveur.adresse", "port_en_texte", "serveur.py", 'PORT = "4242"'),
    ),
    Mistake(
        "serveur-port-70000",
        "No port is above 65535.",
        (Edit("serveur.py", "PORT = 4242", "PORT = 70000"),),
        S_DEAD,
        Shown("serveur.adresse", "port_impossible", "serveur.py", "PORT = 70000"),
    ),
    Mistake(
        "serveur-bind-two-arguments",
        "bind() is given two arguments instead of a tuple.",
        (Edit("serveur.py", BIND, "serveur.bind(IP, PORT)"),),
        S_DEAD,
        Shown("serveur.adresse", "bind_deux_arguments", "serveur.py", "serveur.bind(IP, PORT)"),
    ),
    Mistake(
        "serveur-no-bind",
        "bind() was forgotten: where it listens, nobody knows.",
        (Edit("serveur.py", BIND, ""),),
        S_DEAD,
        Shown("serveur.adresse", "sans_bind", "serveur.py", "serveur.listen()"),
    ),
    Mistake(
        "serveur-no-listen",
        "listen() was forgotten.",
        (Edit("serveur.py", LISTEN, ""),),
        S_DEAD,
        Shown("serveur.adresse", "sans_listen", "serveur.py", "serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "serveur-udp",
        "The socket is UDP.",
        (Edit("serveur.py", "socket.SOCK_STREAM)", "socket.SOCK_DGRAM)"),),
        S_DEAD,
        Shown("serveur.adresse", "pas_tcp", "serveur.py", "serveur = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"),
    ),
    Mistake(
        "serveur-asks-address",
        "The server asks for its address before it listens.",
        (Edit("serveur.py", 'IP = ""', 'IP = input("IP ? ")'),),
        S_DEAD,
        Shown("serveur.adresse", "question_avant", "serveur.py", 'IP = input("IP ? ")  # vide : toutes les adresses de cette machine'),
    ),
    Mistake(
        "serveur-connects",
        "connect() is called instead of bind(): two clients, no server.",
        (Edit("serveur.py", BIND, "serveur.connect((IP, PORT))"),),
        S_DEAD,
        Shown("serveur.adresse", "role_inverse", "serveur.py", "serveur.connect((IP, PORT))"),
    ),
    # --- serveur: the connection --------------------------------------------------------------------------------
    Mistake(
        "serveur-no-accept",
        "accept() was forgotten: the server listens, but there is no client.",
        (Edit("serveur.py", ACCEPT, ""),),
        S_DEAD - S_ADRESSE,
        Shown("serveur.send", "sans_accept", "serveur.py", "serveur.listen()"),
    ),
    Mistake(
        "serveur-accept-not-unpacked",
        "accept() gives a socket and an address; both are kept in one variable, which can neither send nor receive.",
        (
            Edit("serveur.py", ACCEPT, "client = serveur.accept()"),
            Edit("serveur.py", 'print(f"Connecté à {adresse[0]}")', 'print("Connecté")'),
        ),
        S_MUTE | S_DEAF | S_NO_END,
        Shown("serveur.send", "accept_pas_deballe", "serveur.py", "client = serveur.accept()"),
    ),
    Mistake(
        "serveur-accept-twice",
        "accept() is called twice: the first client waits until a second one comes.",
        (Edit("serveur.py", ACCEPT, f"{ACCEPT}\n{ACCEPT}"),),
        S_CUT,
        Shown("serveur.send", "accept_en_boucle", "serveur.py", "client, adresse = serveur.accept()"),
    ),
    Mistake(
        "serveur-sends-on-listening-socket",
        "Send is given the socket that listens.",
        (Edit("serveur.py", ENVOI, "envoi = threading.Thread(target=Send, args=(serveur,))\n"),),
        S_MUTE,
        Shown("serveur.send", "args_serveur", "serveur.py", "envoi = threading.Thread(target=Send, args=(serveur,))"),
    ),
    Mistake(
        "serveur-receives-on-listening-socket",
        "Réception receives on the socket that listens.",
        (Edit("serveur.py", f"            octets = {RECEIVED}", "            octets = serveur.recv(4096)\n"),),
        S_DEAF,
        Shown("serveur.reception", "socket_qui_ecoute", "serveur.py", "octets = serveur.recv(4096)"),
    ),
    Mistake(
        "serveur-no-reuse",
        "Without SO_REUSEADDR the port stays taken after the conversation.",
        (Edit("serveur.py", REUSE, ""),),
        RELANCE,
        Shown("bonus.relance", "sans_reuse", "serveur.py", "serveur.bind((IP, PORT))"),
    ),
    Mistake(
        "serveur-reuse-after-bind",
        "SO_REUSEADDR is set after bind(): too late.",
        (Edit("serveur.py", REUSE, ""), Edit("serveur.py", f"{LISTEN}\n", f"{REUSE}{LISTEN}\n")),
        RELANCE,
        Shown("bonus.relance", "reuse_trop_tard", "serveur.py", "serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)"),
    ),
    Mistake(
        "serveur-reuse-0",
        "SO_REUSEADDR is set to 0, which switches it off.",
        (Edit("serveur.py", REUSE, REUSE.replace("1)", "0)")),),
        RELANCE,
        Shown("bonus.relance", "sans_reuse", "serveur.py", "serveur.bind((IP, PORT))"),
    ),
    # --- serveur: what is sent ----------------------------------------------------------------------------------
    Mistake(
        "serveur-sends-one",
        "There is no loop in Send: it sends one message only.",
        (Edit("serveur.py", SENT, f"{SENT}            break\n"),),
        S_MUTE,
        Shown("serveur.send", "break_mal_place", "serveur.py", "break"),
    ),
    Mistake(
        "serveur-sends-only-part",
        "Only the first five letters are sent.",
        (Edit("serveur.py", SENT, 'client.sendall((message[:5] + "\\n").encode("utf-8"))\n'),),
        S_MUTE,
        Shown("serveur.send", "message_coupe", "serveur.py", 'client.sendall((message[:5] + "\\n").encode("utf-8"))'),
    ),
    Mistake(
        "serveur-sends-in-capitals",
        "The message is put in capitals before it is sent.",
        (Edit("serveur.py", SENT, 'client.sendall((message.upper() + "\\n").encode("utf-8"))\n'),),
        S_MUTE,
        Shown("serveur.send", "message_change", "serveur.py", 'client.sendall((message.upper() + "\\n").encode("utf-8"))'),
    ),
    Mistake(
        "serveur-prints-what-it-should-send",
        "The message is printed, not sent.",
        (Edit("serveur.py", SENT, "print(message)\n"),),
        S_MUTE,
        Shown("serveur.send", "send_jamais", "serveur.py", "message = input()"),
    ),
    Mistake(
        "serveur-sends-two-by-two",
        "A message leaves only when a second line was typed.",
        (Edit("serveur.py", TYPED, '            message = input() + "\\n" + input()\n'),),
        S_MUTE,
        Shown("serveur.send", "lit_deux_fois", "serveur.py", 'message = input() + "\\n" + input()'),
    ),
    Mistake(
        "serveur-sends-utf16",
        "The message is sent in UTF-16.",
        (Edit("serveur.py", SENT, 'client.sendall((message + "\\n").encode("utf-16"))\n'),),
        S_MUTE,
        Shown("serveur.send", "encodages_differents", "serveur.py", 'client.sendall((message + "\\n").encode("utf-16"))'),
    ),
    Mistake(
        "serveur-closes-after-first-sent",
        "Send closes the connection after its first message: nobody can talk any more.",
        (Edit("serveur.py", SENT, f"{SENT}            client.close()\n"),),
        S_MUTE | S_DEAF,
        Shown("serveur.send", "socket_fermee", "serveur.py", "client.close()"),
    ),
    # --- serveur: what is received ------------------------------------------------------------------------------
    Mistake(
        "serveur-shows-nothing",
        "What is received is decoded and never displayed.",
        (Edit("serveur.py", SHOWN, "message = decodeur.decode(octets)\n"),),
        S_DEAF,
        Shown("serveur.reception", "print_oublie", "serveur.py", "octets = client.recv(4096)"),
    ),
    Mistake(
        "serveur-shows-bytes",
        "decode() is missing: b'…' is displayed, which the eye can still read as long as there is no accent.",
        (Edit("serveur.py", SHOWN, "print(octets)\n"),),
        S_RECEPTION | ACCENTS | LONG,
        Shown("serveur.reception", "affiche_octets", "serveur.py", "print(octets)"),
    ),
    Mistake(
        "serveur-shows-first-letter",
        "Only the first letter is displayed.",
        (Edit("serveur.py", SHOWN, "print(decodeur.decode(octets)[0])\n"),),
        S_DEAF,
        Shown("serveur.reception", "message_coupe", "serveur.py", "print(decodeur.decode(octets)[0])"),
    ),
    Mistake(
        "serveur-shows-pieces",
        "recv(4) and print(): the message is broken over lines of four letters.",
        (
            Edit("serveur.py", RECEIVED, "client.recv(4)\n"),
            Edit("serveur.py", SHOWN, "print(decodeur.decode(octets))\n"),
        ),
        S_DEAF,
        Shown("serveur.reception", "recv_trop_petit", "serveur.py", "octets = client.recv(4)"),
    ),
    Mistake(
        "serveur-shows-at-the-end",
        "The messages are collected, and displayed when the client has left.",
        (
            Edit("serveur.py", '(errors="replace")\n', '(errors="replace")\n    messages = []\n'),
            Edit("serveur.py", SHOWN, "messages.append(decodeur.decode(octets))\n"),
            Edit(
                "serveur.py",
                "    print(\"(l'autre est parti",
                '    print("".join(messages))\n    print("(l\'autre est parti',
            ),
        ),
        S_DEAF,
        Shown("serveur.reception", "print_hors_boucle", "serveur.py", 'print("".join(messages))'),
    ),
    Mistake(
        "serveur-receives-one",
        "There is no loop in Réception: it receives one message only.",
        (Edit("serveur.py", SHOWN, f"{SHOWN}        break\n"),),
        S_DEAF,
        Shown("serveur.reception", "break_mal_place", "serveur.py", "break"),
    ),
    Mistake(
        "serveur-closes-after-first-received",
        "Réception closes the connection after its first message: nobody can talk any more.",
        (Edit("serveur.py", SHOWN, f"{SHOWN}        client.close()\n"),),
        S_MUTE | S_DEAF,
        Shown("serveur.reception", "socket_fermee", "serveur.py", "client.close()"),
    ),
    Mistake(
        "serveur-breaks-long-message",
        "recv(1024) and print(): right for short messages, a long one is broken over several lines.",
        (
            Edit("serveur.py", RECEIVED, "client.recv(1024)\n"),
            Edit("serveur.py", SHOWN, 'print(octets.decode("utf-8", errors="replace"))\n'),
        ),
        LONG,
        Shown("bonus.long", "long_coupe", "serveur.py", "octets = client.recv(1024)"),
    ),
)


CLIENT_MISTAKES: tuple[Mistake, ...] = (
    # --- client: the address ------------------------------------------------------------------------------------
    Mistake(
        "client-port-4243",
        "The client's port is not the server's.",
        (Edit("client.py", "PORT = 4242", "PORT = 4243"),),
        NO_MEETING,
        Shown("client.adresse", "ports_differents", "client.py", "PORT = 4243  # le même port que dans serveur.py"),
    ),
    Mistake(
        "client-address-0-0-0-0",
        "0.0.0.0 is for listening; nobody can be called there.",
        (Edit("client.py", 'IP = "127.0.0.1"', 'IP = "0.0.0.0"'),),
        C_ADRESSE,
        Shown("client.adresse", "appelle_partout", "client.py", 'IP = "0.0.0.0"  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "client-address-empty",
        "The address was left empty, as the server's.",
        (Edit("client.py", 'IP = "127.0.0.1"', 'IP = ""'),),
        C_ADRESSE,
        Shown("client.adresse", "appelle_partout", "client.py", 'IP = ""  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "client-address-999",
        "No number of an IP address is above 255.",
        (Edit("client.py", 'IP = "127.0.0.1"', 'IP = "999.1.1.1"'),),
        C_DEAD,
        Shown("client.adresse", "adresse_inconnue", "client.py", 'IP = "999.1.1.1"  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "client-address-with-port",
        "The port is written in the address.",
        (Edit("client.py", 'IP = "127.0.0.1"', 'IP = "127.0.0.1:4242"'),),
        C_DEAD,
        Shown("client.adresse", "adresse_inconnue", "client.py", 'IP = "127.0.0.1:4242"  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "client-address-with-comma",
        "A comma stands for a dot in the address.",
        (Edit("client.py", 'IP = "127.0.0.1"', 'IP = "127.0.0,1"'),),
        C_DEAD,
        Shown("client.adresse", "adresse_inconnue", "client.py", 'IP = "127.0.0,1"  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "client-port-is-text",
        "The port is between quotes.",
        (Edit("client.py", "PORT = 4242", 'PORT = "4242"'),),
        C_DEAD,
        Shown("client.adresse", "port_en_texte", "client.py", 'PORT = "4242"  # le même port que dans serveur.py'),
    ),
    Mistake(
        "client-connect-two-arguments",
        "connect() is given two arguments instead of a tuple.",
        (Edit("client.py", CONNECT, "client.connect(IP, PORT)"),),
        C_DEAD,
        Shown("client.adresse", "bind_deux_arguments", "client.py", "client.connect(IP, PORT)"),
    ),
    Mistake(
        "client-connect-port-first",
        "The address and the port are the wrong way round.",
        (Edit("client.py", CONNECT, "client.connect((PORT, IP))"),),
        C_DEAD,
        Shown("client.adresse", "adresse_port_inverses", "client.py", "client.connect((PORT, IP))"),
    ),
    Mistake(
        "client-no-connect",
        "connect() was forgotten.",
        (Edit("client.py", CONNECT, ""),),
        C_DEAD,
        Shown("client.adresse", "sans_connect", "client.py", "client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "client-connect-not-called",
        "connect has no parentheses.",
        (Edit("client.py", CONNECT, "client.connect"),),
        C_DEAD,
        Shown("client.adresse", "sans_parentheses", "client.py", "client.connect"),
    ),
    Mistake(
        "client-udp",
        "The socket is UDP.",
        (Edit("client.py", "socket.SOCK_STREAM)", "socket.SOCK_DGRAM)"),),
        C_DEAD,
        Shown("client.adresse", "pas_tcp", "client.py", "client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"),
    ),
    Mistake(
        "client-ipv6-socket",
        "The socket is IPv6, the address IPv4.",
        (Edit("client.py", "socket.socket(socket.AF_INET,", "socket.socket(socket.AF_INET6,"),),
        C_DEAD,
        Shown("client.adresse", "ipv6", "client.py", "client = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "client-asks-address",
        "The client asks for the address before it connects.",
        (Edit("client.py", 'IP = "127.0.0.1"', 'IP = input("IP du serveur ? ")'),),
        C_DEAD,
        Shown("client.adresse", "question_avant", "client.py", 'IP = input("IP du serveur ? ")  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "client-listens",
        "The client binds and listens: two servers that wait for each other.",
        (Edit("client.py", CONNECT, "client.bind((IP, PORT))\nclient.listen()\nclient, adresse = client.accept()"),),
        C_DEAD,
        Shown("client.adresse", "role_inverse", "client.py", "client.listen()"),
    ),
    # --- client: the connection ---------------------------------------------------------------------------------
    Mistake(
        "client-connects-twice",
        "connect() is called twice on the same socket.",
        (Edit("client.py", CONNECT, f"{CONNECT}\n{CONNECT}"),),
        C_CUT,
        Shown("client.threads", "connect_deux_fois", "client.py", "client.connect((IP, PORT))"),
    ),
    Mistake(
        "client-closes-before-talking",
        "The connection is closed before the threads start.",
        (Edit("client.py", STARTS, f"client.close()\n{STARTS}"), Edit("client.py", f"{JOINS}client.close()\n", JOINS)),
        C_MUTE | C_DEAF,
        Shown("client.send", "socket_fermee", "client.py", "client.close()"),
    ),
    # --- client: what is sent -----------------------------------------------------------------------------------
    Mistake(
        "client-cuts-last-letter",
        "The last letter is cut off, taken for a newline.",
        (Edit("client.py", SENT, 'client.sendall((message[:-1] + "\\n").encode("utf-8"))\n'),),
        C_MUTE,
        Shown("client.send", "message_coupe", "client.py", 'client.sendall((message[:-1] + "\\n").encode("utf-8"))'),
    ),
    Mistake(
        "client-sends-the-word-message",
        "The name of the variable is between quotes: the word message is sent.",
        (Edit("client.py", SENT, 'client.sendall("message\\n".encode("utf-8"))\n'),),
        C_MUTE,
        Shown("client.send", "envoie_autre", "client.py", 'client.sendall("message\\n".encode("utf-8"))'),
    ),
    Mistake(
        "client-sends-all-at-the-end",
        "sys.stdin.read() waits until the keyboard ends, then all is sent.",
        (
            Edit("client.py", "import socket\n", "import socket\nimport sys\n"),
            Edit("client.py", TYPED, "            message = sys.stdin.read()\n"),
            Edit("client.py", SENT, f"{SENT}            break\n"),
        ),
        C_MUTE,
        Shown("client.send", "lit_tout", "client.py", "message = sys.stdin.read()"),
    ),
    Mistake(
        "client-sends-without-end",
        "input() is before the loop: the first message is sent without end.",
        (
            Edit(
                "client.py",
                f"    while True:\n        try:\n{TYPED}",
                "    message = input()\n    while True:\n        try:\n",
            ),
        ),
        C_MUTE,
        Shown("client.send", "envoie_sans_fin", "client.py", "message = input()"),
    ),
    Mistake(
        "client-sends-str-of-bytes",
        "str() of the bytes: the message travels as b'…', and accents as \\xc3\\xa9.",
        (Edit("client.py", SENT, 'client.sendall(str(message.encode("utf-8")).encode("utf-8"))\n'),),
        C_SEND | ACCENTS,
        Shown("client.send", "str_sur_octets", "client.py", 'client.sendall(str(message.encode("utf-8")).encode("utf-8"))'),
    ),
    Mistake(
        "client-closes-after-first-sent",
        "Send closes the connection after its first message: nobody can talk any more.",
        (Edit("client.py", SENT, f"{SENT}            client.close()\n"),),
        C_MUTE | C_DEAF,
        Shown("client.send", "socket_fermee", "client.py", "client.close()"),
    ),
    # --- client: what is received -------------------------------------------------------------------------------
    Mistake(
        "client-shows-bytes",
        "str() is called instead of decode(): b'…' is displayed.",
        (Edit("client.py", SHOWN, 'print("Serveur :", str(octets))\n'),),
        C_RECEPTION | ACCENTS | LONG,
        Shown("client.reception", "affiche_octets", "client.py", 'print("Serveur :", str(octets))'),
    ),
    Mistake(
        "client-shows-a-fixed-sentence",
        "That a message came is displayed, not the message.",
        (Edit("client.py", SHOWN, 'print("Message reçu !")\n'),),
        C_DEAF,
        Shown("client.reception", "affiche_autre", "client.py", 'print("Message reçu !")'),
    ),
    Mistake(
        "client-shows-in-capitals",
        "What is received is displayed in capitals.",
        (Edit("client.py", SHOWN, "print(decodeur.decode(octets).upper())\n"),),
        C_DEAF,
        Shown("client.reception", "message_change", "client.py", "print(decodeur.decode(octets).upper())"),
    ),
    Mistake(
        "client-decode-not-called",
        "decode has no parentheses: the name of a method is displayed.",
        (Edit("client.py", SHOWN, "print(octets.decode)\n"),),
        C_DEAF,
        Shown("client.reception", "sans_parentheses", "client.py", "print(octets.decode)"),
    ),
    Mistake(
        "client-shows-numbers",
        "The bytes are displayed as a list of numbers.",
        (Edit("client.py", SHOWN, "print(list(octets))\n"),),
        C_DEAF,
        Shown("client.reception", "affiche_autre", "client.py", "print(list(octets))"),
    ),
    Mistake(
        "client-receives-one",
        "There is no loop in Réception: it receives one message only.",
        (Edit("client.py", SHOWN, f"{SHOWN}        break\n"),),
        C_DEAF,
        Shown("client.reception", "break_mal_place", "client.py", "break"),
    ),
    Mistake(
        "client-shows-first-without-end",
        "recv() is before the loop: the first message is displayed without end.",
        (
            Edit("client.py", '(errors="replace")\n', '(errors="replace")\n    octets = client.recv(4096)\n'),
            Edit("client.py", f"            octets = {RECEIVED}", "            pass\n"),
        ),
        C_DEAF | C_NO_END,
        Shown("client.reception", "affiche_sans_fin", "client.py", "octets = client.recv(4096)"),
    ),
    Mistake(
        "client-breaks-long-message",
        "print() of each piece: right for short messages, a long one is broken over several lines.",
        (
            Edit("client.py", RECEIVED, "client.recv(2048)\n"),
            Edit("client.py", SHOWN, 'print("Serveur :", decodeur.decode(octets))\n'),
        ),
        LONG,
        Shown("bonus.long", "long_coupe", "client.py", "octets = client.recv(2048)"),
    ),
)


THREAD_MISTAKES: tuple[Mistake, ...] = (
    # --- threads: made ------------------------------------------------------------------------------------------
    Mistake(
        "threads-args-without-comma",
        "args=(client) is not a tuple: both threads die before their function begins.",
        (
            Edit("client.py", ENVOI, "envoi = threading.Thread(target=Send, args=(client))\n"),
            Edit("client.py", RECEP, "recep = threading.Thread(target=Réception, args=(client))\n"),
        ),
        C_MUTE | C_DEAF | C_THREADS | PROPRE,
        Shown("client.threads", "args_sans_virgule", "client.py", "envoi = threading.Thread(target=Send, args=(client))"),
    ),
    Mistake(
        "threads-target-called",
        "target=Send(client) calls the function at once, and the threads get nothing to do.",
        (
            Edit("client.py", ENVOI, "envoi = threading.Thread(target=Send(client))\n"),
            Edit("client.py", RECEP, "recep = threading.Thread(target=Réception(client))\n"),
        ),
        C_DEAF | C_THREADS | C_JOIN,
        Shown("client.threads", "target_appelee", "client.py", "envoi = threading.Thread(target=Send(client))"),
    ),
    Mistake(
        "threads-small-t",
        "AttributeError: Thread has a capital T.",
        (Edit("serveur.py", ENVOI, "envoi = threading.thread(target=Send, args=(client,))\n"),),
        S_CUT,
        Shown("serveur.threads", "attribut_mal_ecrit", "serveur.py", "envoi = threading.thread(target=Send, args=(client,))"),
    ),
    Mistake(
        "threads-target-not-named",
        "The first argument of Thread is not the function: it needs target=.",
        (Edit("client.py", ENVOI, "envoi = threading.Thread(Send, args=(client,))\n"),),
        C_CUT,
        Shown("client.threads", "target_sans_nom", "client.py", "envoi = threading.Thread(Send, args=(client,))"),
    ),
    Mistake(
        "threads-both-send",
        "Both threads run Send: nobody listens.",
        (Edit("serveur.py", RECEP, "recep = threading.Thread(target=Send, args=(client,))\n"),),
        S_DEAF | S_THREADS,
        Shown("serveur.threads", "meme_fonction", "serveur.py", "recep = threading.Thread(target=Send, args=(client,))"),
    ),
    Mistake(
        "threads-recep-never-made",
        "recep is started but was never created: Send runs on, alone.",
        (Edit("client.py", RECEP, ""),),
        C_DEAF | C_THREADS | C_NO_END,
        Shown("client.threads", "nom_inconnu", "client.py", "recep.start()"),
    ),
    Mistake(
        "threads-same-name",
        "Both threads are put in the variable envoi: the first one is lost.",
        (Edit("serveur.py", RECEP, "envoi = threading.Thread(target=Réception, args=(client,))\n"),),
        S_MUTE | S_THREADS | S_NO_END,
        Shown("serveur.threads", "thread_ecrase", "serveur.py", "envoi = threading.Thread(target=Réception, args=(client,))"),
    ),
    # --- threads: started ---------------------------------------------------------------------------------------
    Mistake(
        "threads-run",
        "run() instead of start(): one function after the other, in the main program.",
        (Edit("serveur.py", STARTS, "envoi.run()\nrecep.run()\n"),),
        S_DEAF | S_THREADS | S_NO_END,
        Shown("serveur.threads", "run_au_lieu_de_start", "serveur.py", "envoi.run()"),
    ),
    Mistake(
        "threads-start-not-called",
        "start has no parentheses: no thread begins.",
        (Edit("client.py", STARTS, "envoi.start\nrecep.start\n"),),
        C_CUT,
        Shown("client.threads", "start_sans_parentheses", "client.py", "envoi.start"),
    ),
    Mistake(
        "threads-only-envoi-started",
        "recep is never started.",
        (Edit("client.py", STARTS, "envoi.start()\n"),),
        C_DEAF | C_THREADS | C_NO_END,
        Shown("client.threads", "jamais_demarre", "client.py", "recep = threading.Thread(target=Réception, args=(client,))"),
    ),
    Mistake(
        "threads-only-recep-started",
        "envoi is never started: the main program stops at its join(), Réception runs on.",
        (Edit("serveur.py", STARTS, "recep.start()\n"),),
        S_MUTE | S_THREADS | S_NO_END,
        Shown("serveur.threads", "jamais_demarre", "serveur.py", "envoi = threading.Thread(target=Send, args=(client,))"),
    ),
    Mistake(
        "threads-envoi-started-twice",
        "envoi.start() was copied and its name not changed.",
        (Edit("serveur.py", STARTS, "envoi.start()\nenvoi.start()\n"),),
        S_DEAF | S_THREADS | S_NO_END,
        Shown("serveur.threads", "start_deux_fois", "serveur.py", "envoi.start()"),
    ),
    Mistake(
        "threads-one-after-the-other",
        "envoi is waited for before recep starts.",
        (
            Edit("serveur.py", STARTS, "envoi.start()\nenvoi.join()\nrecep.start()\nrecep.join()\n"),
            Edit("serveur.py", f"{JOINS}client", "client"),
        ),
        S_DEAF | S_THREADS,
        Shown("serveur.threads", "pas_ensemble", "serveur.py", "envoi.join()"),
    ),
    Mistake(
        "threads-started-in-uncalled-function",
        "The threads start in a function that nobody calls.",
        (Edit("serveur.py", STARTS, "\n\ndef demarrer():\n    envoi.start()\n    recep.start()\n\n\n"),),
        S_CUT,
        Shown("serveur.threads", "main_jamais_appele", "serveur.py", "def demarrer():"),
    ),
    # --- threads: done without ----------------------------------------------------------------------------------
    Mistake(
        "threads-none-functions-called",
        "Send and Réception are simply called: the first one never lets the second begin.",
        without_threads("serveur.py", "Send(client)\nRéception(client)\n"),
        S_DEAF | S_THREADS | S_JOIN,
        Shown("serveur.threads", "appels_directs", "serveur.py", "Send(client)"),
    ),
    Mistake(
        "threads-none-alternating",
        "No threads in either program: type, send, receive, display, and again.",
        without_threads(
            "serveur.py", "while True:\n    client.sendall(input().encode())\n    print(client.recv(1024).decode())\n"
        )
        + without_threads(
            "client.py", "while True:\n    client.sendall(input().encode())\n    print(client.recv(1024).decode())\n"
        ),
        S_MUTE | S_DEAF | S_THREADS | S_NO_END | C_MUTE | C_DEAF | C_THREADS | C_NO_END,
        Shown("serveur.threads", "sans_thread", "serveur.py", "message = input()", also=frozenset({"fin_du_clavier"})),
    ),
    Mistake(
        "threads-only-for-sending",
        "Send has a thread, Réception is called by the main program: it works, with half of what was asked.",
        (
            Edit("client.py", RECEP, ""),
            Edit("client.py", STARTS, "envoi.start()\nRéception(client)\n"),
            Edit("client.py", JOINS, "envoi.join()\n"),
        ),
        C_THREADS | C_JOIN,
        Shown("client.threads", "appels_directs", "client.py", "Réception(client)"),
    ),
    Mistake(
        "threads-only-for-receiving",
        "Réception has a thread, Send is called by the main program: it works, with half of what was asked.",
        (
            Edit("serveur.py", ENVOI, ""),
            Edit("serveur.py", STARTS, "recep.start()\nSend(client)\n"),
            Edit("serveur.py", JOINS, "recep.join()\n"),
        ),
        S_THREADS | S_JOIN,
        Shown("serveur.threads", "appels_directs", "serveur.py", "Send(client)"),
    ),
    Mistake(
        "threads-wait-for-each-other",
        "Each program sends only after it received something: two polite people at a door.",
        tuple(
            edit
            for file in ("serveur.py", "client.py")
            for edit in (
                Edit(file, "def Send(client):\n", "recu = threading.Event()\n\n\ndef Send(client):\n"),
                Edit(file, f"        try:\n{TYPED}", f"        recu.wait()\n        try:\n{TYPED}"),
                Edit(file, SHOWN, f"{SHOWN}        recu.set()\n"),
            )
        ),
        S_MUTE | C_MUTE,
        Shown("serveur.send", "attend_signal", "serveur.py", "recu.wait()"),
    ),
    Mistake(
        "threads-lock-around-input",
        "One lock around input() and around print(): nothing is displayed while somebody could type.",
        (
            Edit("client.py", "def Send(client):\n", "verrou = threading.Lock()\n\n\ndef Send(client):\n"),
            Edit("client.py", TYPED, "            with verrou:\n                message = input()\n"),
            Edit("client.py", f"        {SHOWN}", f"        with verrou:\n            {SHOWN}"),
        ),
        C_DEAF,
        Shown("client.reception", "verrou_pendant_attente", "client.py", "with verrou:"),
    ),
)


ENDING_MISTAKES: tuple[Mistake, ...] = (
    # --- endings: join ------------------------------------------------------------------------------------------
    Mistake(
        "join-before-start",
        "The threads are waited for before they start.",
        (Edit("client.py", STARTS, f"{JOINS}{STARTS}"), Edit("client.py", f"{JOINS}client.close()", "client.close()")),
        C_CUT,
        Shown("client.send", "join_trop_tot", "client.py", "envoi.join()"),
    ),
    Mistake(
        "join-only-envoi",
        "recep is not waited for.",
        (Edit("serveur.py", JOINS, "envoi.join()\n"),),
        S_JOIN,
        Shown("serveur.join", "un_seul_join", "serveur.py", "recep.start()"),
    ),
    Mistake(
        "join-only-recep",
        "envoi is not waited for.",
        (Edit("client.py", JOINS, "recep.join()\n"),),
        C_JOIN,
        Shown("client.join", "un_seul_join", "client.py", "envoi.start()"),
    ),
    Mistake(
        "join-none",
        "Nobody is waited for; Python's own waiting keeps the chat going.",
        (Edit("client.py", f"{JOINS}client.close()\n", ""),),
        C_JOIN,
        Shown("client.join", "sans_join", "client.py", "recep.start()"),
    ),
    Mistake(
        "join-not-called",
        "The second join has no parentheses.",
        (Edit("serveur.py", JOINS, "envoi.join()\nrecep.join\n"),),
        S_JOIN,
        Shown("serveur.join", "join_sans_parentheses", "serveur.py", "recep.join"),
    ),
    Mistake(
        "join-gives-up",
        "join(0) does not wait for envoi.",
        (Edit("serveur.py", JOINS, "envoi.join(0)\nrecep.join()\n"),),
        S_JOIN,
        Shown("serveur.join", "join_avec_delai", "serveur.py", "envoi.join(0)"),
    ),
    Mistake(
        "join-misspelt",
        "AttributeError at the end: joint() does not exist.",
        (Edit("client.py", JOINS, "envoi.join()\nrecep.joint()\n"),),
        C_NO_END,
        Shown("client.join", "attribut_mal_ecrit", "client.py", "recep.joint()"),
    ),
    Mistake(
        "join-none-and-daemons",
        "Daemon threads that nobody waits for: the program is over before the first word.",
        (
            Edit("serveur.py", ENVOI, ENVOI.replace("args=(client,)", "args=(client,), daemon=True")),
            Edit("serveur.py", RECEP, RECEP.replace("args=(client,)", "args=(client,), daemon=True")),
            Edit("serveur.py", f"{JOINS}client.close()\n", ""),
        ),
        S_MUTE | S_DEAF | S_NO_END,
        Shown("serveur.join", "daemon_abandonne", "serveur.py", "envoi.start()"),
    ),
    Mistake(
        "join-only-envoi-recep-is-daemon",
        "recep is a daemon thread and not waited for: it is cut off in the middle.",
        (
            Edit("client.py", RECEP, RECEP.replace("args=(client,)", "args=(client,), daemon=True")),
            Edit("client.py", JOINS, "envoi.join()\n"),
        ),
        C_JOIN,
        Shown("client.join", "un_seul_join", "client.py", "recep.start()"),
    ),
    # --- endings: never -----------------------------------------------------------------------------------------
    Mistake(
        "end-empty-not-seen-silent",
        "Réception does not stop on b'' and displays nothing, for ever.",
        (Edit("serveur.py", STOP, ""),),
        S_NO_END,
        Shown("serveur.join", "boucle_apres_depart", "serveur.py", "octets = client.recv(4096)"),
    ),
    Mistake(
        "end-empty-not-seen-flood",
        "Réception does not stop on b'' and displays its prompt for ever (and print() breaks lines).",
        (Edit("client.py", STOP, ""), Edit("client.py", SHOWN, 'print("Serveur :", decodeur.decode(octets))\n')),
        C_NO_END | LONG,
        Shown("client.join", "boucle_apres_depart", "client.py", "octets = client.recv(4096)"),
    ),
    Mistake(
        "end-empty-compared-with-text",
        "The empty bytes are compared with an empty text, which is never the same.",
        (Edit("client.py", "if not octets:", 'if octets == "":'),),
        C_NO_END,
        Shown("client.join", "compare_texte_octets", "client.py", 'if octets == "":'),
    ),
    Mistake(
        "end-empty-compared-with-none",
        "recv() is thought to give None at the end.",
        (Edit("serveur.py", "if not octets:", "if octets is None:"),),
        S_NO_END,
        Shown("serveur.join", "boucle_apres_depart", "serveur.py", "octets = client.recv(4096)"),
    ),
    Mistake(
        "end-of-keyboard-ignored",
        "Send ignores every exception, the end of the keyboard too, and tries for ever.",
        (
            Edit(
                "client.py",
                "except (EOFError, OSError):\n"
                "            # EOFError : le clavier est fini (Ctrl+D). OSError : l'autre est parti.\n"
                "            break\n",
                "except:\n            pass\n",
            ),
        ),
        C_NO_END,
        Shown("client.join", "clavier_avale", "client.py", "message = input()"),
    ),
    Mistake(
        "end-while-true-pass",
        "while True: pass keeps the program alive, and the processor warm.",
        (Edit("client.py", "client.close()\n", "client.close()\nwhile True:\n    pass\n"),),
        C_NO_END,
        Shown("client.join", "boucle_sans_fin", "client.py", "while True:"),
    ),
    Mistake(
        "end-third-thread",
        "A third thread counts the seconds and never ends.",
        (
            Edit(
                "serveur.py",
                STARTS,
                f"{STARTS}\n"
                "\n"
                "def chrono():\n"
                "    import time\n"
                "    while True:\n"
                "        time.sleep(1)\n"
                "\n"
                "\n"
                "threading.Thread(target=chrono).start()\n",
            ),
        ),
        S_NO_END,
        Shown("serveur.join", "boucle_sans_fin", "serveur.py", "while True:"),
    ),
    Mistake(
        "end-waits-for-another-client",
        "At the end the server accepts the next client.",
        (Edit("serveur.py", "serveur.close()\n", "serveur.accept()\nserveur.close()\n"),),
        S_NO_END,
        Shown("serveur.join", "attend_client", "serveur.py", "serveur.accept()"),
    ),
    Mistake(
        "end-enter-to-quit",
        "The program waits for the Enter key at its end, but the keyboard has ended.",
        (Edit("client.py", "client.close()\n", 'client.close()\ninput("Entrée pour quitter")\n'),),
        C_NO_END,
        Shown("client.join", "fin_du_clavier", "client.py", 'input("Entrée pour quitter")'),
    ),
    Mistake(
        "end-sleeps-an-hour",
        "The program sleeps at its end, to keep its window open.",
        (Edit("serveur.py", "serveur.close()\n", "serveur.close()\nimport time\ntime.sleep(3600)\n"),),
        S_NO_END,
        Shown("serveur.join", "dort_trop", "serveur.py", "time.sleep(3600)"),
    ),
    # --- endings: not clean -------------------------------------------------------------------------------------
    Mistake(
        "end-of-keyboard-not-caught",
        "Ctrl+D ends Send in an EOFError that nobody catches.",
        (Edit("serveur.py", "except (EOFError, OSError):", "except OSError:"),),
        PROPRE,
        Shown("bonus.propre", "fin_du_clavier", "serveur.py", "message = input()"),
    ),
    Mistake(
        "end-recursion",
        "Réception calls itself instead of looping, and never stops on b'': RecursionError (and print() breaks lines).",
        (
            Edit("client.py", STOP, ""),
            Edit("client.py", SHOWN, "print(decodeur.decode(octets))\n        return Réception(client)\n"),
        ),
        PROPRE | LONG,
        Shown("bonus.long", "long_coupe", "client.py", "octets = client.recv(4096)", also=frozenset({"rappel_sans_fin"})),
    ),
    Mistake(
        "end-raises-when-peer-leaves",
        "Réception raises an exception of its own when the other has left.",
        (
            Edit(
                "serveur.py",
                'print("(l\'autre est parti : Ctrl+D pour finir)")',
                'raise ConnectionError("l\'autre est parti")',
            ),
        ),
        PROPRE,
        Shown("bonus.propre", "raise_volontaire", "serveur.py", 'raise ConnectionError("l\'autre est parti")'),
    ),
    Mistake(
        "end-exit-1",
        "sys.exit(1) ends the program with the status of an error.",
        (Edit("serveur.py", "serveur.close()\n", "serveur.close()\nimport sys\nsys.exit(1)\n"),),
        S_JOIN,
        Shown("serveur.join", "fin_brutale", "serveur.py", "sys.exit(1)"),
    ),
    Mistake(
        "end-exit-with-text",
        "sys.exit() with a text is an error's end, too.",
        (Edit("client.py", "client.close()\n", 'client.close()\nimport sys\nsys.exit("Au revoir")\n'),),
        C_JOIN,
        Shown("client.join", "fin_brutale", "client.py", 'sys.exit("Au revoir")'),
    ),
    Mistake(
        "end-exception-after-join",
        "A variable that does not exist is printed after the conversation.",
        (Edit("client.py", "client.close()\n", "client.close()\nprint(fin)\n"),),
        C_NO_END,
        Shown("client.join", "nom_inconnu", "client.py", "print(fin)"),
    ),
    Mistake(
        "end-os-exit-0",
        "Réception tears the whole program down when the other leaves: nobody was waited for.",
        (
            Edit(
                "client.py",
                'print("(l\'autre est parti : Ctrl+D pour finir)")',
                'print("(l\'autre est parti)")\n    import os\n    os._exit(0)',
            ),
        ),
        C_JOIN,
        Shown("client.join", "arret_brutal", "client.py", "os._exit(0)"),
    ),
    Mistake(
        "end-os-exit-1",
        "Réception tears the whole program down with the status of an error.",
        (
            Edit(
                "serveur.py",
                'print("(l\'autre est parti : Ctrl+D pour finir)")',
                'print("(l\'autre est parti)")\n    import os\n    os._exit(1)',
            ),
        ),
        S_JOIN,
        Shown("serveur.join", "arret_brutal", "serveur.py", "os._exit(1)"),
    ),
)


FILE_MISTAKES: tuple[Mistake, ...] = (
    # --- files --------------------------------------------------------------------------------------------------
    Mistake(
        "file-skeleton-untouched",
        "Nothing was done yet.",
        tuple(Edit(name, "", text) for name, text in SKELETON.items()),
        EVERYTHING,
        Shown("etape1.ecoute", "a_faire", "etape1.py", "# TODO 1 : crée la socket du serveur (IPv4, TCP)."),
    ),
    Mistake(
        "file-etape1-skeleton",
        "etape1.py was skipped.",
        (Edit("etape1.py", "", SKELETON["etape1.py"]),),
        ETAPE1,
        Shown("etape1.ecoute", "a_faire", "etape1.py", "# TODO 1 : crée la socket du serveur (IPv4, TCP)."),
    ),
    Mistake(
        "file-serveur-skeleton",
        "serveur.py is not done yet.",
        (Edit("serveur.py", "", SKELETON["serveur.py"]),),
        S_DEAD,
        Shown("serveur.adresse", "a_faire", "serveur.py", "# TODO 1 : l'adresse IP de ta machine, et un port entre 1024 et 65535."),
    ),
    Mistake(
        "file-client-skeleton",
        "client.py is not done yet.",
        (Edit("client.py", "", SKELETON["client.py"]),),
        C_DEAD,
        Shown("client.adresse", "a_faire", "client.py", "# TODO 1 : l'adresse IP de la machine du serveur, et le port de serveur.py."),
    ),
    Mistake(
        "file-etape1-empty",
        "etape1.py was saved empty.",
        (Edit("etape1.py", "", ""),),
        ETAPE1,
        Shown("etape1.ecoute", "fichier_vide"),
    ),
    Mistake(
        "file-serveur-empty",
        "serveur.py was saved empty.",
        (Edit("serveur.py", "", ""),),
        S_DEAD,
        Shown("serveur.adresse", "fichier_vide"),
    ),
    Mistake(
        "file-etape1-missing",
        "etape1.py was not handed in.",
        (Edit("etape1.py", "", None),),
        ETAPE1,
        Shown("etape1.ecoute", "fichier_absent"),
    ),
    Mistake(
        "file-serveur-called-server",
        "serveur.py was saved under an English name.",
        (Edit("serveur.py", "", None), Edit("server.py", "", REFERENCE["serveur.py"])),
        S_DEAD,
        Shown("serveur.adresse", "fichier_mal_nomme"),
    ),
    Mistake(
        "file-client-called-txt",
        "Windows hides that client.py is called client.py.txt.",
        (Edit("client.py", "", None), Edit("client.py.txt", "", REFERENCE["client.py"])),
        C_DEAD,
        Shown("client.adresse", "fichier_mal_nomme"),
    ),
    Mistake(
        "file-chat-missing",
        "Only the first step was handed in.",
        (Edit("serveur.py", "", None), Edit("client.py", "", None)),
        CHAT,
        Shown("serveur.adresse", "fichier_absent"),
    ),
    Mistake(
        "file-swapped",
        "serveur.py and client.py changed names.",
        (Edit("serveur.py", "", REFERENCE["client.py"]), Edit("client.py", "", REFERENCE["serveur.py"])),
        CHAT,
        Shown("serveur.adresse", "role_inverse", "serveur.py", "client.connect((IP, PORT))"),
    ),
    Mistake(
        "file-client-is-a-server",
        "client.py is a copy of serveur.py.",
        (Edit("client.py", "", REFERENCE["serveur.py"]),),
        C_DEAD,
        Shown("client.adresse", "deux_fois_le_meme"),
    ),
    Mistake(
        "file-serveur-is-a-client",
        "serveur.py is a copy of client.py.",
        (Edit("serveur.py", "", REFERENCE["client.py"]),),
        S_DEAD,
        Shown("serveur.adresse", "deux_fois_le_meme"),
    ),
    Mistake(
        "file-client-is-not-python",
        "What the terminal showed was pasted into client.py.",
        (Edit("client.py", "", "PS C:\\Users\\eleve> python client.py\nConnecté à 127.0.0.1:4242\nsalut ça va ?\n"),),
        C_DEAD,
        Shown("client.adresse", "invite_copiee", "client.py", "PS C:\\Users\\eleve> python client.py"),
    ),
    Mistake(
        "file-socket-py",
        "A first try was saved as socket.py, and hides Python's own module.",
        (Edit("socket.py", "", "import socket\n\ns = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n"),),
        EVERYTHING,
        Shown("etape1.ecoute", "module_cache", "socket.py", "import socket"),
    ),
    Mistake(
        "file-threading-py",
        "Notes on threads were saved as threading.py, and hide Python's own module: no Thread in there.",
        (Edit("threading.py", "", 'def bonjour():\n    print("mon premier thread")\n'),),
        S_CUT | C_CUT,
        Shown("serveur.send", "module_cache", "threading.py", "def bonjour():"),
    ),
    Mistake(
        "file-config-forgotten",
        "The port is imported from a config.py which was not handed in.",
        (Edit("serveur.py", "PORT = 4242", "from config import PORT"),),
        S_DEAD,
        Shown("serveur.adresse", "module_absent", "serveur.py", "from config import PORT"),
    ),
)


PYTHON_MISTAKES: tuple[Mistake, ...] = (
    # --- python errors: before the connection -------------------------------------------------------------------
    Mistake(
        "python-address-without-quotes",
        "SyntaxError: an address is text and needs quotes.",
        (Edit("client.py", 'IP = "127.0.0.1"', "IP = 127.0.0.1"),),
        C_DEAD,
        Shown("client.adresse", "adresse_sans_guillemets", "client.py", "IP = 127.0.0.1  # l'adresse du serveur ; sur deux machines, mets celle de l'autre"),
    ),
    Mistake(
        "python-missing-colon",
        "SyntaxError: the colon after def is missing.",
        (Edit("serveur.py", "def Send(client):", "def Send(client)"),),
        S_DEAD,
        Shown("serveur.adresse", "deux_points_oublie", "serveur.py", "def Send(client)"),
    ),
    Mistake(
        "python-unclosed-parenthesis",
        "SyntaxError: a parenthesis is not closed.",
        (Edit("client.py", CONNECT, "client.connect((IP, PORT)"),),
        C_DEAD,
        Shown("client.adresse", "parenthese_ouverte", "client.py", "client.connect((IP, PORT)"),
    ),
    Mistake(
        "python-unclosed-quotes",
        "SyntaxError: a text is not closed.",
        (Edit("serveur.py", 'print(f"Connecté à {adresse[0]}")', 'print("Connecté)'),),
        S_DEAD,
        Shown("serveur.adresse", "guillemet_ouvert", "serveur.py", 'print("Connecté)'),
    ),
    Mistake(
        "python-stray-indent",
        "IndentationError: a line begins with spaces.",
        (Edit("client.py", CONNECT, f"  {CONNECT}"),),
        C_DEAD,
        Shown("client.adresse", "indentation_en_trop", "client.py", "client.connect((IP, PORT))"),
    ),
    Mistake(
        "python-no-indent",
        "IndentationError: the body of the loop is not indented.",
        (Edit("serveur.py", f"        try:\n{TYPED}", "    try:\n        message = input()\n"),),
        S_DEAD,
        Shown("serveur.adresse", "indentation_manquante", "serveur.py", "try:"),
    ),
    Mistake(
        "python-tabs-and-spaces",
        "TabError: one line is indented with tabs.",
        (Edit("client.py", TYPED, "\t\t\tmessage = input()\n"),),
        C_DEAD,
        Shown("client.adresse", "tabulations", "client.py", "message = input()"),
    ),
    Mistake(
        "python-2-print",
        "SyntaxError: print without parentheses comes from an old tutorial.",
        (Edit("serveur.py", 'print(f"Connecté à {adresse[0]}")', 'print "Connecté"'),),
        S_DEAD,
        Shown("serveur.adresse", "python2", "serveur.py", 'print "Connecté"'),
    ),
    Mistake(
        "python-word-quotes",
        "SyntaxError: the address was pasted from a word processor, quotes and all.",
        (Edit("client.py", 'IP = "127.0.0.1"', "IP = “127.0.0.1”"),),
        C_DEAD,
        Shown("client.adresse", "guillemets_word", "client.py", "IP = “127.0.0.1”  # l'adresse du serveur ; sur deux machines, mets celle de l'autre"),
    ),
    Mistake(
        "python-merge-conflict",
        "SyntaxError: the marks of a merge conflict were left.",
        (
            Edit(
                "serveur.py",
                "PORT = 4242",
                "<<<<<<< HEAD\nPORT = 4242\n=======\nPORT = 5000\n>>>>>>> branche-de-lea",
            ),
        ),
        S_DEAD,
        Shown("serveur.adresse", "marques_fusion", "serveur.py", "<<<<<<< HEAD"),
    ),
    Mistake(
        "python-no-import-socket",
        "NameError: import socket was forgotten.",
        (Edit("client.py", "import socket\n", ""),),
        C_DEAD,
        Shown("client.adresse", "import_oublie", "client.py", "client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "python-unknown-module",
        "ModuleNotFoundError: a module that is not installed.",
        (Edit("client.py", "import socket\n", "import socket\nimport chatpy_outils\n"),),
        C_DEAD,
        Shown("client.adresse", "module_absent", "client.py", "import chatpy_outils"),
    ),
    Mistake(
        "python-connect-misspelt",
        "AttributeError: connect() is misspelt.",
        (Edit("client.py", CONNECT, "client.conect((IP, PORT))"),),
        C_DEAD,
        Shown("client.adresse", "attribut_mal_ecrit", "client.py", "client.conect((IP, PORT))"),
    ),
    Mistake(
        "python-listen-misspelt",
        "AttributeError: listen() is misspelt.",
        (Edit("serveur.py", LISTEN, "serveur.listten()"),),
        S_DEAD,
        Shown("serveur.adresse", "attribut_mal_ecrit", "serveur.py", "serveur.listten()"),
    ),
    Mistake(
        "python-name-is-main",
        "The underscores of __main__ were forgotten: the program does nothing.",
        (under('if __name__ == "main":', "client.py"),),
        C_DEAD,
        Shown("client.adresse", "name_main_faux", "client.py", 'if __name__ == "main":'),
    ),
    Mistake(
        "python-function-never-called",
        "All is in a function main() that nobody calls.",
        (under("def main():", "serveur.py"),),
        S_DEAD,
        Shown("serveur.adresse", "main_jamais_appele", "serveur.py", "def main():"),
    ),
    # --- python errors: after the connection --------------------------------------------------------------------
    Mistake(
        "python-no-import-threading",
        "NameError: import threading was forgotten, which shows once connected.",
        (Edit("serveur.py", "import threading\n", ""),),
        S_CUT,
        Shown("serveur.threads", "import_oublie", "serveur.py", "envoi = threading.Thread(target=Send, args=(client,))"),
    ),
    Mistake(
        "python-name-misspelt-in-main",
        "NameError: ip and IP are two names.",
        (Edit("client.py", 'print(f"Connecté à {IP}:{PORT}")', 'print(f"Connecté à {ip}:{PORT}")'),),
        C_CUT,
        Shown("client.threads", "nom_mal_ecrit", "client.py", 'print(f"Connecté à {ip}:{PORT}")'),
    ),
    Mistake(
        "python-function-name-misspelt",
        "NameError: the function is called Réception, with an accent.",
        (Edit("serveur.py", RECEP, "recep = threading.Thread(target=Reception, args=(client,))\n"),),
        S_CUT,
        Shown("serveur.threads", "nom_mal_ecrit", "serveur.py", "recep = threading.Thread(target=Reception, args=(client,))"),
    ),
    # --- python errors: in Send ---------------------------------------------------------------------------------
    Mistake(
        "send-no-encode",
        "TypeError in Send: the message is sent as str.",
        (Edit("serveur.py", SENT, 'client.sendall(message + "\\n")\n'),),
        S_MUTE | PROPRE,
        Shown("serveur.send", "texte_au_lieu_octets", "serveur.py", 'client.sendall(message + "\\n")'),
    ),
    Mistake(
        "send-bytes-of-text",
        "TypeError in Send: bytes() of a text needs an encoding.",
        (Edit("client.py", SENT, "client.sendall(bytes(message))\n"),),
        C_MUTE | PROPRE,
        Shown("client.send", "encode_oublie_bytes", "client.py", "client.sendall(bytes(message))"),
    ),
    Mistake(
        "send-name-misspelt",
        "NameError in Send: the variable is misspelt.",
        (Edit("client.py", SENT, 'client.sendall((mesage + "\\n").encode("utf-8"))\n'),),
        C_MUTE | PROPRE,
        Shown("client.send", "nom_mal_ecrit", "client.py", 'client.sendall((mesage + "\\n").encode("utf-8"))'),
    ),
    Mistake(
        "send-method-misspelt",
        "AttributeError in Send: a socket has no write().",
        (Edit("serveur.py", SENT, 'client.write(message.encode("utf-8"))\n'),),
        S_MUTE | PROPRE,
        Shown("serveur.send", "attribut_mal_ecrit", "serveur.py", 'client.write(message.encode("utf-8"))'),
    ),
    Mistake(
        "send-int-of-text",
        "ValueError in Send: the message is turned into a number.",
        (Edit("client.py", TYPED, "            message = int(input())\n"),),
        C_MUTE | PROPRE,
        Shown("client.send", "pas_un_nombre", "client.py", "message = int(input())"),
    ),
    Mistake(
        "send-closes-keyboard",
        "ValueError in Send: the keyboard is closed after the first message.",
        (
            Edit("client.py", "import socket\n", "import socket\nimport sys\n"),
            Edit("client.py", SENT, f"{SENT}            sys.stdin.close()\n"),
        ),
        C_MUTE | PROPRE,
        Shown("client.send", "erreur_python", "client.py", "message = input()"),
    ),
    # --- python errors: in Réception ----------------------------------------------------------------------------
    Mistake(
        "reception-name-misspelt",
        "NameError in Réception: the variable is misspelt.",
        (Edit("serveur.py", SHOWN, "print(decodeur.decode(octet))\n"),),
        S_DEAF | PROPRE,
        Shown("serveur.reception", "nom_mal_ecrit", "serveur.py", "print(decodeur.decode(octet))"),
    ),
    Mistake(
        "reception-encode-for-decode",
        "AttributeError in Réception: bytes have no encode().",
        (Edit("client.py", SHOWN, 'print(octets.encode("utf-8"))\n'),),
        C_DEAF | PROPRE,
        Shown("client.reception", "encode_sur_octets", "client.py", 'print(octets.encode("utf-8"))'),
    ),
    Mistake(
        "reception-text-plus-bytes",
        "TypeError in Réception: a text and bytes cannot be added.",
        (Edit("client.py", SHOWN, 'print("Serveur : " + octets)\n'),),
        C_DEAF | PROPRE,
        Shown("client.reception", "texte_et_octets", "client.py", 'print("Serveur : " + octets)'),
    ),
    Mistake(
        "reception-wrong-parenthesis",
        "TypeError in Réception: end= is given to decode(), not to print().",
        (Edit("serveur.py", SHOWN, 'print(decodeur.decode(octets, end=""))\n'),),
        S_DEAF | PROPRE,
        Shown("serveur.reception", "end_hors_de_print", "serveur.py", 'print(decodeur.decode(octets, end=""))'),
    ),
    Mistake(
        "reception-decode-twice",
        "AttributeError in Réception: a text has no decode().",
        (Edit("serveur.py", SHOWN, 'print(octets.decode("utf-8").decode("utf-8"))\n'),),
        S_DEAF | PROPRE,
        Shown("serveur.reception", "decode_sur_texte", "serveur.py", 'print(octets.decode("utf-8").decode("utf-8"))'),
    ),
)


DUO_MISTAKES: tuple[Mistake, ...] = (
    # --- duo: the address ---------------------------------------------------------------------------------------
    Mistake(
        "duo-server-on-this-machine-only",
        "The server listens on 127.0.0.1, the client calls it from the network.",
        (
            Edit("serveur.py", 'IP = ""', 'IP = "127.0.0.1"'),
            Edit("client.py", 'IP = "127.0.0.1"', 'IP = "192.168.1.20"'),
        ),
        NO_MEETING,
        Shown("client.adresse", "adresses_differentes", "client.py", 'IP = "192.168.1.20"  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "duo-server-on-the-network-only",
        "The server listens on the network, the client calls its own machine.",
        (Edit("serveur.py", 'IP = ""', 'IP = "192.168.1.20"'),),
        NO_MEETING,
        Shown("client.adresse", "adresses_differentes", "client.py", 'IP = "127.0.0.1"  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "duo-two-networks",
        "The addresses come from two networks, the school's and home's.",
        (
            Edit("serveur.py", 'IP = ""', 'IP = "10.51.3.7"'),
            Edit("client.py", 'IP = "127.0.0.1"', 'IP = "192.168.1.20"'),
        ),
        NO_MEETING,
        Shown("client.adresse", "adresses_differentes", "client.py", 'IP = "192.168.1.20"  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "duo-client-calls-itself",
        "On the same network, the client calls its own address instead of the server's.",
        (
            Edit("serveur.py", 'IP = ""', 'IP = "192.168.1.20"'),
            Edit("client.py", 'IP = "127.0.0.1"', 'IP = "192.168.1.27"'),
        ),
        NO_MEETING,
        Shown("client.adresse", "adresses_differentes", "client.py", 'IP = "192.168.1.27"  # l\'adresse du serveur ; sur deux machines, mets celle de l\'autre'),
    ),
    Mistake(
        "duo-port-changed-in-one",
        "The port was changed in serveur.py only.",
        (Edit("serveur.py", "PORT = 4242", "PORT = 5000"),),
        NO_MEETING,
        Shown("client.adresse", "ports_differents", "client.py", "PORT = 4242  # le même port que dans serveur.py"),
    ),
    Mistake(
        "duo-ipv6",
        "Both programs use IPv6.",
        (
            Edit("serveur.py", 'IP = ""', 'IP = "::1"'),
            Edit("serveur.py", "socket.socket(socket.AF_INET,", "socket.socket(socket.AF_INET6,"),
            Edit("client.py", 'IP = "127.0.0.1"', 'IP = "::1"'),
            Edit("client.py", "socket.socket(socket.AF_INET,", "socket.socket(socket.AF_INET6,"),
        ),
        CHAT,
        Shown("serveur.adresse", "ipv6", "serveur.py", "serveur = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "duo-udp",
        "Both programs use UDP.",
        (
            Edit("serveur.py", "socket.SOCK_STREAM)", "socket.SOCK_DGRAM)"),
            Edit("serveur.py", f"{LISTEN}\n", ""),
            Edit("serveur.py", ACCEPT, "octets, adresse = serveur.recvfrom(1024)\nclient = serveur"),
            Edit("client.py", "socket.SOCK_STREAM)", "socket.SOCK_DGRAM)"),
        ),
        CHAT,
        Shown("serveur.adresse", "pas_tcp", "serveur.py", "serveur = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"),
    ),
    # --- duo: accents -------------------------------------------------------------------------------------------
    Mistake(
        "accents-sent-in-latin1",
        "The client sends in Latin-1, the server reads UTF-8; an emoji even ends the thread.",
        (Edit("client.py", SENT, 'client.sendall((message + "\\n").encode("latin-1"))\n'),),
        ACCENTS,
        Shown("duo.accents", "encodages_differents", "client.py", 'client.sendall((message + "\\n").encode("latin-1"))'),
    ),
    Mistake(
        "accents-read-in-latin1",
        "The client reads UTF-8 as Latin-1: é becomes Ã©.",
        (Edit("client.py", SHOWN, 'print(octets.decode("latin-1"), end="", flush=True)\n'),),
        ACCENTS | LONG,
        Shown("duo.accents", "encodages_differents", "client.py", 'print(octets.decode("latin-1"), end="", flush=True)'),
    ),
    Mistake(
        "accents-latin1-everywhere",
        "Both programs agree on Latin-1, which has no emoji.",
        tuple(
            edit
            for file in ("serveur.py", "client.py")
            for edit in (
                Edit(file, SENT, 'client.sendall((message + "\\n").encode("latin-1"))\n'),
                Edit(file, SHOWN, 'print(octets.decode("latin-1"), end="", flush=True)\n'),
            )
        ),
        ACCENTS | LONG,
        Shown("duo.accents", "encodages_differents", "serveur.py", 'client.sendall((message + "\\n").encode("latin-1"))'),
    ),
    Mistake(
        "accents-sent-in-ascii",
        "ASCII has no accents: the first one ends the thread.",
        (Edit("serveur.py", SENT, 'client.sendall((message + "\\n").encode("ascii"))\n'),),
        ACCENTS,
        Shown("duo.accents", "encodages_differents", "serveur.py", 'client.sendall((message + "\\n").encode("ascii"))'),
    ),
    Mistake(
        "accents-ignored-when-sent",
        "errors='ignore' drops the accents in silence.",
        (Edit("client.py", SENT, 'client.sendall((message + "\\n").encode("ascii", errors="ignore"))\n'),),
        ACCENTS,
        Shown("duo.accents", "encodages_differents", "client.py", 'client.sendall((message + "\\n").encode("ascii", errors="ignore"))'),
    ),
    Mistake(
        "accents-ignored-when-read",
        "errors='ignore' drops the accents in silence.",
        (Edit("serveur.py", SHOWN, 'print(octets.decode("ascii", errors="ignore"), end="", flush=True)\n'),),
        ACCENTS | LONG,
        Shown("duo.accents", "encodages_differents", "serveur.py", 'print(octets.decode("ascii", errors="ignore"), end="", flush=True)'),
    ),
    Mistake(
        "accents-read-in-ascii",
        "The server reads ASCII: the first accent ends the thread.",
        (Edit("serveur.py", SHOWN, 'print(octets.decode("ascii"), end="", flush=True)\n'),),
        ACCENTS | LONG,
        Shown("duo.accents", "encodages_differents", "serveur.py", 'print(octets.decode("ascii"), end="", flush=True)'),
    ),
    Mistake(
        "accents-taken-off",
        "The accents are taken off before the message is sent.",
        (
            Edit("serveur.py", "import threading\n", "import threading\nimport unicodedata\n"),
            Edit(
                "serveur.py",
                SENT,
                'message = unicodedata.normalize("NFD", message)\n'
                '            client.sendall((message + "\\n").encode("ascii", "ignore"))\n',
            ),
        ),
        ACCENTS,
        Shown("duo.accents", "encodages_differents", "serveur.py", 'client.sendall((message + "\\n").encode("ascii", "ignore"))'),
    ),
    Mistake(
        "accents-replaced",
        "Accents and emoji are replaced by question marks.",
        (Edit("serveur.py", SENT, 'client.sendall((message + "\\n").encode("ascii", "replace"))\n'),),
        ACCENTS,
        Shown("duo.accents", "encodages_differents", "serveur.py", 'client.sendall((message + "\\n").encode("ascii", "replace"))'),
    ),
    Mistake(
        "accents-cut-by-recv-1",
        "recv(1) reads letters one by one, but an accent has two bytes.",
        (
            Edit("serveur.py", RECEIVED, "client.recv(1)\n"),
            Edit("serveur.py", SHOWN, 'print(octets.decode("utf-8"), end="", flush=True)\n'),
        ),
        ACCENTS | LONG,
        Shown("duo.accents", "accents_coupes", "serveur.py", "octets = client.recv(1)"),
    ),
    Mistake(
        "accents-json",
        "The client sends JSON, the server displays it as it comes, \\u00e9 and all.",
        (
            Edit("client.py", "import socket\n", "import json\nimport socket\n"),
            Edit("client.py", SENT, 'client.sendall((json.dumps(message) + "\\n").encode("utf-8"))\n'),
        ),
        ACCENTS,
        Shown("duo.accents", "accents_abimes"),
    ),
    # --- duo: a language of their own ---------------------------------------------------------------------------
    Mistake(
        "duo-secret-code",
        "Both programs cipher their messages: they understand each other, and nobody else.",
        tuple(
            edit
            for file in ("serveur.py", "client.py")
            for edit in (
                Edit(file, SENT, 'client.sendall((codecs.encode(message, "rot13") + "\\n").encode("utf-8"))\n'),
                Edit(file, SHOWN, 'print(codecs.decode(decodeur.decode(octets), "rot13"), end="", flush=True)\n'),
            )
        ),
        S_SEND | S_RECEPTION | C_SEND | C_RECEPTION | LONG,
        Shown("serveur.send", "envoie_autre", "serveur.py", 'client.sendall((codecs.encode(message, "rot13") + "\\n").encode("utf-8"))', also=frozenset({"affiche_autre"})),
    ),
)


MISTAKES: tuple[Mistake, ...] = (
    *ETAPE1_MISTAKES,
    *SERVEUR_MISTAKES,
    *CLIENT_MISTAKES,
    *THREAD_MISTAKES,
    *ENDING_MISTAKES,
    *FILE_MISTAKES,
    *PYTHON_MISTAKES,
    *DUO_MISTAKES,
)
