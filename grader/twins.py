"""Finds the file in which the work on a program was done, where the program itself is still blank."""

from __future__ import annotations

import re

from .french import fold

NAMED = {"etape1": "etape1|step1", "serveur": "serveur|server", "client": "client"}
"""What is in the names that people give to another version of a program."""

ANY_SOCKET = r"socket\s*[.(]"
WORK = {"etape1": r"\.accept\b", "serveur": r"\.accept\b", "client": r"\.connect\b|create_connection"}
"""What each program calls once it has been written; the blank ones name it in comments only."""

USUAL = tuple(f"{program}.py" for program in NAMED)
ENDINGS = (".py", ".pyw", ".txt")


def folded(name: str) -> str:
    """A file's name without what makes no difference to a reader: capitals, accents and spaces."""
    return "".join(fold(name).split())


def work_elsewhere(program: str, graded: str, files: dict[str, bytes]) -> str:
    """The file that is named after a program and does its work, where the one that is graded does nothing yet.

    Args:
        program: one that is missing, or still blank.
        graded: its file.
        files: all of the submission, by path.

    Returns:
        the path; empty where there is none.
    """
    others = [path for path in files if "/" not in path and path not in (graded, *USUAL)]
    named = [path for path in others if program_of(path) == program]
    if not named or _calls(files[graded], ANY_SOCKET):
        return ""
    worked = [path for path in named if _calls(files[path], WORK[program])]
    return min(worked, key=lambda path: (not is_finished(files[path]), path), default="")


def is_begun(data: bytes) -> bool:
    """Whether a program calls anything of sockets, which the blank ones do not."""
    return _calls(data, ANY_SOCKET)


def is_finished(data: bytes) -> bool:
    """Whether no TODO is left."""
    return not re.search(rb"(?i)#[ \t]*todo", data)


def program_of(file: str) -> str:
    """The program that a file is named after: « Serveur (1).py », serveur_final.py; empty for none or two."""
    plain = folded(file)
    letters = re.sub("[^a-z0-9]", "", plain)
    programs = [program for program, pattern in NAMED.items() if re.search(pattern, letters)]
    return programs[0] if len(programs) == 1 and plain.endswith(ENDINGS) else ""


def _calls(data: bytes, pattern: str) -> bool:
    """Whether something is called outside of comments; a text with such a word in it is no blank one either."""
    lines = data.decode("utf-8", "replace").splitlines()
    return any(re.search(pattern, line.partition("#")[0]) for line in lines)
