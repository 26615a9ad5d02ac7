"""Sockets used rightly: what they do, and what they look like."""

from __future__ import annotations

from .snippet import Snippet

SOCKET_OBJECTS = (
    Snippet(
        "fileno",
        """
        import os, socket
        s = socket.socket()
        print(s.fileno() > 2, type(s.fileno()), os.fstat(s.fileno()).st_mode >> 12)
        a, b = socket.socketpair()
        print(len({s.fileno(), a.fileno(), b.fileno()}), s.fileno() == s.fileno())
        s.close()
        print(s.fileno())
        """,
    ),
    Snippet(
        "repr",
        """
        import socket
        s = socket.socket()
        print(s)
        s.bind(("@HOST@", @PORT@))
        print(s)
        s.listen()
        print(repr(s), f"{s}")
        c = socket.socket()
        c.connect(("@HOST@", @PORT@))
        p, a = s.accept()
        print(c, p, a)
        s.close()
        print(s)
        c.detach()
        print(c)
        print(socket.socket(type=socket.SOCK_DGRAM), *socket.socketpair())
        print(socket.socket, socket.SocketType, socket.socket(fileno=p.detach()))
        """,
    ),
    Snippet(
        "identity",
        """
        import _socket, socket
        s = socket.socket()
        print(isinstance(s, socket.socket), isinstance(s, _socket.socket), isinstance(s, socket.SocketType))
        print(issubclass(socket.socket, socket.SocketType), socket.SocketType is _socket.socket)
        print(type(s) is socket.socket, type(s).__name__, type(s).__module__, type(s).__qualname__, type(type(s)))
        print([(cls.__name__, cls.__module__, cls.__qualname__) for cls in type(s).__bases__])
        print(socket.socket.__slots__, socket.socket.__doc__, socket.SocketType.__doc__)
        print(socket.error is OSError, socket.timeout is TimeoutError, socket.gaierror.__mro__)
        print(s.family, s.type, s.proto, s.timeout, repr(s.family), repr(s.type))
        print(hasattr(s, "__dict__"), hasattr(s, "__weakref__"), s.__class__)
        """,
    ),
    Snippet(
        "attributes",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        print(dir(s))
        attempt(setattr, s, "nom", "Bob")
        attempt(setattr, s, "recv", None)
        attempt(setattr, s, "family", 2)
        attempt(setattr, s, "timeout", 2)
        attempt(delattr, s, "recv")
        attempt(getattr, s, "nom")
        attempt(getattr, s, "envoyer")
        attempt(getattr, socket, "sockt")
        attempt(getattr, socket.socket, "sokcet")
        attempt(vars, s)
        """,
    ),
    Snippet(
        "attribute-misspelt-uncaught",
        """
        import socket
        s = socket.socket()
        s.nom = "Bob"
        """,
    ),
    Snippet(
        "method-names",
        """
        import socket
        s = socket.socket()
        for name in sorted(set(dir(s))):
            if not name.startswith("__"):
                thing = getattr(s, name)
                print(name, getattr(thing, "__name__", ""), getattr(thing, "__doc__", ""), callable(thing))
        """,
    ),
    Snippet(
        "sockets-as-values",
        """
        import copy, pickle, socket, weakref
        from attempts import attempt
        s, t = socket.socket(), socket.socket()
        attempt(pickle.dumps, s)
        attempt(copy.copy, s)
        attempt(copy.deepcopy, [s])
        print(s == s, s == t, s != t, hash(s) == hash(s), bool(s), len({s, t, s}), s in [t, s], [t, s].index(s))
        attempt(lambda: s < t)
        attempt(lambda: s + t)
        attempt(lambda: s[0])
        attempt(lambda: s())
        attempt(len, s)
        attempt(iter, s)
        names = {s: "Bob", t: "Alice"}
        print(names[s], names[t], weakref.ref(s)() is s)
        del names[s]
        print(len(names))
        """,
    ),
    Snippet(
        "dup-and-detach",
        """
        import os, socket
        from attempts import attempt
        a, b = socket.socketpair()
        c = a.dup()
        print(type(c), c.fileno() != a.fileno(), c.get_inheritable(), c.gettimeout())
        a.send(b"un")
        c.send(b"deux")
        a.close()
        c.send(b"trois")
        print(b.recv(100))
        fd = c.detach()
        print(c.fileno(), type(fd))
        attempt(c.send, b"x")
        d = socket.socket(fileno=fd)
        print(d.family, d.type)
        d.send(b"quatre")
        print(b.recv(100))
        e = socket.fromfd(d.fileno(), socket.AF_UNIX, socket.SOCK_STREAM)
        d.close()
        e.send(b"cinq")
        os.write(e.fileno(), b"six")
        print(os.read(b.fileno(), 100))
        attempt(socket.close, fd)
        attempt(e.send, b"sept")
        """,
    ),
    Snippet(
        "subclass",
        """
        import socket
        class Bavard(socket.socket):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                self.nom = "Bob"
            def recv(self, taille):
                print("recv", taille)
                return super().recv(taille)
            def envoyer(self, texte):
                self.sendall(texte.encode())
        s = Bavard()
        s.bind(("@HOST@", @PORT@))
        s.listen()
        c = Bavard()
        c.connect(("@HOST@", @PORT@))
        p, _ = s.accept()
        c.envoyer("salut")
        print(type(p), p.recv(5), c.nom, c, vars(c))
        class Vide(socket.socket):
            def __init__(self):
                pass
        v = Vide()
        print(v.fileno())
        v.recv(5)
        """,
    ),
    Snippet(
        "with-statement",
        """
        import socket
        from attempts import attempt
        with socket.socket() as s:
            print(s.fileno() >= 0, s)
        print(s.fileno(), s)
        try:
            with socket.socket() as s:
                raise ValueError("dedans")
        except ValueError as error:
            print(error, s.fileno())
        attempt(s.__enter__)
        with socket.create_server(("@HOST@", @PORT@)) as serveur, socket.create_connection(("@HOST@", @PORT@)) as c:
            with serveur.accept()[0] as p:
                p.sendall(b"Hello World!")
            print(c.recv(100), c.recv(100))
        print(serveur, c, p)
        """,
    ),
    Snippet(
        "makefile",
        """
        import socket
        from attempts import attempt
        a, b = socket.socketpair()
        f = a.makefile("w", encoding="utf-8")
        g = b.makefile("r", encoding="utf-8")
        h = b.makefile("wb", buffering=0)
        i = a.makefile("rb")
        j = a.makefile("rwb")
        print(f, g, h, i, j)
        print(f.write("déjà\\nvu\\nfin"), f.flush())
        print(g.readline(), g.readline())
        print(h.write(b"x\\ny\\n"), i.readline(), i.read(1), i.peek(1)[:1], i.read(1))
        print("ligne", file=f, flush=True)
        for line in g:
            print(repr(line))
            break
        attempt(a.makefile, "x")
        attempt(a.makefile, "r", buffering=0)
        attempt(a.makefile, "r", 1, encoding="rien")
        attempt(f.read)
        attempt(g.write, "a")
        attempt(f.seek, 3)
        print(f.fileno() == a.fileno(), f.isatty(), h.mode, h.name == b.fileno(), h.readable(), h.writable())
        a.close()
        print(a, a.fileno() >= 0)
        f.close()
        i.close()
        j.close()
        print(a, a.fileno(), h, f)
        print(repr(g.read()))
        attempt(f.write, "a")
        """,
    ),
    Snippet(
        "makefile-lines-both-ways",
        """
        import socket, threading
        def serveur(s):
            with s, s.makefile("rw", buffering=1, encoding="utf-8", newline="\\n") as f:
                for line in f:
                    f.write(line.upper())
        a, b = socket.socketpair()
        t = threading.Thread(target=serveur, args=(b,))
        t.start()
        f = a.makefile("rw", buffering=1, encoding="utf-8")
        for mot in ("été", "hiver"):
            print(mot, file=f)
            print(f.readline(), end="")
        f.close()
        a.shutdown(socket.SHUT_WR)
        print(a.recv(10))
        t.join()
        """,
    ),
    Snippet(
        "makefile-and-timeout",
        """
        import socket
        from attempts import attempt
        a, b = socket.socketpair()
        a.settimeout(0.01)
        f = a.makefile("rb")
        attempt(f.readline)
        attempt(f.readline)
        b.send(b"x")
        a.setblocking(False)
        g = a.makefile("rb", 0)
        attempt(g.read, 5)
        attempt(g.read, 5)
        f.readline()
        """,
    ),
    Snippet(
        "timeouts",
        """
        import errno, socket
        from attempts import attempt
        a, b = socket.socketpair()
        a.settimeout(0.01)
        print(a.gettimeout(), a.getblocking(), a.timeout)
        attempt(a.recv, 10)
        attempt(a.recv_into, bytearray(5))
        attempt(a.recvfrom, 5)
        b.send(b"ok")
        attempt(a.recv, 10)
        a.settimeout(None)
        print(a.gettimeout(), a.getblocking())
        try:
            b.settimeout(0.001)
            b.recv(1)
        except socket.timeout as error:
            print(repr(error), error.args, error.errno, isinstance(error, TimeoutError))
        socket.setdefaulttimeout(0.01)
        s = socket.create_server(("@HOST@", @PORT@))
        print(s.gettimeout(), socket.getdefaulttimeout())
        s.accept()
        """,
    ),
    Snippet(
        "not-blocking",
        """
        import errno, select, socket
        from attempts import attempt
        a, b = socket.socketpair()
        a.setblocking(False)
        print(a.gettimeout(), a.getblocking(), a.timeout)
        attempt(a.recv, 10)
        try:
            a.recv(1)
        except BlockingIOError as error:
            print(error.errno in (errno.EAGAIN, errno.EWOULDBLOCK), error)
        s = socket.create_server(("@HOST@", @PORT@))
        s.setblocking(0)
        attempt(s.accept)
        c = socket.socket()
        c.setblocking(False)
        attempt(c.connect, ("@HOST@", @PORT@))
        print(len(select.select([], [c], [], 10)[1]), c.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))
        print(len(select.select([s], [], [], 10)[0]), c.getpeername())
        p, _ = s.accept()
        print(p.getblocking(), p.gettimeout())
        d = socket.socket()
        d.setblocking(False)
        print(errno.errorcode[d.connect_ex(("@HOST@", @PORT@))])
        a.recv(10)
        """,
    ),
    Snippet(
        "ways-of-receiving",
        """
        import socket
        a, b = socket.socketpair()
        buffer = bytearray(6)
        b.sendall(b"abcdefghijklmnopqrstuvwxyz" * 2)
        print(a.recv(3), a.recv(3, socket.MSG_PEEK), a.recv(3))
        print(a.recv_into(buffer), buffer, a.recv_into(buffer, 2), buffer, a.recv_into(buffer, nbytes=1, flags=0))
        print(a.recv_into(memoryview(buffer)[3:]), buffer)
        print(a.recvfrom(3), a.recvfrom_into(buffer, 2), buffer, a.recvfrom(2, socket.MSG_PEEK))
        print(a.recvmsg(4), a.recvmsg(4, 0, 0), a.recvmsg_into([buffer]), buffer)
        print(a.recv(0), a.recv(5, socket.MSG_WAITALL), a.recv(1000))
        print(b.send(b"xyz"), b.sendmsg([b"u", b"v"]))
        print(a.recv(100))
        b.close()
        print(a.recv(5), a.recv(5), a.recvfrom(5), a.recv_into(buffer))
        """,
    ),
    Snippet(
        "ways-of-sending",
        """
        import socket
        a, b = socket.socketpair()
        print(a.send(b"un"), a.send(b"deux", 0), a.sendall(b"trois"), a.sendall(bytearray(b"quatre"), 0))
        print(a.send(memoryview(b"cinq")), a.sendmsg([b"si", b"x"]), a.sendmsg([bytearray(b"sept")], [], 0))
        with open(__file__, "rb") as f:
            print(a.sendfile(f, 3, 8), a.sendfile(f))
        with a.makefile("wb") as f:
            print(f.write(b"huit"))
        a.shutdown(socket.SHUT_WR)
        while data := b.recv(1000):
            print(data)
        print(a.send(b""))
        """,
    ),
    Snippet(
        "shutdown",
        """
        import socket
        from attempts import attempt
        a, b = socket.socketpair()
        a.send(b"fin")
        attempt(a.shutdown, socket.SHUT_WR)
        print(b.recv(10), b.recv(10))
        attempt(a.send, b"x")
        attempt(a.sendall, b"x")
        b.send(b"encore")
        print(a.recv(10))
        attempt(b.shutdown, socket.SHUT_RDWR)
        print(a.recv(10))
        attempt(b.shutdown, 2)
        attempt(b.send, b"x")
        a.close()
        attempt(b.send, b"x")
        b.send(b"y")
        """,
    ),
    Snippet(
        "addresses",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        print(s.getsockname())
        s.bind(("@HOST@", @PORT@))
        print(s.getsockname(), type(s.getsockname()))
        s.listen()
        c = socket.socket()
        attempt(c.connect, ("@HOST@", @PORT@))
        attempt(c.connect, ("@HOST@", @PORT@))
        p, adresse = s.accept()
        print(adresse, p.getpeername(), c.getsockname() == p.getpeername(), adresse == c.getsockname())
        print(c.getpeername(), p.getsockname(), s.getsockname())
        attempt(s.getpeername)
        print(s.getsockname()[1] == @PORT@, "Connecté à %s:%d" % s.getsockname(), c.getpeername()[0])
        """,
    ),
    Snippet(
        "addresses-of-any",
        """
        import socket
        for host in ("", "0.0.0.0"):
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind((host, 0))
            print(s.getsockname()[0], s.getsockname()[1] > 1023, s)
            s.listen()
            print(s.getsockname())
        s = socket.socket()
        s.bind(("localhost", 0))
        print(s.getsockname())
        s = socket.socket()
        s.listen()
        print(s.getsockname()[0], s.getsockname()[1] > 1023)
        s = socket.socket()
        s.bind((b"@HOST@", 0))
        print(s.getsockname()[0] == "@HOST@", s.getsockname()[1] != 0)
        u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        u.bind(("", 0))
        print(u.getsockname()[0], u.getsockname()[1] > 1023)
        """,
    ),
    Snippet(
        "options",
        """
        import socket
        s = socket.socket()
        print(s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) != 0)
        print(s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1))
        print(s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) != 0)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, True)
        print(s.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE), s.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE))
        print(s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
        print(s.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        print(s.get_inheritable(), s.set_inheritable(True), s.get_inheritable())
        """,
    ),
    Snippet(
        "create-server-and-connection",
        """
        import socket, threading
        def repondre(serveur):
            client, adresse = serveur.accept()
            with client:
                while data := client.recv(1024):
                    client.sendall(data.upper())
        serveur = socket.create_server(("@HOST@", @PORT@), backlog=1)
        print(serveur, serveur.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) != 0)
        t = threading.Thread(target=repondre, args=(serveur,))
        t.start()
        c = socket.create_connection(("@HOST@", @PORT@), timeout=10)
        print(c.gettimeout(), c.getpeername())
        for mot in ("un", "deux", "é"):
            c.sendall(mot.encode())
            print(c.recv(100).decode())
        c.shutdown(socket.SHUT_WR)
        print(c.recv(100))
        t.join()
        serveur.close()
        """,
    ),
    Snippet(
        "names-of-hosts",
        """
        import socket
        from attempts import attempt
        attempt(socket.gethostbyname, "localhost")
        attempt(socket.gethostbyname, "@HOST@")
        attempt(socket.gethostbyname, b"y" * 64)
        attempt(socket.gethostbyname, None)
        attempt(socket.gethostbyname)
        attempt(socket.getaddrinfo, "@HOST@", @PORT@, socket.AF_INET, socket.SOCK_STREAM)
        attempt(socket.getaddrinfo, "@HOST@", "http", type=socket.SOCK_STREAM)
        attempt(socket.getaddrinfo, b"y" * 64, 80)
        attempt(socket.getaddrinfo, "@HOST@")
        print(type(socket.gethostname()), socket.gethostname() == socket.gethostname(), len(socket.getfqdn()) > 0)
        attempt(socket.inet_aton, "999.1.1.1")
        attempt(socket.inet_aton, "@HOST@" and "10.0.0.1")
        attempt(socket.inet_pton, socket.AF_INET, "1.2.3")
        attempt(socket.inet_ntoa, b"abcd")
        attempt(socket.htons, 70000)
        attempt(socket.htons, 4242)
        attempt(socket.getservbyname, "rien-de-tel")
        attempt(socket.has_dualstack_ipv6)
        attempt(socket.has_dualstack_ipv6, 1)
        """,
    ),
    Snippet(
        "socketpair",
        """
        import socket
        from attempts import attempt
        a, b = socket.socketpair()
        print(type(a), a.family, a.type, a.getsockname(), a.getpeername(), a.gettimeout())
        a.sendall(b"bonjour")
        print(b.recv(4), b.recv(4))
        attempt(socket.socketpair, "a")
        attempt(socket.socketpair, socket.AF_INET)
        c, d = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        c.send(b"un")
        c.send(b"deux")
        print(d.recv(10), d.recv(10))
        """,
    ),
    Snippet(
        "unix-sockets",
        """
        import os, socket
        from attempts import attempt
        s = socket.socket(socket.AF_UNIX)
        attempt(s.bind, ("@HOST@", @PORT@))
        attempt(s.bind, "prise")
        attempt(s.bind, "prise")
        s.listen(1)
        c = socket.socket(socket.AF_UNIX)
        attempt(c.connect, "rien")
        attempt(c.connect, "prise")
        p, adresse = s.accept()
        print(repr(adresse), s.getsockname(), c.getpeername(), repr(c.getsockname()), s)
        c.send(b"ici")
        print(p.recv(10), os.path.exists("prise"))
        """,
    ),
    Snippet(
        "select",
        """
        import select, socket
        from attempts import attempt
        a, b = socket.socketpair()
        attempt(select.select)
        attempt(select.select, [a])
        attempt(select.select, [a], [], [], 0, 0)
        attempt(select.select, [a], [], [], "a")
        attempt(select.select, [a], [], [], -1)
        attempt(select.select, [a], [], [], timeout=0)
        attempt(select.select, a, [], [], 0)
        attempt(select.select, ["a"], [], [], 0)
        attempt(select.select, [-1], [], [], 0)
        attempt(select.select, [], [], [], 0)
        attempt(select.select, [], [], [], 0.001)
        print(len(select.select([a, b], [a, b], [a, b], 0)[1]), select.select([a], [], [], 0.001))
        b.send(b"x")
        r, w, x = select.select([a], [], [])
        print(r == [a], w, x, r[0].recv(5), select.select([a], [], [], 0))
        b.close()
        print(select.select([a], [], [])[0] == [a], a.recv(5))
        a.close()
        select.select([a], [], [])
        """,
    ),
    Snippet(
        "select-with-own-objects",
        """
        import select, socket
        from attempts import attempt
        a, b = socket.socketpair()
        class Client:
            def fileno(self):
                print("on demande")
                return a.fileno()
        class Fautif:
            def fileno(self):
                return "a"
        c = Client()
        attempt(lambda: select.select([], [c], [], 5)[1] == [c])
        attempt(select.select, [c, c], [], [], 0.001)
        attempt(select.select, (x for x in [a]), [], [], 0.001)
        attempt(select.select, iter([a]), [], [], 0.001)
        attempt(select.select, {a: 1}, set(), (), 0.001)
        attempt(select.select, a, [], [], 0.001)
        attempt(select.select, [], [], a, 0.001)
        attempt(select.select, None, [], [], 0.001)
        attempt(select.select, [Fautif()], [], [], 0.001)
        attempt(select.select, [object()], [], [], 0.001)
        attempt(select.select, [2.5], [], [], 0.001)
        attempt(select.select, [[]], [], [], 0.001)
        attempt(select.select, [10**30], [], [], 0.001)
        with open(__file__) as f:
            pass
        attempt(select.select, [f], [], [], 0.001)
        a.close()
        attempt(select.select, [a], [], [], 0.001)
        """,
    ),
    Snippet(
        "selectors",
        """
        import selectors, socket
        from attempts import attempt
        for cls in (selectors.DefaultSelector, selectors.SelectSelector, selectors.PollSelector):
            a, b = socket.socketpair()
            with cls() as selector:
                print(selector.register(a, selectors.EVENT_READ, "données").data)
                print(selector.select(0), selector.select(0.001))
                b.send(b"x")
                for key, events in selector.select():
                    print(key.data, key.fileobj is a, events, a.recv(10))
                attempt(selector.register, a, selectors.EVENT_READ)
                attempt(selector.unregister, b)
                attempt(selector.register, "a", selectors.EVENT_READ)
                selector.unregister(a)
            a.close()
            b.close()
        """,
    ),
    Snippet(
        "star-import",
        """
        from socket import *
        from threading import *
        print(socket, AF_INET, SOCK_STREAM, SocketType, error, timeout)
        print(sorted(name for name in globals() if not name.startswith("__")))
        s = socket(AF_INET, SOCK_STREAM)
        s.bind(("@HOST@", @PORT@))
        s.listen(1)
        c = socket(AF_INET, SOCK_STREAM)
        c.connect(("@HOST@", @PORT@))
        p, _ = s.accept()
        t = Thread(target=p.send, args=(b"Hello World!",))
        t.start()
        t.join()
        print(c.recv(1024).decode())
        """,
    ),
    Snippet(
        "socket-as-a-variable",
        """
        import socket
        socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        socket.bind(("@HOST@", @PORT@))
        socket.listen()
        print(socket)
        socket.close()
        print(socket.fileno())
        socket = socket.socket()
        """,
    ),
    Snippet(
        "socket-under-other-names",
        """
        import socket as s
        import socket as prise
        from socket import socket as Socket, AF_INET
        print(s is prise, s.socket is Socket, isinstance(s.socket(), Socket), s.__name__, Socket(AF_INET).type)
        def utiliser(socket):
            socket.close()
            return socket.fileno()
        print(utiliser(Socket()))
        from socket import soket
        """,
    ),
    Snippet(
        "os-read-and-write",
        """
        import os, socket
        from attempts import attempt
        a, b = socket.socketpair()
        fd = a.fileno()
        attempt(os.write, b.fileno(), b"bonjour")
        attempt(os.read, fd, 3)
        attempt(os.read, fd, 30)
        attempt(os.write, fd, "texte")
        attempt(os.write, fd)
        attempt(os.write, a, b"x")
        attempt(os.write, fd, data=b"x")
        attempt(os.read)
        attempt(os.read, fd)
        attempt(os.read, fd, "a")
        attempt(os.read, "a", 3)
        attempt(os.read, fd, -1)
        attempt(os.read, 9999, 1)
        attempt(os.write, 9999, b"x")
        attempt(os.read, fd, length=1)
        attempt(os.write, 1, b"direct\\n")
        r, w = os.pipe()
        attempt(os.write, w, bytearray(b"tube"))
        attempt(os.read, r, 100)
        os.close(w)
        attempt(os.read, r, 100)
        a.close()
        attempt(os.read, fd, 1)
        print(os.read.__name__, os.write.__name__, os.read.__doc__ == os.write.__doc__, callable(os.read))
        os.write(b.fileno(), "Hello World!")
        """,
    ),
    Snippet(
        "os-read-closed-uncaught",
        """
        import os, socket
        a, b = socket.socketpair()
        fd = a.fileno()
        a.close()
        os.read(fd, 10)
        """,
    ),
    Snippet(
        "descriptor-as-a-file",
        """
        import os, socket
        a, b = socket.socketpair()
        with os.fdopen(os.dup(a.fileno()), "w") as f:
            f.write("par un fichier")
        with open(b.fileno(), "rb", buffering=0, closefd=False) as g:
            print(g.read(100))
        print(a.fileno() > 2)
        """,
    ),
    Snippet(
        "socketserver",
        """
        import socket, socketserver, threading
        class Echo(socketserver.StreamRequestHandler):
            def handle(self):
                for line in self.rfile:
                    self.wfile.write(line.upper())
        class Fautif(socketserver.BaseRequestHandler):
            def handle(self):
                self.request.send("texte")
        serveur = socketserver.TCPServer(("@HOST@", @PORT@), Echo)
        print(serveur.server_address, serveur.socket)
        t = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.01})
        t.start()
        with socket.create_connection(("@HOST@", @PORT@)) as c:
            c.sendall(b"un\\ndeux\\n")
            c.shutdown(socket.SHUT_WR)
            print(c.makefile().read())
        serveur.shutdown()
        t.join()
        serveur.RequestHandlerClass = Fautif
        with socket.create_connection(("@HOST@", @PORT@)) as c:
            serveur.handle_request()
        serveur.server_close()
        """,
    ),
    Snippet(
        "asyncio",
        """
        import asyncio
        async def repondre(lecteur, ecrivain):
            ecrivain.write((await lecteur.readline()).upper())
            await ecrivain.drain()
            ecrivain.close()
        async def main():
            serveur = await asyncio.start_server(repondre, "@HOST@", @PORT@)
            lecteur, ecrivain = await asyncio.open_connection("@HOST@", @PORT@)
            ecrivain.write("été\\n".encode())
            print((await lecteur.read()).decode())
            print(ecrivain.get_extra_info("peername"), serveur.sockets[0].getsockname())
            ecrivain.close()
            serveur.close()
            await asyncio.sleep(0)
            await asyncio.to_thread(print, "dans un thread")
        asyncio.run(main())
        """,
    ),
    Snippet(
        "chat",
        """
        import socket, threading
        def Send(client):
            while True:
                try:
                    message = input()
                except EOFError:
                    break
                client.sendall((message + "\\n").encode("utf-8"))
            client.shutdown(socket.SHUT_WR)
        def Réception(client):
            reste = b""
            while octets := client.recv(1024):
                reste += octets
            print(reste.decode("utf-8"), end="")
        serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        serveur.bind(("@HOST@", @PORT@))
        serveur.listen()
        envoyeur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        envoyeur.connect(("@HOST@", @PORT@))
        client, adresse = serveur.accept()
        print(f"Connecté à {adresse[0]}")
        envoi = threading.Thread(target=Send, args=(envoyeur,))
        recep = threading.Thread(target=Réception, args=(client,))
        envoi.start()
        recep.start()
        envoi.join()
        recep.join()
        client.close()
        serveur.close()
        """,
        stdin="Bonjour\nça va ? 🙂\n".encode(),
    ),
    Snippet(
        "datagram-addresses",
        """
        import socket
        from attempts import attempt
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("@HOST@", @PORT@))
        print(s, s.getsockname())
        attempt(s.accept)
        attempt(s.getpeername)
        attempt(s.connect, (b"y" * 64, @PORT@))
        attempt(s.connect, ("@HOST@", 4999))
        print(s.getpeername())
        """,
    ),
)
