import logging
import socket

logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(levelname)s %(message)s")
serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("localhost", 4242))
serveur.listen()
logging.info("J'écoute %s", serveur.getsockname())
client, adresse = serveur.accept()
logging.info("Connexion de %s, descripteur %d", adresse, client.fileno())
logging.debug("Reçu : %r", client.recv(1024))
client.sendall(b"Hello World!")
client.close()
serveur.close()
logging.warning("Fini")
