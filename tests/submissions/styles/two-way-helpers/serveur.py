"""Le chat de Inès, version avec plein de petites fonctions."""

import socket as sock
import threading as thr

ADRESSE = "", 1024


def lire_clavier():
    """Une ligne du clavier, ou None à la fin."""
    try:
        return input()
    except EOFError:
        return None


def coder(texte):
    return bytes(texte + "\n", encoding="utf-8")


def envoyer(canal, texte):
    canal.sendall(coder(texte))


def lignes_recues(canal):
    """Génère les lignes entières qui arrivent."""
    tampon = bytearray()
    while True:
        morceau = canal.recv(512)
        if not morceau:
            return
        tampon.extend(morceau)
        while b"\n" in tampon:
            ligne, _, reste = tampon.partition(b"\n")
            tampon = bytearray(reste)
            yield ligne.decode("utf-8")


def montrer(texte):
    print(">>", texte, "<<")


def Send(canal):
    texte = lire_clavier()
    while texte is not None:
        envoyer(canal, texte)
        texte = lire_clavier()


def Reception(canal):
    for ligne in lignes_recues(canal):
        montrer(ligne)


def main():
    s = sock.socket(sock.AF_INET, sock.SOCK_STREAM)
    s.setsockopt(sock.SOL_SOCKET, sock.SO_REUSEADDR, 1)
    s.bind(ADRESSE)
    s.listen()
    canal, qui = s.accept()
    envoi = thr.Thread(target=Send, args=(canal,))
    recep = thr.Thread(target=Reception, args=(canal,))
    for t in (recep, envoi):
        t.start()
    # attendre tous les threads, sauf celui-ci
    for t in thr.enumerate():
        if t is not thr.current_thread():
            t.join()
    canal.close()
    s.close()


main()
