"""A temporary repository in which a hand-in becomes a commit: nobody's own one is touched by it."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from types import TracebackType

from ..errors import GraderError, reason
from ..files import temporary_folder
from .bounds import HAND_OVER_S
from .causes import cause_of
from .git import EMAIL, NAME, Answer, git
from .packing import digest_of

MESSAGE = "rendu"


class Scratch:
    """A bare repository that is gone at the end of a ``with``.

    Args:
        limit_s: for all that is done with it, until ``renew``.

    Raises:
        UsageError: there is no git.
        GraderError: it cannot be made.
    """

    def __init__(self, limit_s: float = HAND_OVER_S) -> None:
        self.renew(limit_s)
        self._whole = tempfile.TemporaryDirectory(
            prefix="chatpy-rendu-", dir=temporary_folder(), ignore_cleanup_errors=True
        )
        self._commits: dict[tuple[str, int, str], str] = {}
        self.folder = os.path.join(self._whole.name, "own")

    def __enter__(self) -> Scratch:
        try:
            self._make(self.folder)
        except BaseException:
            self._whole.cleanup()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._whole.cleanup()

    def renew(self, limit_s: float = HAND_OVER_S) -> None:
        """Let the time begin anew: somebody was asked meanwhile."""
        self._end_s = time.monotonic() + limit_s

    def git(self, *words: str, data: bytes | None = None, folder: str = "") -> Answer:
        """Run a command in the repository, within the time that is left.

        Raises:
            OSError: the system refuses.
        """
        left_s = max(0.1, self._end_s - time.monotonic())
        try:
            return git(*words, folder=folder or self.folder, data=data, limit_s=left_s)
        except FileNotFoundError as error:  # no place for temporary files was found
            raise OSError(errno.ENOSPC, error.strerror) from error

    def commit(self, files: dict[str, bytes], when_s: int, parent: str = "") -> str:
        """Make a commit of exactly these files, by nobody; returns its number. The same one is made once only.

        Args:
            files: by path with ``/``.
            when_s: when, in seconds since 1970; said in UTC.
            parent: a commit that the repository has; empty where it is the first.

        Raises:
            GraderError: it cannot be made.
        """
        key = (digest_of(files), when_s, parent)
        if key not in self._commits:
            who = f"{NAME} <{EMAIL}> {when_s} +0000"
            head = f"commit refs/scratch/{len(self._commits)}\nmark :1\nauthor {who}\ncommitter {who}\n"
            stream = [
                head.encode(),
                _data(MESSAGE.encode()),
                f"from {parent}\n".encode() * bool(parent),
                b"deleteall\n",
            ]
            for path, data in files.items():
                name = path.encode().replace(b"\\", b"\\\\").replace(b'"', b'\\"')
                stream += [b'M 100644 inline "', name, b'"\n', _data(data)]
            stream += [b"\nget-mark :1\n", b"done\n"]
            answer = self._done("fast-import", "--quiet", "--done", data=b"".join(stream))
            self._commits[key] = answer.output.decode("ascii").strip()
        return self._commits[key]

    def numbers_of(self, *names: str) -> list[str]:
        """The numbers of what names stand for (gitrevisions(7)); a tree's is the same for the same files only.

        Raises:
            GraderError: there is no such thing.
        """
        return self._done("rev-parse", *names).output.decode("ascii").split()

    def bundle(self, commit: str, branch: str) -> bytes:
        """A commit and its files as one file, which holds it as that branch.

        Raises:
            GraderError: it cannot be made.
        """
        self._done("update-ref", branch, commit)
        return self._done("bundle", "create", "-", branch).output

    def another(self) -> str:
        """The folder of one more repository, which has nothing of this one.

        Raises:
            GraderError: it cannot be made.
        """
        folder = tempfile.mkdtemp(dir=self._whole.name)
        self._make(folder)
        return folder

    def _make(self, folder: str) -> None:
        self._done("init", "--bare", "--quiet", folder, folder=self._whole.name)

    def _done(self, *words: str, data: bytes | None = None, folder: str = "") -> Answer:
        try:
            answer = self.git(*words, data=data, folder=folder)
        except OSError as error:
            raise GraderError(f"git ne peut pas travailler ici, {reason(error)}.") from error
        if not answer.ok:
            raise GraderError(f"git ne peut pas préparer ton rendu : {cause_of(answer)}.")
        return answer


def _data(data: bytes) -> bytes:
    """What git-fast-import(1) reads as so many bytes."""
    return b"data %d\n%b\n" % (len(data), data)
