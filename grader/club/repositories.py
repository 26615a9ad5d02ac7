"""Finds the hand-ins in somebody's git repository: their branches, or the folders on its main one.

What comes is fetched into a bare repository of ours and read from there. Theirs is only ever opened by a
``git upload-pack`` that has been told what it must not do: no hook, no other program, nothing fetched in its turn.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import tempfile
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from ..errors import UsageError
from ..escape import shown
from ..tree import is_skipped
from .bounds import (
    FETCH_S,
    LIST_MEMORY_BYTES,
    LIST_S,
    MAX_ARCHIVE_BYTES,
    MAX_HAND_INS,
    MAX_LIST_BYTES,
    MAX_TREES,
    MAX_VERSIONS,
    PART_S,
    REPOSITORY_S,
)
from .bundles import contents_of, temporary_repository, write_settings
from .contents import Contents, Kind, UnreadableError
from .git import SETTINGS, Answer, Caps, check_place, git, shown_address
from .objects import CAPS, Objects
from .reading import Found, opened_file, stem
from .tidy import BUNDLED, pseudonyms

BRANCH = re.compile(r"refs/(?:heads|remotes/[^/]+)/rendu/(.+)\Z", re.DOTALL)
"""A hand-in's branch, in the club's repository or in a teacher's clone of it."""

FOLDER = "rendus"
"""Where the hand-ins are on a main branch."""

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


def find_in_repository(url: str) -> Iterator[Found]:
    """The hand-ins of a repository, by name; what was fetched is there until the last one has been taken.

    Raises:
        UsageError: it cannot be read.
    """
    references = list_references(url)
    with temporary_repository(references.digits) as repository:
        fetching = _Fetching(repository, url, references.digits)
        refused = fetching.fetch(list(references.branches.values()), MAX_VERSIONS)
        with Objects(repository, references.digits) as objects:
            yield from _in_branches(objects, references.branches, refused)
        if references.main and _has_folder(url, references):
            problem = fetching.fetch([references.main], MAX_TREES).get(references.main, "")
            with Objects(repository, references.digits) as objects:
                try:
                    now = {} if problem else _listing(objects, objects.commit(references.main).tree)
                except UnreadableError as error:
                    problem = str(error)
                if problem:
                    raise UsageError(f"Le dossier {FOLDER}/ de « {shown_address(url)} » ne se lit pas. {problem}")
                yield from _in_folders(objects, references.main, now)


def why(answer: Answer, url: str) -> str:
    """Why git could not read a repository, in French, to stand behind a colon."""
    if answer.took_too_long:
        return "il ne répond pas"
    if answer.status in (FILE_TOO_LARGE, 128 + FILE_TOO_LARGE):
        return TOO_MUCH
    said = answer.words.lower().replace(url.lower(), "")  # an address may hold any word
    return next((meaning for words, meaning in REASONS if words in said), "git n'y arrive pas")


def _in_branches(objects: Objects, branches: dict[str, str], refused: dict[str, str]) -> Iterator[Found]:
    names = {reference: _name(reference) for reference in branches}
    given = pseudonyms(names.values())
    for reference, name in sorted(names.items(), key=lambda pair: (pair[1], pair[0])):
        pseudo, odd = given[name]
        opened = partial(_branch, objects, branches[reference], refused.get(branches[reference], ""))
        yield Found(pseudo, f"branche rendu/{shown(name)}", opened, (odd,) if odd else ())


def _name(reference: str) -> str:
    match = BRANCH.match(reference)
    assert match is not None
    return unicodedata.normalize("NFC", match[1])


@contextmanager
def _branch(objects: Objects, oid: str, refused: str) -> Iterator[Contents]:
    """What a branch's commit holds."""
    if refused:
        raise UnreadableError(refused)
    yield contents_of(objects, oid)


def _has_folder(url: str, references: References) -> bool:
    """Whether the main branch has hand-ins in it; only its uppermost folder is fetched where the server can do that."""
    with temporary_repository(references.digits) as repository:
        if _Fetching(repository, url, references.digits, "tree:1").fetch([references.main], 1):
            return False
        with Objects(repository, references.digits) as objects:
            try:
                listed = objects.folder(objects.commit(references.main).tree)
            except UnreadableError:
                return False  # it is the project's, or whatever else; who hands in there makes a folder
    return any(name == FOLDER and kind is None for name, kind, _ in listed)


def _listing(objects: Objects, tree: str) -> dict[str, tuple[Kind | None, str]]:
    """What is in the folder of the hand-ins, by name; empty where there is no such folder."""
    folder = next((key for name, kind, key in objects.folder(tree) if name == FOLDER and kind is None), "")
    return {name: (kind, key) for name, kind, key in objects.folder(folder)} if folder else {}


def _in_folders(objects: Objects, main: str, now: dict[str, tuple[Kind | None, str]]) -> Iterator[Found]:
    changed: dict[str, list[int]] = {}
    after: dict[str, tuple[Kind | None, str]] = {}
    after_s: int | None = None
    for version in objects.versions(main, MAX_TREES):
        try:
            listed = _listing(objects, version.tree)
        except UnreadableError:
            break  # what was before it nobody needs
        _note(changed, after, listed, after_s)
        after, after_s = listed, version.when_s
    _note(changed, after, {}, after_s)
    kept = {name: pair for name, pair in now.items() if _is_hand_in(name, pair[0])}
    given = pseudonyms(stem(name) if kind else name for name, (kind, _) in kept.items())
    for name, (kind, key) in sorted(kept.items()):
        pseudo, odd = given[stem(name) if kind else name]
        opened = partial(_folder, objects, kind, key, tuple(changed.get(name, ())))
        yield Found(pseudo, f"{FOLDER}/{shown(name)}", opened, (odd,) if odd else ())


def _note(
    changed: dict[str, list[int]],
    after: dict[str, tuple[Kind | None, str]],
    before: dict[str, tuple[Kind | None, str]],
    after_s: int | None,
) -> None:
    """Note when each folder changed, the newest first."""
    for name, pair in after.items():
        if before.get(name) != pair and after_s is not None:
            changed.setdefault(name, []).append(after_s)


def _is_hand_in(name: str, kind: Kind | None) -> bool:
    if kind is None:
        return not is_skipped(name)
    return kind is not Kind.FILE or name.lower().endswith(BUNDLED)


@contextmanager
def _folder(objects: Objects, kind: Kind | None, key: str, times_s: tuple[int, ...]) -> Iterator[Contents]:
    """What one folder or file of the main branch holds."""
    when_s = times_s[0] if times_s else None
    objects.begin()
    if kind is None:
        entries = objects.entries(key)
        yield Contents(entries, lambda entry, most: objects.file(entry.key, most), when_s, times_s[1:])
    elif kind is Kind.FILE:
        with opened_file(io.BytesIO(objects.file(key, MAX_ARCHIVE_BYTES))) as inside:
            yield replace(inside, when_s=when_s or inside.when_s, earlier_s=times_s[1:])
    else:
        raise UnreadableError(f"Ce n'est ni un dossier ni un fichier : {kind.value}.")


class _Fetching:
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
