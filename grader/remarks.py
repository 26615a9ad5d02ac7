"""Says what is odd about the folder of a submission, in French."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from .escape import MAX_NAME, quoted, shown
from .french import megabytes
from .limits import Limits
from .tree import PROGRAM_FILES, PROGRAMS, Refusal, Tree, program_file
from .twins import is_finished, work_elsewhere

ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")

MAX_REMARKS = 3
"""Sentences on files that are no programs: more would hide the report."""

WHY = {
    Refusal.OUTSIDE: (
        "est un lien qui mène hors de ton dossier, et je n'en sors pas : copie le vrai fichier à sa place."
    ),
    Refusal.DANGLING: "est un lien qui ne mène à aucun fichier : copie le vrai fichier à sa place.",
    Refusal.FOLDER: "est un dossier, pas un fichier : sors-en ton programme.",
    Refusal.SPECIAL: "n'est pas un fichier ordinaire : remplace-le par un vrai fichier.",
    Refusal.FORBIDDEN: "ne se laisse pas lire : vérifie que tu as le droit de l'ouvrir.",
    Refusal.TOO_LARGE: "est trop gros ({size} Mo, et je prends {most} Mo en tout) : je le laisse de côté.",
}
"""Why a file is not read: each stands behind the file's name."""

REFUSED, ARCHIVE, BLANK = "refused", "archive", "blank"


@dataclass(frozen=True, eq=False, repr=False)  # each method takes 0.2 ms to make
class Remark:
    """Something odd about the folder.

    Attributes:
        text: a French sentence.
        kind: ``REFUSED`` for a program that is there and cannot be read, ``ARCHIVE`` for one that may be in an archive,
            ``BLANK`` for one whose work was done in another file; empty for what explains nothing.
        about: the program, or for ``BLANK`` its file; empty where it is about no single one.
    """

    text: str
    kind: str = ""
    about: str = ""


def about_folder(folder: str, name: str, tree: Tree, command: str) -> Iterator[Remark]:
    """Where the programs are, if not in the folder itself: often one folder deeper, or zipped."""
    top = [path for path in (*tree.files, *tree.refused) if "/" not in path]
    missing = [program + ".py" for program in PROGRAMS if program_file(program, top) is None]
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
            yield Remark(f"Tes fichiers sont dans « {shown(best)} » : lance « {command} {quoted(path)} ».")
        else:
            names = " et ".join(f"« {shown(inside)} »" for inside in deeper[:2])
            yield Remark(f"Tes programmes sont dans plusieurs dossiers ({names}) : range-les côte à côte dans un seul.")
    elif archive:
        text = "est une archive : ouvre-la, puis donne le dossier qui contient tes trois fichiers."
        yield Remark(f"« {shown(archive)} » {text}", ARCHIVE)
    else:
        yield Remark(f"Il n'y a ni etape1.py, ni serveur.py, ni client.py dans « {shown(name)} ».")


def about_files(tree: Tree, limits: Limits) -> Iterator[Remark]:
    """What is odd about single files."""
    top = [path for path in (*tree.files, *tree.refused) if "/" not in path]
    for program in PROGRAMS:
        alike = sorted(path for path in top if path.lower() == program + ".py")
        graded = program_file(program, tree.files)
        if graded is None:
            yield from (Remark(f"« {path} » {_why(tree, path, limits)}", REFUSED, program) for path in alike[:1])
            continue
        elsewhere = work_elsewhere(program, graded, tree.files)
        if elsewhere:
            far = "a l'air fini" if is_finished(tree.files[elsewhere]) else "est plus avancé"
            yield Remark(
                f"{graded} est encore à faire, mais « {shown(elsewhere)} » {far} : "
                f"renomme-le {program}.py, à la place de l'autre.",
                BLANK,
                graded,
            )
        elif len(alike) > 1:
            other = next(path for path in alike if path != graded)
            yield Remark(f"Il y a {graded} et aussi « {other} » : je note {graded}, ne garde que le bon.")
    others = [path for path in tree.refused if path.lower() not in PROGRAM_FILES]
    told = [path for path in others if tree.refused[path] is not Refusal.SPECIAL]
    yield from (Remark(f"« {shown(path)} » {_why(tree, path, limits)}") for path in told[:MAX_REMARKS])
    if tree.cut:
        yield Remark(
            f"Ton dossier contient trop de fichiers, je n'en prends que {limits.copy_files} au plus : "
            "mets tes trois programmes dans un dossier à eux."
        )


def _why(tree: Tree, path: str, limits: Limits) -> str:
    """Why a file is not read."""
    return WHY[tree.refused[path]].format(size=megabytes(tree.sizes.get(path, 0)), most=megabytes(limits.copy_bytes))
