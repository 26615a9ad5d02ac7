"""Standard input and output."""

from __future__ import annotations

from .snippet import Snippet

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
        f = sys.stdin
        print(repr(f.readline()), repr(f.readline(3)), repr(f.readline()), repr(f.read(3)))
        for line in sys.stdin:
            print(repr(line))
            if "stop" in line:
                break
        print(repr(input()), f.readlines(7), f.readlines(), repr(f.read()), repr(f.readline()))
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
        for g in (sys.stdin, sys.stdout, sys.stderr):
            print(g, g.name, g.mode, g.encoding, g.errors, g.newlines, g.line_buffering, g.write_through, g.closed)
            print(g.fileno(), g.isatty(), g.readable(), g.writable(), g.seekable(), type(g), type(g.buffer), vars(g))
        print(f.buffer, sys.__stdin__ is f, isinstance(f, io.TextIOWrapper), isinstance(f.buffer.raw, io.FileIO))
        f.readline()
        print(f.newlines, f.buffer.raw.name, type(f.buffer.raw))
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
        print(sys.stdin.closed)
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
