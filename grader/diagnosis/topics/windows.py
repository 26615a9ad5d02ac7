"""Explains what only POSIX does, to whoever was graded on Windows: on Linux and macOS these programs are right."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ...transcript.calls import SELECT, Entered
from ...transcript.facts import FilenoAsked, Raised, Refused
from ...transcript.questions import place_of
from .. import lessons
from ..case import Case, Finding
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


def only_posix(case: Case) -> Iterator[Finding]:
    """An error, caught or not, that Linux and macOS would not have made."""
    error = case.error or case.refusal
    if case.transcript.system != WINDOWS or error is None:
        return
    if case.error is not None and {"AttributeError", "ImportError"} & set(case.error.bases):
        yield from _absent(case.error)
    elif error.code == "EBADF":
        yield from _keyboard(case, error)
        yield from _as_file(case, error)


def _absent(error: Raised) -> Iterator[Finding]:
    """A module, or a part of one, that is not there."""
    name = error.name.lstrip("_")  # curses is in two halves, and the one written in C is missing
    whole = "ModuleNotFoundError" in error.bases
    instead = MODULES.get(name) if whole else PARTS.get(name)
    if instead is not None and (whole or error.owner in OWNERS):
        yield Finding(PAS_SOUS_WINDOWS, place_of(error), {"name": name, "instead": instead})


def _keyboard(case: Case, error: Raised | Refused) -> Iterator[Finding]:
    """Select was asked about the keyboard, and Windows's knows sockets only."""
    asked = [one for one in case.run.of(Entered, error.program) if one.call == SELECT and one.line == error.line]
    if asked and asked[-1].target & KEYBOARD:
        yield Finding(CLAVIER_PAS_SOCKET, place_of(error))


def _as_file(case: Case, error: Raised | Refused) -> Iterator[Finding]:
    """A function for files was given a socket, and Windows knows no file of that number."""
    calls = case.code.calls_at(error.line, *SOCKET)
    call = next((one for one in calls if one.args and _is_plain(one, case.code)), None)
    owner = _owner(call.args[0], case.code) if call is not None else ""
    if call is not None and (owner or case.run.has(FilenoAsked, error.program)):
        function, owner = called(call), owner or "client"
        name = function if function == "open" else f"os.{function}"
        place, instead = place_of(error), SOCKET[function]
        yield Finding(SOCKET_PAS_FICHIER, place, {"name": name, "owner": owner, "instead": instead})


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
