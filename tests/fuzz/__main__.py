"""The command `python -m tests.fuzz`: options, the run, what it found; exit status 1 where there are findings."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from .archive import Archive
from .cases import BYTES, MUTATION, Case
from .outcome import EQUIVALENT, Outcome
from .workers import Crew

TELL_EVERY_S = 30.0

MOST_CRASHES = 20
"""In a row: then the grader grades nothing any more, and the cases are not to blame."""


def parse() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.fuzz",
        description="Grade random mutants of the reference and random files. The same command goes on where it was.",
    )
    parser.add_argument("--mutations", type=int, default=200, metavar="N", help="mutants of the reference")
    parser.add_argument("--bytes", type=int, default=50, metavar="N", help="files of random content")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="other seeds, other cases")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes that grade at the same time")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "chatpy-fuzz", metavar="FOLDER")
    return parser.parse_args()


def cases_of(options: argparse.Namespace) -> list[Case]:
    """All cases of a run."""
    counts = ((MUTATION, options.mutations), (BYTES, options.bytes))
    return [Case(options.seed, kind, number) for kind, count in counts for number in range(count)]


def run(cases: list[Case], archive: Archive, jobs: int) -> None:
    """Grade the cases that are not in the archive yet; what is found is printed at once."""
    todo = {case.name: case for case in cases if case.name not in archive.outcomes}
    print(f"{len(todo)} of {len(cases)} cases to grade", file=sys.stderr, flush=True)
    told_s = time.monotonic()
    crashes = 0
    with tempfile.TemporaryDirectory(prefix="fuzz-", ignore_cleanup_errors=True) as temporary:
        for done, outcome in enumerate(Crew(max(1, jobs), temporary).run(iter(todo.values())), start=1):
            archive.add(todo[outcome.name], outcome)
            if outcome.problems:
                tell(outcome)
            crashes = crashes + 1 if outcome.crashed else 0
            if crashes == MOST_CRASHES:
                raise KeyboardInterrupt(f"{crashes} exceptions in a row: does the grader work at all?")
            if time.monotonic() - told_s > TELL_EVERY_S:
                told_s = time.monotonic()
                print(f"{done}/{len(todo)}; in all: {archive.summary()}", file=sys.stderr, flush=True)


def tell(outcome: Outcome) -> None:
    """Print a finding, the last line of each problem: the archive has all."""
    last = [problem.strip().splitlines()[-1][:500] for problem in outcome.problems]
    print(f"FINDING {outcome.name}, {outcome.how}, {outcome.file}:", *last, sep="\n    ", flush=True)


def main() -> int:
    """Run, print what was found, and return the exit status."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so a shell starts what runs in its background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    options = parse()
    archive = Archive(options.out, options.seed)
    status = 0
    try:
        run(cases_of(options), archive, options.jobs)
    except KeyboardInterrupt as why:
        print(f"interrupted: the same command goes on from here. {why}", file=sys.stderr)
        status = 2
    print(archive.write_changes())
    print("equivalent:", *(outcome.name for outcome in archive.full_marks(EQUIVALENT)))
    print("findings:", *(outcome.name for outcome in archive.findings()))
    print(f"{archive.summary()}; see {os.path.abspath(options.out)}")
    return status or int(bool(archive.findings()))


if __name__ == "__main__":
    sys.exit(main())
