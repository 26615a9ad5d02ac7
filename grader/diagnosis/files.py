"""What can be wrong with a whole file, before Python even reads it."""

from __future__ import annotations

import re

from ..checks.verdict import Place
from ..transcript.facts import Raised
from .code import nearest
from .finding import Case, Finding

KINDS = (
    (b"{\\rtf", "un document de traitement de texte (RTF)"),
    (b"PK\x03\x04", "une archive ou un document (zip, docx, odt)"),
    (b"%PDF", "un document PDF"),
    (b"<!DOCTYPE", "une page web"),
    (b"<html", "une page web"),
    (b'{"cells"', "un carnet Jupyter"),
    (b'{\n "cells"', "un carnet Jupyter"),
)
"""How files begin that are no text of Python's."""


def missing(case: Case) -> Finding:
    """The program is not in the folder; perhaps it is, under another name."""
    wanted = case.actor + ".py"
    others = {name for name in case.submission.files if "/" not in name and name not in PROGRAM_FILES}
    near = next((name for name in sorted(others) if name.lower().startswith(wanted)), "") or nearest(
        wanted, others, 0.72
    )
    if near:
        return Finding("fichier_mal_nomme", Place(near, 0), {"near": near, "file": wanted})
    return Finding("fichier_absent", Place(wanted, 0))


CODING = re.compile(rb"(?:.*\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
"""How a file says how it is written (PEP 263), on its first or second line."""

PROGRAM_FILES = ("etape1.py", "serveur.py", "client.py")


def unreadable(case: Case, error: Raised | None) -> Finding | None:
    """The program's file is not a text that Python could read, or not the program that it should be."""
    program = case.submission.programs[case.actor]
    data = case.submission.files.get(program.file, b"")
    place = Place(program.file, 0)
    if not data.strip():
        return Finding("fichier_vide", place)
    kind = next((name for start, name in KINDS if data.lstrip(b"\xef\xbb\xbf").startswith(start)), "")
    if kind:
        return Finding("pas_du_python", place, {"kind": kind})
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:200]:
        return Finding("fichier_utf16", place)
    declared = CODING.match(b"\n".join(data.splitlines()[:2]))
    wrongly = program.unreadable or (error is not None and "SyntaxError" in error.bases and _is_utf_8(data))
    if wrongly and declared is not None and declared.group(1).lower() not in (b"utf-8", b"utf8"):
        line = 1 if CODING.match(data.splitlines()[0]) else 2
        return Finding(
            "encodage_declare", Place(program.file, line), {"name": declared.group(1).decode("ascii", "replace")}
        )
    if program.unreadable and (error is None or error.error != "IndentationError"):
        return Finding("mauvais_encodage", Place(program.file, _first_odd_line(data)))
    other = {"serveur": "client", "client": "serveur"}.get(case.actor, "")
    twin = case.submission.programs.get(other)
    if twin is not None and case.verdict.cause == "role_inverse" and case.submission.files.get(twin.file) == data:
        return Finding("deux_fois_le_meme", place)
    return None


def _is_utf_8(data: bytes) -> bool:
    """Whether there are letters beyond ASCII, all of them in UTF-8."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _first_odd_line(data: bytes) -> int:
    """The number of the first line that is not UTF-8."""
    for number, line in enumerate(data.splitlines(), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            return number
    return 1
