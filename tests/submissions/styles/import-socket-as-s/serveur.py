import socket as s
import threading as th
def Send(x):
    while 1:
        try: m = input()
        except: break
        x.send((m + "\n").encode())
def Réception(x):
    while 1:
        m = x.recv(1024)
        if len(m) == 0: break
        print(m.decode())
a = s.socket(s.AF_INET, s.SOCK_STREAM)
a.setsockopt(s.SOL_SOCKET, s.SO_REUSEADDR, 1)
a.bind(("", 4242))
a.listen()
b, c = a.accept()
envoi = th.Thread(target = Send, args = (b,))
recep = th.Thread(target = Réception, args = (b,))
envoi.start(); recep.start()
envoi.join(); recep.join()
b.close()
a.close()
