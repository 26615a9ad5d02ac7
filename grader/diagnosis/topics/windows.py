"""Explains what only POSIX does, to whoever was graded on Windows: on Linux and macOS these programs are right."""

from __future__ import annotations

import ast

from ...transcript.calls import Entered
from ...transcript.facts import FilenoAsked, Raised, Refused
from ...transcript.questions import place_of
from ...transcript.record import Run, Transcript
from .. import lessons
from ..case import Finding
from ..code import Code, called
from ..mistake import Mistake

# fmt: off
SOCKET_PAS_FICHIER = Mistake("socket_pas_fichier", "", "sous Windows, os.write, os.read, os.close, os.fdopen ou open prend le descripteur d'une socket",
    "Ligne {line}, {name} prend ta socket pour un fichier. Sous Linux et macOS, cela marche ; sous Windows, une socket n'est pas un fichier.",
    "Ligne {line} de {file}, écris plutôt {owner}.{instead} : cela marche partout.",
    "Quelle méthode de la socket fait la même chose que {name} ?", lessons.ENVOYER)
CLAVIER_PAS_SOCKET = Mistake("clavier_pas_socket", "", "sous Windows, select attend le clavier",
    "Ligne {line}, select attend aussi le clavier. Sous Linux et macOS, cela marche ; sous Windows, select n'attend que des sockets.",
    "Lis le clavier dans un thread à lui, avec input() : cela marche partout.",
    "Qui peut attendre le clavier, pendant qu'un autre attend la socket ?", lessons.SEND)
PAS_SOUS_WINDOWS = Mistake("pas_sous_windows", "", "sous Windows, un nom que seuls Linux et macOS ont",
    "Ligne {line}, {name} n'existe pas sous Windows : seuls Linux et macOS l'ont.",
    "Ligne {line} de {file}, sers-toi plutôt de {instead} : cela marche partout.",
    "Sur quel système as-tu trouvé {name} ?", lessons.COINCE)
# fmt: on


WINDOWS = "win32"

SOCKET = {
    "write": "sendall(…)", "read": "recv(…)", "close": "close()", "fdopen": "makefile(…)", "open": "makefile(…)",
}  # fmt: skip
"""What a socket does on every system, by the function of ``os`` (or the built-in one) that wants a file's descriptor.

Windows has another table for sockets than for the files of the C library, whose functions say EBADF (Winsock, "Socket
Handles").
"""

KEYBOARD = 2
"""The bit of ``Entered.target`` that stands for standard input in a select."""

PARTS = {
    "sendmsg": "sendall(…)", "recvmsg": "recv(…)", "recvmsg_into": "recv_into(…)",
    "poll": "select.select(…)", "epoll": "select.select(…)", "fork": "threading.Thread(…)",
    "pause": "threading.Event()", "alarm": "settimeout(…)", "SIGALRM": "settimeout(…)",
    "AF_UNIX": "AF_INET", "SO_REUSEPORT": "SO_REUSEADDR",
}  # fmt: skip
"""What exists everywhere, by the parts of modules that Windows lacks ("Availability", docs.python.org)."""

OWNERS = ("module", "socket", "select", "os", "signal")
"""Who lacks them: for an AttributeError the type, for an ImportError the module."""

MODULES = {"fcntl": "setblocking(…)", "termios": "input()", "readline": "input()", "curses": "print()"}
"""The same by the modules that Windows lacks."""


def only_posix(transcript: Transcript, error: Raised | Refused, run: Run, code: Code) -> Finding | None:
    """The mistake behind an error that Linux and macOS would not have made.

    Args:
        transcript: tells the system.
        error: what Python raised, caught or not.
        run: where it was seen.
        code: the file that it stopped in.
    """
    if transcript.system != WINDOWS:
        return None
    if isinstance(error, Raised) and {"AttributeError", "ImportError"} & set(error.bases):
        return _absent(error)
    if error.code != "EBADF":
        return None
    return _keyboard(error, run) or _as_file(error, run, code)


def _absent(error: Raised) -> Finding | None:
    """A module, or a part of one, that is not there."""
    name = error.name.lstrip("_")  # curses is in two halves, and the one written in C is missing
    instead = MODULES.get(name) if "ModuleNotFoundError" in error.bases else PARTS.get(name)
    if instead is None or ("ModuleNotFoundError" not in error.bases and error.owner not in OWNERS):
        return None
    return Finding(PAS_SOUS_WINDOWS, place_of(error), {"name": name, "instead": instead})


def _keyboard(error: Raised | Refused, run: Run) -> Finding | None:
    """Select was asked about the keyboard, and Windows's knows sockets only."""
    asked = [one for one in run.of(Entered, error.actor) if one.call == "select" and one.line == error.line]
    return Finding(CLAVIER_PAS_SOCKET, place_of(error)) if asked and asked[-1].target & KEYBOARD else None


def _as_file(error: Raised | Refused, run: Run, code: Code) -> Finding | None:
    """A function for files was given a socket, and Windows knows no file of that number."""
    call = next((one for one in code.calls_at(error.line, *SOCKET) if one.args and _is_plain(one, code)), None)
    if call is None:
        return None
    owner = _owner(call.args[0], code)
    if not owner and not run.has(FilenoAsked, error.actor):
        return None
    name = called(call)
    words = {"name": name if name == "open" else f"os.{name}", "owner": owner or "client", "instead": SOCKET[name]}
    return Finding(SOCKET_PAS_FICHIER, place_of(error), words)


def _is_plain(call: ast.Call, code: Code) -> bool:
    """Whether a module's function is called, and not a method of something that has been opened."""
    function = call.func
    return isinstance(function, ast.Name) or (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in code.modules
    )


def _owner(descriptor: ast.expr, code: Code) -> str:
    """The name of the socket whose ``fileno()`` a descriptor is; empty where the text does not tell."""
    asked = code.resolve(descriptor)
    if not isinstance(asked, ast.Call) or called(asked) != "fileno" or not isinstance(asked.func, ast.Attribute):
        return ""
    return asked.func.value.id if isinstance(asked.func.value, ast.Name) else ""
