import socket

ecoute = socket.socket(family=socket.AF_INET, type=socket.SOCK_STREAM, proto=0)
ecoute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
ecoute.bind(("localhost", 4242))
ecoute.listen()
(client, (ip, port)) = ecoute.accept()
numero = client.fileno()
print(f"{ip} a appelé depuis le port {port}, descripteur {numero}", flush=True)
client.recv(1024)
client.sendall("Hello World!".encode(encoding="utf-8", errors="strict"))
client.close()
ecoute.close()
