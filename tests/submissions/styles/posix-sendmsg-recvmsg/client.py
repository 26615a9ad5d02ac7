import codecs
import socket
import threading

IP = "127.0.0.1"
PORT = 4242


def Send(client):
    while True:
        try:
            message = input()
        except EOFError:
            break
        client.sendmsg([message.encode(), b"\n"])


def Réception(client):
    decodeur = codecs.getincrementaldecoder("utf-8")()
    tampon = bytearray(4096)
    while True:
        nombre = client.recvmsg_into([tampon])[0]
        if nombre == 0:
            break
        print(decodeur.decode(tampon[:nombre]), end="")


client = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
client.connect((IP, PORT))
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
