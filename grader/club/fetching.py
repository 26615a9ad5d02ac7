"""Has git list a stranger's repository and fetch from it, within caps, and says in French why it could not."""

from __future__ import annotations

import io
import os
import re
import shlex
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from ..errors import UsageError
from .bounds import (
    FETCH_S,
    LIST_MEMORY_BYTES,
    LIST_S,
    MAX_ARCHIVE_BYTES,
    MAX_HAND_INS,
    MAX_LIST_BYTES,
    PART_S,
    REPOSITORY_S,
)
from .bundles import write_settings
from .git import SETTINGS, Answer, Caps, check_place, git, shown_address
from .objects import CAPS

BRANCH = re.compile(r"refs/(?:heads|remotes/[^/]+)/rendu/(.+)\Z", re.DOTALL)
"""A hand-in's branch, in the club's repository or in a teacher's clone of it."""

MAIN = ("refs/heads/main", "refs/heads/master", "refs/remotes/origin/main", "refs/remotes/origin/master")

WITHOUT_LARGE = f"blob:limit={MAX_ARCHIVE_BYTES}"

PARTS = 16
"""In how many parts a fetch is tried again that has failed as a whole, so that one branch does not cost the others."""

THEIR_SETTINGS = (
    *(setting for setting in SETTINGS if not setting.startswith("protocol.")),
    "protocol.allow=never",  # a repository may say that what it lacks is to be had by a command
    "protocol.file.allow=never",
    "protocol.git.allow=never",
    "protocol.http.allow=never",
    "protocol.https.allow=never",
    "protocol.ssh.allow=never",
    "protocol.ext.allow=never",
    "uploadpack.allowFilter=true",
    "core.sshCommand=false",
    "core.gitProxy=false",
    "core.useReplaceRefs=false",
    "pack.threads=1",
    "pack.window=0",  # what goes from disk to disk need not be made smaller
    "core.bigFileThreshold=8m",
    "core.packedGitWindowSize=32m",
    "core.packedGitLimit=256m",
)
"""What holds for the git that reads in their repository, before whatever their own configuration says."""

OUR_SETTINGS = (
    "protocol.version=2",
    "safe.bareRepository=all",
    "fetch.fsckObjects=false",  # an odd object costs its own hand-in, when it is read; not that of all others
    "fetch.unpackLimit=1",
    "fetch.bundleURI=",
    "pack.threads=1",
    "core.bigFileThreshold=8m",
    "core.packedGitWindowSize=32m",
)

FILE_TOO_LARGE = 25
"""The signal (SIGXFSZ) that ends whoever writes more than it may."""

TOO_MUCH = "il a bien trop à donner pour un club"

REASONS = (
    ("out of memory", TOO_MUCH),
    ("file too large", TOO_MUCH),
    ("corruption", "un morceau y est abîmé ou manque"),
    ("not our ref", "un morceau y est abîmé ou manque"),
    ("bad config line", "ce dépôt est abîmé"),
    ("unexpected line", "ce dépôt est abîmé"),
    ("repository extension", "il demande un git plus récent"),
    ("repo version", "il demande un git plus récent"),
    ("could not resolve host", "ce nom de serveur n'existe pas, ou le réseau manque"),
    ("unable to look up", "ce nom de serveur n'existe pas, ou le réseau manque"),
    ("connection refused", "personne n'y répond"),
    ("failed to connect", "personne n'y répond"),
    ("unable to connect", "personne n'y répond"),
    ("network is unreachable", "le réseau manque"),
    ("authentication failed", "il demande un mot de passe"),
    ("could not read username", "il demande un mot de passe, ou il n'existe pas"),
    ("could not read password", "il demande un mot de passe"),
    ("terminal prompts disabled", "il demande un mot de passe, ou il n'existe pas"),
    ("permission denied", "tu n'as pas le droit de le lire"),
    ("error: 403", "tu n'as pas le droit de le lire"),
    ("host key verification failed", "cette machine ne connaît pas encore la clé de ce serveur"),
    ("certificate prob", "son certificat n'est pas valable"),
    ("certificate verif", "son certificat n'est pas valable"),
    ("' not allowed", "cette sorte d'adresse n'est pas permise"),
    ("unable to find remote helper", "cette sorte d'adresse n'est pas connue"),
    ("not found", "il n'y a pas de dépôt à cette adresse"),
    ("does not exist", "il n'y a pas de dépôt à cette adresse"),
    ("not exported", "il n'y a pas de dépôt à cette adresse"),
    ("does not appear to be a git repository", "ce n'est pas un dépôt git"),
    ("not a git repository", "ce n'est pas un dépôt git"),
    ("hung up", "le serveur a coupé"),
    ("early eof", "le serveur a coupé"),
)
"""What git says in English of a repository that it cannot read, in small letters, and what it means."""


@dataclass(frozen=True)
class References:
    """What a repository lists.

    Attributes:
        branches: the objects of the hand-ins, by name.
        main: the object of the main branch; empty where there is none.
        digits: of an object's name.
    """

    branches: dict[str, str] = field(default_factory=dict)
    main: str = ""
    digits: int = 40


def list_references(url: str) -> References:
    """Ask a repository for its branches.

    Raises:
        UsageError: it cannot be read, or has far too many.
    """
    # Not inside of anybody's repository, whose configuration would count.
    with tempfile.TemporaryDirectory(prefix="chatpy-", ignore_cleanup_errors=True) as nowhere:
        place = os.path.realpath(nowhere)
        variables = {"GIT_CEILING_DIRECTORIES": os.path.dirname(place)}
        _make_home(place)
        words = (*_ours(), "ls-remote", "--symref", *_reader(url, place), "--", url)
        caps = Caps(MAX_LIST_BYTES, LIST_MEMORY_BYTES)
        answer = git(*words, folder=place, limit_s=LIST_S, variables=variables, caps=caps)
    check_place(answer)
    if not answer.ok:
        raise UsageError(f"Je ne peux pas lire le dépôt « {shown_address(url)} » : {why(answer, url)}.")
    found: dict[str, str] = {}
    head = ""
    for line in io.BytesIO(answer.output):
        first, tab, name = line.decode("utf-8", "surrogateescape").rstrip("\n").partition("\t")
        if tab and first.startswith("ref: ") and name == "HEAD":
            head = first[len("ref: ") :]
        elif tab and not name.endswith("^{}") and (name in (*MAIN, "HEAD", head) or BRANCH.match(name)):
            found[name] = first
    branches = {name: oid for name, oid in found.items() if BRANCH.match(name)}
    if len(branches) > MAX_HAND_INS:
        raise UsageError(f"Il y a plus de {MAX_HAND_INS} branches rendu/… dans « {shown_address(url)} » : c'est trop.")
    order = MAIN if BRANCH.match(head) else (head, "HEAD", *MAIN)
    main = next((found[name] for name in order if name in found and name not in branches), "")
    return References(branches, main, len(next(iter(found.values()), "0" * 40)))


def why(answer: Answer, url: str) -> str:
    """Why git could not read a repository, in French, to stand behind a colon."""
    if answer.took_too_long:
        return "il ne répond pas"
    if answer.status in (FILE_TOO_LARGE, 128 + FILE_TOO_LARGE):
        return TOO_MUCH
    said = answer.words.lower().replace(url.lower(), "")  # an address may hold any word
    return next((meaning for words, meaning in REASONS if words in said), "git n'y arrive pas")


class Fetching:
    """Fetches into a repository of ours.

    Args:
        repository: it.
        url: from where.
        digits: of an object's name.
        without: what a server that can leave something out is asked to (``--filter`` in git-rev-list(1)).
    """

    def __init__(self, repository: str, url: str, digits: int, without: str = WITHOUT_LARGE) -> None:
        self._without = without
        self.repository = repository
        self.digits = digits
        self._url = url
        _make_home(repository)
        self._until = time.monotonic() + REPOSITORY_S

    def fetch(self, oids: Iterable[str], depth: int, limit_s: float = FETCH_S) -> dict[str, str]:
        """Fetch commits with what they hold and so many before them.

        Returns:
            those that did not come, and why, as French sentences.
        """
        wanted = list(dict.fromkeys(oids))
        if not wanted:
            return {}
        left_s = self._until - time.monotonic()
        if left_s <= 0:
            return dict.fromkeys(wanted, "Le dépôt a mis trop de temps à répondre : il faut recommencer.")
        answer = self._run(wanted, depth, min(limit_s, left_s))
        check_place(answer)
        if answer.ok:
            return {}
        if len(wanted) == 1:
            return {wanted[0]: f"Cette branche ne se laisse pas prendre : {why(answer, self._url)}."}
        size = -(-len(wanted) // PARTS)
        refused: dict[str, str] = {}
        for first in range(0, len(wanted), size):
            refused |= self.fetch(wanted[first : first + size], depth, PART_S)
        return refused

    def _run(self, oids: list[str], depth: int, limit_s: float) -> Answer:
        words = (
            *_ours(),
            "-c",
            f"remote.source.url={self._url}",
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--no-auto-maintenance",
            f"--depth={depth}",
            f"--filter={self._without}",
            *_reader(self._url, self.repository),
            "--stdin",
            "source",
        )
        data = "".join(oid + "\n" for oid in oids).encode("ascii")
        variables = {"GIT_DIR": self.repository}
        try:
            return git(*words, folder=self.repository, data=data, limit_s=limit_s, variables=variables, caps=CAPS)
        finally:
            self._tidy_up()

    def _tidy_up(self) -> None:
        """Take away what a fetch that was ended leaves, and what git has noted: nothing is ever to be fetched later."""
        write_settings(self.repository, self.digits)
        for folder in (self.repository, os.path.join(self.repository, "objects", "pack")):
            for name in os.listdir(folder):
                if name.endswith(".lock") or name.startswith("tmp_"):
                    os.unlink(os.path.join(folder, name))


def _ours() -> tuple[str, ...]:
    return tuple(word for setting in OUR_SETTINGS for word in ("-c", setting))


def _reader(url: str, home: str) -> tuple[str, ...]:
    """The option that names what reads in a repository on this machine; a server's own is not ours to choose.

    Args:
        url: the repository.
        home: a folder with nothing but our own settings in it: older gits ask there whose repositories may be read.
    """
    if not os.path.isdir(url):
        return ()
    command = shlex.join(["git", *(word for setting in THEIR_SETTINGS for word in ("-c", setting)), "upload-pack"])
    folder = shlex.quote(home.replace(os.sep, "/"))
    return (f"--upload-pack=HOME={folder} XDG_CONFIG_HOME={folder} GIT_CONFIG_NOSYSTEM=1 {command}",)


def _make_home(folder: str) -> None:
    with open(os.path.join(folder, ".gitconfig"), "w", encoding="ascii", newline="\n") as file:
        file.write("[safe]\n\tdirectory = *\n")
