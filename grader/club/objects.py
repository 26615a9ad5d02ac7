"""Reads commits, folders and files out of a repository of ours, through one git that answers as long as we ask.

Nothing is checked out: names, links, attributes, filters and submodules of a stranger's are bytes here, and stay so.
"""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import TracebackType

from ..limits import MAX_DEPTH, MAX_PATH_BYTES
from ..tree import VENV_MARK, is_skipped
from .bounds import (
    GIT_MEMORY_BYTES,
    HAND_IN_S,
    LOOK_S,
    MAX_ENTRIES,
    MAX_NAMES,
    MAX_PACK_BYTES,
    MAX_TREE_BYTES,
    MOST_QUESTIONS,
)
from .contents import Entry, Kind, UnreadableError
from .git import Caps, end, git, kill, start

CAPS = Caps(MAX_PACK_BYTES, GIT_MEMORY_BYTES)

SIZE, CONTENT = "--batch-check", "--batch"
"""What is asked for an object (git-cat-file(1))."""

BOTH = {SIZE: ("--batch-command", "info "), CONTENT: ("--batch-command", "contents ")}
"""The same of a git that answers both, and the word before each question."""

HEXADECIMAL = frozenset("0123456789abcdef")


MISSING = "Il manque un morceau dans ce dépôt."
BROKEN = "Un morceau de ce dépôt est abîmé."
TOO_SLOW = "Le lire prend trop de temps : ce n'est pas un rendu ordinaire."
TOO_LARGE = "Un morceau de ce dépôt est démesuré."
TOO_MANY = "Il y a trop de noms dans un seul dossier."


@dataclass(frozen=True)
class Commit:
    """One state of a branch.

    Attributes:
        tree: the object that lists its files.
        parent: the commit before; empty where there is none.
        when_s: when it was made, by the clock of whoever made it; None where that cannot be.
    """

    tree: str
    parent: str
    when_s: int | None


class Objects:
    """The objects of one repository; to be used in a ``with`` statement.

    Args:
        repository: a bare repository of ours.
        digits: of an object's name: 40, or 64 with SHA-256.
    """

    def __init__(self, repository: str, digits: int = 40) -> None:
        self._repository = repository
        self._digits = digits
        self._asked: dict[str, subprocess.Popen[bytes]] = {}
        self._left_s = HAND_IN_S
        self._asking_since: float | None = None
        self._closed = threading.Event()
        self._watch = threading.Thread(target=self._end_what_hangs, daemon=True)

    def __enter__(self) -> Objects:
        self._watch.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed.set()
        self._watch.join()
        for mode in list(self._asked):
            self._drop(mode)

    def begin(self) -> None:
        """From here on another hand-in is read, which has time of its own."""
        self._left_s = HAND_IN_S

    def commit(self, oid: str) -> Commit:
        """A commit; a tag is followed to it.

        Raises:
            UnreadableError: it is none.
        """
        for _ in range(5):
            kind, data = self._content(oid)
            fields = dict(
                reversed([line.split(b" ", 1) for line in data.partition(b"\n\n")[0].split(b"\n") if b" " in line])
            )
            if kind != "tag":
                break
            oid = fields.get(b"object", b"").decode("ascii", "replace")
        if kind != "commit" or b"tree" not in fields:
            raise UnreadableError(BROKEN)
        _, _, when = fields.get(b"committer", b"").rpartition(b"> ")
        seconds = when.split(b" ")[0]
        when_s = int(seconds) if seconds.isdigit() and len(seconds) <= 11 else None
        return Commit(
            fields[b"tree"].decode("ascii", "replace"), fields.get(b"parent", b"").decode("ascii", "replace"), when_s
        )

    def versions(self, oid: str, most: int) -> Iterator[Commit]:
        """A commit and those before it, each the first parent of the one after, as far as they are here."""
        for _ in range(most):
            try:
                commit = self.commit(oid)
            except UnreadableError:
                return
            yield commit
            oid = commit.parent
            if not oid:
                return

    def folder(self, tree: str) -> list[tuple[str, Kind | None, str]]:
        """What one folder lists: names, kinds (None for a folder) and objects.

        Raises:
            UnreadableError: it is no folder, or too large.
        """
        kind, data = self._content(tree)
        if kind != "tree":
            raise UnreadableError(BROKEN)
        listed, at, oid_bytes = [], 0, self._digits // 2
        while at < len(data):
            space, zero = data.find(b" ", at), data.find(b"\0", at)
            if not at < space < zero or zero + oid_bytes >= len(data) + 1:
                raise UnreadableError(BROKEN)
            mode, name = data[at:space], data[space + 1 : zero].decode("utf-8", "surrogateescape")
            at = zero + 1 + oid_bytes
            listed.append((name, _kind(mode), data[zero + 1 : at].hex()))
            if len(listed) > MAX_ENTRIES:
                raise UnreadableError(TOO_MANY)
        return listed

    def entries(self, tree: str) -> list[Entry]:
        """All files below a folder, in breadth; those that are never a submission's own are not even listed."""
        found: list[Entry] = []
        folders = deque([("", tree, 0)])
        looked = 0
        while folders and looked <= MAX_NAMES:
            around, oid, depth = folders.popleft()
            listed = self.folder(oid)
            if around and any(name == VENV_MARK for name, _, _ in listed):
                continue
            for name, kind, key in listed:
                looked += 1
                path = around + name
                if kind is None and name.lower() == ".git":
                    found.append(Entry(path, Kind.GIT))
                elif kind is not None:
                    # A name with a slash in it cannot be made by git: it would seem to be in a folder.
                    found.append(Entry(path if "/" not in name else "/" + name, kind, key=key))
                elif depth < MAX_DEPTH and len(path) < MAX_PATH_BYTES and not is_skipped(name):
                    folders.append((path + "/", key, depth + 1))
        if folders:
            found.append(Entry("…", Kind.MANY))
        sizes = self._sizes([entry.key for entry in found if entry.kind is Kind.FILE])
        return [Entry(e.path, e.kind, sizes.get(e.key, 0), e.key) for e in found]

    def file(self, oid: str, most: int) -> bytes:
        """The content of a file that is no larger than ``most``.

        Raises:
            UnreadableError: it is not there, or larger.
        """
        return self._content(oid, most)[1]

    def _sizes(self, oids: list[str]) -> dict[str, int]:
        """The sizes; what is not there was too large to be fetched."""
        sizes: dict[str, int] = {}
        for first in range(0, len(oids), MOST_QUESTIONS):
            some = oids[first : first + MOST_QUESTIONS]
            for oid, line in zip(some, self._lines(SIZE, some), strict=True):
                size = line.split(b" ")[-1]
                sizes[oid] = int(size) if size.isdigit() else UNFETCHED
        return sizes

    def _lines(self, mode: str, oids: list[str]) -> list[bytes]:
        """Ask, and take one line of answer to each question; a git that ended is given a second chance."""
        mode, word = BOTH[mode] if answers_both() else (mode, "")
        asked = "".join(f"{word}{oid}\n" for oid in oids).encode("ascii")
        for _ in range(2):
            if self._left_s <= 0:
                raise UnreadableError(TOO_SLOW)
            self._asking_since = time.monotonic()
            try:
                process = self._process(mode)
                assert process.stdin is not None
                assert process.stdout is not None
                process.stdin.write(asked)
                process.stdin.flush()
                lines = [process.stdout.readline(1000) for _ in oids]
                if all(line.endswith(b"\n") for line in lines):
                    return [line.rstrip(b"\n") for line in lines]
            except OSError:
                pass  # it has ended, and says no more
            finally:
                self._left_s -= time.monotonic() - self._asking_since
                self._asking_since = None
            self._drop(mode)
        raise UnreadableError(BROKEN)

    def _content(self, oid: str, most: int = MAX_TREE_BYTES) -> tuple[str, bytes]:
        """The kind of an object and its content."""
        if len(oid) != self._digits or not set(oid) <= HEXADECIMAL:
            raise UnreadableError(BROKEN)
        (line,) = self._lines(CONTENT, [oid])
        mode = BOTH[CONTENT][0] if answers_both() else CONTENT
        _, *words = line.decode("ascii", "replace").split(" ")
        if len(words) != 2 or not words[1].isdigit():
            raise UnreadableError(MISSING)
        size = int(words[1])
        if size > most:
            self._drop(mode)  # the rest of the answer is read by nobody
            raise UnreadableError(TOO_MANY if words[0] == "tree" else TOO_LARGE)
        stdout = self._process(mode).stdout
        assert stdout is not None
        data = stdout.read(size + 1)
        if len(data) != size + 1:
            self._drop(mode)
            raise UnreadableError(BROKEN)
        return words[0], data[:-1]

    def _process(self, mode: str) -> subprocess.Popen[bytes]:
        if mode not in self._asked:
            pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
            variables = {"GIT_DIR": self._repository}
            self._asked[mode] = start(("cat-file", mode), self._repository, pipe, pipe, nowhere, variables, CAPS)
        return self._asked[mode]

    def _drop(self, mode: str) -> None:
        process = self._asked.pop(mode, None)
        if process is not None:
            end(process)

    def _end_what_hangs(self) -> None:
        """Kill a git that does not answer: whoever asked then reads an end."""
        while not self._closed.wait(LOOK_S):
            since = self._asking_since
            if since is not None and time.monotonic() - since > HAND_IN_S:
                for process in list(self._asked.values()):
                    kill(process)


@cache
def answers_both() -> bool:
    """Whether this git answers both kinds of questions in one process, as it does since 2.36.

    Starting a process takes most of the time that a small bundle takes.
    """
    found = re.match(rb"git version (\d{1,4})\.(\d{1,4})", git("version").output)
    return found is not None and (int(found[1]), int(found[2])) >= (2, 36)


UNFETCHED = 1 << 62
"""The size of what was too large to be fetched: larger than anything."""

MODES = {b"40000": None, b"040000": None, b"120000": Kind.LINK, b"160000": Kind.SUBMODULE}


def _kind(mode: bytes) -> Kind | None:
    """What a mode in a tree means; regular files have several, old ones among them."""
    if mode in MODES:
        return MODES[mode]
    return Kind.FILE if mode.startswith(b"100") else Kind.SPECIAL
