"""The command `python -m tests.benchmark`: options, measures, one table, exit status 1 where a limit is exceeded."""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
from pathlib import Path

from ..processes import adopt_orphans
from . import club, load, machines, measures
from .commands import BenchmarkError, Workshop
from .table import Figure, render

MEASURES = {
    "speed": measures.speed,
    "mistakes": measures.mistakes,
    "plain": measures.plain_tests,
    "loops": measures.loops,
    "memory": measures.memory,
    "isolation": measures.isolation,
    **machines.ROWS,
    **club.ROWS,
}

TABLES = {"machines": tuple(machines.ROWS), "club": tuple(club.ROWS)}
"""Names for several measures at once."""


def parse() -> argparse.Namespace:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description="Measure the grader.")
    parser.add_argument("--quick", action="store_true", help="fewer runs, and nothing that takes a minute")
    parser.add_argument("--load", type=int, default=0, metavar="N", help="also grade N times on a loaded machine")
    parser.add_argument("--starve", type=int, default=0, metavar="N", help="also grade N times while cores come and go")
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="also compare with that checkout of the project")
    names = [*MEASURES, *TABLES]
    parser.add_argument(
        "--only", nargs="*", choices=names, default=list(MEASURES), metavar="NAME", help=", ".join(names)
    )
    return parser.parse_args()


def machine() -> str:
    """Where the figures come from."""
    load_1_min = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.python_implementation()} "
        f"{platform.python_version()}, {platform.system()} {platform.release()}, load {load_1_min:.1f} at the start"
    )


def measure(options: argparse.Namespace, workshop: Workshop) -> list[Figure]:
    """All figures that are asked for.

    Raises:
        BenchmarkError: something did not do what was to be measured.
    """
    effort = measures.QUICK if options.quick else measures.FULL
    figures: list[Figure] = []
    for name in (one for asked in options.only for one in TABLES.get(asked, (asked,))):
        print(f"measuring {name}…", file=sys.stderr, flush=True)
        figures += MEASURES[name](workshop, effort)
    if options.load:
        print(f"measuring load, {options.load} gradings…", file=sys.stderr, flush=True)
        figures += load.measure(workshop, options.load)
    if options.starve:
        print(f"measuring starvation, {options.starve} gradings…", file=sys.stderr, flush=True)
        figures += load.measure_starved(workshop, options.starve)
    return figures + measures.remains(workshop)


def main() -> int:
    """Measure, print the table, and return the exit status."""
    options = parse()
    if sys.platform != "linux":
        print("The benchmark looks at processes through /proc: it needs Linux.", file=sys.stderr)
        return 2
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # so a shell starts what runs in its background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    adopt_orphans()
    print(machine(), flush=True)
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        try:
            figures = measure(options, Workshop(Path(folder), options.against))
        except BenchmarkError as error:
            print(f"The benchmark cannot go on: {error}", file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            print("interrupted", file=sys.stderr)
            return 2
    print(render(figures))
    return 1 if any(figure.over for figure in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
