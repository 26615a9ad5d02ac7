"""Says how to get a library that this Python lacks, by a command that works here: many systems refuse a bare pip."""

from __future__ import annotations

import os
import sys

from .escape import quoted
from .files import ROOT

IS_WINDOWS = sys.platform == "win32"

VENV = ".venv"
"""The environment that the README makes beside the project."""

FIRST = ("rich", "tomli")
"""What the README installs the first time: for the screen, and for ``club.toml``, which Python 3.10 cannot read."""


def how_to_get(library: str, options: str = "") -> str:
    """One French sentence on what to type.

    Args:
        library: its name on PyPI.
        options: those of the command that needs it, a space before each.
    """
    own = os.path.join(ROOT, VENV)
    is_own = os.path.exists(own) and os.path.samefile(sys.prefix, own)
    place = "Tape" if os.path.realpath(os.getcwd()) == os.path.realpath(ROOT) else f"Va dans le dossier {ROOT}, et tape"
    if os.path.exists(os.path.join(ROOT, _program("python") + ".exe" * IS_WINDOWS)) and not is_own:
        command = f"{_program('python')} -m grader{options}"
        return f"Ce Python-ci n'a pas {library} : celui du projet l'a sans doute. {place} : {command}"
    if sys.prefix != sys.base_prefix:
        python = quoted(sys.executable)
        call = "& " if IS_WINDOWS and python != sys.executable else ""  # PowerShell shows a quoted path, else
        return f"Il manque la bibliothèque {library}. Tape : {call}{python} -m pip install {library}"
    return f"Il manque la bibliothèque {library}. {place} : {_first_time(library)}{options}"


def _first_time(library: str) -> str:
    """The README's line for the first time."""
    libraries = " ".join(dict.fromkeys((*FIRST, library)))
    python, then = ("py", "; ") if IS_WINDOWS else ("python3", " && ")
    install = f"{_program('pip')} install -q {libraries}"
    return then.join((f"{python} -m venv {VENV}", install, f"{_program('python')} -m grader"))


def _program(name: str) -> str:
    """A program of the environment, from the project's folder."""
    return os.path.join(VENV, "Scripts" if IS_WINDOWS else "bin", name)
