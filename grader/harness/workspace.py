"""Throw-away copies of a submission, one for each program, so that what one writes no other sees."""

from __future__ import annotations

import errno
import os
import stat
from types import TracebackType

from ..files import temporary_folder
from ..probe.files import pack

_made: set[str] = set()
"""The folders that are not removed yet."""


class Workspace:
    """The folders of one grading, removed at the end.

    Args:
        files: the submission's files by their path inside it, with ``/``.
        root: where the programs see them, in a sandbox; empty to make a temporary folder.
    """

    def __init__(self, files: dict[str, bytes], root: str) -> None:
        self._files = files
        self._root = root
        self._own = ""
        self._count = 0
        self._packets: dict[tuple[str, ...], int] = {}

    def __enter__(self) -> Workspace:
        return self  # nothing is made before it is certain to be removed: an interruption may come at any moment

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for packet in self._packets.values():
            os.close(packet)
        if self._own:
            _remove(self._own)

    @property
    def packet(self) -> int:
        """The descriptor of the packet that is to be unpacked in each new folder."""
        return self.packet_of(self._files)

    def packet_of(self, files: dict[str, bytes]) -> int:
        """The same for other files.

        Raises:
            OSError: there is no room.
        """
        names = tuple(files)
        if names not in self._packets:
            self._packets[names] = _kept(pack(files))
        return self._packets[names]

    def new_folder(self) -> str:
        """A name for a fresh copy; whoever starts the program makes it."""
        if not self._root:
            self._root = self._new_root()
        self._count += 1
        return os.path.join(self._root, str(self._count))

    def _new_root(self) -> str:
        """A new folder for temporary files, where there is room.

        Raises:
            OSError: there is none anywhere.
        """
        try:
            return self._made_in(temporary_folder())
        except OSError:
            import tempfile  # it knows more places, and tries them

            try:
                return self._made_in(tempfile.gettempdir())
            except FileNotFoundError as error:  # it has found none
                raise OSError(errno.ENOSPC, error.strerror) from error

    def _made_in(self, folder: str) -> str:
        self._own = os.path.join(folder, "chatpy-" + os.urandom(6).hex())
        _made.add(self._own)  # before it is made: an interruption may come at any moment
        os.mkdir(self._own, stat.S_IRWXU)
        return self._own


def _kept(data: bytes) -> int:
    """A descriptor from which ``data`` can be read, with no name in any folder."""
    if hasattr(os, "memfd_create"):
        fd = os.memfd_create("chatpy")
    else:
        import tempfile  # where there is no such thing

        with tempfile.TemporaryFile() as file:
            fd = os.dup(file.fileno())
    written = 0
    while written < len(data):
        written += os.write(fd, data[written:])
    return fd


def remove_all() -> None:
    """Remove what an interruption has left."""
    for root in list(_made):
        _remove(root)


def _remove(root: str) -> None:
    """Remove a folder, however deep a program has made it, and whatever rights it has taken away.

    Folders are brought up to the first level before they are removed: no path is ever long. What still cannot be
    removed stays.
    """
    count = 0
    try:
        os.chmod(root, stat.S_IRWXU)
        while entries := [entry for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False)]:
            for entry in entries:
                os.chmod(entry.path, stat.S_IRWXU)
                for inner in os.scandir(entry.path):
                    if inner.is_dir(follow_symlinks=False):
                        count += 1
                        os.rename(inner.path, os.path.join(root, f"{count}.up"))
                    else:
                        _unlink(inner.path)
                os.rmdir(entry.path)
        for entry in os.scandir(root):
            _unlink(entry.path)
        os.rmdir(root)
        _made.discard(root)
    except OSError:
        pass  # on Windows, a file that somebody has still opened


def _unlink(path: str) -> None:
    if os.name == "nt":
        os.chmod(path, stat.S_IWRITE)  # a file that may only be read cannot be removed there
    os.unlink(path)
