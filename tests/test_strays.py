"""A file that is called like a module of Python's costs what it costs by hand, and no more."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.report.model import Report

from .submissions.model import FILES, reference_files, write_files

EXERCISE = 'print("bonjour")\n'
"""Last week's."""

AT_ONCE = 100
"""Files beside the programs in one grading: a folder of more than 200 is not read whole."""

ADDRESS = {"etape1.py": "etape1.ecoute", "serveur.py": "serveur.adresse", "client.py": "client.adresse"}
"""What a program earns that gets beyond its imports."""


def imported_by_hand() -> list[str]:
    """The modules that the reference imports, directly or not, beyond those that every interpreter has at its start."""
    program = "import sys; had = set(sys.modules); import codecs, socket, threading; print(*(set(sys.modules) - had))"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    found = {name.partition(".")[0] for name in told.split()} | {"unicodedata"}  # which an é in a name needs
    return sorted(found & sys.stdlib_module_names)


TOUCHED = imported_by_hand()
OTHERS = sorted(sys.stdlib_module_names - set(TOUCHED))


def beyond_imports(folder: Path, file: str) -> bool:
    """Whether a program, run by hand, comes to the call that cannot succeed here: its address is nobody's."""
    text = re.sub(r"(?m)^PORT = .*$", "PORT = 1", (folder / file).read_text("utf-8"))
    if file != "client.py":
        text = re.sub(r"(?m)^IP = .*$", 'IP = "192.0.2.1"', text)
    (folder / file).write_text(text, "utf-8")
    command = [sys.executable, file]
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return "serveur.bind(" in done.stderr or "client.connect(" in done.stderr


@pytest.mark.parametrize("name", TOUCHED)
def test_a_file_that_hides_a_module_costs_what_it_costs_by_hand(
    name: str, grade: Callable[[dict[str, str]], Report], tmp_path: Path
) -> None:
    files = reference_files() | {f"{name}.py": EXERCISE}
    by_hand = write_files(files, tmp_path / "by-hand")
    expected = {file for file in FILES if beyond_imports(by_hand, file)}
    report = grade(files)
    passed = {check.id for check in report.checks if check.status == "passed"}
    assert {file for file in FILES if ADDRESS[file] in passed} == expected
    if expected == set(FILES) and name != "threading":
        assert report.score == report.max_score


@pytest.mark.parametrize("start", range(0, len(OTHERS), AT_ONCE))
def test_a_file_that_hides_what_no_program_imports_costs_nothing(
    start: int, grade: Callable[[dict[str, str]], Report]
) -> None:
    names = OTHERS[start : start + AT_ONCE]
    report = grade(reference_files() | {f"{name}.py": EXERCISE for name in names})
    assert report.score == report.max_score
