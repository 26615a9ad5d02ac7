"""What can be wrong with a whole file, before Python even reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...escape import shown
from ...submission import ARCHIVE, PROGRAM_FILES, REFUSED, folded
from ...transcript.facts import SocketMade
from ...transcript.place import Place
from .. import lessons
from ..case import Case, Finding, each_of
from ..code import nearest
from ..common import ROLE_INVERSE, TROP_IMBRIQUE
from ..lessons import TODOS
from ..mistake import Flags, Mistake
from ..vocabulary import MODULES

# fmt: off
A_FAIRE = Mistake("a_faire", "", "le programme ne crée aucune socket et il reste des TODO",
    "Ce fichier n'est pas encore commencé.",
    "Ouvre {file} : commence par le TODO {todo}, ligne {line}.",
    "Quel est le premier TODO qui reste dans {file} ?", lessons.TRAVAIL)
FICHIER_ABSENT = Mistake("fichier_absent", "", "le fichier n'est pas dans le dossier",
    "Il n'y a pas de fichier {file} dans ton dossier.",
    "Crée le fichier {file} : le modèle est dans skeleton/.",
    "Dans quel dossier as-tu enregistré {file} ?", lessons.TRAVAIL)
FICHIER_MAL_NOMME = Mistake("fichier_mal_nomme", "", "le fichier n'est pas là, mais un autre a presque son nom",
    "Il n'y a pas de fichier {file}, mais il y a « {near} » : c'est sans doute lui, sous un autre nom.",
    "Renomme « {near} » en {file}, sans rien d'autre autour (pas de .txt, pas d'accent, pas d'espace).",
    "Comment s'appelle ton fichier, lettre par lettre, avec ce qui suit le point ?", lessons.TRAVAIL)
FICHIER_AILLEURS = Mistake("fichier_ailleurs", "", "le fichier n'est pas là, mais un dossier du dossier en contient un de ce nom",
    "{file} est rangé plus bas, dans « {near} » : je ne note que ce qui est directement dans ton dossier.",
    "Sors {file} de « {near} » : les trois programmes vont côte à côte, dans le même dossier.",
    "Où sont rangés etape1.py, serveur.py et client.py : au même endroit ?", lessons.TRAVAIL)
FICHIER_ARCHIVE = Mistake("fichier_archive", "", "le fichier n'est pas là, mais une archive est dans le dossier",
    "{file} est peut-être dans l'archive qui est dans ton dossier : je n'ouvre pas les archives.",
    "Ouvre l'archive (« Extraire tout »), et mets {file} directement dans le dossier que tu me donnes.",
    "Que contient l'archive qui est dans ton dossier ?", lessons.TRAVAIL)
FICHIER_PAS_LU = Mistake("fichier_pas_lu", "", "le fichier est là, mais il n'est pas lu : une remarque sur le dossier dit pourquoi",
    "{why}",
    "Enregistre le bon programme dans un fichier ordinaire, directement dans ton dossier, sous le nom {file}.",
    "Quand tu ouvres {file} dans ton éditeur, vois-tu ton programme ?", lessons.TRAVAIL)
FICHIER_VIDE = Mistake("fichier_vide", "", "le fichier ne contient rien",
    "{file} est vide : peut-être n'a-t-il pas été enregistré.",
    "Enregistre ton travail dans {file} (Ctrl+S), ou reprends le modèle de skeleton/.",
    "As-tu enregistré ton fichier ?", lessons.TRAVAIL)
MAUVAIS_ENCODAGE = Mistake("mauvais_encodage", "", "le fichier n'est pas en UTF-8, et Python ne peut pas le lire",
    "Ligne {line}, une lettre accentuée de {file} est écrite à l'ancienne, pas en UTF-8 : Python ne sait pas la lire.",
    "Dans ton éditeur, enregistre {file} de nouveau en choisissant l'encodage UTF-8.",
    "Que dit ton éditeur, en bas ou dans « Enregistrer sous », de l'encodage de {file} ?", lessons.OCTETS)
ENCODAGE_DECLARE = Mistake("encodage_declare", "", "le fichier annonce un encodage qu'il n'a pas",
    "Ligne {line}, {file} annonce qu'il est écrit en {name}, mais ce n'est pas vrai : Python lit alors ses accents de travers, ou s'arrête.",
    "Efface la ligne {line} de {file} : sans elle, Python lit de l'UTF-8.",
    "À quoi sert la ligne {line} ?", lessons.OCTETS)
FICHIER_UTF16 = Mistake("fichier_utf16", "", "le fichier commence par une marque UTF-16 ou UTF-32, ou un tiers de ses octets sont nuls",
    "{file} est enregistré en {name}, avec plusieurs octets pour chaque lettre : Python ne lit pas cela.",
    "Dans ton éditeur, enregistre {file} de nouveau en choisissant l'encodage UTF-8.",
    "Que dit ton éditeur de l'encodage de {file} ?", lessons.OCTETS)
OCTETS_NULS = Mistake("octets_nuls", "", "le fichier contient un octet nul, et presque tout le reste est du texte",
    "Ligne {line}, {file} contient un signe nul, qui ne se voit pas et que Python refuse : le fichier a été abîmé.",
    "Colle ton code dans un nouveau fichier, et enregistre-le sous le nom {file}.",
    "D'où vient {file} : d'une clé, d'un téléchargement, d'un éditeur qui s'est arrêté ?", lessons.TRAVAIL)
PAS_DU_PYTHON = Mistake("pas_du_python", "", "le fichier commence comme une archive, un document, une image, une page web ou un carnet",
    "{file} n'est pas un fichier Python : c'est {kind}.",
    "Colle ton code dans un éditeur de programmes (Thonny, VS Code), et enregistre-le sous le nom {wanted}, comme texte simple.",
    "Avec quel logiciel as-tu écrit {file} ?", lessons.TRAVAIL)
DEUX_FOIS_LE_MEME = Mistake("deux_fois_le_meme", "adresse", "serveur.py et client.py sont le même fichier",
    "serveur.py et client.py contiennent exactement la même chose : une copie a écrasé l'autre.",
    "Garde dans {file} le bon des deux programmes : le serveur attend (bind, listen, accept), le client appelle (connect).",
    "Ouvre serveur.py et client.py côte à côte : en quoi sont-ils différents ?", lessons.ROLES)
MODULE_CACHE = Mistake("module_cache", "", "un fichier du dossier porte le nom d'un module de Python, et le programme échoue",
    "Ton dossier contient {module} : quand tu écris « import {stem} », Python prend ton fichier au lieu du sien.",
    "Renomme {module} (par exemple mon_{module}).",
    "Regarde la liste des fichiers de ton dossier : l'un d'eux a-t-il le nom d'un module que tu importes ?", lessons.COINCE, Flags.PLAIN)
# fmt: on


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


def missing(case: Case) -> Iterator[Finding]:
    """The program is not in the folder; perhaps it is, under another name, in another place, or as no file."""
    wanted, files = case.program + ".py", case.submission.files
    why = case.submission.remark(REFUSED, case.program)
    if why:
        yield Finding(FICHIER_PAS_LU, Place(wanted, 0), {"why": why})
    near = _misnamed(wanted, [name for name in files if "/" not in name])
    kind = kind_of(files[near]) if near else ""
    if kind:
        yield Finding(PAS_DU_PYTHON, Place(near, 0), {"kind": kind, "file": shown(near), "wanted": wanted})
    elif near:
        yield Finding(FICHIER_MAL_NOMME, Place(near, 0), {"near": shown(near), "file": wanted})
    for path in files:
        folder, _, name = path.rpartition("/")
        if name.lower() == wanted:
            yield Finding(FICHIER_AILLEURS, Place(wanted, 0), {"near": shown(folder)})
    if case.submission.remark(ARCHIVE):
        yield Finding(FICHIER_ARCHIVE, Place(wanted, 0))
    yield Finding(FICHIER_ABSENT, Place(wanted, 0))


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


def unreadable(case: Case) -> Iterator[Finding]:
    """The program's file is not a text that Python could read, or not the program that it should be."""
    yield from each_of((_no_text, _wrong_encoding, _too_deep, _twice_the_same), case)


def _data(case: Case) -> bytes:
    """The program's file, byte for byte."""
    return case.submission.files.get(case.submission.programs[case.program].file, b"")


def _no_text(case: Case) -> Iterator[Finding]:
    """The file is empty, or no text in which each letter has its byte."""
    data, file = _data(case), case.submission.programs[case.program].file
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        yield Finding(FICHIER_VIDE, Place(file, 0))
    kind, wide = kind_of(data), _wide(data)
    if kind:
        yield Finding(PAS_DU_PYTHON, Place(file, 0), {"kind": kind, "wanted": file})
    if wide:
        yield Finding(FICHIER_UTF16, Place(file, 0), {"name": wide})
    if b"\0" in data:
        yield Finding(OCTETS_NULS, Place(file, data.count(b"\n", 0, data.index(b"\0")) + 1))


def _wrong_encoding(case: Case) -> Iterator[Finding]:
    """The file is not in UTF-8, or says that it is in something else."""
    program, error, data = case.submission.programs[case.program], case.error, _data(case)
    head = data[:MAX_HEAD].splitlines()[:2]
    declared = CODING.match(b"\n".join(head))
    wrongly = program.unreadable or (error is not None and "SyntaxError" in error.bases and _is_utf_8(data))
    if wrongly and declared is not None and declared.group(1).lower() not in (b"utf-8", b"utf8"):
        place = Place(program.file, 1 if CODING.match(head[0]) else 2)
        yield Finding(ENCODAGE_DECLARE, place, {"name": shown(declared.group(1).decode("ascii", "replace"))})
    if program.unreadable and (error is None or error.error != "IndentationError"):
        yield Finding(MAUVAIS_ENCODAGE, Place(program.file, _first_odd_line(data)))


def _too_deep(case: Case) -> Iterator[Finding]:
    """Python ran out of room while it read the file: it had no line yet, and nothing that could call itself."""
    error, code = case.error, case.code
    if error is None or error.line != 1 or not {"MemoryError", "RecursionError"} & set(error.bases):
        return
    if error.file == code.file and not code.functions:
        yield Finding(TROP_IMBRIQUE, Place(code.file, 0))


def _twice_the_same(case: Case) -> Iterator[Finding]:
    """The file of the other program was handed in under both names."""
    other = {"serveur": "client", "client": "serveur"}.get(case.program, "")
    twin = case.submission.programs.get(other)
    if twin is not None and case.cause is ROLE_INVERSE and case.submission.files.get(twin.file) == _data(case):
        yield Finding(DEUX_FOIS_LE_MEME, Place(case.submission.programs[case.program].file, 0))


def hides_a_module(case: Case) -> Iterator[Finding]:
    """A file of the submission hides a module of Python's, such as socket.py, and the exception may come from that."""
    names = (name for name in case.submission.files if name.endswith(".py") and name[:-3] in MODULES)
    hidden = next(names, "")
    if not hidden or case.error is None or case.cause.flags & Flags.SPEAKS:
        return
    lacks = {"ImportError", "AttributeError", "TypeError"} & set(case.error.bases)
    if lacks or case.error.file == hidden:
        yield Finding(MODULE_CACHE, Place(hidden, 1), {"module": hidden, "stem": hidden[:-3]})


def left_to_do(case: Case) -> Iterator[Finding]:
    """The skeleton's text still says what is to be done, and nothing was begun."""
    program = case.submission.programs[case.program]
    if program.todos and not any(one.has(SocketMade, case.program) for one in case.runs):
        number, line = program.todos[0]
        pages = TODOS[case.program]
        lesson = pages[int(number) - 1] if number.isdigit() and 1 <= int(number) <= len(pages) else ""
        yield Finding(A_FAIRE, Place(program.file, line), {"todo": number or "1"}, lesson)


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
