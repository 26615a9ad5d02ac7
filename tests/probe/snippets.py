"""Small programs that a plain Python and the probe must run alike, and the few that they may not."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

ATTEMPT = '''\
"""Stands beside every program."""


def attempt(call, *args, **kwargs):
    """Print what a call gives, or the exception that it raises."""
    try:
        print(repr(call(*args, **kwargs)))
    except BaseException as error:
        print(type(error).__module__, type(error).__qualname__, error, error.args, repr(error.__context__))
'''


@dataclass(frozen=True)
class Snippet:
    """One program.

    Attributes:
        name: unique, a slug in simple English: what is tried.
        source: the program. ``@HOST@`` is a loopback address of its own, ``@PORT@`` a port that is free there.
        stdin: what is typed.
        files: more files beside it, by name.
        since: the first Python that can run it.
        why: of an allowed difference, the reason.
    """

    name: str
    source: str | bytes
    stdin: bytes = b""
    files: dict[str, str] = field(default_factory=dict)
    since: tuple[int, int] = (3, 10)
    why: str = ""

    def all_files(self, program: str) -> dict[str, bytes]:
        """What the folder of the program holds."""
        source = self.source if isinstance(self.source, bytes) else _dedented(self.source)
        others = {"attempts.py": ATTEMPT} | self.files
        return {program: source} | {name: _dedented(text) for name, text in others.items()}


def _dedented(text: str) -> bytes:
    return textwrap.dedent(text.removeprefix("\n")).encode("utf-8")


# --- Sockets: wrong calls -------------------------------------------------------------------------------------------

WRONG_SOCKET_CALLS = (
    Snippet(
        "bind-wrong-calls",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        attempt(s.bind)
        attempt(s.bind, "@HOST@", @PORT@)
        attempt(s.bind, address=("@HOST@", @PORT@))
        for address in (
            None, "@HOST@", @PORT@, [ "@HOST@", @PORT@], (), ("@HOST@",), ("@HOST@", @PORT@, 0), ("@HOST@", "@PORT@"),
            ("@HOST@", None), ("@HOST@", 4.5), ("@HOST@", 65536), ("@HOST@", 70000), ("@HOST@", -1),
            ("@HOST@", 2**40), ("@HOST@", 2**70), (None, @PORT@), (127, @PORT@), (b"y" * 64, @PORT@), ("é" * 70, @PORT@),
            ("a..b", @PORT@), ("a\\0b", @PORT@), (b"\\xff", @PORT@), (("@HOST@",), @PORT@), "/tmp/a", b"/tmp/a",
            bytearray(b"ab"), {"@HOST@": @PORT@},
        ):
            attempt(s.bind, address)
        attempt(s.bind, ("@HOST@", @PORT@))
        """,
    ),
    Snippet(
        "connect-wrong-calls",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        for call in (s.connect, s.connect_ex):
            attempt(call)
            attempt(call, "@HOST@", @PORT@)
            attempt(call, address=("@HOST@", @PORT@))
            for address in (
                None, "@HOST@", @PORT@, ["@HOST@", @PORT@], (), ("@HOST@",), ("@HOST@", "@PORT@"), ("@HOST@", None),
                ("@HOST@", 4.5), ("@HOST@", 70000), ("@HOST@", -1), ("@HOST@", 2**70), (None, @PORT@), (127, @PORT@),
                (b"y" * 64, @PORT@), ("é" * 70, @PORT@), ("a..b", @PORT@), ("a\\0b", @PORT@),
            ):
                attempt(call, address)
        """,
    ),
    Snippet(
        "bind-two-arguments-uncaught",
        """
        import socket
        serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        serveur.bind("@HOST@", @PORT@)
        """,
    ),
    Snippet(
        "bind-port-as-text-uncaught",
        """
        import socket
        serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        serveur.bind(("@HOST@", "@PORT@"))
        """,
    ),
    Snippet(
        "bind-invalid-ip-uncaught",
        """
        import socket
        serveur = socket.socket()
        serveur.bind(("999.1.1.1", @PORT@))
        """,
    ),
    Snippet(
        "connect-unknown-name-uncaught",
        """
        import socket
        client = socket.socket()
        client.connect((b"y" * 64, @PORT@))
        """,
    ),
    Snippet(
        "connect-refused-uncaught",
        """
        import socket
        def main():
            client = socket.socket()
            client.connect(("@HOST@", @PORT@))
        main()
        """,
    ),
    Snippet(
        "connect-refused",
        """
        import errno, socket
        from attempts import attempt
        attempt(socket.socket().connect, ("@HOST@", @PORT@))
        print(errno.errorcode[socket.socket().connect_ex(("@HOST@", @PORT@))])
        attempt(socket.create_connection, ("@HOST@", @PORT@))
        attempt(socket.create_connection, ("@HOST@", @PORT@), 5)
        s = socket.socket()
        attempt(s.connect, ("@HOST@", @PORT@))
        attempt(s.connect, ("@HOST@", @PORT@))
        attempt(s.getpeername)
        try:
            socket.create_connection(("@HOST@", @PORT@))
        except ConnectionRefusedError as error:
            print(error.errno == errno.ECONNREFUSED, error.strerror, error.filename)
        """,
    ),
    Snippet(
        "listen-wrong-calls",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        attempt(s.listen, "a")
        attempt(s.listen, None)
        attempt(s.listen, 1.5)
        attempt(s.listen, 1, 2)
        attempt(s.listen, backlog=1)
        attempt(s.listen, 2**40)
        attempt(s.bind, ("@HOST@", @PORT@))
        attempt(s.listen, -5)
        attempt(s.listen)
        attempt(s.listen, True)
        attempt(s.getsockname)
        """,
    ),
    Snippet(
        "listen-on-datagrams",
        """
        import socket
        serveur = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        serveur.bind(("@HOST@", @PORT@))
        serveur.listen()
        """,
    ),
    Snippet(
        "accept-without-listen",
        """
        import socket
        serveur = socket.socket()
        serveur.bind(("@HOST@", @PORT@))
        client, adresse = serveur.accept()
        """,
    ),
    Snippet(
        "accept-wrong-calls",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        attempt(s.accept, 1)
        attempt(s.accept)
        attempt(s._accept, 1)
        s.listen()
        s.setblocking(False)
        attempt(s.accept)
        s.settimeout(0.01)
        attempt(s.accept)
        s.close()
        attempt(s.accept)
        """,
    ),
    Snippet(
        "receive-wrong-calls",
        """
        import socket
        from attempts import attempt
        s, t = socket.socketpair()
        t.send(b"abcdefgh")
        for name in ("recv", "recv_into", "recvfrom", "recvfrom_into", "recvmsg"):
            call = getattr(s, name)
            attempt(call)
            attempt(call, "a")
            attempt(call, -1)
            attempt(call, 1.5)
            attempt(call, None)
            attempt(call, 1, "a")
            attempt(call, 1, 2, 3, 4)
            attempt(call, bufsize=1)
            attempt(call, b"abc")
            attempt(call, bytearray(2), 5)
            attempt(call, bytearray(2), -1)
            attempt(getattr(socket.socket, name))
            attempt(getattr(socket.socket, name), 5)
            attempt(getattr(socket.socket, name), s, "a")
        attempt(s.recv, 100)
        attempt(s.recv, 2**70)
        """,
    ),
    Snippet(
        "send-wrong-calls",
        """
        import socket
        from attempts import attempt
        s, t = socket.socketpair()
        for name in ("send", "sendall", "sendto", "sendmsg"):
            call = getattr(s, name)
            attempt(call)
            attempt(call, "texte")
            attempt(call, 12)
            attempt(call, None)
            attempt(call, ["texte"])
            attempt(call, b"a", "b")
            attempt(call, b"a", 0, 0, 0, 0)
            attempt(call, data=b"a")
            attempt(getattr(socket.socket, name))
            attempt(getattr(socket.socket, name), "a", b"b")
        attempt(s.sendfile, "nom")
        """,
    ),
    Snippet(
        "send-text-uncaught",
        """
        import socket
        s, t = socket.socketpair()
        def Send(client):
            message = "Bonjour"
            client.send(message)
        Send(s)
        """,
    ),
    Snippet(
        "datagram-wrong-calls",
        """
        import socket
        from attempts import attempt
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        attempt(s.sendto, b"a")
        attempt(s.sendto, b"a", "@HOST@")
        attempt(s.sendto, b"a", "@HOST@", @PORT@)
        attempt(s.sendto, b"a", ("@HOST@", "@PORT@"))
        attempt(s.sendto, b"a", ("@HOST@", 70000))
        attempt(s.sendto, b"a", ("@HOST@",))
        attempt(s.sendto, b"a", (b"y" * 64, @PORT@))
        attempt(s.sendto, "a", ("@HOST@", @PORT@))
        attempt(s.sendto, b"a", "x", ("@HOST@", @PORT@))
        attempt(s.sendto, b"abc", ("@HOST@", @PORT@))
        attempt(s.sendto, b"abc", 0, ("@HOST@", @PORT@))
        attempt(s.send, b"a")
        s.settimeout(0.01)
        attempt(s.recvfrom, 10)
        attempt(s.accept)
        """,
    ),
    Snippet(
        "ipv6-wrong-calls",
        """
        import socket
        from attempts import attempt
        s = socket.socket(socket.AF_INET6)
        for address in (
            None, "::1", @PORT@, ["::1", @PORT@], ("::1",), ("::1", "@PORT@"), ("::1", None), ("::1", 70000), ("::1", -1),
            (None, @PORT@), (b"y" * 64, @PORT@), ("::1", @PORT@, 0, 0, 0), ("::1", @PORT@, "a"), ("::1", @PORT@, -1),
        ):
            attempt(s.bind, address)
            attempt(s.connect, address)
        attempt(s.connect, ("::1", @PORT@))
        """,
    ),
    Snippet(
        "option-wrong-calls",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        for value in ("a", [], -1, float("nan"), 2**70, None):
            attempt(s.settimeout, value)
        attempt(s.settimeout)
        attempt(s.setblocking)
        attempt(s.setblocking, "a")
        attempt(s.gettimeout)
        attempt(s.gettimeout, 1)
        attempt(s.setsockopt)
        attempt(s.setsockopt, socket.SOL_SOCKET)
        attempt(s.setsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR)
        attempt(s.setsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR, "oui")
        attempt(s.setsockopt, socket.SOL_SOCKET, 9999, 1)
        attempt(s.setsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR, value=1)
        attempt(s.setsockopt, socket.SO_REUSEADDR, 1)
        attempt(s.getsockopt)
        attempt(s.getsockopt, socket.SOL_SOCKET, 9999)
        attempt(s.shutdown)
        attempt(s.shutdown, "a")
        attempt(s.shutdown, 9)
        attempt(s.shutdown, how=1)
        attempt(s.shutdown, socket.SHUT_RDWR)
        for name in ("fileno", "detach", "getsockname", "getpeername", "close", "dup"):
            attempt(getattr(s, name), 1)
            attempt(getattr(s, name), x=1)
        """,
    ),
    Snippet(
        "constructor-wrong-calls",
        """
        import socket
        from attempts import attempt
        attempt(socket.socket, "a")
        attempt(socket.socket, 9999)
        attempt(socket.socket, socket.AF_INET, "b")
        attempt(socket.socket, socket.SOCK_STREAM, socket.AF_INET)
        attempt(socket.socket, socket.AF_INET, socket.SOCK_STREAM, 9999)
        attempt(socket.socket, 1, 2, 3, 4, 5)
        attempt(socket.socket, famille=2)
        attempt(socket.socket, fileno=-1)
        attempt(socket.socket, fileno=99999)
        attempt(socket.socket, fileno="a")
        attempt(socket.socket, fileno=1.5)
        attempt(socket.socket.connect, "a", ("@HOST@", @PORT@))
        attempt(socket.socket.bind)
        attempt(socket.socket.bind, ("@HOST@", @PORT@))
        attempt(socket.socket.accept)
        attempt(socket.socket.close)
        attempt(socket.socket.fileno)
        attempt(socket.socket.listen, 5)
        attempt(socket.connect if hasattr(socket, "connect") else len)
        """,
    ),
    Snippet(
        "module-called-as-class",
        """
        import socket
        s = socket(socket.AF_INET, socket.SOCK_STREAM)
        """,
    ),
    Snippet(
        "method-forgotten",
        """
        import socket
        s = socket.socket()
        s.recieve(1024)
        """,
    ),
    Snippet(
        "bind-twice",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        t = socket.socket()
        attempt(s.bind, ("@HOST@", @PORT@))
        attempt(s.bind, ("@HOST@", @PORT@))
        attempt(s.bind, ("@HOST@", 4999))
        attempt(t.bind, ("@HOST@", @PORT@))
        attempt(socket.create_server, ("@HOST@", @PORT@))
        s.close()
        attempt(s.bind, ("@HOST@", @PORT@))
        attempt(t.bind, ("@HOST@", @PORT@))
        """,
    ),
    Snippet(
        "address-in-use-uncaught",
        """
        import socket
        premier = socket.socket()
        premier.bind(("@HOST@", @PORT@))
        premier.listen()
        second = socket.create_server(("@HOST@", @PORT@))
        """,
    ),
    Snippet(
        "use-after-close",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        s.close()
        s.close()
        attempt(s.fileno)
        attempt(s.bind, ("@HOST@", @PORT@))
        attempt(s.listen)
        attempt(s.connect, ("@HOST@", @PORT@))
        attempt(s.connect_ex, ("@HOST@", @PORT@))
        attempt(s.accept)
        attempt(s.recv, 10)
        attempt(s.recv_into, bytearray(3))
        attempt(s.send, b"a")
        attempt(s.sendall, b"a")
        attempt(s.sendto, b"a", ("@HOST@", @PORT@))
        attempt(s.shutdown, 2)
        attempt(s.getsockname)
        attempt(s.getpeername)
        attempt(s.setsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        attempt(s.getsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR)
        attempt(s.settimeout, 1)
        attempt(s.setblocking, False)
        attempt(s.gettimeout)
        attempt(s.detach)
        attempt(s.dup)
        attempt(s.makefile("r").read)
        attempt(s.makefile)
        print(s, s.family, s.type, s.proto, s.timeout)
        """,
    ),
    Snippet(
        "recv-after-close-uncaught",
        """
        import socket
        a, b = socket.socketpair()
        a.close()
        print(a.recv(1024).decode())
        """,
    ),
    Snippet(
        "not-connected",
        """
        import socket
        from attempts import attempt
        s = socket.socket()
        attempt(s.recv, 10)
        attempt(s.send, b"a")
        attempt(s.sendall, b"a")
        attempt(s.getpeername)
        attempt(s.getsockname)
        attempt(s.shutdown, socket.SHUT_RD)
        s.bind(("@HOST@", @PORT@))
        s.listen()
        attempt(s.recv, 10)
        attempt(s.send, b"a")
        attempt(s.getpeername)
        """,
    ),
)

# --- Sockets: right calls -------------------------------------------------------------------------------------------

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
        del s.__class__.nom if hasattr(s.__class__, "nom") else names[s]
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
        "makefile-timeout",
        """
        import socket
        from attempts import attempt
        a, b = socket.socketpair()
        a.settimeout(0.01)
        f = a.makefile("rb")
        attempt(f.readline)
        attempt(f.readline)
        a.setblocking(False)
        g = a.makefile("rb", 0)
        attempt(g.read, 5)
        b.makefile("r").readline()
        """,
        since=(99, 0),
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
        print(b.send(b""), b.send(b"x", 0), b.send(memoryview(b"yz")), b.sendall(bytearray(b"w")), b.sendmsg([b"u", b"v"]))
        print(a.recv(100), a.recv(5, socket.MSG_DONTWAIT) if 0 else "")
        b.close()
        print(a.recv(5), a.recv(5), a.recvfrom(5), a.recv_into(buffer))
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
        "addresses-of-a-server-on-any",
        """
        import socket
        s = socket.create_server(("", 0))
        t = socket.create_server(("", @PORT@), reuse_port=True) if 0 else None
        print(s.getsockname()[0], s)
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
        print(s.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF) > 0, s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
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
        print(r == [a], w, x, r[0].recv(5), select.select([a], [], [], None if 0 else 0))
        b.close()
        print(select.select([a], [], [])[0] == [a], a.recv(5))
        a.close()
        select.select([a], [], [])
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

# --- Threads --------------------------------------------------------------------------------------------------------

THREADS = (
    Snippet(
        "thread-wrong-calls",
        """
        import threading
        from attempts import attempt
        t = threading.Thread(target=print, args=("dans le thread",))
        attempt(t.join)
        attempt(t.is_alive)
        attempt(t.start, 1)
        attempt(t.start)
        attempt(t.start)
        attempt(t.join, "a")
        attempt(t.join, 1, 2)
        attempt(t.join, delai=1)
        attempt(t.join, timeout=None)
        attempt(t.join, -1)
        attempt(t.join)
        attempt(t.is_alive, 1)
        attempt(t.is_alive)
        attempt(t.start)
        attempt(setattr, t, "daemon", True)
        attempt(threading.current_thread().join)
        attempt(threading.main_thread().start)
        attempt(threading.Thread.start)
        attempt(threading.Thread.join)
        attempt(threading.Thread.is_alive)
        attempt(threading.Thread.start, 5)
        attempt(threading.Thread, print)
        attempt(threading.Thread, target=print, args=1)
        attempt(threading.Thread, cible=print)
        attempt(threading.Thread, 1, 2, 3, 4, 5, 6)
        attempt(threading.Thread(target=print).setDaemon)
        attempt(threading.thread if hasattr(threading, "thread") else len)
        """,
    ),
    Snippet(
        "start-twice-uncaught",
        """
        import threading
        envoi = threading.Thread(target=print, args=("une fois",))
        envoi.start()
        envoi.join()
        envoi.start()
        """,
    ),
    Snippet(
        "join-before-start-uncaught",
        """
        import threading
        envoi = threading.Thread(target=print)
        envoi.join()
        """,
    ),
    Snippet(
        "join-oneself-uncaught",
        """
        import threading
        def moi():
            threading.current_thread().join()
        t = threading.Thread(target=moi)
        t.start()
        t.join()
        print("fin")
        """,
    ),
    Snippet(
        "target-called-instead-of-given",
        """
        import threading
        def Send():
            print("appelée")
        envoi = threading.Thread(target=Send())
        envoi.start()
        envoi.join()
        print(envoi.is_alive())
        """,
    ),
    Snippet(
        "args-without-comma",
        """
        import socket, threading
        def Send(client):
            print(client)
        a, b = socket.socketpair()
        t = threading.Thread(target=Send, args=(a))
        t.start()
        """,
    ),
    Snippet(
        "args-of-a-text",
        """
        import threading
        def Send(nom):
            print(nom)
        t = threading.Thread(target=Send, args=("Bob"))
        t.start()
        t.join()
        print("fin")
        """,
    ),
    Snippet(
        "target-missing",
        """
        import threading
        t = threading.Thread(target="Send")
        t.start()
        t.join()
        threading.Thread().start()
        threading.Thread(target=Send)
        """,
    ),
    Snippet(
        "exceptions-in-threads",
        """
        import socket, threading
        class Panne(Exception):
            pass
        def profond(n):
            if n == 0:
                raise Panne("au fond")
            profond(n - 1)
        def chaine():
            try:
                profond(1)
            except Panne as panne:
                raise RuntimeError("suite") from panne
        def pendant():
            a, b = socket.socketpair()
            a.close()
            try:
                a.recv(10)
            except OSError:
                a.send("texte")
        for cible in (lambda: 1 / 0, lambda: profond(2), chaine, pendant):
            t = threading.Thread(target=cible, name="Panneur")
            t.start()
            t.join()
            print(t.is_alive(), t)
        """,
    ),
    Snippet(
        "socket-errors-in-threads",
        """
        import os, socket, threading
        a, b = socket.socketpair()
        fd = a.fileno()
        a.close()
        def lire():
            a.recv(1024)
        def dormir():
            import time
            time.sleep("a")
        def saisir():
            input("> ")
        def ecrire():
            os.write(fd, "texte")
        def rejoindre():
            threading.Thread().join()
        for cible in (lire, dormir, saisir, ecrire, rejoindre, socket.socket().accept, a.recv):
            t = threading.Thread(target=cible)
            t.start()
            t.join()
        """,
    ),
    Snippet(
        "excepthook-replaced",
        """
        import sys, threading, traceback
        print(threading.excepthook is threading.__excepthook__, threading.excepthook.__name__)
        def hook(args):
            print(type(args), len(args), args.exc_type, args.exc_value, args.thread)
            for frame in traceback.extract_tb(args.exc_traceback):
                print(frame.filename.rpartition("/")[2], frame.name, frame.line)
            tb = args.exc_traceback
            while tb is not None:
                print(tb.tb_frame.f_code.co_name, end=" ")
                tb = tb.tb_next
            print(sys.exc_info()[2] is args.exc_traceback, args.exc_value.__traceback__ is args.exc_traceback)
            threading.__excepthook__(args)
        threading.excepthook = hook
        def panne():
            import time
            time.sleep(-1)
        for cible in (panne, sys.exit, lambda: sys.exit("texte")):
            t = threading.Thread(target=cible)
            t.start()
            t.join()
        """,
    ),
    Snippet(
        "excepthook-that-fails",
        """
        import threading
        def hook(args):
            raise ValueError("dans le hook")
        threading.excepthook = hook
        t = threading.Thread(target=lambda: 1 / 0)
        t.start()
        t.join()
        threading.excepthook = None
        t = threading.Thread(target=lambda: 1 / 0)
        t.start()
        t.join()
        """,
        since=(99, 0),
    ),
    Snippet(
        "exits-in-threads",
        """
        import os, sys, threading
        for cible in (lambda: sys.exit(3), lambda: sys.exit("texte"), lambda: exit(0), quit, lambda: exit("x")):
            t = threading.Thread(target=cible)
            t.start()
            t.join()
            print(t.is_alive(), sys.stdin.closed)
        threading.Thread(target=lambda: os._exit(7)).start()
        threading.Event().wait()
        """,
    ),
    Snippet(
        "subclass-without-init",
        """
        import threading
        from attempts import attempt
        class Envoi(threading.Thread):
            def __init__(self, client):
                self.client = client
            def run(self):
                print(self.client)
        e = Envoi(1)
        attempt(e.join)
        attempt(e.is_alive)
        attempt(repr, e)
        attempt(lambda: e.name)
        attempt(lambda: e.daemon)
        e.start()
        """,
    ),
    Snippet(
        "subclass-with-init",
        """
        import threading
        class Envoi(threading.Thread):
            def __init__(self, client):
                super().__init__()
                self.client = client
            def run(self):
                print(self.client, threading.current_thread() is self, self.name)
                print("run" in vars(self), sorted(vars(self)))
                self.panne()
            def panne(self):
                raise ValueError(self.client)
            def join(self, timeout=None):
                print("join", timeout)
                super().join(timeout)
        e = Envoi(1)
        print("run" in vars(e), e.run.__func__ is Envoi.run)
        e.start()
        e.join()
        e.join(5)
        print(e, "run" in vars(e))
        class Sans(threading.Thread):
            pass
        s = Sans(target=print, args=("cible",))
        s.start()
        s.join()
        s.run()
        """,
    ),
    Snippet(
        "run-instead-of-start",
        """
        import threading
        def Send():
            print(threading.current_thread().name)
        t = threading.Thread(target=Send)
        t.run()
        print(t.is_alive(), t.ident, t)
        t.join()
        """,
    ),
    Snippet(
        "names-and-states",
        """
        import threading
        porte = threading.Event()
        def attendre():
            porte.wait()
        def Réception():
            porte.wait()
        threads = [
            threading.Thread(target=attendre), threading.Thread(target=Réception, name="recep"),
            threading.Thread(target=lambda: porte.wait(), daemon=True), threading.Timer(0.01, porte.set),
        ]
        for t in threads:
            print(t.name, t.daemon, t.ident, t.native_id, t.is_alive(), t, sorted(vars(t)))
        for t in threads:
            t.start()
        for t in threads[:3]:
            t.name += "!"
            print(t.name, t.daemon, type(t.ident), type(t.native_id), t.is_alive() or porte.is_set())
        for t in threads:
            t.join()
            print(t, t.is_alive(), type(t.ident), t.getName() if 0 else "")
        """,
    ),
    Snippet(
        "who-is-there",
        """
        import threading, _thread
        print(threading.main_thread(), threading.current_thread() is threading.main_thread())
        print(threading.get_ident() == threading.main_thread().ident == _thread.get_ident())
        print(threading.active_count(), threading.enumerate())
        porte = threading.Barrier(2)
        def cible():
            print(threading.active_count(), len(threading.enumerate()), threading.current_thread() in threading.enumerate())
            print(threading.get_ident() == threading.current_thread().ident, threading.get_native_id() > 0)
            porte.wait()
        t = threading.Thread(target=cible)
        t.start()
        porte.wait()
        t.join()
        print(threading.active_count(), threading.enumerate())
        """,
    ),
    Snippet(
        "join-with-timeout",
        """
        import threading
        porte = threading.Event()
        t = threading.Thread(target=porte.wait)
        t.start()
        print(t.join(0.01), t.is_alive(), t.join(timeout=0), t.join(0.0), t.is_alive())
        porte.set()
        print(t.join(10), t.is_alive(), t.join(), t.is_alive())
        while t.is_alive():
            t.join(1)
        """,
    ),
    Snippet(
        "daemon-left-behind",
        """
        import atexit, threading
        def toujours():
            threading.Event().wait()
        t = threading.Thread(target=toujours)
        t.daemon = True
        t.start()
        print(t.daemon, t.is_alive(), threading.Thread(target=print).daemon)
        atexit.register(print, "atexit", flush=True)
        raise SystemExit(4)
        """,
    ),
    Snippet(
        "main-ends-before-threads",
        """
        import threading, time
        porte = threading.Event()
        def suite():
            porte.wait()
            threading.main_thread().join()
            print("après le principal", threading.main_thread().is_alive(), threading.active_count())
        threading.Thread(target=suite).start()
        porte.set()
        print("fin du principal")
        raise ValueError("perdu")
        """,
    ),
    Snippet(
        "timer",
        """
        import threading
        from attempts import attempt
        def sonner(*args, **kwargs):
            print("dring", args, kwargs, threading.current_thread().name)
        t = threading.Timer(0.01, sonner, (1,), {"a": 2})
        print(t, t.interval)
        t.start()
        t.join()
        u = threading.Timer(100, sonner)
        u.start()
        u.cancel()
        u.join()
        print(u.finished.is_set(), u.is_alive())
        v = threading.Timer(0, lambda: 1 / 0)
        v.start()
        v.join()
        w = threading.Timer("a", sonner)
        w.start()
        w.join()
        attempt(threading.Timer)
        """,
    ),
    Snippet(
        "event-and-condition",
        """
        import threading
        from attempts import attempt
        e = threading.Event()
        attempt(e.wait, 0)
        attempt(e.wait, 0.001)
        attempt(e.wait, "a")
        attempt(e.wait, -1)
        attempt(e.wait, 1, 2)
        e.set()
        attempt(e.wait)
        print(e.is_set(), e)
        c = threading.Condition()
        for call in (c.wait, c.notify, c.notify_all):
            attempt(call)
        with c:
            attempt(c.wait, 0.001)
            attempt(c.wait, timeout=0.001)
            attempt(c.wait, "a")
            attempt(c.wait, [1])
            attempt(c.wait, 1, 2)
            attempt(c.wait, delai=1)
            attempt(c.notify)
            attempt(c.notify, 3)
            attempt(c.notify, n=2)
            attempt(c.notify, "a")
            attempt(c.notify, [])
            attempt(c.notify, 1, 2)
            attempt(c.notify_all)
            attempt(c.wait_for, lambda: True, 1)
            attempt(c.wait_for, lambda: False, 0.001)
        prêt = []
        def attendre():
            with c:
                while not prêt:
                    c.wait()
                print("réveillé", prêt)
        t = threading.Thread(target=attendre)
        t.start()
        with c:
            prêt.append(1)
            c.notify()
        t.join()
        attempt(threading.Condition.wait)
        attempt(threading.Condition.notify)
        print(threading.Condition.wait.__qualname__, threading.Condition.notify.__qualname__, c)
        c.wait()
        """,
    ),
    Snippet(
        "queue",
        """
        import queue, threading
        from attempts import attempt
        q = queue.Queue(maxsize=2)
        attempt(q.get, False)
        attempt(q.get, timeout=0.001)
        attempt(q.get, True, -1)
        attempt(q.get_nowait)
        q.put(1)
        q.put(2)
        attempt(q.put, 3, False)
        attempt(q.put, 3, timeout=0.001)
        attempt(q.task_done)
        def vider():
            while (item := q.get()) is not None:
                print(item)
                q.task_done()
        t = threading.Thread(target=vider)
        t.start()
        for item in ("a", "b", None):
            q.put(item)
        t.join()
        attempt(q.task_done)
        s = queue.SimpleQueue()
        attempt(s.get, True, 0.001)
        s.put(5)
        print(s.get(), queue.LifoQueue().empty(), q.qsize())
        q.get_nowait()
        """,
    ),
    Snippet(
        "locks",
        """
        import threading
        from attempts import attempt
        l, r, s = threading.Lock(), threading.RLock(), threading.Semaphore(2)
        attempt(l.release)
        attempt(r.release)
        attempt(l.acquire)
        attempt(l.acquire, False)
        attempt(l.acquire, timeout=0.001)
        attempt(l.acquire, False, 1)
        attempt(l.locked)
        attempt(r.acquire)
        attempt(r.acquire)
        with s:
            attempt(s.acquire, timeout=0.001)
            attempt(s.acquire, timeout=0.001)
        attempt(threading.BoundedSemaphore(1).release)
        print(l, r)
        def prendre():
            r.release()
        t = threading.Thread(target=prendre)
        t.start()
        t.join()
        with l:
            pass
        """,
        since=(99, 0),
    ),
    Snippet(
        "barrier-and-local",
        """
        import threading
        from attempts import attempt
        b = threading.Barrier(2, timeout=10)
        t = threading.Thread(target=b.wait)
        t.start()
        print(b.wait() in (0, 1), b.broken, b.n_waiting)
        t.join()
        attempt(b.wait, 0.001)
        attempt(b.wait)
        attempt(threading.Barrier, 0) if 0 else None
        ici = threading.local()
        ici.nom = "principal"
        def ailleurs():
            attempt(lambda: ici.nom)
            ici.nom = "autre"
        t = threading.Thread(target=ailleurs)
        t.start()
        t.join()
        print(ici.nom)
        """,
    ),
    Snippet(
        "low-level-threads",
        """
        import _thread, threading
        from attempts import attempt
        verrou = _thread.allocate_lock()
        verrou.acquire()
        def cible(a, b=2):
            print(a, b, threading.current_thread().daemon, type(threading.current_thread()).__name__)
            verrou.release()
        print(type(_thread.start_new_thread(cible, (1,))))
        verrou.acquire()
        _thread.start_new_thread(cible, (1,), {"b": 3})
        verrou.acquire()
        _thread.start_new(cible, ("vieux",))
        verrou.acquire()
        attempt(_thread.start_new_thread)
        attempt(_thread.start_new_thread, cible)
        attempt(_thread.start_new_thread, cible, 1)
        attempt(_thread.start_new_thread, cible, [1])
        attempt(_thread.start_new_thread, cible(0), (1,)) if 0 else None
        attempt(_thread.start_new_thread, "cible", (1,))
        attempt(_thread.start_new_thread, None, ())
        attempt(_thread.start_new_thread, cible, (1,), 5)
        attempt(_thread.start_new_thread, cible, (1,), None)
        attempt(_thread.start_new_thread, cible, (1,), {}, 4)
        attempt(_thread.start_new_thread, function=cible, args=(1,))
        """,
    ),
    Snippet(
        "low-level-thread-that-fails",
        """
        import _thread, sys, threading
        fini = _thread.allocate_lock()
        def hook(args):
            print(type(args).__name__, args.exc_type, args.exc_value, args.err_msg, args.object)
            sys.__unraisablehook__(args)
            fini.release()
        def cible(n):
            raise ValueError(n)
        def cible_qui_sort():
            try:
                sys.exit(5)
            finally:
                fini.release()
        sys.unraisablehook = hook
        fini.acquire()
        _thread.start_new_thread(cible, (1,))
        fini.acquire()
        _thread.start_new_thread(cible_qui_sort, ())
        fini.acquire()
        _thread.start_new_thread(_thread.exit, ())
        print(_thread.interrupt_main.__name__)
        """,
    ),
    Snippet(
        "low-level-thread-that-fails-uncaught",
        """
        import _thread, gc, threading, socket
        a, b = socket.socketpair()
        def client(conn):
            conn.recv("a")
        _thread.start_new_thread(client, (a,))
        while _thread._count():
            b.gettimeout()
        print("fin")
        """,
    ),
    Snippet(
        "thread-pool",
        """
        import concurrent.futures, threading, time
        def carre(n):
            time.sleep(0)
            if n == 3:
                raise ValueError(n)
            return n * n, threading.current_thread().name.partition("-")[0]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            futures = [pool.submit(carre, n) for n in range(4)]
            print([f.exception() or f.result() for f in futures])
            print(list(pool.map(abs, [-1, -2])))
            futures[3].result()
        """,
    ),
    Snippet(
        "deprecated-names",
        """
        import threading
        t = threading.Thread(target=print, args=("ici",))
        t.setDaemon(True)
        t.setName("vieux")
        print(t.isDaemon(), t.getName(), threading.activeCount(), threading.currentThread())
        t.start()
        t.join()
        c = threading.Condition()
        with c:
            c.notifyAll()
        t.isAlive()
        """,
    ),
    Snippet(
        "sleep-wrong-calls",
        """
        import time
        from attempts import attempt
        attempt(time.sleep)
        attempt(time.sleep, "a")
        attempt(time.sleep, None)
        attempt(time.sleep, -1)
        attempt(time.sleep, 1, 2)
        attempt(time.sleep, secs=1)
        attempt(time.sleep, float("nan"))
        attempt(time.sleep, 1e300)
        attempt(time.sleep, float("inf"))
        attempt(time.sleep, 10**400)
        attempt(time.sleep, [1])
        attempt(time.sleep, 0)
        attempt(time.sleep, 0.001)
        attempt(time.sleep, True and 0.0)
        print(time.sleep.__name__, time.sleep.__qualname__, time.sleep.__doc__, time.sleep.__module__, time.sleep)
        def pause():
            time.sleep("1")
        pause()
        """,
    ),
    Snippet(
        "stack-seen-by-a-thread",
        """
        import threading, traceback
        def cible():
            traceback.print_stack()
        t = threading.Thread(target=cible)
        t.start()
        t.join()
        """,
    ),
    Snippet(
        "thread-never-seen-again",
        """
        import gc, threading, weakref
        class Envoi(threading.Thread):
            def run(self):
                print("ici")
        t = Envoi()
        faible = weakref.ref(t)
        t.start()
        t.join()
        del t
        gc.collect()
        print(faible())
        """,
    ),
    Snippet(
        "callable-objects-as-targets",
        """
        import functools, threading
        class Appel:
            def __call__(self, *args):
                print("appel", args)
            def methode(self):
                print("méthode")
            def __getattr__(self, name):
                print("on demande", name)
                raise AttributeError(name)
        for cible in (Appel(), Appel().methode, functools.partial(print, "partial"), functools.partial(Appel(), 1)):
            t = threading.Thread(target=cible)
            t.start()
            t.join()
        """,
    ),
)

# --- Standard input and output --------------------------------------------------------------------------------------

INPUT = (
    Snippet(
        "input",
        """
        from attempts import attempt
        nom = input("Ton nom ? ")
        print("Bonjour", nom, repr(nom))
        print(repr(input()), repr(input(5)), repr(input(None)), repr(input(["a"])))
        attempt(input, 1, 2)
        attempt(input, prompt="> ")
        attempt(input, "> ")
        attempt(input)
        attempt(input, "> ")
        print(input.__name__, input.__module__, input.__doc__, input)
        """,
        stdin="Zoé\n\n  espaces  \ntab\t\nfin sans retour\r\nsuite".encode(),
    ),
    Snippet(
        "input-ended-uncaught",
        """
        def Send():
            while True:
                message = input("> ")
                print(message)
        Send()
        """,
        stdin=b"un\ndeux\n",
    ),
    Snippet(
        "input-with-a-bad-prompt",
        """
        class Invite:
            def __str__(self):
                raise ValueError("invite")
        input(Invite())
        """,
    ),
    Snippet(
        "stdin-lines",
        """
        import sys
        print(repr(sys.stdin.readline()), repr(sys.stdin.readline(3)), repr(sys.stdin.readline()), repr(sys.stdin.read(3)))
        for line in sys.stdin:
            print(repr(line))
            if "stop" in line:
                break
        print(repr(input()), sys.stdin.readlines(7), sys.stdin.readlines(), repr(sys.stdin.read()), repr(sys.stdin.readline()))
        print(list(sys.stdin), repr(sys.stdin.read(5)))
        input()
        """,
        stdin="un\ndeux trois\nabcdef\nencore\nstop\nça\nplus\nrien\r\nfin\rvraie".encode(),
    ),
    Snippet(
        "stdin-bytes",
        """
        import sys
        b = sys.stdin.buffer
        print(b.peek(3)[:3], b.read(3), b.readline(), b.read1(2), b.readinto(bytearray(2)), b.raw.name, b.raw.fileno())
        print(next(b), b.raw.readable(), b.raw.writable(), b.raw.seekable(), b.raw.closefd, b.raw.mode, b.name, b.mode)
        print(b.read(), b.read(), b.raw.read(), b.raw.read(5), b.raw.readall(), b.raw.readinto(bytearray(3)))
        """,
        stdin=bytes(range(256)) * 2 + b"\nligne\nreste\r\n",
    ),
    Snippet(
        "stdin-raw",
        """
        import os, sys
        from attempts import attempt
        raw = sys.stdin.buffer.raw
        print(raw.read(3), raw.readline(), os.read(0, 4), raw.read(0), os.read(0, 100))
        attempt(raw.read, "a")
        attempt(raw.readinto, 5)
        attempt(raw.readinto)
        attempt(raw.write, b"a")
        attempt(raw.seek, 0)
        print(raw.read(5), raw.read(-1), raw.read(None), raw.readall(), os.read(0, 5))
        """,
        stdin=b"abcdef\n0123456789",
    ),
    Snippet(
        "stdin-attributes",
        """
        import io, sys
        f = sys.stdin
        print(f, f.buffer, f.name, f.mode, f.encoding, f.errors, f.newlines, f.line_buffering, f.write_through, f.closed)
        print(f.fileno(), f.isatty(), f.readable(), f.writable(), f.seekable(), sys.__stdin__ is f, type(f), type(f.buffer))
        print(isinstance(f, io.TextIOWrapper), isinstance(f.buffer.raw, io.FileIO), f.buffer.raw.closed, sorted(vars(f)))
        for g in (sys.stdout, sys.stderr):
            print(g, g.name, g.mode, g.encoding, g.errors, g.line_buffering, g.write_through, type(g.buffer), g.fileno())
        f.readline()
        print(f.newlines, f.buffer.raw)
        """,
        stdin=b"a\r\nb\n",
    ),
    Snippet(
        "stdin-wrong-calls",
        """
        import sys
        from attempts import attempt
        attempt(sys.stdin.write, "a")
        attempt(sys.stdin.read, "a")
        attempt(sys.stdin.readline, "a")
        attempt(sys.stdin.seek, 0, 2)
        attempt(sys.stdin.tell)
        attempt(sys.stdin.truncate)
        attempt(print, "a", file=sys.stdin)
        attempt(sys.stdout.read)
        attempt(sys.stdin.input if 0 else len)
        attempt(lambda: sys.stdin.lire)
        attempt(sys.stdin.reconfigure, encoding="latin-1")
        print(sys.stdin.encoding, repr(sys.stdin.readline()))
        """,
        stdin="é\n".encode(),
    ),
    Snippet(
        "stdin-not-utf8",
        """
        import sys
        print(ascii(input()), ascii(sys.stdin.readline()), ascii(sys.stdin.read()))
        """,
        stdin=b"caf\xe9\n\xff\xfe\n\xc3",
    ),
    Snippet(
        "stdin-long-lines",
        """
        import sys
        print(len(input()), len(sys.stdin.readline()), len(sys.stdin.read()))
        """,
        stdin="é".encode() * 9000 + b"\n" + b"a" * 20000 + b"\n" + b"b" * 9001,
    ),
    Snippet(
        "stdin-closed",
        """
        import sys
        from attempts import attempt
        print(input())
        sys.stdin.close()
        print(sys.stdin.closed, sys.stdin.buffer.closed if 0 else "")
        attempt(input)
        attempt(sys.stdin.readline)
        attempt(sys.stdin.fileno)
        attempt(next, sys.stdin)
        print(open(0, closefd=False).read())
        input("> ")
        """,
        stdin=b"un\ndeux\n",
    ),
    Snippet(
        "exit-closes-stdin",
        """
        import atexit, sys
        atexit.register(lambda: print(sys.stdin.closed))
        try:
            exit("au revoir")
        except SystemExit as sortie:
            print(repr(sortie), sys.stdin.closed)
        input()
        """,
        stdin=b"un\n",
    ),
    Snippet(
        "descriptor-0-closed",
        """
        import os
        os.close(0)
        input("> ")
        """,
    ),
    Snippet(
        "stdin-opened-again",
        """
        import sys
        from attempts import attempt
        with open(0, encoding="utf-8", closefd=False) as f:
            print(repr(f.read()))
        print(repr(sys.stdin.read()))
        b = sys.stdin.detach()
        print(type(b).__name__, b.read())
        attempt(sys.stdin.read)
        attempt(input)
        """,
        stdin="ligne\r\nété\n".encode(),
    ),
    Snippet(
        "stdin-replaced",
        """
        import io, sys
        from attempts import attempt
        vrai = sys.stdin
        sys.stdin = io.StringIO("faux\\n")
        print(input("> "))
        attempt(input)
        sys.stdin = vrai
        print(input())
        sys.stdin = None
        attempt(input)
        del sys.stdin
        attempt(input)
        """,
        stdin=b"vrai\n",
    ),
    Snippet(
        "input-replaced",
        """
        import builtins
        vrai = builtins.input
        def input(texte=""):
            return vrai(texte).upper()
        print(input("> "))
        builtins.input = lambda *a: "toujours"
        del input
        print(input())
        """,
        stdin=b"un\n",
    ),
    Snippet(
        "stdin-in-select",
        """
        import select, socket, sys
        a, b = socket.socketpair()
        lus = 0
        while True:
            prets, _, _ = select.select([a, sys.stdin], [], [])
            if sys.stdin in prets:
                line = sys.stdin.readline()
                if not line:
                    break
                print(repr(line))
        print(0 in select.select([0], [], [], 0)[0])
        """,
        stdin=b"un\n",
    ),
    Snippet(
        "input-in-a-thread",
        """
        import threading
        lus = []
        def lire():
            while True:
                lus.append(input("> "))
        t = threading.Thread(target=lire)
        t.start()
        t.join()
        print(lus)
        """,
        stdin=b"un\ndeux\ntrois",
    ),
    Snippet(
        "stdout-closed",
        """
        import sys
        print("avant")
        sys.stdout.close()
        print("après")
        """,
    ),
    Snippet(
        "stdout-redirected",
        """
        import contextlib, io, sys
        with contextlib.redirect_stdout(io.StringIO()) as texte:
            print("caché")
            input("invite ")
        print(repr(texte.getvalue()))
        sys.stdout.write("sans retour")
        sys.stdout.buffer.write("é".encode())
        sys.stderr.write("erreur\\n")
        print("\\ud800")
        """,
        stdin=b"x\n",
    ),
    Snippet(
        "fileinput-and-getpass",
        """
        import fileinput
        for line in fileinput.input():
            print(fileinput.lineno(), repr(line), fileinput.filename(), fileinput.isstdin())
        """,
        stdin=b"un\ndeux",
    ),
)

# --- Exceptions and exits -------------------------------------------------------------------------------------------

EXCEPTIONS = (
    Snippet("name-error", "prnt('a')\n"),
    Snippet(
        "nested-traceback",
        """
        def a(n):
            return 10 / n
        def b(liste):
            return [a(x) for x in liste]
        class C:
            def methode(self):
                return b([1,
                          2,
                          0])
        C().methode()
        """,
    ),
    Snippet(
        "raise-from",
        """
        import socket
        s = socket.socket()
        s.close()
        try:
            s.recv(10)
        except OSError as error:
            raise RuntimeError("plus de réseau") from error
        """,
    ),
    Snippet(
        "raise-during-handling",
        """
        import socket, time
        def fermer():
            time.sleep("a")
        try:
            try:
                socket.socket().connect(("@HOST@", @PORT@))
            except OSError:
                fermer()
        except TypeError:
            socket.socket().bind(1)
        """,
    ),
    Snippet(
        "raise-from-none",
        """
        try:
            input()
        except EOFError:
            raise ValueError("vide") from None
        """,
    ),
    Snippet(
        "traceback-printed",
        """
        import os, select, socket, threading, time, traceback
        s = socket.socket()
        s.close()
        def essayer(appel, *args):
            try:
                appel(*args)
            except Exception:
                traceback.print_exc()
        for appel, *args in (
            (s.recv, 10), (s.send, "a"), (s.connect, ("@HOST@", @PORT@)), (s.bind, ("@HOST@", @PORT@)), (s.accept,),
            (s.listen,), (s.bind, 1, 2), (s.setsockopt, 1, 2, 3), (s.shutdown, 2), (s.getsockname,), (input, "> "),
            (os.read, 99, 1), (os.write, 99, b""), (time.sleep, "a"), (select.select, [s], [], []),
            (threading.Thread().join,), (threading.Condition().wait,), (threading.Condition().notify,),
        ):
            essayer(appel, *args)
        """,
    ),
    Snippet(
        "traceback-formatted",
        """
        import logging, sys, traceback
        def lire():
            return input("> ")
        def lire_encore():
            try:
                lire()
            except EOFError as error:
                raise RuntimeError("encore") from error
        try:
            lire_encore()
        except RuntimeError as error:
            print(traceback.format_exc())
            print(traceback.format_exception(type(error), error, error.__traceback__))
            print(traceback.format_tb(error.__cause__.__traceback__))
            print([(f.name, f.lineno, f.line) for f in traceback.extract_tb(error.__cause__.__traceback__)])
            print([(frame.f_code.co_name, line) for frame, line in traceback.walk_tb(error.__cause__.__traceback__)])
            print(traceback.TracebackException.from_exception(error).stack)
            logging.exception("journal")
            sys.excepthook(type(error), error, error.__traceback__)
            sys.__excepthook__(*sys.exc_info())
        """,
    ),
    Snippet(
        "stack-printed",
        """
        import traceback
        def profond():
            traceback.print_stack()
            print(len(traceback.extract_stack()), traceback.format_stack()[0])
        profond()
        """,
    ),
    Snippet(
        "excepthook",
        """
        import sys, traceback
        print(sys.excepthook is sys.__excepthook__)
        def hook(kind, value, tb):
            print(kind, value, tb is value.__traceback__)
            traceback.print_tb(tb)
            while tb:
                print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
                tb = tb.tb_next
            sys.__excepthook__(kind, value, tb)
        sys.excepthook = hook
        def lire():
            return input()
        lire()
        """,
    ),
    Snippet(
        "excepthook-fails",
        """
        import sys
        def hook(kind, value, tb):
            raise ValueError("dans le hook")
        sys.excepthook = hook
        1 / 0
        """,
    ),
    Snippet(
        "excepthook-exits",
        """
        import sys
        def hook(kind, value, tb):
            sys.exit(12)
        sys.excepthook = hook
        1 / 0
        """,
    ),
    Snippet(
        "excepthook-missing",
        """
        import sys
        del sys.excepthook
        1 / 0
        """,
    ),
    Snippet(
        "exception-that-cannot-be-printed",
        """
        class Muette(Exception):
            def __str__(self):
                raise ValueError("rien à dire")
        raise Muette()
        """,
    ),
    Snippet(
        "exception-with-notes",
        """
        error = ValueError("a")
        error.add_note("une note")
        raise error
        """,
        since=(3, 11),
    ),
    Snippet(
        "exception-group",
        """
        import socket
        def une():
            try:
                socket.socket().recv("a")
            except TypeError as error:
                return error
        raise ExceptionGroup("plusieurs", [une(), ValueError("autre")]) from une()
        """,
        since=(3, 11),
    ),
    Snippet("syntax-error", "import socket\ns = socket.socket(\nprint('a')\n"),
    Snippet("syntax-error-in-the-middle", "print('jamais')\nif True\n    print(1)\n"),
    Snippet("syntax-error-of-python-2", "print 'a'\n"),
    Snippet("indentation-error", "def f():\nprint(1)\n"),
    Snippet("unindent-error", "if 1:\n    a = 1\n  b = 2\n"),
    Snippet("tab-error", "if 1:\n    a = 1\n\tb = 2\n"),
    Snippet("text-without-end", 'a = """abc\n\nprint(a)\n'),
    Snippet("quote-without-end", "print('abc)\n"),
    Snippet("return-outside", "return 5\n"),
    Snippet("await-outside", "await f()\n"),
    Snippet("syntax-warnings", "import re\nx = 5\nprint(x is 5, '\\d' in 'a')\nassert (x, 'message')\n"),
    Snippet("future-import-too-late", "import socket\nfrom __future__ import annotations\n"),
    Snippet(
        "source-in-latin-1",
        "# Un café\nprint('é')\n".encode("latin-1"),
    ),
    Snippet("source-in-latin-1-told", "# -*- coding: latin-1 -*-\nprint('é', 1/0)\n".encode("latin-1")),
    Snippet("source-with-unknown-encoding", b"# coding: rien\nprint('a')\n"),
    Snippet("source-with-bom", b"\xef\xbb\xbfprint('\xc3\xa9')\n1/0\n"),
    Snippet("source-in-utf-16", "print('é')\n".encode("utf-16")),
    Snippet("source-with-null", b"print('a')\n\x00print('b')\n"),
    Snippet("source-with-crlf", b"def f():\r\n    return 1/0\r\nprint('''a\r\nb''')\r\nf()\r\n"),
    Snippet("source-empty", b""),
    Snippet("source-without-last-newline", b"print('a')\n1/0"),
    Snippet("source-with-form-feed", b"print('a')\n\x0c\nprint('b')\n\x1a"),
    Snippet(
        "assert-with-message",
        """
        reponse = "Hello world"
        assert reponse == "Hello World!", f"reçu {reponse!r}"
        """,
    ),
    Snippet(
        "recursion-caught",
        """
        def sans_fin():
            sans_fin()
        try:
            sans_fin()
        except RecursionError as error:
            print(error)
        """,
    ),
    Snippet(
        "keyboard-interrupt",
        """
        import atexit, threading
        atexit.register(print, "atexit")
        threading.Thread(target=print, args=("thread",)).start()
        raise KeyboardInterrupt
        """,
    ),
    Snippet(
        "interrupt-signal",
        """
        import signal, time
        def attendre():
            signal.raise_signal(signal.SIGINT)
            time.sleep(10)
        try:
            attendre()
        except KeyboardInterrupt:
            print("interrompu")
        attendre()
        """,
    ),
    Snippet(
        "signals",
        """
        import signal
        for name in ("SIGINT", "SIGTERM", "SIGPIPE", "SIGCHLD", "SIGHUP", "SIGALRM", "SIGUSR1"):
            print(name, signal.getsignal(getattr(signal, name)))
        print(signal.set_wakeup_fd(-1), signal.pthread_sigmask(signal.SIG_BLOCK, []))
        signal.signal(signal.SIGUSR1, lambda *args: print("reçu", args[0]))
        signal.raise_signal(signal.SIGUSR1)
        signal.raise_signal(signal.SIGTERM)
        """,
    ),
    Snippet(
        "exception-in-del",
        """
        class Fragile:
            def __del__(self):
                import time
                time.sleep("a")
        f = Fragile()
        del f
        print("suite")
        """,
    ),
    Snippet("exit-number", "import sys\nprint('a')\nsys.exit(3)\n"),
    Snippet("exit-text", "import sys\nsys.exit('Erreur : pas de réseau')\n"),
    Snippet("exit-nothing", "import sys\nsys.exit()\n"),
    Snippet("exit-tuple", "import sys\nsys.exit((1, 2))\n"),
    Snippet("exit-float", "import sys\nsys.exit(1.5)\n"),
    Snippet("exit-big", "import sys\nsys.exit(2**40 + 3)\n"),
    Snippet("exit-negative", "import sys\nsys.exit(-1)\n"),
    Snippet("exit-true", "raise SystemExit(True)\n"),
    Snippet("exit-class", "raise SystemExit\n"),
    Snippet("exit-builtin", "print(exit, quit)\nexit()\n"),
    Snippet("exit-builtin-number", "quit(5)\n"),
    Snippet("exit-at-once", "import os\nprint('a')\nos._exit(9)\n"),
    Snippet("exit-abort", "import os\nos.abort()\n"),
    Snippet("exit-killed", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"),
    Snippet(
        "exit-in-finally",
        """
        import sys
        try:
            1 / 0
        finally:
            sys.exit("fini")
        """,
    ),
    Snippet(
        "exit-of-a-subclass",
        """
        class Sortie(SystemExit):
            pass
        try:
            raise Sortie(6)
        finally:
            print("finally")
        """,
    ),
    Snippet(
        "atexit",
        """
        import atexit, sys, threading
        atexit.register(print, "premier")
        atexit.register(lambda: 1 / 0)
        atexit.register(print, "dernier")
        threading.Thread(target=print, args=("thread",)).start()
        sys.exit("sortie")
        """,
    ),
    Snippet(
        "atexit-exits",
        """
        import atexit, sys
        atexit.register(sys.exit, 8)
        raise ValueError("avant")
        """,
    ),
)

# --- The program and its module -------------------------------------------------------------------------------------

MODULES = (
    Snippet(
        "main-module",
        '''
        """La documentation."""
        import sys
        x: int = 5
        print(__name__, __file__, __doc__, __package__, __spec__, __loader__, __builtins__, __cached__ if 0 else None)
        print(list(globals()))
        print(sys.argv, sys.modules["__main__"].x, sys.modules["__main__"], __annotations__)
        import __main__
        print(__main__.__dict__ is globals(), list(vars(__main__)) == list(globals()), locals() is globals())
        if __name__ == "__main__":
            print("oui")
        ''',
    ),
    Snippet(
        "main-module-without-doc",
        """
        print(__doc__, list(globals()))
        def f() -> int:
            "doc"
        print(f.__module__, f.__qualname__, f.__code__.co_filename, f.__code__.co_flags, f.__annotations__)
        """,
    ),
    Snippet(
        "main-imports-itself",
        """
        print("début", __name__, __file__)
        import programme
        print(programme.__name__, programme.__file__, programme is __import__("__main__"))
        """,
    ),
    Snippet(
        "where-am-i",
        """
        import os, pathlib, sys, tempfile
        print(os.getcwd(), sys.path[0], os.path.dirname(os.path.abspath(__file__)), pathlib.Path.cwd(), pathlib.Path.home())
        print(os.path.expanduser("~"), tempfile.gettempdir(), os.listdir("."), os.path.exists("attempts.py"))
        print(sys.path, sys.executable, sys.prefix, sys.flags, sys.orig_argv, sys.argv, sys.warnoptions, sys._xoptions)
        with open("journal.txt", "w") as f:
            f.write("trace")
        print(sorted(os.listdir(os.path.dirname(__file__))))
        """,
    ),
    Snippet(
        "environment",
        """
        import os
        print(sorted(os.environ.items()))
        print(os.getenv("HOME") == os.getcwd(), os.environ.get("USER"))
        """,
    ),
    Snippet(
        "no-grader",
        """
        import sys
        print([name for name in sys.modules if "grader" in name or "probe" in name or "chatpy" in name])
        print(sorted(name for name, module in sys.modules.items() if "grader" in str(getattr(module, "__file__", ""))))
        print([path for path in sys.path if path and __import__("os").path.isdir(path + "/grader")])
        import grader.probe
        """,
    ),
    Snippet(
        "sibling-modules",
        """
        import config
        from outils import afficher
        from outils.reseau import PORT
        import outils.reseau as r
        print(config.IP, PORT, r.__file__, config.__name__, config.__file__, config.__spec__.origin, config.__cached__)
        afficher("ici")
        import outils.rien
        """,
        files={
            "config.py": "IP = '@HOST@'\nprint('config', __name__)\n",
            "outils/__init__.py": "def afficher(x):\n    print(x, __name__, __package__, __path__)\n",
            "outils/reseau.py": "from . import afficher\nPORT = 4242\nafficher('relatif')\n",
        },
    ),
    Snippet("relative-import", "from . import config\n", files={"config.py": "IP = ''\n"}),
    Snippet("missing-module", "import rien_de_tel\n"),
    Snippet("missing-name", "from threading import Thred\n"),
    Snippet(
        "broken-sibling",
        "import config\n",
        files={"config.py": "def f():\n    return 1 / 0\nx = f()\n"},
    ),
    Snippet("sibling-that-does-not-parse", "import config\n", files={"config.py": "def f(:\n    pass\n"}),
    Snippet(
        "error-in-sibling",
        """
        import socket
        from reseau import Client
        a, b = socket.socketpair()
        Client(a).lire()
        """,
        files={
            "reseau.py": """
            class Client:
                def __init__(self, s):
                    self.s = s
                def lire(self):
                    return self.s.recv("1024")
            """
        },
    ),
    Snippet(
        "stray-socket",
        "import socket\ns = socket.socket()\n",
        files={"socket.py": "print('faux socket', __file__)\n"},
    ),
    Snippet(
        "stray-socket-that-imports-socket",
        "import threading\nimport socket\nprint(threading.Thread)\ns = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n",
        files={"socket.py": "import socket\ns = socket.socket()\n"},
    ),
    Snippet(
        "stray-threading",
        "import threading\nthreading.Thread(target=print)\n",
        files={"threading.py": "print('faux threading')\n"},
    ),
    Snippet(
        "stray-queue",
        "import socket, threading\nprint(threading.Thread(target=print).name)\nimport queue\nqueue.Queue()\n",
        files={"queue.py": "print('fausse queue')\n"},
    ),
    Snippet(
        "stray-random",
        "import socket, threading, tempfile\nprint(tempfile.gettempdir())\n",
        files={"random.py": "print('faux random')\n"},
    ),
    Snippet(
        "stray-select",
        "import select, socket\nprint(select.__file__)\nselect.select([], [], [], 0)\n",
        files={"select.py": "print('faux select')\n"},
    ),
    Snippet(
        "stray-signal", "import signal\nprint(signal.__file__)\nimport socket\n", files={"signal.py": "print('faux')\n"}
    ),
    Snippet("stray-enum", "import socket\nprint(socket.AF_INET)\n", files={"enum.py": "print('faux enum')\n"}),
    Snippet("stray-selectors", "import socket\nprint(socket.AF_INET)\n", files={"selectors.py": "print('faux')\n"}),
    Snippet(
        "stray-traceback",
        "import traceback\ntry:\n    input()\nexcept EOFError:\n    traceback.print_exc()\n",
        files={"traceback.py": "def print_exc():\n    print('faux traceback')\n"},
    ),
    Snippet("stray-string", "import string\nimport socket\nprint(string.x)\n", files={"string.py": "x = 1\n"}),
    Snippet("stray-re", "import re, threading\nprint(re.x)\n", files={"re.py": "x = 1\n"}),
    Snippet("stray-os", "import os\nprint(os.sep)\n", files={"os.py": "x = 1\n"}),
    Snippet("stray-time", "import time\nprint(time.sleep(0))\n", files={"time.py": "x = 1\n"}),
    Snippet("stray-grader", "import grader\nprint(grader.x)\n", files={"grader.py": "x = 1\n"}),
    Snippet(
        "stray-runner",
        "import runner, channel, sockets\nprint(runner.x)\n",
        files={"runner.py": "x = 1\n", "channel.py": "", "sockets.py": ""},
    ),
    Snippet(
        "stray-socket-package",
        "import socket\nsocket.socket()\n",
        files={"socket/__init__.py": "print('faux paquet')\n"},
    ),
    Snippet(
        "source-of-oneself",
        """
        import inspect, linecache
        def Send(client):
            # un commentaire
            return client
        print(inspect.getsource(Send), inspect.getsourcefile(Send), inspect.getfile(Send), inspect.getmodule(Send))
        print(linecache.getline(__file__, 3), open(__file__).readline(), inspect.currentframe().f_code.co_name)
        """,
    ),
    Snippet(
        "warnings",
        """
        import warnings
        def f():
            warnings.warn("attention")
            warnings.warn("à l'appelant", DeprecationWarning, stacklevel=2)
        f()
        f()
        warnings.warn("vieux", DeprecationWarning)
        warnings.warn("ressource", ResourceWarning)
        print(warnings.filters, "__warningregistry__" in globals())
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.warn("devient une erreur")
        """,
    ),
    Snippet(
        "resource-warnings",
        """
        import socket, warnings
        warnings.simplefilter("always")
        s = socket.socket()
        s.bind(("@HOST@", @PORT@))
        s = None
        socket.socket()
        """,
    ),
    Snippet(
        "globals-changed",
        """
        import builtins
        builtins.bonjour = lambda: print("bonjour")
        bonjour()
        exec("y = 5")
        print(y, eval("y + 1"), compile("1", "<x>", "eval").co_filename)
        exec("1 / 0", {"__name__": "ailleurs"})
        """,
    ),
    Snippet(
        "functions-in-a-class",
        """
        import os, select, socket, time
        class Outils:
            lire = input
            dormir = time.sleep
            os_lire = os.read
            os_ecrire = os.write
            choisir = select.select
        o = Outils()
        print(o.lire("> "), o.dormir(0), o.os_ecrire(1, b"x\\n"), o.choisir([], [], [], 0), o.os_lire(0, 5))
        """,
        stdin=b"un\n",
    ),
    Snippet(
        "functions-as-values",
        """
        import functools, os, pickle, select, time, _thread
        for f in (input, time.sleep, os.read, os.write, select.select, _thread.start_new_thread):
            print(f, f.__name__, f.__qualname__, f.__module__, callable(f), bool(f.__doc__), f == f, len({f, f}))
            print(pickle.loads(pickle.dumps(f)) is f, functools.wraps(f)(lambda: 0).__name__)
        print(list(map(input, ["a ", "b "])))
        """,
        stdin=b"un\ndeux\n",
    ),
    Snippet(
        "pickle-from-main",
        """
        import pickle
        class Message:
            def __init__(self, texte):
                self.texte = texte
        m = pickle.loads(pickle.dumps(Message("salut")))
        print(m.texte, type(m) is Message, Message.__module__, Message)
        """,
    ),
    Snippet(
        "fork",
        """
        import os, sys
        pid = os.fork()
        if pid == 0:
            print("enfant", flush=True)
            os._exit(3)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """,
    ),
    Snippet(
        "subprocess",
        """
        import subprocess, sys
        r = subprocess.run([sys.executable, "-c", "import socket; print(socket.socket, input())"], input=b"x\\n", stdout=-1)
        print(r.stdout, r.returncode)
        subprocess.run([sys.executable, "-c", "print(input())"])
        """,
        stdin=b"pour l'enfant\n",
    ),
    Snippet(
        "run-another-file",
        """
        import runpy, socket
        runpy.run_path("autre.py", run_name="__main__")
        """,
        files={"autre.py": "import sys\nprint(__name__, __file__, sys.argv)\n1 / 0\n"},
    ),
    Snippet(
        "garbage",
        """
        import gc
        print(gc.isenabled(), gc.get_threshold(), gc.collect() >= 0, gc.garbage)
        """,
    ),
    Snippet(
        "modules-reloaded",
        """
        import importlib, socket, sys, threading
        avant = socket.socket
        importlib.reload(socket)
        print(socket.socket is avant, socket.socket().fileno() > 0)
        del sys.modules["threading"]
        import threading
        t = threading.Thread(target=print, args=("nouveau",))
        t.start()
        t.join()
        """,
    ),
    Snippet(
        "modules-described",
        """
        import select, socket, threading, time
        print(socket.__name__, socket.__file__, socket.__spec__.name, threading.__file__, threading.__spec__.name)
        print(sorted(vars(socket)) == sorted(dir(socket)), len(socket.__all__), socket.socket.__module__, time, select)
        print(sorted(vars(threading)))
        """,
    ),
)

SNIPPETS: tuple[Snippet, ...] = (
    *WRONG_SOCKET_CALLS,
    *SOCKET_OBJECTS,
    *THREADS,
    *INPUT,
    *EXCEPTIONS,
    *MODULES,
)
"""Alike in every byte of output and in the exit status."""

ALLOWED: tuple[Snippet, ...] = ()
"""Not alike, and why that is accepted."""
