"""Sends a hand-in to a repository or a folder, and reads back what has arrived there."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass

from ..errors import UsageError, reason
from ..files import write_whole_bytes
from .bounds import MAX_SEEN_BYTES, MOST_PUSHES, PUSH_PAUSE_S
from .causes import CLOCK, cause_of, was_overtaken
from .git import Answer
from .hand_in import SUFFIX
from .packing import digest_of
from .place import Kind, Place
from .scratch import Scratch

BRANCH = "refs/heads/rendu/"
THERE = "refs/scratch/there"
"""What was found under the pseudonym."""

EARLIEST_S = 1_767_225_600
"""2026-01-01 (UTC): a machine that says it is earlier has lost its clock, and hand-ins are told apart by theirs."""

LOCAL_SETTINGS = ("safe.directory=*", "core.hooksPath=" + os.devnull, "core.fsmonitor=false", "gc.auto=0",
                  "receive.autogc=false", "maintenance.auto=false", "core.alternateRefsCommand=:")  # fmt: skip
"""For git at the other end of a path, which gets none of our settings (git-config(1), safe.directory): a share belongs
to somebody else, and no program of theirs is started by this user."""


class TakenError(Exception):
    """Something is there under this pseudonym, and we do not know it to be ours."""


class NotSentError(UsageError):
    """It did not arrive; the message is why, to stand behind a colon, without a full stop."""


@dataclass(frozen=True)
class Arrival:
    """What has arrived, read back.

    Attributes:
        mark: what it is known by: a commit's number, a file's checksum.
        already: whether the same files were there before.
    """

    mark: str
    already: bool = False


@dataclass(frozen=True)
class Parcel:
    """What is sent.

    Attributes:
        pseudo: the student's.
        files: by path with ``/``.
        data: all of it as one file.
        when_s: when it is handed in, in seconds since 1970 (UTC).
    """

    pseudo: str
    files: dict[str, bytes]
    data: bytes
    when_s: int


def send(parcel: Parcel, place: Place, scratch: Scratch | None, known: str, *, mine: bool = False) -> Arrival:
    """Send a hand-in, and read it back.

    Args:
        parcel: what.
        place: where; not nowhere.
        scratch: where commits are made; None only where the place is a folder.
        known: the mark of our last hand-in there under this pseudonym; empty where we know of none.
        mine: whether what is there under this pseudonym is ours, whoever left it.

    Raises:
        TakenError: something is there, and it is not known to be ours.
        NotSentError: it did not arrive, or is not to be read back.
    """
    if parcel.when_s < EARLIEST_S:
        raise NotSentError(CLOCK)
    if place.kind is Kind.FOLDER:
        return _put(parcel, os.path.join(place.address, parcel.pseudo + SUFFIX), known, mine=mine)
    assert scratch is not None, "a repository needs git"
    return _Push(parcel, place, scratch).push(known, mine=mine)


def _put(parcel: Parcel, path: str, known: str, *, mine: bool) -> Arrival:
    """Write a file whole, unless somebody else's is there. Its mark is the file's checksum, and its files'."""
    known_sum, _, known_files = known.partition(" ")
    files = digest_of(parcel.files)
    try:
        if os.path.islink(path) or (os.path.exists(path) and not os.path.isfile(path)):
            raise NotSentError(
                f"{os.path.basename(path)} y est déjà, et n'est pas un vrai fichier : change de pseudonyme"
            )
        there = _checksum(path) if os.path.exists(path) else ""
        if there and there != known_sum and not mine:
            raise TakenError
        if there and there == known_sum and files == known_files:
            return Arrival(known, already=True)
        write_whole_bytes(path, parcel.data, keep=True)
        arrived = _checksum(path)
    except OSError as error:
        raise NotSentError(reason(error)) from error
    if arrived != hashlib.sha256(parcel.data).hexdigest():
        raise NotSentError("ce qui est arrivé n'est pas ce qui est parti : recommence, ou change de clé")
    return Arrival(f"{arrived} {files}")


def _checksum(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.sha256(file.read(MAX_SEEN_BYTES)).hexdigest()


class _Push:
    """One hand-in on its way into a repository.

    Args:
        parcel: what.
        place: where.
        scratch: where commits are made.
    """

    def __init__(self, parcel: Parcel, place: Place, scratch: Scratch) -> None:
        self._parcel = parcel
        self._address = place.address
        self._scratch = scratch
        self._branch = BRANCH + parcel.pseudo
        self._sending = _other_end("--upload-pack", place)
        self._receiving = _other_end("--receive-pack", place)

    def push(self, known: str, *, mine: bool) -> Arrival:
        """See ``send``."""
        for attempt in range(MOST_PUSHES):
            parent = ""
            if self._is_there():
                self._fetch(self._scratch.folder)
                own = self._scratch.commit(self._parcel.files, self._parcel.when_s)
                parent, theirs, ours = self._scratch.numbers_of(THERE, f"{THERE}^{{tree}}", f"{own}^{{tree}}")
                if theirs == ours:
                    return Arrival(parent, already=True)
                if parent != known and not mine:
                    raise TakenError
            commit = self._scratch.commit(self._parcel.files, self._parcel.when_s, parent)
            words = ("push", "--quiet", *self._receiving, "--", self._address, f"{commit}:{self._branch}")
            answer = self._git(*words)
            if answer.ok:
                return self._read_back(commit)
            if not was_overtaken(answer):
                break
            time.sleep(PUSH_PAUSE_S * (1 + attempt))  # a server does not tell when the pushes of others are over
        raise NotSentError(cause_of(answer, was_read=True))

    def _is_there(self) -> bool:
        """Whether something is there under this pseudonym."""
        answer = self._git("ls-remote", *self._sending, "--", self._address, self._branch)
        if not answer.ok:
            raise NotSentError(cause_of(answer))
        return any(line.split()[1:] == [self._branch.encode()] for line in answer.output.splitlines())

    def _fetch(self, folder: str) -> None:
        """Get the last commit that is there."""
        words = ("fetch", "--quiet", "--depth=1", "--no-tags", *self._sending, "--", self._address)
        answer = self._git(*words, f"+{self._branch}:{THERE}", folder=folder)
        if not answer.ok:
            raise NotSentError(cause_of(answer))

    def _read_back(self, commit: str) -> Arrival:
        """Get what has arrived, into a repository that has nothing yet: a commit's number is that of its files, too."""
        folder = self._scratch.another()
        self._fetch(folder)
        answer = self._git("rev-parse", "--verify", THERE, folder=folder)
        if not answer.ok or answer.output.decode("ascii", "replace").strip() != commit:
            raise NotSentError("un autre rendu est arrivé sous ce nom au même moment : recommence")
        return Arrival(commit)

    def _git(self, *words: str, folder: str = "") -> Answer:
        try:
            return self._scratch.git(*words, folder=folder)
        except OSError as error:
            raise NotSentError(f"git ne peut pas travailler ici, {reason(error)}") from error


def _other_end(option: str, place: Place) -> tuple[str, ...]:
    """The option that names what to start at the other end of a path; a shell reads it, and git brings one along."""
    if not place.is_local:
        return ()
    service = option.removeprefix("--")
    return (f"{option}=" + " ".join(["git", *(f"-c '{setting}'" for setting in LOCAL_SETTINGS), service]),)
