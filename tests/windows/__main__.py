"""Grades one collection here and under a Windows Python, and fails for every difference that has no reason."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path
from typing import Any

from grader.grading import judge_again
from grader.harness.launcher import best_launcher

from ..submissions.model import write_files
from .collection import collection
from .differences import DIFFERENCES, Difference
from .driver import grade_all, seen_in
from .python_for_windows import UnavailableError, Windows

ROOT = Path(__file__).parents[2]

BUDGET_S = 270.0
"""Then no grading is begun under Wine any more: where a program's start takes seconds, some are left out, and said."""

LAST_S = 240.0
"""For what is under way then, and for the trials."""

MOST_PROCESSES = 4
"""That grade at once: a Windows has one server, which does all for all of them."""

Results = dict[str, Any]
"""What each submission is worth, by its name; see driver.seen_in."""


def main() -> int:
    """Compare; the exit status is 0 where nothing unexpected was seen, or where there is no Windows to be had."""
    began_s = time.monotonic()
    # In an order that has all kinds in any part of it: a slow machine comes to the first only.
    mixed = sorted(collection().items(), key=lambda one: zlib.crc32(one[0].encode("utf-8")))
    with tempfile.TemporaryDirectory(prefix="chatpy-compared-") as name:
        top = Path(name)
        folders = [str(write_files(files, top / name)) for name, files in mixed]
        try:
            with Windows() as windows:
                wrong = trials(windows)
                here, there = graded_both(windows, folders, top / "first")
                odd = [folder for folder in folders if _differs(Path(folder).name, here, there)]
                if odd:  # Wine now and then refuses a program its start or keeps it waiting: a true difference stays
                    once_more = graded_both(windows, odd, top / "second")
                    here, there = here | once_more[0], there | once_more[1]
        except UnavailableError as error:
            print(f"windows: SKIPPED: {error}")
            return 0
        wrong += [*unexpected(here, there), *judged_otherwise(there, (top / "second" / "kept", top / "first" / "kept"))]
    print(f"windows: {len(there)} submissions compared in {time.monotonic() - began_s:.0f} s")
    if len(there) < len(folders):
        print(f"windows: NOT COMPARED, because this machine is too slow: {len(folders) - len(there)}")
    if not there:
        wrong.append("nothing could be compared")
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


def graded_both(windows: Windows, folders: list[str], top: Path) -> tuple[Results, Results]:
    """The results of this system and of the Windows Python, for what both could grade in time."""
    there = graded_there(windows, folders, top)
    here = graded_here([folder for folder in folders if Path(folder).name in there])
    return here, {name: there[name] for name in here}


def _differs(name: str, here: Results, there: Results) -> bool:
    known = {one.name: one for one in DIFFERENCES}
    return name in here and bool(_compared(here[name], there[name], known.get(name)))


def trials(windows: Windows) -> list[str]:
    """What went wrong among the trials of what only Windows can show."""
    process = windows.start(["-m", "tests.windows.trials"], ROOT)
    try:
        shown, errors = process.communicate(timeout=LAST_S)
    finally:
        process.kill()
    print(shown.decode("utf-8", "replace").replace("\r\n", "\n"), end="")
    return [f"trial: {errors.decode('utf-8', 'replace')}"] if process.returncode != 0 else []


def graded_here(folders: list[str]) -> Results:
    """The results of this system."""
    launcher = best_launcher()
    try:
        return grade_all(folders, launcher)
    finally:
        launcher.close()


def graded_there(windows: Windows, folders: list[str], top: Path) -> Results:
    """The results of the Windows Python, by one process a processor; transcripts are left in ``top / "kept"``."""
    kept = top / "kept"
    kept.mkdir(parents=True)
    processes: list[tuple[subprocess.Popen[bytes], Path]] = []
    results: Results = {}
    count = min(os.cpu_count() or 1, MOST_PROCESSES)
    try:
        for number in range(count):
            listed, written = top / f"{number}.list", top / f"{number}.results"
            listed.write_text(json.dumps([f"Z:{folder}" for folder in folders[number::count]]), encoding="utf-8")
            words = ["-m", "tests.windows.driver", *(f"Z:{path}" for path in (listed, written, kept)), str(BUDGET_S)]
            processes.append((windows.start(words, ROOT), written))
        deadline_s = time.monotonic() + BUDGET_S + LAST_S
        for process, written in processes:
            _, errors = process.communicate(timeout=max(0.0, deadline_s - time.monotonic()))
            if process.returncode != 0:
                raise SystemExit(f"windows: the driver failed:\n{errors.decode('utf-8', 'replace')}")
            print(errors.decode("utf-8", "replace"), end="")
            results |= json.loads(written.read_text(encoding="utf-8"))
    finally:
        for process, _ in processes:
            process.kill()
    return results


def unexpected(here: Results, there: Results) -> list[str]:
    """One line for each difference that has no reason, and for each reason that has no difference."""
    known = {one.name: one for one in DIFFERENCES}
    lines = [f"{name}: listed, but not in the collection" for name in sorted(set(known) - set(collection()))]
    for name, mine in here.items():
        lines += [f"{name}: {line}" for line in _compared(mine, there[name], known.get(name))]
    return lines


def _compared(here: Results, there: Results, known: Difference | None) -> list[str]:
    """What is wrong with one submission's two results."""
    differ = {check for check in here["checks"] if here["checks"][check] != there["checks"][check]}
    listed = known.checks if known is not None else frozenset()
    lines = [f"{check}: here {here['checks'][check]}, on Windows {there['checks'][check]}" for check in differ - listed]
    lines += [f"{check} is listed, and does not differ" for check in listed - differ]
    unseen = known.unseen if known is not None else frozenset()
    if [slug for slug in here["suspect"] if slug not in unseen] != there["suspect"]:
        lines.append(f"suspect: here {here['suspect']}, on Windows {there['suspect']}")
    first = there["checks"][there["first"]][1] if there["first"] else ""
    if known is not None and first != known.first:
        lines.append(f"the first thing to repair is {first!r}, not {known.first!r}")
    elif known is None and here["first"] != there["first"]:
        lines.append(f"first to repair: here {here['first']}, on Windows {there['first']}")
    return sorted(lines)


def judged_otherwise(there: Results, kept: tuple[Path, ...]) -> list[str]:
    """The submissions whose transcript from Windows, the first that was kept, is worth something else judged here."""
    texts = {name: next(one / name for one in kept if (one / name).exists()) for name in there}
    again = {name: seen_in(judge_again(path.read_text(encoding="utf-8"))) for name, path in texts.items()}
    return [f"{name}: judged again here, it is worth something else" for name in there if again[name] != there[name]]


if __name__ == "__main__":
    sys.exit(main())
