import socketserver


class Bonjour(socketserver.BaseRequestHandler):
    def handle(self):
        print("descripteur", self.request.fileno())
        self.request.recv(1024)
        self.request.sendall(b"Hello World!")


socketserver.TCPServer.allow_reuse_address = True
with socketserver.TCPServer(("localhost", 4242), Bonjour) as serveur:
    serveur.handle_request()
