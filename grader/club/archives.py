"""Reads a zip: its list of names, and single files of it into memory, never more than was asked for."""

from __future__ import annotations

import io
import stat
import time
import zipfile
import zlib
from typing import IO

from .bounds import MAX_ENTRIES, MAX_INDEX_BYTES, STEP_BYTES
from .contents import Entry, Kind, UnreadableError

USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The two that every system makes; the others can ask for gigabytes of memory before the first byte (LZMA)."""

ENCRYPTED = 0x1
IS_UTF8 = 0x800
"""Flags of an entry (APPNOTE.TXT, 4.4.4)."""

MADE_ON_UNIX = 3

NO_DATE = (1980, 1, 1)
"""What stands where whoever made the archive gave no date."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,
    OverflowError,
    OSError,
    MemoryError,
)
"""What ``zipfile`` raises on what is none, or on a part of one."""


DAMAGED = "L'archive est abîmée ou incomplète : il faut la demander de nouveau."
TOO_MANY = "Il y a trop de noms dans l'archive : il faut les trois programmes seuls."


class _Bounded(io.BufferedIOBase):
    """A file of which nobody can read much at once: ``zipfile`` reads the whole list of names, however long it is."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_INDEX_BYTES:
            raise zipfile.BadZipFile("the list is too long")
        return self._file.read(MAX_INDEX_BYTES if size is None or size < 0 else size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


class Archive:
    """A zip that is open.

    Args:
        file: it, in binary; it stays the caller's to close.

    Raises:
        UnreadableError: it is none, or has too many names.
    """

    def __init__(self, file: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(_Bounded(file))
        except BROKEN as error:
            raise UnreadableError(DAMAGED) from error
        self._infos = self._zip.infolist()
        if len(self._infos) > MAX_ENTRIES:
            raise UnreadableError(TOO_MANY)
        self.entries = [
            Entry(_path(info), _kind(info), info.file_size, str(number), _when_s(info))
            for number, info in enumerate(self._infos)
            if not info.filename.endswith(("/", "\\"))
        ]

    def read(self, entry: Entry, most: int) -> bytes:
        """The first ``most`` bytes of a file, and no more whatever it says of itself.

        Raises:
            UnreadableError: it is damaged.
        """
        parts, room = [], most
        try:
            with self._zip.open(self._infos[int(entry.key)]) as file:
                while room and (part := file.read(min(room, STEP_BYTES))):
                    parts.append(part)
                    room -= len(part)
        except BROKEN as error:
            raise UnreadableError(DAMAGED) from error
        return b"".join(parts)


def _path(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: the flag is missing in what macOS makes, and old Windows writes backslashes."""
    name = info.orig_filename
    if not info.flag_bits & IS_UTF8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass  # it is in the old code page after all
    return name.replace("\\", "/")


def _kind(info: zipfile.ZipInfo) -> Kind:
    mode = info.external_attr >> 16
    if info.create_system == MADE_ON_UNIX and stat.S_ISLNK(mode):
        return Kind.LINK
    if info.create_system == MADE_ON_UNIX and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return Kind.SPECIAL
    if info.flag_bits & ENCRYPTED:
        return Kind.LOCKED
    return Kind.FILE if info.compress_type in USUAL else Kind.PACKED


def _when_s(info: zipfile.ZipInfo) -> int | None:
    """The date, which an archive holds as the clock on the wall showed it."""
    if info.date_time[:3] == NO_DATE:
        return None
    try:
        return int(time.mktime((*info.date_time, 0, 0, -1)))
    except (ValueError, OverflowError):
        return None
