"""The rarer mistakes: one program for each explanation of the catalogue that the others do not show."""

from __future__ import annotations

from tests.submissions.mistakes import (
    ACCENTS,
    ACCEPT,
    ANSWER,
    BIND,
    C_CUT,
    C_DEAD,
    C_DEAF,
    C_JOIN,
    C_MUTE,
    C_NO_END,
    C_SEND,
    C_THREADS,
    CONNECT,
    DUO,
    ENVOI,
    ETAPE1,
    FILENO,
    FIN,
    HELLO,
    JOINS,
    LISTEN,
    LONG,
    MESSAGE,
    PROPRE,
    RECEIVED,
    RECEP,
    REFERENCE,
    REUSE,
    S_CUT,
    S_DEAD,
    S_DEAF,
    S_JOIN,
    S_MUTE,
    S_NO_END,
    S_SEND,
    S_THREADS,
    SENT,
    SHOWN,
    STARTS,
    STOP,
    TYPED,
    under,
)
from tests.submissions.model import Edit, Mistake, Shown

# --- What is edited ---------------------------------------------------------------------------------------------

SENDING = f"""\
    while True:
        try:
{TYPED}            {SENT}\
        except (EOFError, OSError):
            # EOFError : le clavier est fini (Ctrl+D). OSError : l'autre est parti.
            break
"""
BY_SELECT = """
import os
import select

attendus = [client, 0]
while attendus:
    for pret in select.select(attendus, [], [])[0]:
        octets = os.read(0, 4096) if pret == 0 else client.recv(4096)
        if not octets:
            attendus.remove(pret)
        elif pret == 0:
            client.sendall(octets)
        else:
            os.write(1, octets)
"""

ASYNCIO = """
import asyncio
import sys


async def envoyer(sortie):
    boucle = asyncio.get_running_loop()
    while ligne := await boucle.run_in_executor(None, sys.stdin.readline):
        sortie.write(ligne.encode())
        await sortie.drain()
    sortie.write_eof()


async def recevoir(entree):
    while octets := await entree.readline():
        print(octets.decode(), end="", flush=True)


async def main():
    entree, sortie = await asyncio.open_connection("127.0.0.1", 4242)
    await asyncio.gather(envoyer(sortie), recevoir(entree))
    sortie.close()


asyncio.run(main())
"""

BECOMES = """
import os
import sys

if not os.environ.get("DEUXIEME"):
    os.environ["DEUXIEME"] = "1"
    os.execv(sys.executable, [sys.executable, *sys.argv])
"""

RECEIVING = f"""\
    while True:
        try:
            octets = {RECEIVED}\
        except OSError:
            break  # la connexion a été coupée
{STOP}        {SHOWN}"""
CUT = "        except OSError:\n            break  # la connexion a été coupée\n"
DECODER = """\
    # Une lettre accentuée ou un emoji prend plusieurs octets, et recv() peut couper
    # au milieu : ce décodeur garde le début et attend la suite.
    decodeur = codecs.getincrementaldecoder("utf-8")(errors="replace")
"""
GONE = '    print("(l\'autre est parti : Ctrl+D pour finir)")\n'
MADE = {
    "etape1.py": "serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n",
    "serveur.py": "serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n",
    "client.py": "client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n",
}
ASKED = 'print(f"Requête de {adresse}, descripteur {client.fileno()}")\n'
MET = {"serveur.py": 'print(f"Connecté à {adresse[0]}")\n', "client.py": 'print(f"Connecté à {IP}:{PORT}")\n'}
PORT_OF_CLIENT = "PORT = 4242  # le même port que dans serveur.py\n"


FILES: tuple[Mistake, ...] = (
    # --- files: what an editor makes of them ----------------------------------------------------------------------
    Mistake(
        "rare-file-rtf",
        "The program was written in TextEdit, and saved as a document.",
        (
            Edit(
                "client.py",
                "",
                "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2761\n"
                "{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}\n"
                "\\f0\\fs24 import socket\\\n"
                "import threading\\\n"
                "}\n",
            ),
        ),
        C_DEAD,
        Shown("client.adresse", "pas_du_python"),
    ),
    Mistake(
        "rare-file-accents-spoilt",
        "An editor read the file as Latin-1 and saved it again: é has become Ã©.",
        (Edit("client.py", "", REFERENCE["client.py"].encode("utf-8").decode("latin-1")),),
        C_DEAD,
        Shown("client.adresse", "accents_du_fichier", "client.py", "def RÃ©ception(client):"),
    ),
    Mistake(
        "rare-file-declares-ascii",
        "The first line, copied from an old example, says that there are no accents.",
        (Edit("serveur.py", '"""Étape 2, le serveur', '# -*- coding: ascii -*-\n"""Étape 2, le serveur'),),
        S_DEAD,
        Shown("serveur.adresse", "encodage_declare", "serveur.py", "# -*- coding: ascii -*-"),
    ),
)


SYNTAX: tuple[Mistake, ...] = (
    Mistake(
        "rare-closing-parenthesis-too-many",
        "SyntaxError: one parenthesis more is closed than was opened.",
        (Edit("etape1.py", BIND, "serveur.bind((IP, PORT)))"),),
        ETAPE1,
        Shown("etape1.ecoute", "parenthese_en_trop", "etape1.py", "serveur.bind((IP, PORT)))"),
    ),
    Mistake(
        "rare-comma-forgotten",
        "SyntaxError: there is no comma between the address and the port.",
        (Edit("serveur.py", BIND, "serveur.bind((IP PORT))"),),
        S_DEAD,
        Shown("serveur.adresse", "virgule_oubliee", "serveur.py", "serveur.bind((IP PORT))"),
    ),
    Mistake(
        "rare-one-equals-sign",
        "SyntaxError: one equals sign in a condition.",
        (Edit("client.py", "if not octets:", 'if octets = b"":'),),
        C_DEAD,
        Shown("client.adresse", "egal_simple", "client.py", 'if octets = b"":'),
    ),
    Mistake(
        "rare-while-misspelt",
        "SyntaxError: while is misspelt.",
        (
            Edit(
                "client.py",
                "    while True:\n        try:\n            message",
                "    whlie True:\n        try:\n            message",
            ),
        ),
        C_DEAD,
        Shown("client.adresse", "mot_mal_ecrit", "client.py", "whlie True:"),
    ),
    Mistake(
        "rare-break-out-of-loop",
        "SyntaxError: the test of the end slipped out of the loop.",
        (Edit("serveur.py", f"{STOP}        {SHOWN}", f"        {SHOWN}    if not octets:\n        break\n"),),
        S_DEAD,
        Shown("serveur.adresse", "hors_boucle", "serveur.py", "break"),
    ),
    Mistake(
        "rare-global-too-late",
        "SyntaxError: global comes after the name was used.",
        (
            Edit("client.py", PORT_OF_CLIENT, f"{PORT_OF_CLIENT}nombre = 0\n"),
            Edit("client.py", SENT, f"{SENT}            nombre = nombre + 1\n            global nombre\n"),
        ),
        C_DEAD,
        Shown("client.adresse", "global_trop_tard", "client.py", "global nombre"),
    ),
    Mistake(
        "rare-value-to-fill-in",
        "SyntaxError: the port was to be filled in later.",
        (Edit("serveur.py", "PORT = 4242\n", "PORT =\n"),),
        S_DEAD,
        Shown("serveur.adresse", "syntaxe", "serveur.py", "PORT ="),
    ),
    Mistake(
        "rare-only-a-comment-in-a-block",
        "IndentationError: a block holds nothing but a comment.",
        (Edit("serveur.py", "        pass  # l'autre était déjà parti\n", "        # l'autre était déjà parti\n"),),
        S_DEAD,
        Shown("serveur.adresse", "bloc_vide", "serveur.py", "except OSError:"),
    ),
    Mistake(
        "rare-one-space-less",
        "IndentationError: except has one space less than its try.",
        (Edit("client.py", CUT, CUT[1:]),),
        C_DEAD,
        Shown("client.adresse", "indentation_decalee", "client.py", "except OSError:"),
    ),
)


NAMES: tuple[Mistake, ...] = (
    Mistake(
        "rare-import-of-a-small-letter",
        "ImportError: there is no thread in threading, only Thread.",
        (
            Edit("client.py", "import threading\n", "from threading import thread\n"),
            Edit("client.py", ENVOI, ENVOI.replace("threading.Thread", "thread")),
            Edit("client.py", RECEP, RECEP.replace("threading.Thread", "thread")),
        ),
        C_DEAD,
        Shown("client.adresse", "import_mal_ecrit", "client.py", "from threading import thread"),
    ),
    Mistake(
        "rare-thread-without-its-module",
        "NameError: Thread is written as if it had been imported by name.",
        (
            Edit("client.py", ENVOI, ENVOI.replace("threading.", "")),
            Edit("client.py", RECEP, RECEP.replace("threading.", "")),
        ),
        C_CUT,
        Shown("client.threads", "import_incomplet", "client.py", ENVOI.replace("threading.", "").strip()),
    ),
    Mistake(
        "rare-name-of-another-function",
        "NameError: client is a variable of main(), and the threads are not given it.",
        (
            under("def main():", "client.py"),
            Edit("client.py", "def Send(client):", "def Send():"),
            Edit("client.py", "def Réception(client):", "def Réception():"),
            Edit("client.py", ENVOI, "envoi = threading.Thread(target=Send)\n"),
            Edit("client.py", RECEP, "recep = threading.Thread(target=Réception)\n"),
            Edit("client.py", "    client.close()\n", "    client.close()\n\n\nmain()\n"),
        ),
        C_MUTE | C_DEAF | PROPRE,
        Shown("client.send", "nom_ailleurs", "client.py", SENT.strip()),
    ),
    Mistake(
        "rare-message-chosen-after-sending",
        "NameError: the message is chosen below the line that sends it.",
        (Edit("etape1.py", f"{MESSAGE}\n", ""), Edit("etape1.py", f"{ANSWER}\n", f"{ANSWER}\n{MESSAGE}\n")),
        HELLO | FIN,
        Shown("etape1.hello", "nom_trop_tot", "etape1.py", ANSWER),
    ),
    Mistake(
        "rare-counter-in-function",
        "UnboundLocalError: Send counts in a variable of the main program.",
        (
            Edit("client.py", PORT_OF_CLIENT, f"{PORT_OF_CLIENT}nombre = 0\n"),
            Edit("client.py", TYPED, f"            nombre = nombre + 1\n{TYPED}"),
        ),
        C_MUTE | PROPRE,
        Shown("client.send", "variable_locale", "client.py", "nombre = nombre + 1"),
    ),
    Mistake(
        "rare-length-as-in-javascript",
        "AttributeError: a text has no length in Python.",
        (Edit("serveur.py", SENT, f"if message.length > 0:\n                {SENT}"),),
        S_MUTE | PROPRE,
        Shown("serveur.send", "attribut_inconnu", "serveur.py", "if message.length > 0:"),
    ),
    Mistake(
        "rare-sends-with-the-message",
        "AttributeError: send is asked of the message, not of the socket.",
        (Edit("client.py", SENT, "message.send()\n"),),
        C_MUTE | PROPRE,
        Shown("client.send", "pas_une_socket", "client.py", "message.send()"),
    ),
    Mistake(
        "rare-starts-the-functions",
        "AttributeError: start() is called on the functions, not on the threads.",
        (Edit("client.py", STARTS, "Send.start()\nRéception.start()\n"),),
        C_CUT,
        Shown("client.threads", "methode_sur_fonction", "client.py", "Send.start()"),
    ),
    Mistake(
        "rare-binds-the-module",
        "AttributeError: bind() is called on the module.",
        (Edit("etape1.py", BIND, "socket.bind((IP, PORT))"),),
        ETAPE1,
        Shown("etape1.ecoute", "module_au_lieu_socket", "etape1.py", "socket.bind((IP, PORT))"),
    ),
    Mistake(
        "rare-start-on-the-same-line",
        "AttributeError at the end: start() gives nothing, and that is what the variables hold.",
        (
            Edit("serveur.py", ENVOI, ENVOI.replace("))", ")).start()")),
            Edit("serveur.py", RECEP, RECEP.replace("))", ")).start()")),
            Edit("serveur.py", STARTS, ""),
        ),
        S_NO_END,
        Shown("serveur.join", "start_rend_none", "serveur.py", ENVOI.replace("))", ")).start()").strip()),
    ),
    Mistake(
        "rare-keeps-what-connect-gives",
        "AttributeError: connect() gives nothing, and the variable of the socket now holds that.",
        (Edit("client.py", CONNECT, f"client = {CONNECT}"),),
        C_MUTE | C_DEAF | C_NO_END,
        Shown("client.send", "rien_avant_le_point", "client.py", SENT.strip()),
    ),
    Mistake(
        "rare-variable-called-socket",
        "AttributeError: the variable is called socket, as the module.",
        (
            Edit(
                "etape1.py", "", REFERENCE["etape1.py"].replace("serveur =", "socket =").replace("serveur.", "socket.")
            ),
        ),
        ETAPE1,
        Shown(
            "etape1.ecoute", "socket_ecrase", "etape1.py", "socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)"
        ),
    ),
    Mistake(
        "rare-class-for-module",
        "AttributeError: from socket import socket, and then socket.AF_INET.",
        (
            Edit("etape1.py", "import socket\n", "from socket import socket\n"),
            Edit("etape1.py", MADE["etape1.py"], "serveur = socket(socket.AF_INET, socket.SOCK_STREAM)\n"),
        ),
        ETAPE1,
        Shown("etape1.ecoute", "classe_au_lieu_module", "etape1.py", "from socket import socket"),
    ),
    Mistake(
        "rare-point-for-comma",
        "AttributeError: a point stands between the address and the port.",
        (Edit("client.py", CONNECT, "client.connect((IP. PORT))"),),
        C_DEAD,
        Shown("client.adresse", "point_au_lieu_virgule", "client.py", "client.connect((IP. PORT))"),
    ),
)


CALLS: tuple[Mistake, ...] = (
    Mistake(
        "rare-connects-to-one-text",
        "TypeError: the address and the port are one text, as in a browser.",
        (Edit("client.py", CONNECT, 'client.connect(f"{IP}:{PORT}")'),),
        C_DEAD,
        Shown("client.adresse", "bind_sans_tuple", "client.py", 'client.connect(f"{IP}:{PORT}")'),
    ),
    Mistake(
        "rare-recv-without-size",
        "TypeError: recv() wants to know how much to take.",
        (Edit("serveur.py", RECEIVED, "client.recv()\n"),),
        S_DEAF | PROPRE,
        Shown("serveur.reception", "recv_sans_taille", "serveur.py", "octets = client.recv()"),
    ),
    Mistake(
        "rare-recv-of-a-text",
        "TypeError: the size is between quotes.",
        (Edit("client.py", RECEIVED, 'client.recv("4096")\n'),),
        C_DEAF | PROPRE,
        Shown("client.reception", "type_impossible", "client.py", 'octets = client.recv("4096")'),
    ),
    Mistake(
        "rare-text-plus-number",
        "TypeError: a number is added to a text.",
        (Edit("client.py", MET["client.py"], 'print("Connecté au port " + PORT)\n'),),
        C_CUT,
        Shown("client.threads", "texte_et_nombre", "client.py", 'print("Connecté au port " + PORT)'),
    ),
    Mistake(
        "rare-calls-the-module",
        "TypeError: the module is called, not what is in it.",
        (Edit("etape1.py", MADE["etape1.py"], "serveur = socket(socket.AF_INET, socket.SOCK_STREAM)\n"),),
        ETAPE1,
        Shown("etape1.ecoute", "module_appele", "etape1.py", "serveur = socket(socket.AF_INET, socket.SOCK_STREAM)"),
    ),
    Mistake(
        "rare-variable-called-input",
        "TypeError: the variable that holds the prompt is called input.",
        (Edit("client.py", PORT_OF_CLIENT, f'{PORT_OF_CLIENT}input = "Toi : "\n'),),
        C_MUTE | PROPRE,
        Shown("client.send", "pas_une_fonction", "client.py", "message = input()"),
    ),
    Mistake(
        "rare-three-names-for-accept",
        "ValueError: accept() gives two things, not three.",
        (Edit("etape1.py", ACCEPT, "client, adresse, port = serveur.accept()"),),
        HELLO | FILENO | FIN,
        Shown("etape1.hello", "trop_de_noms", "etape1.py", "client, adresse, port = serveur.accept()"),
    ),
    Mistake(
        "rare-assert-that-fails",
        "AssertionError: the address is compared as a text with another name of it.",
        (Edit("etape1.py", f"{ACCEPT}\n", f"{ACCEPT}\nassert adresse[0] == IP\n"),),
        HELLO | FILENO | FIN,
        Shown("etape1.hello", "verification_ratee", "etape1.py", "assert adresse[0] == IP"),
    ),
    Mistake(
        "rare-welcome-in-ascii",
        "UnicodeEncodeError: the welcome has an accent, and ASCII has none.",
        (
            Edit(
                "serveur.py",
                MET["serveur.py"],
                f'{MET["serveur.py"]}client.sendall("Tu es connecté\\n".encode("ascii"))\n',
            ),
        ),
        S_CUT,
        Shown(
            "serveur.threads", "ascii_trop_petit", "serveur.py", 'client.sendall("Tu es connecté\\n".encode("ascii"))'
        ),
    ),
    Mistake(
        "rare-decodes-each-piece",
        "UnicodeDecodeError: a long message is cut in the middle of a letter.",
        (
            Edit("serveur.py", RECEIVED, "client.recv(1024)\n"),
            Edit("serveur.py", SHOWN, 'print(octets.decode("utf-8"), end="", flush=True)\n'),
        ),
        LONG,
        Shown("bonus.long", "decode_impossible", "serveur.py", 'print(octets.decode("utf-8"), end="", flush=True)'),
    ),
    Mistake(
        "rare-encoding-misspelt",
        "LookupError: utf-8 is misspelt.",
        (Edit("client.py", SENT, SENT.replace("utf-8", "uft-8")),),
        C_MUTE | PROPRE,
        Shown("client.send", "encodage_inconnu", "client.py", SENT.replace("utf-8", "uft-8").strip()),
    ),
)


SOCKETS: tuple[Mistake, ...] = (
    Mistake(
        "rare-only-a-print",
        "Step 1 is taken for a program that shows the text.",
        (Edit("etape1.py", "", 'import socket\n\nprint("Hello World!")\n'),),
        ETAPE1,
        Shown("etape1.ecoute", "sans_socket"),
    ),
    Mistake(
        "rare-listens-before-bind",
        "listen() comes before bind().",
        (Edit("serveur.py", f"{BIND}\n{LISTEN}\n", f"{LISTEN}\n{BIND}\n"),),
        S_DEAD,
        Shown("serveur.adresse", "listen_avant_bind", "serveur.py", BIND),
    ),
    Mistake(
        "rare-binds-twice",
        "bind() is called twice on the same socket.",
        (Edit("etape1.py", BIND, f'{BIND}\nserveur.bind(("127.0.0.1", PORT))'),),
        ETAPE1,
        Shown("etape1.ecoute", "bind_deux_fois", "etape1.py", 'serveur.bind(("127.0.0.1", PORT))'),
    ),
    Mistake(
        "rare-socket-made-again",
        "A new socket is made after bind(), and that one listens.",
        (Edit("etape1.py", LISTEN, f"{MADE['etape1.py']}{LISTEN}"),),
        ETAPE1,
        Shown("etape1.ecoute", "deux_sockets", "etape1.py", LISTEN),
    ),
    Mistake(
        "rare-option-the-wrong-way-round",
        "The two first arguments of setsockopt() are the wrong way round.",
        (Edit("serveur.py", REUSE, "serveur.setsockopt(socket.SO_REUSEADDR, socket.SOL_SOCKET, 1)\n"),),
        S_DEAD,
        Shown(
            "serveur.adresse",
            "erreur_socket",
            "serveur.py",
            "serveur.setsockopt(socket.SO_REUSEADDR, socket.SOL_SOCKET, 1)",
        ),
    ),
    Mistake(
        "rare-error-of-connect-hidden",
        "connect() fails, since the port is a text, and the program hides it and goes on.",
        (
            Edit("client.py", "PORT = 4242", 'PORT = "4242"'),
            Edit("client.py", CONNECT, f'try:\n    {CONNECT}\nexcept:\n    print("Le serveur ne répond pas")'),
        ),
        C_DEAD,
        Shown("client.adresse", "erreur_cachee", "client.py", CONNECT),
    ),
    Mistake(
        "rare-counts-down-without-end",
        "A countdown before the start never counts.",
        (
            Edit(
                "serveur.py", MADE["serveur.py"], f"n = 3\nwhile n > 0:\n    print(n)\n    n - 1\n{MADE['serveur.py']}"
            ),
        ),
        S_DEAD,
        Shown("serveur.adresse", "boucle_avant", "serveur.py", "while n > 0:"),
    ),
    Mistake(
        "rare-threads-before-connect",
        "The threads are started and waited for, and only then the client connects.",
        (
            Edit("client.py", f"{CONNECT}\n", ""),
            Edit("client.py", JOINS, f"{JOINS}{CONNECT}\n"),
        ),
        C_DEAD,
        Shown("client.adresse", "attend_ailleurs", "client.py", "envoi.join()"),
    ),
    Mistake(
        "rare-threads-started-too-early",
        "The threads are started, and given a moment, before the client connects: Réception ends at once.",
        (
            Edit("client.py", "import threading\n", "import threading\nimport time\n"),
            Edit("client.py", f"{CONNECT}\n", ""),
            Edit("client.py", STARTS, f"{STARTS}time.sleep(0.5)\n{CONNECT}\n"),
        ),
        C_DEAF | C_THREADS,
        Shown("client.threads", "thread_trop_tot", "client.py", "envoi.start()"),
    ),
    Mistake(
        "rare-speaks-before-connect",
        "The client says hello before it has connected.",
        (Edit("client.py", CONNECT, f'client.sendall("Salut !\\n".encode("utf-8"))\n{CONNECT}'),),
        C_DEAD,
        Shown("client.adresse", "pas_encore_relie", "client.py", 'client.sendall("Salut !\\n".encode("utf-8"))'),
    ),
    Mistake(
        "rare-client-binds",
        "The client calls bind() where it should call connect().",
        (Edit("client.py", CONNECT, "client.bind((IP, PORT))"),),
        C_DEAD,
        Shown("client.adresse", "bind_au_lieu_de_connect", "client.py", "client.bind((IP, PORT))"),
    ),
    Mistake(
        "rare-client-imports-server",
        "The client imports the port from serveur.py, and runs the whole server.",
        (Edit("client.py", PORT_OF_CLIENT, "from serveur import PORT\n"),),
        C_DEAD,
        Shown("client.adresse", "importe_l_autre", "client.py", "from serveur import PORT"),
    ),
    Mistake(
        "rare-does-not-wait",
        "setblocking(False): recv() gives up at once.",
        (Edit("client.py", CONNECT, f"{CONNECT}\nclient.setblocking(False)"),),
        C_DEAF,
        Shown("client.reception", "delai_trop_court", "client.py", f"octets = {RECEIVED}".strip()),
    ),
    Mistake(
        "rare-says-goodbye",
        "At the end Send says goodbye to somebody who has gone.",
        (
            Edit(
                "client.py",
                "            break\n    try:\n",
                '            break\n    client.sendall("Au revoir".encode("utf-8"))\n    client.sendall("\\n".encode("utf-8"))\n    try:\n',
            ),
        ),
        PROPRE,
        Shown("bonus.propre", "connexion_coupee", "client.py", 'client.sendall("\\n".encode("utf-8"))'),
    ),
    Mistake(
        "rare-new-socket-in-send",
        "Send makes a socket of its own, which nobody has connected.",
        (Edit("client.py", SENDING, f"    {MADE['client.py']}{SENDING}"),),
        C_MUTE,
        Shown("client.send", "autre_socket", "client.py", MADE["client.py"].strip()),
    ),
    Mistake(
        "rare-threads-given-the-server",
        "The threads are given the socket that listens.",
        (
            Edit("serveur.py", ENVOI, ENVOI.replace("(client,)", "(serveur,)")),
            Edit("serveur.py", RECEP, RECEP.replace("(client,)", "(serveur,)")),
        ),
        S_MUTE | S_DEAF,
        Shown("serveur.send", "args_serveur", "serveur.py", ENVOI.replace("(client,)", "(serveur,)").strip()),
    ),
    Mistake(
        "rare-shuts-down-after-each-line",
        "Send shuts the connection down after each line.",
        (Edit("client.py", SENT, f"{SENT}            client.shutdown(socket.SHUT_WR)\n"),),
        C_MUTE,
        Shown("client.send", "shutdown_trop_tot", "client.py", "client.shutdown(socket.SHUT_WR)"),
    ),
)


STEP1: tuple[Mistake, ...] = (
    Mistake(
        "rare-ten-letters",
        "The text is sent letter by letter, but only ten of its letters.",
        (Edit("etape1.py", ANSWER, 'for i in range(10):\n    client.sendall(MESSAGE[i].encode("utf-8"))'),),
        HELLO,
        Shown("etape1.hello", "hello_coupe", "etape1.py", 'client.sendall(MESSAGE[i].encode("utf-8"))'),
    ),
    Mistake(
        "rare-descriptor-of-closed-socket",
        "fileno() is asked of the client's socket when it is closed.",
        (Edit("etape1.py", ASKED, ""), Edit("etape1.py", "client.close()\n", f"client.close()\n{ASKED}")),
        FILENO,
        Shown("etape1.fileno", "fileno_trop_tard", "etape1.py", ASKED.strip()),
    ),
    Mistake(
        "rare-stays-up",
        "An empty loop keeps the program alive after the answer.",
        (Edit("etape1.py", "serveur.close()\n", "serveur.close()\nwhile True:\n    pass\n"),),
        FIN,
        Shown("etape1.fin", "fin_boucle", "etape1.py", "while True:"),
    ),
)


MESSAGES: tuple[Mistake, ...] = (
    Mistake(
        "rare-or-and-a-text",
        'message == "exit" or "quit" is always true: Send stops at the first line.',
        (Edit("client.py", SENT, f'if message == "exit" or "quit":\n                break\n            {SENT}'),),
        C_MUTE,
        Shown("client.send", "condition_toujours_vraie", "client.py", 'if message == "exit" or "quit":'),
    ),
    Mistake(
        "rare-braces-without-f",
        "The f before the quotes is missing: {message} is sent as it stands.",
        (Edit("serveur.py", SENT, 'client.sendall("{message}\\n".encode("utf-8"))\n'),),
        S_MUTE,
        Shown("serveur.send", "f_oublie", "serveur.py", 'client.sendall("{message}\\n".encode("utf-8"))'),
    ),
    Mistake(
        "rare-no-keyboard",
        "Send sends a sentence of its own, and never reads the keyboard.",
        (Edit("client.py", SENDING, '    client.sendall("Bonjour !\\n".encode("utf-8"))\n'),),
        C_MUTE,
        Shown("client.send", "input_jamais", "client.py", "def Send(client):"),
    ),
    Mistake(
        "rare-sends-empty-lines-only",
        "The test that should skip empty lines lets nothing else through.",
        (Edit("client.py", SENT, f'if message == "":\n                {SENT}'),),
        C_MUTE,
        Shown("client.send", "rien_envoye", "client.py", TYPED.strip()),
    ),
    Mistake(
        "rare-exits-after-accept",
        "The server only wants one client, at an address which this one does not have, and exits.",
        (
            Edit(
                "serveur.py",
                MET["serveur.py"],
                f'{MET["serveur.py"]}if adresse[0] != "192.168.1.12":\n    print("Je ne te connais pas")\n    exit()\n',
            ),
        ),
        S_CUT,
        Shown("serveur.send", "fini_trop_tot", "serveur.py", "exit()"),
    ),
    Mistake(
        "rare-reception-not-written",
        "Réception is not written yet.",
        (
            Edit(
                "serveur.py",
                DECODER + RECEIVING + GONE,
                "    # TODO 3 : reçois un message du client et affiche-le, et recommence.\n",
            ),
        ),
        S_DEAF,
        Shown("serveur.reception", "recv_jamais", "serveur.py", "def Réception(client):"),
    ),
    Mistake(
        "rare-loop-that-never-begins",
        "The loop goes on while something was received, and nothing was before it begins.",
        (
            Edit(
                "serveur.py",
                RECEIVING,
                '    octets = b""\n' + RECEIVING.replace("while True:", "while octets:"),
            ),
        ),
        S_DEAF,
        Shown("serveur.reception", "recv_mauvaise_boucle", "serveur.py", "while octets:"),
    ),
    Mistake(
        "rare-reception-without-loop",
        "Réception receives and displays once.",
        (
            Edit(
                "client.py",
                DECODER + RECEIVING,
                "    octets = client.recv(4096)\n    print(octets.decode())\n",
            ),
        ),
        C_DEAF,
        Shown("client.reception", "reception_sans_boucle", "client.py", "octets = client.recv(4096)"),
    ),
    Mistake(
        "rare-answers-in-reception",
        "Réception asks for an answer before it listens again.",
        (
            Edit(
                "client.py",
                f"            octets = {RECEIVED}        except OSError:\n",
                '            client.sendall((input("Réponse : ") + "\\n").encode("utf-8"))\n'
                f"            octets = {RECEIVED}        except (EOFError, OSError):\n",
            ),
        ),
        C_DEAF,
        Shown(
            "client.reception",
            "reception_attend_clavier",
            "client.py",
            'client.sendall((input("Réponse : ") + "\\n").encode("utf-8"))',
        ),
    ),
    Mistake(
        "rare-reads-to-the-end",
        "Réception reads the connection to its end before it displays anything.",
        (Edit("client.py", DECODER + RECEIVING, '    print(client.makefile(encoding="utf-8").read())\n'),),
        C_DEAF,
        Shown("client.reception", "rien_affiche", "client.py", 'print(client.makefile(encoding="utf-8").read())'),
    ),
    Mistake(
        "rare-stops-when-something-comes",
        "The test is the wrong way round: Réception stops when something comes.",
        (Edit("serveur.py", "if not octets:", "if octets:"),),
        S_DEAF,
        Shown("serveur.reception", "test_a_l_envers", "serveur.py", "if octets:"),
    ),
    Mistake(
        "rare-lock-never-given-back",
        "A lock is taken before each print(), and never given back.",
        (
            Edit("serveur.py", "def Send(client):\n", "verrou = threading.Lock()\n\n\ndef Send(client):\n"),
            Edit("serveur.py", SHOWN, f"verrou.acquire()\n        {SHOWN}"),
        ),
        S_DEAF | S_NO_END,
        Shown("serveur.reception", "verrou_garde", "serveur.py", "verrou.acquire()"),
    ),
)


THREADS: tuple[Mistake, ...] = (
    Mistake(
        "rare-threads-without-args",
        "The functions want a socket, and the threads give them nothing.",
        (
            Edit("client.py", ENVOI, "envoi = threading.Thread(target=Send)\n"),
            Edit("client.py", RECEP, "recep = threading.Thread(target=Réception)\n"),
        ),
        C_MUTE | C_DEAF | C_THREADS | PROPRE,
        Shown("client.threads", "args_nombre", "client.py", "envoi = threading.Thread(target=Send)"),
    ),
    Mistake(
        "rare-args-in-quotes",
        "The threads are given the word client.",
        (
            Edit("client.py", ENVOI, ENVOI.replace("(client,)", '("client",)')),
            Edit("client.py", RECEP, RECEP.replace("(client,)", '("client",)')),
        ),
        C_MUTE | C_DEAF | PROPRE,
        Shown("client.send", "args_entre_guillemets", "client.py", ENVOI.replace("(client,)", '("client",)').strip()),
    ),
    Mistake(
        "rare-thread-without-target",
        "envoi was not told what to run.",
        (Edit("client.py", ENVOI, "envoi = threading.Thread(args=(client,))\n"),),
        C_MUTE | C_THREADS,
        Shown("client.threads", "target_oubliee", "client.py", "envoi = threading.Thread(args=(client,))"),
    ),
    Mistake(
        "rare-run-with-a-capital",
        "The method of the student's own kind of Thread is called Run.",
        (
            Edit(
                "serveur.py",
                ENVOI,
                "\n"
                "\n"
                "class Envoi(threading.Thread):\n"
                "    def Run(self):\n"
                "        Send(client)\n"
                "\n"
                "\n"
                "class Recep(threading.Thread):\n"
                "    def Run(self):\n"
                "        Réception(client)\n"
                "\n"
                "\n"
                "envoi = Envoi()\n",
            ),
            Edit("serveur.py", RECEP, "recep = Recep()\n"),
        ),
        S_MUTE | S_DEAF | S_THREADS | S_NO_END,
        Shown("serveur.threads", "run_absent", "serveur.py", "def Run(self):"),
    ),
    Mistake(
        "rare-only-one-thread",
        "Réception was written, but no thread runs it.",
        (
            Edit("client.py", RECEP, ""),
            Edit("client.py", STARTS, "envoi.start()\n"),
            Edit("client.py", JOINS, "envoi.join()\n"),
        ),
        C_DEAF | C_THREADS | C_JOIN,
        Shown("client.threads", "un_seul_thread", "client.py", "envoi.start()"),
    ),
    Mistake(
        "rare-names-of-their-own",
        "The threads are t1 and t2, their functions ecrire and lire: nothing says which is which.",
        (
            Edit("client.py", "def Send(client):", "def ecrire(client):"),
            Edit("client.py", "def Réception(client):", "def lire(client):"),
            Edit("client.py", ENVOI, "t1 = threading.Thread(target=ecrire, args=(client,))\n"),
            Edit("client.py", RECEP, "t2 = threading.Thread(target=lire, args=(client,))\n"),
            Edit("client.py", STARTS, "t1.start()\nt2.start()\n"),
            Edit("client.py", JOINS, "t1.join()\nt2.join()\n"),
        ),
        C_THREADS,
        Shown("client.threads", "noms_threads", "client.py", "t1.start()"),
    ),
)


ENDINGS: tuple[Mistake, ...] = (
    Mistake(
        "rare-joins-envoi-twice",
        "envoi.join() was copied and its name not changed.",
        (Edit("client.py", JOINS, "envoi.join()\nenvoi.join()\n"),),
        C_JOIN,
        Shown("client.join", "join_deux_fois_le_meme", "client.py", "envoi.join()"),
    ),
    Mistake(
        "rare-threads-join-themselves",
        "RuntimeError: each thread waits for itself at its end.",
        (
            Edit(
                "client.py",
                "        pass  # l'autre était déjà parti\n",
                "        pass  # l'autre était déjà parti\n    envoi.join()\n",
            ),
            Edit("client.py", GONE, f"{GONE}    recep.join()\n"),
            Edit("client.py", f"{JOINS}client.close()\n", ""),
        ),
        C_NO_END,
        Shown("client.join", "join_dans_le_thread", "client.py", "recep.join()"),
    ),
    Mistake(
        "rare-keyboard-ends-unseen",
        "readline() gives an empty text at the end of the keyboard, and Send goes on.",
        (
            Edit("client.py", "import socket\n", "import socket\nimport sys\n"),
            Edit("client.py", TYPED, "            message = sys.stdin.readline()\n"),
            Edit("client.py", SENT, 'client.sendall(message.encode("utf-8"))\n'),
        ),
        C_NO_END,
        Shown("client.join", "clavier_vide", "client.py", "message = sys.stdin.readline()"),
    ),
    Mistake(
        "rare-closes-and-goes-on",
        "Réception closes the socket when the other has left, and ignores the error that follows, for ever.",
        (
            Edit("serveur.py", STOP, "        if not octets:\n            client.close()\n"),
            Edit("serveur.py", CUT, "        except OSError:\n            pass\n"),
        ),
        S_NO_END,
        Shown("serveur.join", "erreur_avalee", "serveur.py", f"octets = {RECEIVED}".strip()),
    ),
    Mistake(
        "rare-waits-for-a-signal-at-the-end",
        "The main program waits for a signal that nobody gives.",
        (
            Edit("serveur.py", "def Send(client):\n", "fin = threading.Event()\n\n\ndef Send(client):\n"),
            Edit("serveur.py", JOINS, f"{JOINS}fin.wait()\n"),
        ),
        S_NO_END,
        Shown("serveur.join", "attend_rien", "serveur.py", "fin.wait()"),
    ),
    Mistake(
        "rare-exit-in-a-thread",
        "Réception calls sys.exit() to end the program, whose main part waits in a loop.",
        (
            Edit("serveur.py", "import socket\n", "import socket\nimport sys\n"),
            Edit("serveur.py", "import threading\n", "import threading\nimport time\n"),
            Edit("serveur.py", GONE, f"{GONE}    sys.exit()\n"),
            Edit("serveur.py", f"{JOINS}client.close()\nserveur.close()\n", "while True:\n    time.sleep(1)\n"),
        ),
        S_NO_END,
        Shown("serveur.join", "exit_dans_thread", "serveur.py", "sys.exit()"),
    ),
    Mistake(
        "rare-prints-the-traceback",
        "Send shows the whole error when the keyboard has ended, though it is no error.",
        (
            Edit("client.py", "import threading\n", "import threading\nimport traceback\n"),
            Edit(
                "client.py",
                "OSError : l'autre est parti.\n",
                "OSError : l'autre est parti.\n            traceback.print_exc()\n",
            ),
        ),
        PROPRE,
        Shown("bonus.propre", "traceback_final"),
    ),
)


TOGETHER: tuple[Mistake, ...] = (
    Mistake(
        "rare-welcome-with-exit",
        "The client stops at the word exit, which is in the server's welcome.",
        (
            Edit(
                "serveur.py",
                MET["serveur.py"],
                f'{MET["serveur.py"]}client.sendall("Tape exit pour finir.\\n".encode("utf-8"))\n',
            ),
            Edit(
                "client.py",
                SHOWN,
                "texte = decodeur.decode(octets)\n"
                '        if "exit" in texte:\n'
                "            break\n"
                '        print(texte, end="", flush=True)\n',
            ),
        ),
        DUO,
        Shown("duo.dialogue", "duo_muet"),
    ),
    Mistake(
        "rare-lines-without-end",
        "The server reads line by line, and the client sends no end of line.",
        (
            Edit("client.py", SENT, 'client.sendall(message.encode("utf-8"))\n'),
            Edit(
                "serveur.py",
                DECODER + RECEIVING,
                '    for ligne in client.makefile(encoding="utf-8"):\n        print(ligne, end="", flush=True)\n',
            ),
        ),
        DUO,
        Shown("duo.dialogue", "fin_de_ligne_absente", "client.py", 'client.sendall(message.encode("utf-8"))'),
    ),
    Mistake(
        "rare-accents-thrown-away",
        "recv(1) cuts accents in two, and errors='ignore' throws the halves away.",
        (
            Edit("serveur.py", RECEIVED, "client.recv(1)\n"),
            Edit("serveur.py", SHOWN, 'print(octets.decode("utf-8", errors="ignore"), end="", flush=True)\n'),
        ),
        ACCENTS | LONG,
        Shown(
            "duo.accents",
            "accents_jetes",
            "serveur.py",
            'print(octets.decode("utf-8", errors="ignore"), end="", flush=True)',
        ),
    ),
)


MAIN = REFERENCE["client.py"][REFERENCE["client.py"].index("client = socket.socket") :]
CLASS = """\
class Chat:
    def envoyer(self):
        Send(self.client)

    def recevoir(self):
        Réception(self.client)

    def lancer(self):
        self.client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.client.connect((IP, PORT))
        envoi = threading.Thread(target=envoyer)
        recep = threading.Thread(target=recevoir)
        envoi.start()
        recep.start()
        envoi.join()
        recep.join()


Chat().lancer()
"""


def recoded(name: str, encoding: str) -> str:
    """A file of the reference in another encoding; what is no UTF-8 stands for single bytes."""
    return REFERENCE[name].encode(encoding, "replace").decode("utf-8", "surrogateescape")


RARER_MISTAKES: tuple[Mistake, ...] = (
    *FILES,
    *SYNTAX,
    *NAMES,
    *CALLS,
    *SOCKETS,
    *STEP1,
    *MESSAGES,
    *THREADS,
    *ENDINGS,
    *TOGETHER,
    Mistake(
        "rare-latin-1",
        "The editor of an old Windows saved the file in its own encoding.",
        (Edit("client.py", "", recoded("client.py", "latin-1")),),
        C_DEAD | DUO | LONG,
        Shown("client.adresse", "mauvais_encodage", "client.py", recoded("client.py", "latin-1").splitlines()[0]),
    ),
    Mistake(
        "rare-utf-16",
        "Notepad saved the file as « Unicode ».",
        (Edit("serveur.py", "", recoded("serveur.py", "utf-16")),),
        S_DEAD | DUO | LONG,
        Shown("serveur.adresse", "fichier_utf16"),
    ),
    Mistake(
        "rare-listens-after-accepting",
        "listen() stands below accept().",
        (Edit("etape1.py", LISTEN, ""), Edit("etape1.py", ACCEPT, f"{ACCEPT}\n{LISTEN}")),
        ETAPE1,
        Shown("etape1.ecoute", "accept_trop_tot", "etape1.py", ACCEPT),
    ),
    Mistake(
        "rare-apostrophe",
        "The text between apostrophes contains one.",
        (Edit("serveur.py", 'print(f"J\'attends un client sur le port {PORT}")', "print('J'attends un client')"),),
        S_DEAD | DUO,
        Shown("serveur.adresse", "apostrophe_dans_texte", "serveur.py", "print('J'attends un client')"),
    ),
    Mistake(
        "rare-reads-the-request-to-its-end",
        "The request is read until the visitor leaves, who waits for the answer.",
        (Edit("etape1.py", "client.recv(1024)\n", "while client.recv(1024):\n    pass\n"),),
        HELLO | FIN,
        Shown("etape1.hello", "attend_fin_requete", "etape1.py", "while client.recv(1024):"),
    ),
    Mistake(
        "rare-no-break-space",
        "A no-break space was pasted with the line.",
        (Edit("client.py", "PORT = 4242", "PORT\u00a0= 4242"),),
        C_DEAD | DUO,
        Shown(
            "client.adresse", "caractere_invisible", "client.py", "PORT\u00a0= 4242  # le même port que dans serveur.py"
        ),
    ),
    Mistake(
        "rare-send-waits-for-an-answer",
        "Send waits for an answer after each line.",
        (Edit("client.py", SENT, f"{SENT}            print(client.recv(1024).decode())\n"),),
        C_MUTE,
        Shown("client.send", "chacun_son_tour", "client.py", "print(client.recv(1024).decode())"),
    ),
    Mistake(
        "rare-binds-the-servers-port",
        "The client takes the server's own port before it calls.",
        (Edit("client.py", CONNECT, f"client.bind((IP, PORT))\n{CONNECT}"),),
        frozenset({"client.adresse"}) | DUO,
        Shown("client.adresse", "port_deja_pris", "client.py", "client.bind((IP, PORT))"),
    ),
    Mistake(
        "rare-send-calls-itself",
        "Send calls itself instead of the socket's method.",
        (Edit("client.py", SENT, "Send(message)\n"),),
        C_MUTE | PROPRE,
        Shown("client.send", "rappel_sans_fin", "client.py", "Send(message)", also=frozenset({"pas_une_socket"})),
    ),
    Mistake(
        "rare-receives-twice-in-a-round",
        "recv is called to test for the end, and once more to show.",
        (Edit("serveur.py", SHOWN, 'print(client.recv(4096).decode(), end="", flush=True)\n'),),
        S_DEAF,
        Shown(
            "serveur.reception", "recv_deux_fois", "serveur.py", 'print(client.recv(4096).decode(), end="", flush=True)'
        ),
    ),
    Mistake(
        "rare-target-in-quotes",
        "The name of the function is in quotes.",
        (Edit("serveur.py", ENVOI, ENVOI.replace("target=Send", 'target="Send"')),),
        S_MUTE | S_THREADS | PROPRE,
        Shown(
            "serveur.send",
            "target_entre_guillemets",
            "serveur.py",
            'envoi = threading.Thread(target="Send", args=(client,))',
        ),
    ),
    Mistake(
        "rare-sends-one-line",
        "There is no loop around input().",
        (Edit("client.py", SENDING, f"    message = input()\n    {SENT}"),),
        C_MUTE,
        Shown("client.send", "send_sans_boucle", "client.py", SENT.strip()),
    ),
    Mistake(
        "rare-forgets-self",
        "In a class, the methods are named without self.",
        (Edit("client.py", MAIN, CLASS),),
        C_CUT | DUO,
        Shown("client.threads", "self_oublie", "client.py", "envoi = threading.Thread(target=envoyer)"),
    ),
    Mistake(
        "rare-bytes-made-text-again",
        "The bytes are written into a text, as b'…'.",
        (Edit("client.py", SENT, 'client.sendall(f"{message.encode()}".encode("utf-8"))\n'),),
        C_SEND | ACCENTS,
        Shown(
            "client.send",
            "envoie_octets",
            "client.py",
            'client.sendall(f"{message.encode()}".encode("utf-8"))',
        ),
    ),
    Mistake(
        "rare-text-that-grows",
        "Every line is added to a text, and the whole text is sent each time.",
        (
            Edit(
                "serveur.py",
                f"    while True:\n        try:\n{TYPED}",
                f'    tout = ""\n    while True:\n        try:\n{TYPED}',
            ),
            Edit("serveur.py", SENT, 'tout += message + "\\n"\n            client.sendall(tout.encode("utf-8"))\n'),
        ),
        S_SEND,
        Shown("serveur.send", "renvoie_tout", "serveur.py", 'client.sendall(tout.encode("utf-8"))'),
    ),
    Mistake(
        "rare-threads-that-only-wait",
        "envoi and recep wait for an event while the main program does everything.",
        (
            Edit("serveur.py", ENVOI, "fini = threading.Event()\nenvoi = threading.Thread(target=fini.wait)\n"),
            Edit("serveur.py", RECEP, "recep = threading.Thread(target=fini.wait)\n"),
            Edit("serveur.py", STARTS, STARTS + BY_SELECT + "fini.set()\n"),
        ),
        S_THREADS | S_JOIN,
        Shown("serveur.threads", "figurants", "serveur.py", "envoi.start()"),
    ),
    Mistake(
        "rare-threads-of-something-else",
        "Two threads are started and joined, and neither speaks nor listens.",
        (
            Edit("serveur.py", ENVOI, 'un = threading.Thread(target=print, args=("un",))\n'),
            Edit("serveur.py", RECEP, 'deux = threading.Thread(target=print, args=("deux",))\n'),
            Edit("serveur.py", STARTS, "un.start()\ndeux.start()\n" + BY_SELECT),
            Edit("serveur.py", JOINS, "un.join()\ndeux.join()\n"),
        ),
        S_THREADS | S_JOIN,
        Shown("serveur.threads", "noms_threads", "serveur.py", "un.start()"),
    ),
    Mistake(
        "rare-asyncio",
        "asyncio does it all in one thread, and reads the keyboard in another.",
        (Edit("client.py", "", ASYNCIO),),
        C_THREADS | C_JOIN,
        Shown(
            "client.threads",
            "noms_threads",
            "client.py",
            "while ligne := await boucle.run_in_executor(None, sys.stdin.readline):",
        ),
    ),
    Mistake(
        "rare-becomes-another-program",
        "The program replaces itself by another interpreter, in which nobody watches.",
        (Edit("etape1.py", "import socket\n", BECOMES + "import socket\n"),),
        ETAPE1,
        Shown("etape1.ecoute", "hors_de_vue", "etape1.py", "os.execv(sys.executable, [sys.executable, *sys.argv])"),
    ),
)
