"""What was found in a folder, an archive or a tree of git's, in one form for all three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class UnreadableError(Exception):
    """Something of a hand-in cannot be read; the message is one French sentence for the instructor."""


class Kind(Enum):
    """What an entry of a list is; the value is what is said of those that are left out."""

    FILE = ""
    LINK = "un lien n'est jamais suivi"
    SPECIAL = "ce n'est pas un fichier ordinaire"
    SUBMODULE = "c'est un autre dépôt git (submodule), qui n'est pas dans celui-ci"
    GIT = "c'est à git, pas à l'exercice"
    LOCKED = "il faut un mot de passe"
    PACKED = "cette compression n'est pas courante"
    UNREAD = "le système ne laisse pas lire"
    OUTSIDE = "ce nom mène hors du dossier, ou ne convient pas à tous les systèmes"
    TWICE = "ce nom y est déjà"
    DEEP = "trop de dossiers les uns dans les autres"
    LARGE = "trop gros"
    MANY = "trop de fichiers"
    DAMAGED = "abîmé"


@dataclass(frozen=True)
class Entry:
    """One name in a list: of a folder, an archive or a tree.

    Attributes:
        path: as the list has it, with ``/``.
        kind: what it is.
        size: in bytes, as the list says.
        key: how whoever made the list finds it again.
        when_s: when it was last changed, in seconds since 1970; None where the list does not say.
    """

    path: str
    kind: Kind = Kind.FILE
    size: int = 0
    key: str = ""
    when_s: int | None = None


@dataclass(frozen=True)
class Contents:
    """A list of names, and what is behind them.

    Attributes:
        entries: the list.
        read: the first bytes of one of them, no more than the number given; raises UnreadableError, or OSError.
        when_s: when all of it was handed in; None where only its files have a time.
        earlier_s: when it was handed in before; the newest first.
        odd: French sentences.
    """

    entries: list[Entry]
    read: Callable[[Entry, int], bytes]
    when_s: int | None = None
    earlier_s: tuple[int, ...] = ()
    odd: tuple[str, ...] = ()
