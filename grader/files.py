"""Writes a file in one step: an interruption leaves the old one or the new one, never a part."""

from __future__ import annotations

import os


def write_whole(path: str, text: str) -> None:
    """Write a text as UTF-8, first under a name that nobody can know before; what is no file is written to as it is.

    Args:
        path: the file; a link stays one, and /dev/stdout and pipes are for those who read there.
        text: lone surrogates, which paths may hold, are spelled out.

    Raises:
        OSError: it cannot be written.
    """
    whole = os.path.isfile(path) or not os.path.exists(path)
    beside = f"{path}.{os.urandom(6).hex()}" if whole else path
    try:
        with open(beside, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        if whole:
            os.replace(beside, os.path.realpath(path))
    finally:
        if whole and os.path.exists(beside):
            os.unlink(beside)
