"""What is truly different on Windows: data, each with its reason. Whatever else differs is a bug."""

from __future__ import annotations

from dataclasses import dataclass

NO_FILE = "A socket is no file there: os.write and os.read on its descriptor fail with EBADF."
NO_KEYBOARD = "select waits for sockets only there: not for the keyboard."
NO_SENDMSG = "The socket module has neither sendmsg nor recvmsg there."
NO_REUSE = (
    "create_server does not set SO_REUSEADDR there: a port is free at once anyway, and the option lets two programs "
    "have it."
)
NO_DESCRIPTOR = (
    "The probe's channel is a socket there, which no descriptor of a file reaches: what is written to all of them is "
    "never read, and nothing is suspected of it."
)
CHAT = frozenset({"duo.dialogue", "duo.accents", "bonus.propre"})
"""What falls with any direction of a chat."""

SENDS = frozenset({"serveur.send", "client.send"})
RECEIVES = frozenset({"serveur.reception", "client.reception"})


@dataclass(frozen=True)
class Difference:
    """One submission that Windows and POSIX treat differently.

    Attributes:
        name: the submission's, in the collection.
        reason: what Windows itself does otherwise.
        checks: the checks whose verdict, diagnosis or place differs.
        first: the diagnosis of the first thing to repair there; empty where all is well there.
        unseen: what is suspected here, and not there.
    """

    name: str
    reason: str
    checks: frozenset[str]
    first: str = ""
    unseen: frozenset[str] = frozenset()


FORGED = frozenset({"faux_faits"})

DIFFERENCES: tuple[Difference, ...] = (
    Difference(
        "style-posix-os-write",
        NO_FILE,
        CHAT | SENDS | RECEIVES | {"etape1.hello", "etape1.fin", "bonus.long"},
        "socket_pas_fichier",
    ),
    Difference("style-posix-select-stdin", NO_KEYBOARD, CHAT | SENDS, "clavier_pas_socket"),
    Difference("style-posix-sendmsg-recvmsg", NO_SENDMSG, CHAT | SENDS | RECEIVES | {"bonus.long"}, "pas_sous_windows"),
    Difference("style-create-server", NO_REUSE, frozenset({"bonus.relance"}), "decode_impossible"),
    Difference("style-create-connection-localhost", NO_REUSE, frozenset({"bonus.relance"}), "sans_reuse"),
    Difference("attack-forged-fileno", NO_DESCRIPTOR, frozenset(), "", FORGED),
    Difference("attack-flood-of-garbage", NO_DESCRIPTOR, frozenset(), "", FORGED),
    Difference("attack-odd-numbers", NO_DESCRIPTOR, frozenset(), "", FORGED),
    Difference("attack-forged-reuse", NO_DESCRIPTOR, frozenset(), "", FORGED),
    Difference("attack-stray-socket", NO_DESCRIPTOR, frozenset(), "sans_listen", FORGED),
    Difference("attack-forged-join", NO_DESCRIPTOR, frozenset(), "", FORGED),
)
