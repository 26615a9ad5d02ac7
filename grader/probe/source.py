"""Compiles the student's file with the complaints of an interpreter that reads a file: ``compile`` takes more."""

from __future__ import annotations

import codecs
import sys
from types import CodeType

_OLD = sys.version_info < (3, 11)
_PEP = "https://python.org/dev/peps/pep-0263/" if _OLD else "https://peps.python.org/pep-0263/"


def compile_file(source: bytes, path: str) -> CodeType:
    """The code of a file.

    Python refuses a file without a declared encoding as soon as any line of it is not UTF-8. ``compile`` refuses it
    for the texts and the names only: with an accent in a comment, a file that Windows saved as "ANSI" would run.

    Raises:
        SyntaxError, ValueError: as the interpreter says it.
    """
    declared = _declared_encoding(source)
    refusal = "" if declared or source.startswith(codecs.BOM_UTF8) else _not_utf8(source, path)
    try:
        code = compile(source, path, "exec", dont_inherit=True)
    except SyntaxError as error:
        words = str(error.msg)
        if error.lineno == 0:  # it has not read any line
            refusal = words if words.startswith("encoding problem") else f"encoding problem: {declared}"
        if not refusal or words.startswith("Non-UTF-8"):  # the newest Pythons say so here too
            raise
    except ValueError:  # null bytes, on 3.10
        if not refusal:
            raise
    else:
        if not refusal:
            return code
    raise SyntaxError(refusal)


def _declared_encoding(source: bytes) -> str | None:
    """The encoding that a comment in the first two lines declares (PEP 263)."""
    for line in source.split(b"\n", 2)[:2]:
        comment = line.strip()
        if comment and not comment.startswith(b"#"):
            return None
        for part in comment.split(b"coding")[1:]:
            if part.startswith((b":", b"=")):
                words = part[1:].split()
                return words[0].decode("ascii", "replace") if words else None
    return None


def _not_utf8(source: bytes, path: str) -> str:
    """What Python says of a file that is not UTF-8; nothing if it is."""
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = source[error.start]
        line = source.count(b"\n", 0, error.start) + (2 if _OLD else 1)
        return (
            f"Non-UTF-8 code starting with '\\x{byte:02x}' in file {path} on line {line}, "
            f"but no encoding declared; see {_PEP} for details"
        )
    return ""
