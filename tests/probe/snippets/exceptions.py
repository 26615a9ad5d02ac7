"""Tracebacks, exits and signals."""

from __future__ import annotations

from .snippet import Snippet

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
        "excepthook-called-by-hand",
        """
        import sys
        print(sys.excepthook, sys.excepthook is sys.__excepthook__, sys.unraisablehook)
        try:
            input()
        except EOFError as error:
            sys.excepthook(*sys.exc_info())
            sys.excepthook(type(error), error, None)
        sys.excepthook(1)
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
    Snippet("source-in-latin-1-told", "# -*- coding: latin-1 -*-\nprint('é', 1/0)\n".encode("latin-1")),
    Snippet("source-with-bom", "print('é')\n1/0\n".encode("utf-8-sig")),
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
