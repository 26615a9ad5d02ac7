import socket

serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
print(client.fileno())
requete = b""
while b"\r\n\r\n" not in requete:
    morceau = client.recv(16)
    if not morceau:
        break
    requete += morceau
message = b"Hello World!"
while message:
    envoyes = client.send(message[:5])
    message = message[envoyes:]
client.close()
serveur.close()
