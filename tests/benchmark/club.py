"""The table `club`: a whole club is graded as fast as the machine can, stopped and gone on with, and nobody is lost."""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ..club.graded import scores
from ..processes import peak_kb
from ..submissions.model import FILES, reference_files
from .commands import FULL_MARKS, BenchmarkError, Command, Workshop, grading, wait_for
from .measures import Effort
from .table import Figure, figure, ratio, total

CLUB, CROWD = 30, 300
"""Students of a club, and of a whole school."""

LOOK_S = 0.02
STOPPED_AFTER_S = (0.1, 2.5)
"""When a run is stopped: from its first moment to somewhere in the middle."""

ISOLATION = ("--isolation", "simple")
"""The figures are about the jobs: what shuts programs in is measured elsewhere, and is not on every machine."""


def hand_ins(workshop: Workshop, name: str, count: int) -> Path:
    """A folder of so many correct submissions, no two of them the same."""
    folder = workshop.submission(name, {})
    for number in range(1, count + 1):
        own = {file: f"{text}\n# rendu {number}\n" for file, text in reference_files().items()}
        workshop.submission(f"{name}/eleve-{number:03}", own)
    return folder


def club(folder: Path, notes: Path, *options: str) -> Command:
    """The command that grades a folder of hand-ins."""
    return Command(("-m", "grader", "club", str(folder), "--dans", str(notes), *ISOLATION, *options), FULL_MARKS)


def processor_s() -> float:
    """What the machine's processors have done since it was started, idling left out (proc_stat(5)).

    What the commands themselves are billed for (getrusage) is less: nobody waits for the programs that end with their
    namespace, and the kernel takes namespaces down on its own account. So nothing else may run beside this.
    """
    user, nice, system, _idle, _iowait, irq, softirq = map(int, Path("/proc/stat").read_text().split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def wall(workshop: Workshop, effort: Effort) -> list[Figure]:
    """Thirty at once against the same thirty one by one: the cores are kept busy, and nothing else is done."""
    ratios, clock_s = [], []
    folder = hand_ins(workshop, "club", CLUB)
    cores = len(os.sched_getaffinity(0))
    for _ in range(max(1, effort.slow_runs)):
        before_s = processor_s()
        for one in sorted(folder.iterdir()):
            workshop.time(grading(one, "--json", "-", status=FULL_MARKS))
        alone_s = processor_s() - before_s
        notes = workshop.temporary.parent / "notes"
        clock_s.append(workshop.time(club(folder, notes)))
        ratios.append(clock_s[-1] / (alone_s / cores))
        check(notes, CLUB)
        shutil.rmtree(notes)
    return [
        figure(f"{CLUB} correct submissions, the whole command", clock_s, "s"),
        figure(f"  / processor time of the same one by one, on {cores} cores", ratios, "x", 1.15),
    ]


def check(notes: Path, count: int) -> None:
    """Make sure that everybody has 20 points.

    Raises:
        BenchmarkError: somebody has not.
    """
    rows = scores(notes)
    if len(rows) != count or set(rows.values()) != {20.0}:
        raise BenchmarkError(f"{len(rows)} rows of {count}, with {sorted(set(map(str, rows.values())))}")


def crowd(workshop: Workshop, effort: Effort) -> list[Figure]:
    """Three hundred, and what it takes to hold them."""
    peaks_kb: dict[int, int] = {}
    count = CROWD if effort.patient else 2 * CLUB
    for number in (CLUB, count):
        folder, notes = hand_ins(workshop, f"crowd-{number}", number), workshop.temporary.parent / f"notes-{number}"
        began_s = time.monotonic()
        process = workshop.popen(club(folder, notes).arguments)
        while process.poll() is None:
            peaks_kb[number] = max(peaks_kb.get(number, 0), peak_kb(process.pid))
            time.sleep(LOOK_S)  # nothing tells of memory
        took_s = time.monotonic() - began_s
        output = wait_for(process)
        if process.returncode != FULL_MARKS:
            raise BenchmarkError(f"club ended with {process.returncode}: {output[-2000:]}")
    rows = scores(notes)
    again_s = workshop.time(Command(("-m", "grader", "rejuger", str(notes))))
    return [
        figure(f"{count} submissions", [took_s], "s"),
        total("  rows", len(rows), 1, None),
        total("  rows missing", count - len(rows), count),
        total("  wrong scores", sum(score != 20.0 for score in rows.values()), count),
        figure("  judged again", [again_s], "s", 10),
        figure("  peak memory of the coordinator", [peaks_kb[count] / 1000], "MB", 100),
        figure(f"  more than with {CLUB}", [(peaks_kb[count] - peaks_kb[CLUB]) / 1000], "MB", 10),
    ]


def stopped(workshop: Workshop, effort: Effort) -> list[Figure]:
    """Stopped at random moments, and gone on with."""
    times = 20 if effort.patient else 3
    folder, lost = hand_ins(workshop, "stopped", 8), 0
    chance = random.Random(8)
    for number in range(times):
        notes = workshop.temporary.parent / f"notes-stopped-{number}"
        process = workshop.popen(club(folder, notes).arguments)
        try:
            process.wait(chance.uniform(*STOPPED_AFTER_S))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        output = wait_for(process)
        if process.returncode not in (FULL_MARKS, 2):
            raise BenchmarkError(f"stopped, club ended with {process.returncode}: {output[-2000:]}")
        before = scores(notes)
        workshop.time(club(folder, notes))
        after = scores(notes)
        table = (notes / "notes.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
        names = [line.partition(";")[0] for line in table if line]
        lost += sum(name not in after for name in before) + abs(len(names) - len(set(names))) + (len(after) != 8)
        lost += sorted(names) != sorted(after)
        shutil.rmtree(notes)
    return [total(f"rows lost or doubled, stopped {times} times and gone on", lost, times)]


def rendre(workshop: Workshop, effort: Effort) -> list[Figure]:
    """Handing in to a local repository."""
    folder, forge = workshop.submission("rendre", reference_files()), workshop.temporary.parent / "forge.git"
    subprocess.run(["git", "init", "-q", "--bare", str(forge)], check=True)
    times_s = []
    os.environ["CHATPY_MEMORY"] = str(workshop.temporary.parent / "memory.json")
    for number in range(effort.runs + 1):
        (folder / FILES[0]).write_text(f"{reference_files()[FILES[0]]}# {number}\n", encoding="utf-8")
        words = ("-m", "grader", "rendre", str(folder), "--pseudo", "zoe-b", "--oui", "--vers", str(forge))
        times_s.append(workshop.time(Command(words)))
    return [figure("rendre, local repository", times_s[1:], "s", 1.0)]


@contextmanager
def cluster(workshop: Workshop, workers: int) -> Iterator[str]:
    """A Dask scheduler and its workers, each for one job at a time; gives the address."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = ("--no-dashboard",)
    scheduler = ("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), *quiet)
    worker = ("-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", *quiet)
    with ExitStack() as stack:
        for number, words in enumerate([scheduler, *[worker] * workers]):
            own = ("--local-directory", str(workshop.temporary.parent / f"dask-{number}")) if number else ()
            process = stack.enter_context(workshop.popen((*words, *own)))
            stack.callback(process.terminate)
        from distributed import Client

        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address


def dask(workshop: Workshop, effort: Effort) -> list[Figure]:
    """Two workers of a cluster against two processes."""
    if importlib.util.find_spec("distributed") is None:
        print("no distributed here: pip install -e '.[grappe]'", file=sys.stderr)
        return []
    folder = hand_ins(workshop, "dask", CLUB)
    times_s: dict[str, list[float]] = {"here": [], "dask": []}
    with cluster(workshop, 2) as address:
        for number in range(max(2, effort.slow_runs)):
            for name, more in (("here", ()), ("dask", ("--moteur", address))):
                notes = workshop.temporary.parent / f"notes-{name}-{number}"
                times_s[name].append(workshop.time(club(folder, notes, *more)))
                check(notes, CLUB)
    return [ratio("Dask, two workers / two processes", times_s["dask"], times_s["here"], 1.3)]


ROWS = {"wall": wall, "crowd": crowd, "stopped": stopped, "rendre": rendre, "dask": dask}
"""What the table is made of; each function gives some lines of it."""
