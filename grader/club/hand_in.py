"""Decides which files of a folder are handed in, and puts them into one file: a git bundle, or a zip."""

from __future__ import annotations

import io
import os
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field

from ..submission import PROGRAMS, Submission
from ..twins import program_of, work_elsewhere

SUFFIX = ".rendu"

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""Of every file in a zip: the earliest that there is, and nobody's."""

IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b[ \t]*([^#\n]*)|import[ \t]+([^#\n;]+))", re.MULTILINE)
"""The names behind ``from`` and ``import``, in programs too that Python itself does not understand."""


@dataclass(frozen=True)
class Choice:
    """What is handed in of a folder.

    Attributes:
        files: those that go, by path with ``/``: the programs first.
        staying: the paths of those that stay.
        missing: the programs that are not there.
        todos: the TODOs left in a program, by its file.
    """

    files: dict[str, bytes]
    staying: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    todos: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def size_bytes(self) -> int:
        """Of all that goes."""
        return sum(map(len, self.files.values()))


def choose(submission: Submission) -> Choice:
    """The files that go: the programs, and what they use.

    That is each module of the folder that a program, or such a module, imports, and each file whose name stands in
    quotation marks in one of them. Where a program is missing or blank, the file that bears its name nearly, and may be
    it, goes too. Everything else stays: photos, notes and passwords are nobody's business. What is hidden, or has a
    name that cannot be shown, always stays.
    """
    open_files = {path: data for path, data in submission.files.items() if path.isprintable() and not _is_hidden(path)}
    chosen = [graded.file for graded in submission.programs.values()]
    for program in PROGRAMS:
        chosen += _likely(program, submission, open_files)
    for path in chosen:  # it grows while we go through it
        text = submission.source(path) if path.endswith((".py", ".pyw")) else ""
        chosen += [other for other in _used(text, open_files) if other not in chosen]
    files = {unicodedata.normalize("NFC", path): open_files[path] for path in dict.fromkeys(chosen)}
    return Choice(
        files,
        tuple(sorted(path for path in submission.files if path not in chosen)),
        tuple(f"{program}.py" for program in PROGRAMS if program not in submission.programs),
        {one.file: tuple(number for number, _ in one.todos) for one in submission.programs.values() if one.todos},
    )


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def _likely(program: str, submission: Submission, files: dict[str, bytes]) -> list[str]:
    """The files that may be a program, where that itself is missing or blank."""
    graded = submission.programs.get(program)
    if graded is None:
        return [path for path in files if "/" not in path and program_of(path) == program]
    elsewhere = work_elsewhere(program, graded.file, files)
    return [elsewhere] if elsewhere else []


def _used(text: str, files: dict[str, bytes]) -> list[str]:
    """The files that a program's text imports or names."""
    modules = set()
    for package, names, plain in IMPORT.findall(text):
        listed = [package, *names.split(",")] if package else plain.split(",")
        modules |= {_top(name) for name in listed} - {""}
    quoted = {_folded(found) for found in re.findall(r"""(?<=["'/\\])[^"'/\\\n]+(?=["'])""", text)}
    return [
        path
        for path in files
        if (path.endswith(".py") and _folded(path.partition("/")[0].removesuffix(".py")) in modules)
        or _folded(path.rpartition("/")[2]) in quoted
    ]


def _top(name: str) -> str:
    """The first part of a dotted name, without ``as …``."""
    words = name.strip(" \t(\\.").split()
    return _folded(words[0].partition(".")[0]) if words else ""


def _folded(name: str) -> str:
    """A name as systems compare it that tell neither capitals nor ways of writing an accent apart."""
    return unicodedata.normalize("NFC", name).casefold()


def zipped(files: dict[str, bytes]) -> bytes:
    """The files as a zip; the same files always make the same zip, and nothing else is in it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in sorted(files.items()):
            about = zipfile.ZipInfo(path, ZIP_DATE)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system = 0  # else it says which system made it
            about.external_attr = 0x20  # a plain file
            archive.writestr(about, data)
    return whole.getvalue()


def places_for(folder: str) -> list[str]:
    """Where the file of a hand-in may be put, the best first: never into the submission, which it would change."""
    inside = os.path.realpath(folder)
    here = os.path.realpath(os.curdir)
    beside = os.path.dirname(inside)
    is_inside = (here + os.sep).startswith(inside.rstrip(os.sep) + os.sep)
    return [*([] if is_inside else [here]), beside, os.path.expanduser("~")]
