import socket

(s := socket.socket()).setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("localhost", 4242))
s.listen()
c, _ = s.accept()
if (fd := c.fileno()) > 0:
    print(f"{fd=}")
while (texte := c.recv(64)) and not texte.endswith(b"\r\n\r\n"):
    print(texte.decode())
c.sendall(b"Hello World!")
c.close()
s.close()
