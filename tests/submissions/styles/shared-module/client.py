import socket

import discussion

prise = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
prise.connect(("localhost", discussion.PORT))
discussion.discuter(prise)
