"""The command `python -m tests.net`: judges what was seen of every program again, and names each report that changed.

A change that is only to make the code better must not change a verdict, a word, or a byte of the JSON::

    python -m tests.net save FOLDER     grade every program of the collections, and keep what was seen and said
    python -m tests.net check FOLDER    judge all that again, with the code as it is now, and show what differs
    python -m tests.net accept FOLDER   what is said now is right: words were changed on purpose

Only ``save`` runs programs. The folder is nothing to commit: it is made on the code before a change.
"""

from __future__ import annotations

import argparse
import atexit
import difflib
import gzip
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from grader import grading
from grader.files import ROOT
from grader.harness.launcher import Launcher, best_launcher
from grader.report.hints import LAST_DEGREE, hint_for
from grader.report.html import to_html
from grader.report.json_report import to_json
from grader.report.model import Report
from grader.report.spoken import spoken

from .submissions.bombs import BOMBS
from .submissions.hostile import ATTACKS
from .submissions.mistakes import MISTAKES
from .submissions.model import broken_files, mistake_files, reference_files, style_files, write_files
from .submissions.odd_inputs import ODD_INPUTS
from .submissions.odd_inputs import write as write_odd
from .submissions.rarer_mistakes import RARER_MISTAKES
from .submissions.second_hand import PROGRAMS
from .submissions.styles import STYLES
from .windows.collection import HARMLESS

BOTH = ("etape1", "chat")
PROCESSES = 2

SEEN, SAID = ".seen.gz", ".said.gz"
"""How the files end: what was seen of a program, and what the report says of that."""

MOST_LINES = 12
"""Lines that are shown of what differs in one report."""

SUBJECT = (Path(ROOT) / "skeleton" / "README.md").read_text(encoding="utf-8")

Write = Callable[[Path], object]


@cache
def collections() -> dict[str, Write]:
    """What writes each program of the collections into a folder, by a name for it.

    Of the attacks there are those that harm nobody wherever they run.
    """
    files = {f"style-{one.name}": style_files(one) for one in STYLES}
    files |= {f"mistake-{one.name}": mistake_files(one) for one in MISTAKES + RARER_MISTAKES}
    files |= {f"broken-{one.name}": broken_files(one) for one in PROGRAMS}
    files |= {f"bomb-{slug}": reference_files() | {"etape1.py": source} for slug, source in BOMBS.items()}
    files |= {f"attack-{one.name}": one.files for one in ATTACKS if one.name in HARMLESS}
    found: dict[str, Write] = {name: partial(write_files, given) for name, given in files.items()}
    odd = [one for one in ODD_INPUTS if not one.posix or sys.platform != "win32"]
    return found | {f"odd-{one.name}": partial(write_odd, one) for one in odd}


def said(report: Report) -> str:
    """All that is told of a report in any form, line by line."""
    hints = (hint_for(report, degree, SUBJECT) for degree in range(1, LAST_DEGREE + 1))
    told = [f"{hint.text}\n{hint.page}" for hint in hints if hint is not None]
    return "\n".join([to_json(report), *spoken(report, details=True), *told, to_html(report)])


_launcher: Launcher | None = None
"""Starts the programs of one process."""


def _get_ready() -> None:
    global _launcher
    _launcher = best_launcher()
    atexit.register(_launcher.close)


def save_one(name: str, folder: Path) -> None:
    """Grade a program, and keep what was seen and said of it."""
    assert _launcher is not None
    with tempfile.TemporaryDirectory() as room:
        work = Path(room) / "rendu"
        collections()[name](work)
        _, kept = grading.grade(str(work), BOTH, _launcher, keep=True)
    _write(folder / (name + SEEN), kept)
    accept_one(name, folder)


def accept_one(name: str, folder: Path) -> None:
    """Keep what is said now of what was seen."""
    _write(folder / (name + SAID), _said_of(name, folder))


def check_one(name: str, folder: Path) -> list[str]:
    """The lines that differ in what is said now of what was seen; none where all is the same."""
    before, now = _read(folder / (name + SAID)), _said_of(name, folder)
    if before == now:
        return []
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), "before", "now", lineterm="", n=0)
    return list(lines) or ["the ends of lines"]


def _said_of(name: str, folder: Path) -> str:
    """What the report says of a program that was saved; judged in this process, which nothing limits."""
    return said(grading._judge_kept(_read(folder / (name + SEEN))))


def _write(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode("utf-8", "surrogatepass"), mtime=0))


def _read(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8", "surrogatepass")


def saved(folder: Path) -> list[str]:
    """The names of the programs that were saved."""
    return sorted(path.name.removesuffix(SEEN) for path in folder.glob("*" + SEEN))


def save(folder: Path, names: list[str]) -> None:
    """Grade programs of the collections, and keep what was seen and said of each."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), _get_ready) as pool:
        for number, _ in enumerate(pool.map(partial(save_one, folder=folder), names), 1):
            print(f"\r{number} of {len(names)}", end="", flush=True)
    print()


def accept(folder: Path) -> None:
    """Keep what is said now of all that was saved."""
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        list(pool.map(partial(accept_one, folder=folder), saved(folder), chunksize=20))


def check(folder: Path) -> dict[str, list[str]]:
    """The reports that differ, by the program's name, each with the lines that do."""
    names = saved(folder)
    with ProcessPoolExecutor(PROCESSES, get_context("spawn")) as pool:
        found = pool.map(partial(check_one, folder=folder), names, chunksize=20)
        return {name: lines for name, lines in zip(names, found, strict=True) if lines}


def main(arguments: list[str]) -> int:
    """Run the command; 1 where a report differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.net", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("verb", choices=["save", "check", "accept"])
    parser.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    if given.verb == "save":
        save(given.folder, list(collections()))
    elif given.verb == "accept":
        accept(given.folder)
    different = check(given.folder)
    for name, lines in different.items():
        print(f"{name}:")
        print("".join(f"    {line[:200]}\n" for line in lines[:MOST_LINES]), end="")
    print(f"{len(different)} of {len(saved(given.folder))} reports differ")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
