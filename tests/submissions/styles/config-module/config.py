# les réglages du chat, pour les deux programmes
IP_SERVEUR = ""
IP_CLIENT = "127.0.0.1"
PORT = 4321
ENCODAGE = "utf-8"
