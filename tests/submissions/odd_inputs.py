"""Folders that are not what the grader asks for: missing, misnamed, misplaced, unreadable, huge or no Python at all."""

from __future__ import annotations

import io
import json
import os
import py_compile
import socket
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .model import reference_files, write_files

REFERENCE = reference_files()
ETAPE1, SERVEUR, CLIENT = (REFERENCE[name] for name in ("etape1.py", "serveur.py", "client.py"))

STEP_1, STEP_2, PROGRAM, ALL = 5.0, 15.0, 6.0, 20.0
WITHOUT_ONE = STEP_1 + PROGRAM
"""Points that stay where one of the two programs of step 2 does not work: its own and those of the two together go."""

SKELETON = Path(__file__).parents[2] / "skeleton"

Files = Mapping[str, "str | bytes | None"]


@dataclass(frozen=True)
class Odd:
    """A folder with something odd in it.

    Attributes:
        name: unique, a slug in simple English.
        why: how it comes about.
        files: what differs from the reference, by path; None for a file that is not there.
        make: does what files cannot.
        slug: the mistake that is named; empty for none.
        says: words that are said in a remark or in the explanation.
        least: points that must be there.
        most: points that may be; the same as least if None.
        posix: whether only POSIX systems can make it.
    """

    name: str
    why: str
    files: Files = field(default_factory=dict)
    make: Callable[[Path], None] | None = None
    slug: str = ""
    says: str = ""
    least: float = ALL
    most: float | None = None
    posix: bool = False


def write(odd: Odd, folder: Path) -> Path:
    """Make the folder and return it."""
    kept = {name: text for name, text in REFERENCE.items() if name not in odd.files}
    write_files(kept, folder)
    for name, content in odd.files.items():
        if content is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    if odd.make is not None:
        odd.make(folder)
    return folder


def only(files: Files) -> Files:
    """These files, and none of the reference's."""
    return {**dict.fromkeys(REFERENCE), **files}


def renamed(old: str, new: str) -> Files:
    """The reference with a program under another name."""
    return {old: None, new: REFERENCE[old]}


# --- What files cannot say --------------------------------------------------------------------------------------------


def link(name: str, target: str) -> Callable[[Path], None]:
    """A link; ``{folder}`` in the target is the submission."""
    return lambda folder: os.symlink(target.format(folder=folder), folder / name)


def link_outside(name: str) -> Callable[[Path], None]:
    """A link to a file beside the submission, which works as a program."""

    def make(folder: Path) -> None:
        (folder.parent / "secret.py").write_text(REFERENCE.get(name, "SECRET = 1\n"), encoding="utf-8")
        os.symlink("../secret.py", folder / name)

    return make


def link_to_folder_outside(folder: Path) -> None:
    """A folder of modules that is a link to somewhere else."""
    (folder.parent / "ailleurs").mkdir()
    (folder.parent / "ailleurs" / "secret.py").write_text("SECRET = 1\n", encoding="utf-8")
    os.symlink("../ailleurs", folder / "modules")


def fifo(name: str) -> Callable[[Path], None]:
    """A pipe that nobody writes to: opening it would wait forever."""
    return lambda folder: os.mkfifo(folder / name)


def bound_socket(folder: Path) -> None:
    """A socket of the file system."""
    before = os.getcwd()
    os.chdir(folder)  # its path may have 107 bytes only
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind("serveur.py")
    finally:
        os.chdir(before)


def many_files(count: int, suffix: str) -> Callable[[Path], None]:
    """Files that come before the programs in the alphabet."""

    def make(folder: Path) -> None:
        for number in range(count):
            (folder / f"a{number:05}{suffix}").touch()

    return make


def deep_tree(folder: Path) -> None:
    """500 folders, one in the other."""
    for _ in range(500):
        folder = folder / "d"
        folder.mkdir()
    (folder / "fond.py").touch()


def sparse(name: str, size_bytes: int) -> Callable[[Path], None]:
    """A large file, which takes no room on the disk."""

    def make(folder: Path) -> None:
        with open(folder / name, "wb") as file:
            file.truncate(size_bytes)

    return make


def compiled(folder: Path) -> None:
    """The compiled form of a program, under the program's own name."""
    (folder / "x.py").write_text(SERVEUR, encoding="utf-8")
    py_compile.compile(str(folder / "x.py"), str(folder / "serveur.pyc"))
    os.replace(folder / "serveur.pyc", folder / "serveur.py")
    (folder / "x.py").unlink()


def stale_bytecode(folder: Path) -> None:
    """Bytecode of an older serveur.py that says something else."""
    (folder / "x.py").write_text("raise SystemExit(3)\n", encoding="utf-8")
    (folder / "__pycache__").mkdir()
    tag = sys.implementation.cache_tag
    py_compile.compile(str(folder / "x.py"), str(folder / "__pycache__" / f"serveur.{tag}.pyc"))
    (folder / "x.py").unlink()


def environment(folder: Path) -> None:
    """A virtual environment under a name of its own, with 300 modules."""
    inside = folder / "mon_env" / "lib"
    inside.mkdir(parents=True)
    (folder / "mon_env" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    many_files(300, ".py")(inside)


def odd_names(folder: Path) -> None:
    """Names with a line end, an escape character, a mark that turns the direction of writing, and 255 bytes."""
    for name in (
        "a\nb.py",
        "a\x1b[31m.py",
        "a\u202egpj.py",
        "é" * 126 + ".py",
        "%s {0} {x} $HOME.py",
        "-rf.py",
        "'\".py",
    ):
        (folder / name).touch()
    with open(os.path.join(os.fsencode(folder), b"latin-\xe9.py"), "wb"):
        pass


def badly_named(name: bytes) -> Callable[[Path], None]:
    """A serveur.py with a name that must not reach a terminal as it is."""

    def make(folder: Path) -> None:
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(SERVEUR.encode())

    return make


def archive(files: Mapping[str, str]) -> bytes:
    """A zip archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as one:
        for name, text in files.items():
            one.writestr(name, text)
    return data.getvalue()


NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": SERVEUR}], "metadata": {}, "nbformat": 4}, indent=1)
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(50)
SHORTCUT = b"L\0\0\0\x01\x14\x02\0" + bytes(60)
CODE = "import socket\n"


def server(content: str | bytes, name: str, why: str, slug: str, says: str = "") -> Odd:
    """A serveur.py with other content, which costs its own points and those of the two together."""
    return Odd(name, why, {"serveur.py": content}, slug=slug, says=says, least=WITHOUT_ONE)


def step_1(content: str | bytes, name: str, why: str, slug: str, says: str = "") -> Odd:
    """An etape1.py with other content, which costs the first step."""
    return Odd(name, why, {"etape1.py": content}, slug=slug, says=says, least=STEP_2)


def works(content: str | bytes, name: str, why: str) -> Odd:
    """A serveur.py written in another way, which costs nothing."""
    return Odd(name, why, {"serveur.py": content})


# --- The cases --------------------------------------------------------------------------------------------------------

MISSING: tuple[Odd, ...] = (
    Odd("empty-folder", "Nothing was handed in.", only({}), slug="fichier_absent", says="Il n'y a ni etape1.py", least=0),
    Odd("only-etape1", "Only the first step.", only({"etape1.py": ETAPE1}), slug="fichier_absent", says="pas de fichier serveur.py", least=STEP_1),
    Odd("only-readme", "The wrong folder.", only({"README.md": "# Notes\n"}), slug="fichier_absent", says="Il n'y a ni etape1.py", least=0),
    Odd("only-hidden", "Editors' leftovers only.", only({"._serveur.py": b"\0\5\x16\7", ".serveur.py.swp": b"b0VIM", "serveur.py~": SERVEUR}), slug="fichier_absent", least=0),
    Odd("skeleton", "Nothing is done yet.", {name: (SKELETON / name).read_bytes() for name in REFERENCE}, slug="a_faire", says="TODO 1", least=0),
)  # fmt: skip

MISNAMED: tuple[Odd, ...] = (
    Odd("capitals", "As the club's subject writes them.", renamed("serveur.py", "Serveur.py")),
    Odd("capital-extension", "An old Windows.", renamed("serveur.py", "serveur.PY")),
    Odd("english", "server.py.", renamed("serveur.py", "server.py"), slug="fichier_mal_nomme", says="Renomme « server.py » en serveur.py", least=WITHOUT_ONE),
    Odd("letters-changed-places", "servuer.py.", renamed("serveur.py", "servuer.py"), slug="fichier_mal_nomme", says="« servuer.py »", least=WITHOUT_ONE),
    Odd("downloaded-twice", "client(1).py.", renamed("client.py", "client(1).py"), slug="fichier_mal_nomme", says="« client(1).py »", least=WITHOUT_ONE),
    Odd("copied-on-windows", "client - Copie.py.", renamed("client.py", "client - Copie.py"), slug="fichier_mal_nomme", says="« client - Copie.py »", least=WITHOUT_ONE),
    Odd("copied-on-linux", "serveur (copie).py.", renamed("serveur.py", "serveur (copie).py"), slug="fichier_mal_nomme", says="« serveur (copie).py »", least=WITHOUT_ONE),
    Odd("copied-on-macos", "Copie de serveur.py.", renamed("serveur.py", "Copie de serveur.py"), slug="fichier_mal_nomme", says="« Copie de serveur.py »", least=WITHOUT_ONE),
    Odd("txt", "Windows hides the last extension.", renamed("serveur.py", "serveur.py.txt"), slug="fichier_mal_nomme", says="pas de .txt", least=WITHOUT_ONE),
    Odd("only-txt", "The editor saves text.", renamed("serveur.py", "serveur.txt"), slug="fichier_mal_nomme", says="« serveur.txt »", least=WITHOUT_ONE),
    Odd("no-extension", "The editor adds none.", renamed("serveur.py", "serveur"), slug="fichier_mal_nomme", says="« serveur »", least=WITHOUT_ONE),
    Odd("pyw", "Windows has this extension, too.", renamed("client.py", "client.pyw"), slug="fichier_mal_nomme", says="« client.pyw »", least=WITHOUT_ONE),
    Odd("space", "etape 1.py.", renamed("etape1.py", "etape 1.py"), slug="fichier_mal_nomme", says="« etape 1.py »", least=STEP_2),
    Odd("accent", "Étape1.py.", renamed("etape1.py", "Étape1.py"), slug="fichier_mal_nomme", says="« Étape1.py »", least=STEP_2),
    Odd("accent-of-macos", "The accent is a character of its own.", renamed("etape1.py", "E\u0301tape 1.py"), slug="fichier_mal_nomme", says="tape 1.py »", least=STEP_2),
    Odd("other-step", "etape2.py is not etape1.py.", {"etape1.py": None, "etape2.py": ETAPE1}, slug="fichier_absent", least=STEP_2),
    Odd("two-by-capitals", "serveur.py and Serveur.py.", {"Serveur.py": "print(1)\n"}, says="Il y a serveur.py et aussi « Serveur.py »", posix=True),
    Odd("escape-in-the-name", "Terminal control in a name.", {"serveur.py": None}, badly_named(b"serveur\x1b[2J.py"), "fichier_mal_nomme", "serveur\\x1b[2J.py", WITHOUT_ONE, posix=True),
    Odd("line-end-in-the-name", "A line end in a name.", {"serveur.py": None}, badly_named(b"serveur\n.py"), "fichier_mal_nomme", "Renomme", WITHOUT_ONE, posix=True),
    Odd("bidi-in-the-name", "A mark that turns the direction of writing.", {"serveur.py": None}, badly_named("serveur\u202e.py".encode()), "fichier_mal_nomme", "\\u202e", WITHOUT_ONE, posix=True),
    Odd("bytes-in-the-name", "A name that is not UTF-8.", {"serveur.py": None}, badly_named(b"serveur\xe9.py"), "fichier_mal_nomme", "\\udce9", WITHOUT_ONE, posix=sys.platform != "win32"),
    Odd("braces-in-the-name", "What Python's format reads.", renamed("serveur.py", "serveur{line}%s.py"), slug="fichier_mal_nomme", says="« serveur{line}%s.py »", least=WITHOUT_ONE),
    Odd("odd-names-beside", "All odd names at once, beside the programs.", make=odd_names, posix=True),
)  # fmt: skip

MISPLACED: tuple[Odd, ...] = (
    Odd("one-deeper", "The folder around it was given.", only({f"rendu/{name}": text for name, text in REFERENCE.items()}), slug="fichier_ailleurs", says="Tes fichiers sont dans « rendu »", least=0),
    Odd("two-deeper", "Two folders around it.", only({f"a/mon rendu/{name}": text for name, text in REFERENCE.items()}), slug="fichier_ailleurs", says="Tes fichiers sont dans « a/mon rendu »", least=0),
    Odd("a-folder-for-each-step", "etape1/ and etape2/.", only({"etape1/etape1.py": ETAPE1, "etape2/serveur.py": SERVEUR, "etape2/client.py": CLIENT}), slug="fichier_ailleurs", says="plusieurs dossiers", least=0),
    Odd("mixed", "Step 2 lies deeper.", {"serveur.py": None, "client.py": None, "etape2/serveur.py": SERVEUR, "etape2/client.py": CLIENT}, slug="fichier_ailleurs", says="dans « etape2 »", least=STEP_1),
    Odd("folder-called-serveur.py", "The program is in a folder of its name.", {"serveur.py": None, "serveur.py/serveur.py": SERVEUR}, slug="fichier_pas_lu", says="est un dossier, pas un fichier", least=WITHOUT_ONE),
    Odd("zip", "Handed in as an archive.", only({"rendu.zip": archive(REFERENCE)}), slug="fichier_archive", says="« rendu.zip » est une archive", least=0),
    Odd("7z", "Handed in as an archive.", only({"rendu.7z": b"7z\xbc\xaf'\x1c"}), slug="fichier_archive", says="est une archive", least=0),
    Odd("rar", "Handed in as an archive.", only({"Rendu final.RAR": b"Rar!\x1a\7\1\0"}), slug="fichier_archive", says="est une archive", least=0),
    Odd("zip-beside", "The second step is in an archive.", {"serveur.py": None, "client.py": None, "etape2.zip": archive(REFERENCE)}, slug="fichier_archive", says="« etape2.zip » est une archive : si serveur.py ou client.py y est", least=STEP_1),
    Odd("zip-called-serveur.py.zip", "One program, zipped.", {"serveur.py": None, "serveur.py.zip": archive(REFERENCE)}, slug="pas_du_python", says="une archive", least=WITHOUT_ONE),
    Odd("notebook-beside", "serveur.ipynb.", {"serveur.py": None, "serveur.ipynb": NOTEBOOK}, slug="pas_du_python", says="serveur.ipynb n'est pas un fichier Python : c'est un carnet Jupyter", least=WITHOUT_ONE),
    Odd("shortcut-beside", "The shortcut was copied, not the file.", {"serveur.py": None, "serveur.py.lnk": SHORTCUT}, slug="pas_du_python", says="un raccourci de Windows", least=WITHOUT_ONE),
    Odd("only-bytecode", "__pycache__ was handed in.", only({"serveur.pyc": b"\xcb\r\r\n", "__pycache__/client.cpython-312.pyc": b"\xcb\r\r\n"}), slug="fichier_absent", least=0),
)  # fmt: skip

LINKS: tuple[Odd, ...] = (
    Odd("link-outside", "A link to a file of somebody else's.", {"serveur.py": None}, link_outside("serveur.py"), "fichier_pas_lu", "hors de ton dossier", WITHOUT_ONE, posix=True),
    Odd("link-outside-absolute", "A link to the system's files.", {"serveur.py": None}, link("serveur.py", "/etc/passwd"), "fichier_pas_lu", "hors de ton dossier", WITHOUT_ONE, posix=True),
    Odd("link-to-a-device", "A file without end.", {"serveur.py": None}, link("serveur.py", "/dev/zero"), "fichier_pas_lu", "hors de ton dossier", WITHOUT_ONE, posix=True),
    Odd("link-outside-of-a-module", "Not a program.", make=link_outside("config.py"), says="« config.py » est un lien qui mène hors de ton dossier", posix=True),
    Odd("link-to-a-folder-outside", "A folder of somebody else's.", make=link_to_folder_outside, says="« modules » est un lien", posix=True),
    Odd("link-inside", "The program has another name, and a link.", renamed("serveur.py", "mon_serveur.py"), link("serveur.py", "mon_serveur.py"), posix=True),
    Odd("link-inside-absolute", "The same with the whole path.", renamed("serveur.py", "mon_serveur.py"), link("serveur.py", "{folder}/mon_serveur.py"), posix=True),
    Odd("link-to-a-module-folder", "A module is reached by a linked folder.", {"vrai/config.py": "PORT = 4242\n", "etape1.py": ETAPE1.replace("PORT = 4242", "from modules.config import PORT")}, link("modules", "vrai"), posix=True),
    Odd("link-to-itself", "A link in a circle.", {"serveur.py": None}, link("serveur.py", "serveur.py"), "fichier_pas_lu", "ne mène à aucun fichier", WITHOUT_ONE, posix=True),
    Odd("link-to-nothing", "What it led to is gone.", {"serveur.py": None}, link("serveur.py", "disparu.py"), "fichier_pas_lu", "ne mène à aucun fichier", WITHOUT_ONE, posix=True),
    Odd("link-to-the-folder-above", "A folder that contains itself.", {"a/b/c.py": ""}, link("a/b/d", ".."), posix=True),
    Odd("link-to-the-folder-itself", "The same, at once.", make=link("encore", "."), posix=True),
    Odd("link-to-the-parent", "A way out of the folder.", make=link("plus_haut", ".."), says="« plus_haut » est un lien", posix=True),
    Odd("fifo", "A pipe that nobody writes to.", {"serveur.py": None}, fifo("serveur.py"), "fichier_pas_lu", "n'est pas un fichier ordinaire", WITHOUT_ONE, posix=True),
    Odd("fifo-beside", "A pipe that is no program.", make=fifo("tuyau.py"), posix=True),
    Odd("socket", "A socket of the file system.", {"serveur.py": None}, bound_socket, "fichier_pas_lu", "n'est pas un fichier ordinaire", WITHOUT_ONE, posix=True),
)  # fmt: skip

ENCODINGS: tuple[Odd, ...] = (
    server(SERVEUR.encode("latin-1", "replace"), "latin-1", "An old editor.", "mauvais_encodage", "UTF-8"),
    works(b"# -*- coding: latin-1 -*-\n" + SERVEUR.encode("latin-1", "replace"), "latin-1-declared", "An old editor that says so."),
    server("# coding: klingon\n" + SERVEUR, "coding-unknown", "A rule that nobody knows.", "encodage_declare", "klingon"),
    server("# coding: rot13\n" + SERVEUR, "coding-rot13", "No rule for text.", "encodage_declare", "rot13"),
    server("# coding: utf-7\n" + SERVEUR, "coding-utf-7", "A rule of mail.", "encodage_declare", "utf-7"),
    server("# coding: idna\n" + SERVEUR, "coding-idna", "A rule of names.", "encodage_declare", "idna"),
    server("# coding: undefined\n" + SERVEUR, "coding-undefined", "A rule that always fails.", "encodage_declare", "undefined"),
    server("# coding: " + "x" * 100_000 + "\n" + SERVEUR, "coding-endless", "A name of 100,000 letters.", "encodage_declare", "…"),
    works(b"\xef\xbb\xbf" + SERVEUR.encode(), "bom", "Notepad."),
    server(SERVEUR.encode("utf-16"), "utf-16", "Notepad's « Unicode ».", "fichier_utf16", "UTF-16"),
    server(SERVEUR.encode("utf-16-be"), "utf-16-be", "Without its mark.", "fichier_utf16", "UTF-16"),
    server(SERVEUR.encode("utf-16-le"), "utf-16-le", "Without its mark.", "fichier_utf16", "UTF-16"),
    server(SERVEUR.encode("utf-32"), "utf-32", "Four bytes a letter.", "fichier_utf16", "UTF-32"),
    server(SERVEUR.replace("import socket", "import socket\0", 1), "nul", "A spoilt disk.", "octets_nuls", "signe nul"),
    server(SERVEUR + "\0" * 4, "nuls-at-the-end", "A computer that was switched off.", "octets_nuls", "signe nul"),
    server(SERVEUR.encode() + b"# \xe9\n", "one-odd-byte", "A line pasted by a program of old.", "mauvais_encodage"),
    works(SERVEUR.replace("\n", "\r\n"), "crlf", "Windows."),
    works(SERVEUR.replace("\n", "\r"), "cr", "A Mac of before 2001."),
    works(SERVEUR.replace("\n\n\n", "\n\x0c\n"), "form-feed", "Emacs."),
    server(SERVEUR + "\x1a", "ctrl-z", "DOS.", "caractere_invisible", "signe que Python ne connaît pas"),
    server(SERVEUR.replace('"', "“"), "curly-quotes", "A word processor.", "guillemets_word"),
    server(SERVEUR.replace("    ", "\u00a0   "), "no-break-spaces", "Copied from a page.", "caractere_invisible"),
    server(SERVEUR.replace("        ", "\t", 1), "tabs-and-spaces", "Two editors.", "tabulations"),
    server(f"<<<<<<< HEAD\n{SERVEUR}=======\n{SERVEUR}>>>>>>> autre\n", "merge-marks", "Git.", "marques_fusion"),
)  # fmt: skip

NO_PYTHON: tuple[Odd, ...] = (
    server(b"", "empty", "Not saved.", "fichier_vide"),
    server(b"\xef\xbb\xbf", "only-bom", "An empty file of Notepad.", "fichier_vide"),
    server(" \n\t\n\r\n", "only-blanks", "Nothing but line ends.", "fichier_vide"),
    server(NOTEBOOK, "notebook", "The notebook itself.", "pas_du_python", "un carnet Jupyter"),
    server(json.dumps(json.loads(NOTEBOOK)), "notebook-in-one-line", "The same in one line.", "pas_du_python", "un carnet Jupyter"),
    server(archive(REFERENCE), "zip-content", "The archive was renamed.", "pas_du_python", "une archive"),
    server(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf", "Printed.", "pas_du_python", "un document PDF"),
    server(archive({"[Content_Types].xml": "", "word/document.xml": SERVEUR}), "docx", "Word.", "pas_du_python", "docx"),
    server(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "doc", "An old Word.", "pas_du_python", "traitement de texte"),
    server(PNG, "png", "A picture of the program.", "pas_du_python", "une image"),
    server("{\\rtf1\\ansi\n" + SERVEUR + "}", "rtf", "TextEdit.", "pas_du_python", "RTF"),
    server("\n\n<!DOCTYPE html>\n<html><body>", "html", "The page was saved.", "pas_du_python", "une page web"),
    server("<HTML>\n<pre>", "html-in-capitals", "An old page.", "pas_du_python", "une page web"),
    server(SHORTCUT, "shortcut", "A shortcut that was renamed.", "pas_du_python", "un raccourci"),
    server(b"\x7fELF\x02\x01\x01" + bytes(100), "elf", "A program of another language.", "pas_du_python", "déjà compilé"),
    Odd("pyc", "The compiled program.", make=compiled, slug="pas_du_python", says="pyc", least=WITHOUT_ONE),
    server('print "bonjour"\n', "python-2", "An example from before 2020.", "python2"),
    server("# rien\n# du tout\n", "only-comments", "Nothing but comments.", "", "serveur.py"),
    server('"""Mon serveur."""\n', "only-docstring", "Nothing but a sentence.", "", "serveur.py"),
    server("# TODO 1 : écrire\n# TODO 2 : finir\n", "only-todos", "Nothing but plans.", "a_faire", "TODO 1"),
    server("Bonjour, voici mon serveur.\n", "prose", "A letter.", "", "serveur.py"),
)  # fmt: skip

LARGE: tuple[Odd, ...] = (
    works(SERVEUR + "# x\n" * 100_000, "many-lines", "100,000 lines of comment."),
    works(SERVEUR + "#" + "x" * 2_000_000 + "\n", "long-line", "One line of 2 MB."),
    step_1("x = '" + "é" * 500_000 + "'\n(", "long-line-with-a-mistake", "The same, and a mistake.", "syntaxe"),
    step_1("x = 1\n" * 100_000 + "y = (\n", "many-lines-with-a-mistake", "100,000 lines, and a mistake.", "syntaxe"),
    works(SERVEUR + "# " + "x" * 4_900_000, "5-mb", "As much as is taken."),
    Odd("50-mb", "Too much.", {"serveur.py": None}, sparse("serveur.py", 50_000_000), "fichier_pas_lu", "trop gros (50 Mo", WITHOUT_ONE, posix=True),
    Odd("5-gb", "Far too much, beside the programs.", make=sparse("film.mp4", 5_000_000_000), says="« film.mp4 » est trop gros (5000 Mo", posix=True),
    Odd("10000-files", "Somebody's whole disk.", make=many_files(10_000, ".txt"), says="trop de fichiers"),
    Odd("10000-modules", "The same, all Python.", make=many_files(10_000, ".py"), says="trop de fichiers"),
    Odd("10000-files-and-one-misnamed", "The program is still found.", renamed("serveur.py", "server.py"), many_files(10_000, ".py"), "fichier_mal_nomme", "« server.py »", WITHOUT_ONE),
    Odd("500-folders", "Folders without end.", make=deep_tree, posix=True),
    Odd("environment", "A virtual environment.", make=environment),
    Odd("git", "A repository.", {".git/HEAD": "ref: refs/heads/main\n", ".git/serveur.py": "x", "venv/lib/socket.py": "x"}),
    Odd("stale-bytecode", "Bytecode of an older program.", make=stale_bytecode),
)  # fmt: skip


def nested(content: str, name: str, slug: str = "trop_imbrique") -> Odd:
    """An etape1.py that is more than Python can read; some Pythons take what others do not."""
    return Odd(name, "More levels than Python reads.", {"etape1.py": content}, slug=slug, least=STEP_2)


DEEP: tuple[Odd, ...] = (
    nested("x = " + "(" * 39_000, "brackets-open"),
    nested("x = " + "(" * 300 + "1" + ")" * 300 + "\n", "brackets"),
    nested("x = " + "-" * 100_000 + "1\n", "unary"),
    nested("x = " + "not " * 20_000 + "1\n", "nots"),
    nested("x = " + "lambda: " * 20_000 + "1\n", "lambdas"),
    nested("if x: pass\n" + "elif x: pass\n" * 12_000, "elifs"),
    nested("x = " + "**".join("1" * 40_000) + "\n", "powers"),
    nested("".join(" " * level + "if 1:\n" for level in range(200)) + " " * 200 + "pass\n", "blocks"),
    nested("x = " + "9" * 100_000 + "\n", "digits", "syntaxe"),
    Odd("additions", "A sum of 50,000 texts.", {"etape1.py": "x = " + " + ".join(["'a'"] * 50_000) + "\n"}, least=STEP_2),
    Odd("points", "50,000 points.", {"etape1.py": "x" + ".x" * 50_000 + "\n"}, least=STEP_2),
    Odd("calls", "50,000 calls.", {"etape1.py": "x" + "()" * 50_000 + "\n"}, least=STEP_2),
    Odd("f-strings", "Texts in texts.", {"etape1.py": 'x = f"' + '{f"' * 60 + "\n"}, least=STEP_2),
    Odd("escapes", "Escapes that are none.", {"etape1.py": 'x = "' + "\\d" * 19_000 + '"\ny = (\n'}, slug="parenthese_ouverte", least=STEP_2),
    Odd("quotes", "Quotes that never match.", {"etape1.py": '\\"""' * 9_500 + "\n"}, least=STEP_2),
    Odd("imports", "5,000 names.", {"etape1.py": "import socket, " + ", ".join(f"a{n}" for n in range(5_000)) + "\n"}, least=STEP_2),
    Odd("functions", "1,200 functions.", {"etape1.py": "".join(f"def f{n}(): socket.bind()\n" for n in range(1_200)) + "f1()\n"}, least=STEP_2),
)  # fmt: skip

ODD_INPUTS = MISSING + MISNAMED + MISPLACED + LINKS + ENCODINGS + NO_PYTHON + LARGE + DEEP
