"""Reads a submission's folder once, before anything runs: its files, its programs, the TODOs left."""

from __future__ import annotations

import io
import os
import tokenize
from dataclasses import dataclass, field

from .errors import UsageError
from .limits import Limits

PROGRAMS = ("etape1", "serveur", "client")
"""What a submission is made of, in the order of the subject."""

SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "venv", "env", "site-packages"})
"""Never the student's own work, and large."""


@dataclass(frozen=True)
class Program:
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
        remarks: French sentences on what is odd about the folder.
    """

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def source(self, file: str) -> str:
        """The text of any file, as well as it can be read."""
        program = next((one for one in self.programs.values() if one.file == file), None)
        if program is not None and not program.unreadable:
            return program.source
        return self.files.get(file, b"").decode("utf-8", "replace")

    def program_files(self) -> dict[str, str]:
        """The file of each program that is there."""
        return {role: program.file for role, program in self.programs.items()}


def read_submission(folder: str, limits: Limits) -> Submission:
    """Read a folder.

    Raises:
        UsageError: it is not there, or not a folder, or may not be read.
    """
    if not os.path.exists(folder):
        raise UsageError(
            f"Le dossier « {folder} » n'existe pas : vérifie son nom, ou va dans le dossier qui le contient."
        )
    if not os.path.isdir(folder):
        raise UsageError(
            f"« {folder} » n'est pas un dossier : donne le dossier qui contient etape1.py, serveur.py et client.py."
        )
    try:
        entries = sorted(os.listdir(folder))
    except OSError as error:
        raise UsageError(f"Je ne peux pas lire le dossier « {folder} » : {error.strerror}.") from error
    files = _read_files(folder, limits)
    return parse_submission(os.path.basename(os.path.abspath(folder)), files, tuple(_remarks(folder, entries)))


def parse_submission(name: str, files: dict[str, bytes], remarks: tuple[str, ...]) -> Submission:
    """A submission from the files of its folder."""
    programs = {}
    for role in PROGRAMS:
        file = _find(role, list(files))
        if file is not None:
            programs[role] = _read_program(file, files[file])
    return Submission(name, files, programs, remarks)


def _find(role: str, entries: list[str]) -> str | None:
    """The file of a program: its exact name first, then any capitals (the club's subject has Serveur.py)."""
    wanted = role + ".py"
    if wanted in entries:
        return wanted
    return next((entry for entry in entries if entry.lower() == wanted), None)


def _read_files(folder: str, limits: Limits) -> dict[str, bytes]:
    """The files that the programs may use, up to the caps; what comes first in breadth comes first."""
    files: dict[str, bytes] = {}
    total = 0
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in SKIPPED_FOLDERS and not name.startswith("."))
        for name in sorted(names, key=lambda name: (not name.endswith(".py"), name)):
            path = os.path.join(parent, name)
            if len(files) >= limits.copy_files or not os.path.isfile(path):
                continue
            try:
                size = os.path.getsize(path)
                if total + size > limits.copy_bytes:
                    continue
                with open(path, "rb") as file:
                    data = file.read(limits.copy_bytes - total)
            except OSError:
                continue  # a program that needs it will say so
            total += len(data)
            files[os.path.relpath(path, folder).replace(os.sep, "/")] = data
    return files


def _read_program(name: str, data: bytes) -> Program:
    """What can be told of a program from its text."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        source = data.decode(encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        return Program(name, unreadable=type(error).__name__)
    return Program(name, tuple(_todos(source)), source=source)


def _todos(source: str) -> list[tuple[str, int]]:
    """The TODO comments of a text: what follows the word up to a colon, and the line."""
    found = []
    for number, line in enumerate(source.splitlines(), start=1):
        _, hash_sign, comment = line.partition("#")
        comment = comment.strip()
        if hash_sign and comment.upper().startswith("TODO"):
            found.append((comment[4:].partition(":")[0].strip(), number))
    return found


def _remarks(folder: str, entries: list[str]) -> list[str]:
    """What is odd about a folder without programs: the right files are often one folder deeper, or zipped."""
    if any(_find(role, entries) for role in PROGRAMS):
        return []
    for entry in entries:
        deeper = os.path.join(folder, entry)
        if os.path.isdir(deeper) and any(_find(role, _list(deeper)) for role in PROGRAMS):
            return [f"Tes fichiers sont dans « {entry} » : lance « python -m grader {os.path.join(folder, entry)} »."]
    archives = [entry for entry in entries if entry.lower().endswith((".zip", ".rar", ".7z", ".tar", ".gz"))]
    if archives:
        return [f"« {archives[0]} » est une archive : ouvre-la, puis donne le dossier qui contient tes trois fichiers."]
    return [f"Il n'y a ni etape1.py, ni serveur.py, ni client.py dans « {os.path.basename(os.path.abspath(folder))} »."]


def _list(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
