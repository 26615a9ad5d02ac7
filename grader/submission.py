"""Reads a submission's folder once, before anything runs: its files, its programs, the TODOs left."""

from __future__ import annotations

import codecs
import io
import os
import tokenize
from dataclasses import dataclass, field

from .errors import UsageError, reason
from .escape import MAX_NAME, shown
from .limits import MAX_SOURCE as MAX_SOURCE
from .limits import Limits
from .remarks import ARCHIVE as ARCHIVE
from .remarks import BLANK as BLANK
from .remarks import REFUSED as REFUSED
from .remarks import Remark as Remark
from .remarks import about_files, about_folder
from .tree import PROGRAM_FILES as PROGRAM_FILES
from .tree import PROGRAMS as PROGRAMS
from .tree import Tree, program_file, read_tree
from .twins import folded as folded

COMMAND = "python -m grader"
"""What to type, in front of a folder, where nobody says otherwise."""

ODD_CODECS = frozenset({"punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape"})
"""Rules that no editor writes a program in, and that take long (punycode), warn, or fail in ways of their own."""


@dataclass(frozen=True)
class ProgramFile:
    """One program of the submission, as it was written.

    Attributes:
        file: its name in the folder, capitals as the student wrote them.
        todos: the numbers of the TODO comments that are left, with their lines.
        unreadable: why it cannot be read as text; empty where it can.
        source: its text; empty where it cannot be read.
    """

    file: str
    todos: tuple[tuple[str, int], ...] = ()
    unreadable: str = ""
    source: str = ""


@dataclass(frozen=True)
class Submission:
    """A folder, as it was when it was read.

    Attributes:
        name: the folder's name, for the report.
        files: every file that the programs may use, by path inside the folder with ``/``.
        programs: the three programs, those that are there.
        remarks: what is odd about the folder.
    """

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    programs: dict[str, ProgramFile] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    def remark(self, kind: str, about: str = "") -> str:
        """The sentence of the first remark of a kind, on a program or on any; empty where there is none."""
        return next((one.text for one in self.remarks if one.kind == kind and about in ("", one.about)), "")

    def source(self, file: str) -> str:
        """The text of any file, as well as it can be read."""
        program = next((one for one in self.programs.values() if one.file == file), None)
        if program is not None and not program.unreadable:
            return program.source
        return self.files.get(file, b"").decode("utf-8", "replace")

    def checksum(self) -> str:
        """Of its files: it tells a save from none, and nobody gains by cheating it."""
        import zlib  # what only starts programs does not need it

        sums = [f"{path}\0{zlib.crc32(data)}\0{len(data)}" for path, data in sorted(self.files.items())]
        return f"{zlib.crc32(chr(10).join(sums).encode('utf-8', 'backslashreplace')):08x}"

    def program_files(self) -> dict[str, str]:
        """The file of each program that is there."""
        return {program: graded.file for program, graded in self.programs.items()}


def read_submission(folder: str, limits: Limits, command: str = COMMAND) -> Submission:
    """Read a folder.

    Args:
        folder: the folder.
        limits: the caps.
        command: what to type, in front of a folder.

    Raises:
        UsageError: it is not there, or not a folder, or may not be read.
    """
    path = shown(folder, 4 * MAX_NAME)
    if not os.path.exists(folder):
        raise UsageError(
            f"Le dossier « {path} » n'existe pas : vérifie son nom, ou va dans le dossier qui le contient."
        )
    if not os.path.isdir(folder):
        raise UsageError(
            f"« {path} » n'est pas un dossier : donne le dossier qui contient etape1.py, serveur.py et client.py."
        )
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise UsageError(f"Je ne peux pas lire le dossier « {path} » : {reason(error)}.") from error
    name = os.path.basename(os.path.abspath(folder)) or folder
    return _submission(name, folder, read_tree(folder, limits), limits, command)


def submission_of(name: str, files: dict[str, bytes], limits: Limits) -> Submission:
    """A submission that was read elsewhere, from its files by path inside its folder."""
    return _submission(name, name, Tree(files), limits)


def _submission(name: str, folder: str, tree: Tree, limits: Limits, command: str = COMMAND) -> Submission:
    remarks = (*about_folder(folder, name, tree, command), *about_files(tree, limits))
    return parse_submission(name, tree.files, remarks)


def parse_submission(name: str, files: dict[str, bytes], remarks: tuple[Remark, ...]) -> Submission:
    """A submission from the files of its folder."""
    programs = {}
    for program in PROGRAMS:
        file = program_file(program, files)
        if file is not None:
            programs[program] = _read_program(file, files[file])
    return Submission(name, files, programs, remarks)


def _read_program(name: str, data: bytes) -> ProgramFile:
    """What can be told of a program from its text."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if codecs.lookup(encoding).name.replace("-", "_") in ODD_CODECS:
            return ProgramFile(name, unreadable="LookupError")
        source = data.decode(encoding)
    except (SyntaxError, ValueError, LookupError) as error:
        return ProgramFile(name, unreadable=type(error).__name__)
    return ProgramFile(name, tuple(_todos(source)), source=source)


def _todos(source: str) -> list[tuple[str, int]]:
    """The TODO comments of a text: what follows the word up to a colon, and the line."""
    found = []
    for number, line in enumerate(io.StringIO(source, newline=None), start=1):  # a file may have millions
        _, hash_sign, comment = line.partition("#")
        comment = comment.strip()
        if hash_sign and comment.upper().startswith("TODO"):
            found.append((comment[4:].partition(":")[0].strip(), number))
    return found
