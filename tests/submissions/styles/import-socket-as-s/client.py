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
a.connect(("localhost", 4242))
envoi = th.Thread(target = Send, args = (a,))
recep = th.Thread(target = Réception, args = (a,))
envoi.start(); recep.start()
envoi.join(); recep.join()
a.close()
