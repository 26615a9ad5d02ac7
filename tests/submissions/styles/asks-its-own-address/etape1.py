import socket

sonde = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for hote in ("8.8.8.8", "1.1.1.1"):
    try:
        sonde.connect((hote, 80))
        print("mon adresse :", sonde.getsockname()[0])
    except OSError:
        pass
sonde.close()

serveur = socket.socket()
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
print("descripteur :", client.fileno())
client.recv(1024)
client.send(b"Hello World!")
client.close()
serveur.close()
