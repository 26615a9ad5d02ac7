"""Makes the students' copy of the project: without the solution and the tests, with the club's settings, and tried."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime

from ..errors import GraderError, UsageError, reason
from ..escape import shown
from ..files import write_whole
from ..limits import DEFAULT
from ..submission import read_submission
from .bounds import TRIAL_S
from .git import shown_address
from .settings import FILE, settings_text

CONTENT = ("LICENSE", "pyproject.toml", "grader", "skeleton", os.path.join(".github", "rapport.svg"), ".gitignore")
"""What a student needs, beside the README and the settings; the solution is not in it, nor what tests the grader."""

LEFT_OUT = ("__pycache__", "*.pyc", "*.modifie", ".*.swp")
"""Traces of work in the folders that are copied."""

README = "README.md"
FOR_STUDENTS = "## Pour l'élève"
"""The part of the README that students read; what stands above it is the title, what stands below is not theirs."""


def make_kit(project: str, folder: str, where: str, until: datetime | None) -> list[str]:
    """Make the copy, and try it.

    Args:
        project: the project's folder.
        folder: where the copy goes; it must not exist yet, or be empty.
        where: where to hand in; empty for the repository that the copy will be cloned from.
        until: until when; None for always.

    Returns:
        French sentences for the instructor.

    Raises:
        UsageError: the copy cannot be written.
        GraderError: it does not work.
    """
    if os.path.isdir(folder) and os.listdir(folder):
        raise UsageError(f"« {shown(folder)} » existe déjà et n'est pas vide : donne un dossier neuf.")
    inside = os.path.commonpath([os.path.realpath(folder), os.path.realpath(project)]) == os.path.realpath(project)
    if inside:
        raise UsageError("Mets la copie des élèves ailleurs que dans ce projet, par exemple dans ../chatpy-eleves.")
    try:
        _copy(project, folder)
        write_whole(os.path.join(folder, README), students_readme(_text(os.path.join(project, README))))
        write_whole(os.path.join(folder, FILE), settings_text(where, until))
    except OSError as error:
        raise UsageError(f"Je ne peux pas écrire la copie dans « {shown(folder)} » : {reason(error)}.") from error
    _try(folder)
    told = [
        f"La copie des élèves est dans « {shown(folder)} », sans le corrigé ni les tests : donne-la telle quelle.",
        "Essayée : le correcteur y marche, et le squelette vide y obtient 0.",
        f"Où rendre : {shown_address(where)}."
        if where
        else f"Où rendre : écris-le dans {FILE}, ou fais-la cloner d'un dépôt du club.",
    ]
    told.append(
        f"Copie {shown(os.path.join(folder, FILE))} à côté de ton propre README : club y lit où ramasser, et la date."
    )
    return [*told, *_not_blank(os.path.join(folder, "skeleton"))]


def students_readme(readme: str) -> str:
    """The README up to the end of what students read."""
    head, found, rest = readme.partition(FOR_STUDENTS)
    return head + found + rest.partition("\n## ")[0].rstrip("\n") + "\n"


def _copy(project: str, folder: str) -> None:
    for name in CONTENT:
        source, target = os.path.join(project, name), os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if os.path.isdir(source):
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(*LEFT_OUT))
        elif os.path.exists(source):
            shutil.copyfile(source, target)


def _text(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def _try(folder: str) -> None:
    """Have the copy grade its own skeleton.

    Raises:
        GraderError: it cannot.
    """
    command = [sys.executable, "-B", "-m", "grader", "--json", "-"]
    try:
        tried = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=TRIAL_S)
        score = json.loads(tried.stdout)["score"]
    except (subprocess.TimeoutExpired, OSError, ValueError, KeyError) as error:
        raise GraderError("la copie est faite, mais le correcteur n'y marche pas. Ne la donne pas encore.") from error
    if score != 0:
        raise GraderError(f"la copie est faite, mais son squelette obtient {score} au lieu de 0 : il n'est plus vide.")


def _not_blank(skeleton: str) -> list[str]:
    """What to say where somebody has worked in the skeleton."""
    programs = read_submission(skeleton, DEFAULT).programs.values()
    begun = [program.file for program in programs if not program.todos]
    return [f"Attention, {' et '.join(begun)} n'a plus de TODO : est-ce bien le squelette ?"] if begun else []
