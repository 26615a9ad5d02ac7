"""Submissions and what was seen of them, as they are handed over and kept; and whether two are the same."""

from __future__ import annotations

import gzip
import io
import zlib

from .bounds import MAX_TRANSCRIPT_BYTES


def digest_of(files: dict[str, bytes]) -> str:
    """The identity of a submission: 64 hexadecimal digits (SHA-256) that are the same for the same files only."""
    import hashlib  # 3 ms that a job has no use for

    whole = hashlib.sha256()
    for path, data in sorted(files.items()):
        for part in (path.encode("utf-8", "surrogateescape"), data):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def texts_of(files: dict[str, bytes]) -> dict[str, str]:
    """The files in a form that JSON takes: every byte a character."""
    return {path: data.decode("latin-1") for path, data in files.items()}


def files_of(texts: dict[str, str]) -> dict[str, bytes]:
    """The files again."""
    return {path: text.encode("latin-1") for path, text in texts.items()}


def packed(transcript: str) -> bytes:
    """What was seen, as it is kept: the same bytes for the same text."""
    return gzip.compress(transcript.encode("utf-8"), 5, mtime=0)


def unpacked(data: bytes) -> str:
    """What was seen, as ``packed`` was given it.

    Raises:
        ValueError: the bytes are something else, or unpack to more than anything that was seen.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            found = file.read(MAX_TRANSCRIPT_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("no packed transcript") from error
    if len(found) > MAX_TRANSCRIPT_BYTES:
        raise ValueError("longer than any transcript")
    return found.decode("utf-8", "replace")
