from socket import socket, AF_INET, SOCK_STREAM

MESSAGE = "Hello World!"
with socket(AF_INET, SOCK_STREAM) as ecoute:
    ecoute.bind(("127.0.0.1", 4242))
    ecoute.listen()
    visiteur, _ = ecoute.accept()
    with visiteur:
        print(f"Descripteur : {visiteur.fileno()}")
        visiteur.recv(1024)
        visiteur.sendall(bytes(MESSAGE, "utf-8"))
