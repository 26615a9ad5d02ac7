import socket,sys,threading as t
def Send(c):[c.send(l.encode())for l in sys.stdin]
def Réception(c):[print(d.decode())for d in iter(lambda:c.recv(999),b"")]
c=socket.socket();c.connect(("localhost",4242));envoi,recep=[t.Thread(target=f,args=(c,))for f in(Send,Réception)];envoi.start();recep.start();envoi.join();recep.join()
