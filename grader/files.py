"""Where files go: the project, a place for temporary ones, and each in one step, so that no part of one is left."""

from __future__ import annotations

import os

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
"""The project: the package is in it, and beside it the subject in a folder ``skeleton``."""


def write_whole(path: str, text: str) -> None:
    """Write a text as UTF-8, as ``write_whole_bytes`` does; lone surrogates, which paths may hold, are spelled out.

    Raises:
        OSError: it cannot be written.
    """
    write_whole_bytes(path, text.replace("\n", os.linesep).encode("utf-8", "backslashreplace"))


def write_whole_bytes(path: str, data: bytes, *, keep: bool = False) -> None:
    """Write a file, first under a name that nobody can know before; what is no file is written to as it is.

    Args:
        path: the file; a link stays one, and /dev/stdout and pipes are for those who read there.
        data: what is to be in it.
        keep: whether to return only when it is on the disk itself: a USB stick is pulled out soon after.

    Raises:
        OSError: it cannot be written.
    """
    whole = os.path.isfile(path) or not os.path.exists(path)
    beside = f"{path}.{os.urandom(6).hex()}" if whole else path
    try:
        with open(beside, "wb") as file:
            file.write(data)
            if keep:
                file.flush()
                os.fsync(file.fileno())
        if whole:
            os.replace(beside, os.path.realpath(path))
    finally:
        if whole and os.path.exists(beside):
            os.unlink(beside)


def temporary_folder() -> str:
    """Where temporary files go: what ``tempfile`` finds on most machines, without the 5 ms of its import."""
    if os.name == "posix":
        folder = os.environ.get("TMPDIR") or "/tmp"  # noqa: S108 - what is made there has a name that nobody can know
        if os.access(folder, os.W_OK | os.X_OK):
            return os.path.abspath(folder)
    import tempfile

    return tempfile.gettempdir()
