import socket

MESSAGE = b"Hello World!"

with socket.create_server(("", 4242), family=socket.AF_INET, backlog=1) as ecoute:
    prise, _ = ecoute.accept()
    with prise:
        print(prise.fileno())
        prise.recv(512)
        assert prise.send(MESSAGE) == len(MESSAGE)
