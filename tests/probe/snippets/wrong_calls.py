"""Sockets used wrongly: the exceptions and their messages."""

from __future__ import annotations

from .snippet import Snippet

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
            ("@HOST@", 2**40), ("@HOST@", 2**70), (None, @PORT@), (127, @PORT@), (b"y" * 64, @PORT@),
            ("é" * 70, @PORT@), ("a..b", @PORT@), ("a\\0b", @PORT@), (b"\\xff", @PORT@), (("@HOST@",), @PORT@),
            "/un/chemin", b"/un/chemin", bytearray(b"ab"), {"@HOST@": @PORT@},
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
            None, "::1", @PORT@, ["::1", @PORT@], ("::1",), ("::1", "@PORT@"), ("::1", None), ("::1", 70000),
            ("::1", -1), (None, @PORT@), (b"y" * 64, @PORT@), ("::1", @PORT@, 0, 0, 0), ("::1", @PORT@, "a"),
            ("::1", @PORT@, -1),
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
        attempt(getattr, socket, "connect")
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
