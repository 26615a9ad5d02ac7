import socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
ip = "localhost"
port = 4242
s.bind((ip, port))
s.listen(1)
client, adr = s.accept()
message = "Hello World!"
print(client.fileno())
client.send(message.encode())
client.close()
