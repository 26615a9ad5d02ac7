import socket;s=socket.socket();s.bind(("",4242));s.listen();c=s.accept()[0];print(c.fileno());c.recv(999);c.send(b"Hello World!")
