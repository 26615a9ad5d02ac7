import socket

UTF = "utf-8"
connexion = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
connexion.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
connexion.bind(("", 4242))
connexion.listen(0)
client, adresse_client = connexion.accept()
demande, _ = client.recvfrom(1024)
print(demande.decode(UTF))
nb = client.send("Hello World!".encode(UTF))
print(nb, "octets envoyés sur le descripteur", client.fileno())
client.close()
connexion.close()
