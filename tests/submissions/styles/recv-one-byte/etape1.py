import socket

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("localhost", 4242))
s.listen()
c, a = s.accept()
print(c.fileno())
# lire octet par octet jusqu'à la ligne vide
requete = b""
while not requete.endswith(b"\r\n\r\n"):
    octet = c.recv(1)
    if octet == b"":
        break
    requete = requete + octet
for lettre in b"Hello World!":
    c.send(bytes([lettre]))  # et répondre octet par octet aussi
c.close()
s.close()
