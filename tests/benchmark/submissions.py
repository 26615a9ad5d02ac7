"""The submissions that are graded for a figure, beside the reference and the skeleton."""

from __future__ import annotations

from tests.submissions.mistakes import MISTAKES
from tests.submissions.model import Edit, Mistake, mistake_files

QUICK_MISTAKES = (
    "hello-small-w",
    "hello-only-printed",
    "etape1-port-4243",
    "etape1-no-listen",
    "etape1-no-accept",
    "etape1-accept-twice",
    "etape1-no-encode",
    "etape1-enter-to-quit",
    "serveur-no-bind",
    "serveur-no-accept",
    "serveur-receives-one",
    "serveur-sends-one",
    "serveur-shows-bytes",
    "client-port-4243",
    "client-no-connect",
    "client-receives-one",
    "client-sends-all-at-the-end",
    "threads-args-without-comma",
    "threads-only-envoi-started",
    "threads-wait-for-each-other",
    "join-none",
    "end-exit-1",
    "python-missing-colon",
    "send-no-encode",
    "reception-name-misspelt",
    "accents-read-in-latin1",
)
"""Mistakes that neither sleep nor loop, of all kinds: most programs wait for something that never comes."""

CHAT = ("serveur.py", "client.py")
STOP = "        if not octets:\n            break  # b\"\" : l'autre a fini, il n'y aura plus jamais rien à lire\n"

HANGING = mistake_files(
    Mistake(
        "hanging",
        "Everything starts and connects, then waits for ever, without a word.",
        (
            Edit("etape1.py", 'client.sendall(MESSAGE.encode("utf-8"))', "client.recv(1024)"),
            *(
                Edit(file, docstring, docstring + "    threading.Event().wait()\n")
                for file in CHAT
                for docstring in (
                    '    """Lit le clavier et envoie chaque ligne, jusqu\'à Ctrl+D."""\n',
                    '    """Affiche ce qui arrive, jusqu\'au départ de l\'autre."""\n',
                )
            ),
        ),
        frozenset(),
    )
)

LOOPING = dict.fromkeys(("etape1.py", *CHAT), "while True:\n    pass\n")
"""Every program loops before it has done anything."""

CHURNING = dict.fromkeys(("etape1.py", *CHAT), "import socket\n\nwhile True:\n    socket.socket()\n")
"""Every program does without end what the grader takes notice of."""

ENDLESS = mistake_files(
    Mistake(
        "endless",
        "Both programs chat; after the end one prints for ever and the other loops in silence.",
        (
            Edit("serveur.py", STOP, '        if not octets:\n            print("Le client dit :")\n'),
            Edit("client.py", STOP, "        if not octets:\n            continue\n"),
        ),
        frozenset(),
    )
)


def quick_mistakes() -> dict[str, dict[str, str]]:
    """The files of each quick mistake, by its name.

    Raises:
        KeyError: the collection of mistakes has lost one of them.
    """
    by_name = {mistake.name: mistake for mistake in MISTAKES}
    return {name: mistake_files(by_name[name]) for name in QUICK_MISTAKES}
