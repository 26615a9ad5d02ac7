import socket
import threading

IP = "127.0.0.1"
PORT = 4242
fini = threading.Event()


def Send(client):
    try:
        while not fini.is_set():
            message = input()
            client.sendall(message.encode())
    except (EOFError, OSError):
        pass
    finally:
        fini.set()


def Réception(client):
    while not fini.is_set():
        try:
            octets = client.recv(1024)
        except TimeoutError:
            continue
        if not octets:
            fini.set()
        else:
            print(octets.decode())


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
client.settimeout(0.3)
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
fini.wait()
envoi.join()
recep.join()
client.close()
