"""A submission's files as one text, and the number that tells whether two are the same."""

from __future__ import annotations

import hashlib


def digest_of(files: dict[str, bytes]) -> str:
    """The identity of a submission: 64 hexadecimal digits (SHA-256) that are the same for the same files only."""
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
