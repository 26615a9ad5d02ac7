"""Reads a submission's folder once, before anything runs: its files, its programs, the TODOs left."""

from __future__ import annotations

import codecs
import errno
import io
import os
import stat
import tokenize
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .errors import UsageError, reason
from .escape import MAX_NAME, quoted, shown
from .french import megabytes
from .limits import MAX_DEPTH, MAX_ENTRIES, MAX_PATH_BYTES, Limits
from .limits import MAX_SOURCE as MAX_SOURCE
from .twins import folded as folded
from .twins import is_finished, work_elsewhere

PROGRAMS = ("etape1", "serveur", "client")
"""What a submission is made of, in the order of the subject."""

PROGRAM_FILES = tuple(role + ".py" for role in PROGRAMS)

SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "venv", "env", "site-packages"})
"""Never the student's own work, and large."""

VENV_MARK = "pyvenv.cfg"
"""What a virtual environment holds, whatever its own name is (PEP 405)."""

ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")

MAX_REMARKS = 3
"""Sentences on files that are no programs: more would hide the report."""

ODD_CODECS = frozenset({"punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape"})
"""Rules that no editor writes a program in, and that take long (punycode), warn, or fail in ways of their own."""

OUTSIDE = "est un lien qui mène hors de ton dossier, et je n'en sors pas : copie le vrai fichier à sa place."
DANGLING = "est un lien qui ne mène à aucun fichier : copie le vrai fichier à sa place."
FOLDER = "est un dossier, pas un fichier : sors-en ton programme."
SPECIAL = "n'est pas un fichier ordinaire : remplace-le par un vrai fichier."
FORBIDDEN = "ne se laisse pas lire : vérifie que tu as le droit de l'ouvrir."
TOO_LARGE = "est trop gros ({size} Mo, et je prends {most} Mo en tout) : je le laisse de côté."
"""Why a file is not read: each stands behind the file's name."""


REFUSED, ARCHIVE, BLANK = "refused", "archive", "blank"


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Remark:
    """Something odd about the folder.

    Attributes:
        text: a French sentence.
        kind: ``REFUSED`` for a program that is there and cannot be read, ``ARCHIVE`` for one that may be in an archive,
            ``BLANK`` for one whose work was done in another file; empty for what explains nothing.
        about: the program's role, or for ``BLANK`` its file; empty where it is about no single one.
    """

    text: str
    kind: str = ""
    about: str = ""


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
        remarks: what is odd about the folder.
    """

    name: str
    files: dict[str, bytes] = field(default_factory=dict)
    programs: dict[str, Program] = field(default_factory=dict)
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

    def program_files(self) -> dict[str, str]:
        """The file of each program that is there."""
        return {role: program.file for role, program in self.programs.items()}


@dataclass(frozen=True)
class Tree:
    """What a folder holds.

    Attributes:
        files: what was read, by path inside the folder with ``/``.
        refused: why a file is not read, by its path.
        cut: whether there was more than the caps allow.
    """

    files: dict[str, bytes]
    refused: dict[str, str] = field(default_factory=dict)
    cut: bool = False


def read_submission(folder: str, limits: Limits) -> Submission:
    """Read a folder.

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
    reader = _Reader(os.path.realpath(folder), limits)
    reader.read()
    name = os.path.basename(os.path.abspath(folder)) or folder
    return _submission(name, folder, Tree(reader.files, reader.refused, reader.cut), limits)


def submission_of(name: str, files: dict[str, bytes], limits: Limits) -> Submission:
    """A submission that was read elsewhere, from its files by path inside its folder."""
    return _submission(name, name, Tree(files), limits)


def _submission(name: str, folder: str, tree: Tree, limits: Limits) -> Submission:
    return parse_submission(name, tree.files, (*_about_folder(folder, name, tree), *_about_files(tree, limits)))


def parse_submission(name: str, files: dict[str, bytes], remarks: tuple[Remark, ...]) -> Submission:
    """A submission from the files of its folder."""
    programs = {}
    for role in PROGRAMS:
        file = _find(role, files)
        if file is not None:
            programs[role] = _read_program(file, files[file])
    return Submission(name, files, programs, remarks)


def _find(role: str, entries: Iterable[str]) -> str | None:
    """The file of a program: its exact name first, then any capitals (the club's subject has Serveur.py)."""
    wanted = role + ".py"
    alike = [entry for entry in entries if entry.lower() == wanted]
    return min(alike, key=lambda entry: (entry != wanted, entry), default=None)


class _Reader:
    """Reads the files that the programs may use, up to the caps; what comes first in breadth comes first.

    Args:
        root: the folder, without links in its path.
        limits: the caps.
    """

    def __init__(self, root: str, limits: Limits) -> None:
        self.files: dict[str, bytes] = {}
        self.refused: dict[str, str] = {}
        """Why a file is not read, by its path inside the folder."""
        self.cut = False
        """Whether there was more than the caps allow."""
        self._root = root
        self._limits = limits
        self._entries = 0
        self._room_bytes = limits.copy_bytes
        self._folders: deque[tuple[str, tuple[str, ...]]] = deque([("", (root,))])
        """What is still to be read, each with its real path behind those of the folders around it."""

    def read(self) -> None:
        """Read the folder, then the folders in it, and so on."""
        while self._folders and not self.cut:
            inside, around = self._folders.popleft()
            for entry in self._list(inside, around[-1]):
                if len(self.files) >= self._limits.copy_files:
                    self.cut = True
                    return
                self._look_at(f"{inside}/{entry.name}" if inside else entry.name, entry, around)
            self.cut = self._entries > MAX_ENTRIES

    def _list(self, inside: str, real: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(real) as found:
                entries = list(found)
        except OSError:
            return []  # a program that needs it will say so
        self._entries += len(entries)
        if inside and any(entry.name == VENV_MARK for entry in entries):
            return []
        return sorted(entries, key=_rank)

    def _look_at(self, path: str, entry: os.DirEntry[str], around: tuple[str, ...]) -> None:
        """Read a file, or remember a folder for later; a link is followed only where it stays inside."""
        is_folder = os.path.isdir(entry.path)
        try:
            real = os.path.realpath(entry.path) if is_folder or entry.is_symlink() else entry.path
        except OSError:  # a link that may not be read, on the older Pythons
            self.refused[path] = FORBIDDEN
            return
        if len(os.fsencode(path)) > MAX_PATH_BYTES or (is_folder and is_skipped(entry.name)):
            return
        if not (real + os.sep).startswith(self._root.rstrip(os.sep) + os.sep):
            self.refused[path] = OUTSIDE
        elif not is_folder:
            self._take(path, real)
        elif path.lower() in PROGRAM_FILES:
            self.refused[path] = FOLDER
        elif real not in around and len(around) <= MAX_DEPTH:
            self._folders.append((path, (*around, real)))

    def _take(self, path: str, real: str) -> None:
        """Read a file; nothing is waited for, and what is no file is not even opened."""
        try:
            mode = os.stat(real)
            if not stat.S_ISREG(mode.st_mode):
                self.refused[path] = SPECIAL
            elif mode.st_size > self._room_bytes:
                self.refused[path] = TOO_LARGE.format(
                    size=megabytes(mode.st_size), most=megabytes(self._limits.copy_bytes)
                )
            else:
                with open(real, "rb") as file:
                    self.files[path] = file.read(self._room_bytes)
                self._room_bytes -= len(self.files[path])
        except FileNotFoundError:
            self.refused[path] = DANGLING
        except OSError as error:
            self.refused[path] = DANGLING if error.errno == errno.ELOOP else FORBIDDEN


def is_skipped(name: str) -> bool:
    """Whether a folder of this name is not the student's own work."""
    return name in SKIPPED_FOLDERS or name.startswith(".")


def _rank(entry: os.DirEntry[str]) -> tuple[bool, int, bool, bool, str]:
    """The order of reading in a folder."""
    size = 0
    if entry.name.lower() in PROGRAM_FILES:
        try:
            size = entry.stat().st_size
        except OSError:
            pass  # why it cannot be read is told when it is its turn
    return rank(entry.name, size)


def rank(name: str, size: int) -> tuple[bool, int, bool, bool, str]:
    """The order of reading: programs, the small ones first; what resembles them; other modules; the rest."""
    plain = folded(name)
    is_program = name.lower() in PROGRAM_FILES
    unlike = not any(role[:4] in plain for role in PROGRAMS)
    return not is_program, size if is_program else 0, unlike, not name.lower().endswith(".py"), name


def _read_program(name: str, data: bytes) -> Program:
    """What can be told of a program from its text."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        if codecs.lookup(encoding).name.replace("-", "_") in ODD_CODECS:
            return Program(name, unreadable="LookupError")
        source = data.decode(encoding)
    except (SyntaxError, ValueError, LookupError) as error:
        return Program(name, unreadable=type(error).__name__)
    return Program(name, tuple(_todos(source)), source=source)


def _todos(source: str) -> list[tuple[str, int]]:
    """The TODO comments of a text: what follows the word up to a colon, and the line."""
    found = []
    for number, line in enumerate(io.StringIO(source, newline=None), start=1):  # a file may have millions
        _, hash_sign, comment = line.partition("#")
        comment = comment.strip()
        if hash_sign and comment.upper().startswith("TODO"):
            found.append((comment[4:].partition(":")[0].strip(), number))
    return found


def _about_folder(folder: str, name: str, tree: Tree) -> Iterator[Remark]:
    """Where the programs are, if not in the folder itself: often one folder deeper, or zipped."""
    top = [path for path in (*tree.files, *tree.refused) if "/" not in path]
    missing = [role + ".py" for role in PROGRAMS if _find(role, top) is None]
    archive = next((path for path in sorted(top) if path.lower().endswith(ARCHIVES)), "")
    holders: dict[str, int] = {}
    for path in tree.files:
        inside, _, file = path.rpartition("/")
        holders[inside] = holders.get(inside, 0) + (file.lower() in PROGRAM_FILES)
    deeper = [inside for inside, count in holders.items() if inside and count]
    if len(missing) < len(PROGRAMS):
        if missing and archive:
            names = " ou ".join(missing)
            yield Remark(f"« {shown(archive)} » est une archive : si {names} y est, sors-le de là.", ARCHIVE)
    elif deeper:
        best = max(deeper, key=lambda inside: (holders[inside], inside == "skeleton"))
        if len(deeper) == 1 or holders[best] == len(PROGRAMS):
            path = shown(os.path.join(folder, *best.split("/")), 4 * MAX_NAME)
            yield Remark(f"Tes fichiers sont dans « {shown(best)} » : lance « python -m grader {quoted(path)} ».")
        else:
            names = " et ".join(f"« {shown(inside)} »" for inside in deeper[:2])
            yield Remark(f"Tes programmes sont dans plusieurs dossiers ({names}) : range-les côte à côte dans un seul.")
    elif archive:
        text = "est une archive : ouvre-la, puis donne le dossier qui contient tes trois fichiers."
        yield Remark(f"« {shown(archive)} » {text}", ARCHIVE)
    else:
        yield Remark(f"Il n'y a ni etape1.py, ni serveur.py, ni client.py dans « {shown(name)} ».")


def _about_files(tree: Tree, limits: Limits) -> Iterator[Remark]:
    """What is odd about single files."""
    top = [path for path in (*tree.files, *tree.refused) if "/" not in path]
    for role in PROGRAMS:
        alike = sorted(path for path in top if path.lower() == role + ".py")
        graded = _find(role, tree.files)
        if graded is None:
            yield from (Remark(f"« {path} » {tree.refused[path]}", REFUSED, role) for path in alike[:1])
            continue
        elsewhere = work_elsewhere(role, graded, tree.files)
        if elsewhere:
            far = "a l'air fini" if is_finished(tree.files[elsewhere]) else "est plus avancé"
            yield Remark(
                f"{graded} est encore à faire, mais « {shown(elsewhere)} » {far} : "
                f"renomme-le {role}.py, à la place de l'autre.",
                BLANK,
                graded,
            )
        elif len(alike) > 1:
            other = next(path for path in alike if path != graded)
            yield Remark(f"Il y a {graded} et aussi « {other} » : je note {graded}, ne garde que le bon.")
    others = [path for path in tree.refused if path.lower() not in PROGRAM_FILES]
    told = [path for path in others if tree.refused[path] != SPECIAL]
    yield from (Remark(f"« {shown(path)} » {tree.refused[path]}") for path in told[:MAX_REMARKS])
    if tree.cut:
        yield Remark(
            f"Ton dossier contient trop de fichiers, je n'en prends que {limits.copy_files} au plus : "
            "mets tes trois programmes dans un dossier à eux."
        )
