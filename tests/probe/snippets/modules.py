"""The program as a module, its neighbours and its surroundings."""

from __future__ import annotations

from .snippet import Snippet

MODULES = (
    Snippet(
        "main-module",
        '''
        """La documentation."""
        import sys
        x: int = 5
        print(__name__, __file__, __doc__, __package__, __spec__, __loader__, __builtins__)
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
        print(os.getcwd(), sys.path[0], os.path.dirname(os.path.abspath(__file__)), pathlib.Path.cwd())
        print(pathlib.Path.home())
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
        "import threading, socket\nprint(threading.Thread)\ns = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\n",
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
        command = [sys.executable, "-c", "import socket; print(socket.socket, input())"]
        r = subprocess.run(command, input=b"x\\n", stdout=subprocess.PIPE)
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
