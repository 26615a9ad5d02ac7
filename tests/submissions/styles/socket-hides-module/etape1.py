import socket

socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
socket.bind(("localhost", 4242))
socket.listen(5)
client, address = socket.accept()
print("{} connected".format(address))
print(client.fileno())
response = client.recv(255)
client.send("Hello World!".encode())
client.close()
socket.close()
