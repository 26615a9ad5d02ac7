import socket
import threading

IP = "127.0.0.1"
PORT = 4242
fini = False


def Send():
    global fini
    while not fini:
        try:
            message = input()
        except EOFError:
            fini = True
        else:
            s.send(message.encode())


def Réception():
    while True:
        octets = s.recv(1024)
        if not octets:
            break
        print(octets.decode())


s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect((IP, PORT))
envoi = threading.Thread(target=Send)
recep = threading.Thread(target=Réception)
envoi.start()
recep.start()
envoi.join()
recep.join()
s.close()
