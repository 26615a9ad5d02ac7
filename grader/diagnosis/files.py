"""What can be wrong with a whole file, before Python even reads it."""

from __future__ import annotations

import re

from ..submission import ARCHIVE, PROGRAM_FILES, REFUSED, folded, shown
from ..transcript.facts import Raised
from ..transcript.place import Place
from .code import Code, nearest
from .finding import Case, Finding

KINDS = (
    (rb"\{\\rtf", "un document de traitement de texte (RTF)"),
    (rb"PK\x03\x04", "une archive ou un document (zip, docx, odt)"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh", "une archive"),
    (rb"\xd0\xcf\x11\xe0", "un document de traitement de texte (doc)"),
    (rb"%PDF", "un document PDF"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF", "une image ou un son"),
    (rb"\x7fELF|MZ[\x80-\xff]\0", "un programme déjà compilé"),
    (rb"..\r\n[\0-\x03]\0\0\0", "du Python déjà compilé (pyc)"),
    (rb"L\0\0\0\x01\x14\x02\0", "un raccourci de Windows, sans ton code dedans"),
    (rb"(?i)\s*<(!doctype html|html|head|body|\?xml)", "une page web"),
    (rb'\s*\{\s*"(cells|metadata|nbformat)"', "un carnet Jupyter"),
)
"""How files begin that are no text of Python's."""

WIDE = (
    (b"\xff\xfe\0\0", "UTF-32"), (b"\0\0\xfe\xff", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"),
)  # fmt: skip
"""The marks of files that take several bytes for each letter."""

LEFTOVERS = (".pyc", ".swp", "~", ".bak", ".tmp")
"""How the names end that Python and editors give to files of their own."""

COPY = re.compile(r"copiede|-copie|copie|copy|final|\(\d*\)|[\W_]")
"""What systems and people put around the name of a file that they copy."""


def missing(case: Case) -> Finding:
    """The program is not in the folder; perhaps it is, under another name, in another place, or as no file."""
    wanted, files = case.actor + ".py", case.submission.files
    why = case.submission.remark(REFUSED, case.actor)
    if why:
        return Finding("fichier_pas_lu", Place(wanted, 0), {"why": why})
    near = _misnamed(wanted, [name for name in files if "/" not in name])
    if near:
        kind = kind_of(files[near])
        if kind:
            return Finding("pas_du_python", Place(near, 0), {"kind": kind, "file": shown(near), "wanted": wanted})
        return Finding("fichier_mal_nomme", Place(near, 0), {"near": shown(near), "file": wanted})
    deeper = next((path for path in files if path.rpartition("/")[2].lower() == wanted), "")
    if deeper:
        return Finding("fichier_ailleurs", Place(wanted, 0), {"near": shown(deeper.rpartition("/")[0])})
    if case.submission.remark(ARCHIVE):
        return Finding("fichier_archive", Place(wanted, 0))
    return Finding("fichier_absent", Place(wanted, 0))


def _misnamed(wanted: str, names: list[str]) -> str:
    """The file that is probably the program, under another name; empty where none is."""
    stem = wanted.removesuffix(".py")
    others = {
        name: folded(name)
        for name in sorted(names)
        if name.lower() not in PROGRAM_FILES and not name.startswith(".") and not name.lower().endswith(LEFTOVERS)
    }
    for name, plain in others.items():
        own = plain.startswith(stem) and plain.endswith(".py") and not _other_step(plain, stem)
        if own or plain.startswith(wanted) or COPY.sub("", plain.rpartition(".")[0] or plain) == stem:
            return name
    found = nearest(wanted, {plain for plain in others.values() if not _other_step(plain, stem)}, 0.72)
    return next((name for name, plain in others.items() if plain == found), "")


def _other_step(name: str, stem: str) -> bool:
    """Whether it is named after another step: etape2.py is not etape1.py."""
    return stem[-1].isdigit() and re.search(r"\d+", name) is not None and stem[-1] not in re.findall(r"\d+", name)


def kind_of(data: bytes) -> str:
    """What a file is that is no text of Python's, in French; empty where it may be Python."""
    start = data[:400].removeprefix(b"\xef\xbb\xbf")
    return next((name for pattern, name in KINDS if re.match(pattern, start, re.DOTALL)), "")


CODING = re.compile(rb"(?:.*\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
"""How a file says how it is written (PEP 263), on its first or second line."""

MAX_HEAD = 10_000
"""Bytes in which these two lines are looked for."""


def unreadable(case: Case, error: Raised | None) -> Finding | None:
    """The program's file is not a text that Python could read, or not the program that it should be."""
    program = case.submission.programs[case.actor]
    data = case.submission.files.get(program.file, b"")
    place = Place(program.file, 0)
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return Finding("fichier_vide", place)
    kind = kind_of(data)
    if kind:
        return Finding("pas_du_python", place, {"kind": kind, "wanted": program.file})
    wide = _wide(data)
    if wide:
        return Finding("fichier_utf16", place, {"name": wide})
    if b"\0" in data:
        return Finding("octets_nuls", Place(program.file, data.count(b"\n", 0, data.index(b"\0")) + 1))
    head = data[:MAX_HEAD].splitlines()[:2]
    declared = CODING.match(b"\n".join(head))
    wrongly = program.unreadable or (error is not None and "SyntaxError" in error.bases and _is_utf_8(data))
    if wrongly and declared is not None and declared.group(1).lower() not in (b"utf-8", b"utf8"):
        line = 1 if CODING.match(head[0]) else 2
        return Finding(
            "encodage_declare", Place(program.file, line), {"name": shown(declared.group(1).decode("ascii", "replace"))}
        )
    if program.unreadable and (error is None or error.error != "IndentationError"):
        return Finding("mauvais_encodage", Place(program.file, _first_odd_line(data)))
    if error is not None and _too_deep(error, case.code):
        return Finding("trop_imbrique", place)
    other = {"serveur": "client", "client": "serveur"}.get(case.actor, "")
    twin = case.submission.programs.get(other)
    if twin is not None and case.verdict.cause == "role_inverse" and case.submission.files.get(twin.file) == data:
        return Finding("deux_fois_le_meme", place)
    return None


def _too_deep(error: Raised, code: Code) -> bool:
    """Whether Python ran out of room while it read the file: it had no line yet, and nothing that could call itself."""
    full = bool({"MemoryError", "RecursionError"} & set(error.bases)) and error.line == 1
    return full and error.file == code.file and not code.functions


def _wide(data: bytes) -> str:
    """The encoding of a text that has several bytes for each letter; empty where each has one, mostly."""
    marked = next((name for mark, name in WIDE if data.startswith(mark)), "")
    nulls, length = data[:400].count(0), len(data[:400])
    return marked or ("UTF-32" if nulls > 0.6 * length else "UTF-16" if nulls > 0.3 * length else "")


def _is_utf_8(data: bytes) -> bool:
    """Whether there are letters beyond ASCII, all of them in UTF-8."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _first_odd_line(data: bytes) -> int:
    """The number of the first line that is not UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
    return 1
