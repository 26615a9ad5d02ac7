"""The same score on a poor machine, or none: what the system refuses is never scored as the student's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader import grading
from grader.errors import GraderError
from grader.harness import lacks
from grader.report.model import Report

from .conftest import BOTH
from .submissions.model import reference_files, write_files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="made poor with Linux's means")

ROOT = Path(__file__).parents[1]
DONE_S = 60.0

WAYS = {
    "private": "from grader.harness.forked import ForkLauncher; launcher = ForkLauncher()",
    "shared": "from grader.harness.forked import ForkLauncher; launcher = ForkLauncher(private=False)",
    "spawned": "from grader.harness.spawned import SpawnLauncher; launcher = SpawnLauncher()",
    "forte": "from grader.harness.sandbox import sandboxed_launcher; launcher = sandboxed_launcher()",
}
"""The ways of starting programs."""

GRADES = """
import sys
from grader import grading
from grader.errors import GraderError, UsageError
try:
    WAY
    try:
        print(grading.grade("reference", ("etape1", "chat"), launcher)[0].score)
    finally:
        launcher.close()
except GraderError as error:
    print("pas noté :", error)
except UsageError as error:
    print("pas ici :", error)
"""

TOO_LITTLE = ("processus", "threads", "mémoire", "ouvrir", "plein", "démarrer")


def graded(way: str, wrapped: tuple[str, ...], environment: dict[str, str] | None = None) -> str:
    """What comes of the reference in a process of its own, inside other commands."""
    command = [*wrapped, sys.executable, "-c", GRADES.replace("WAY", WAYS[way])]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=DONE_S, env={**os.environ, **(environment or {})}
    )
    assert "Traceback" not in done.stderr, done.stderr
    said = done.stdout.strip()
    if said.startswith("pas ici"):
        pytest.skip(said)
    return said


def limited(option: str, value: int) -> tuple[str, ...]:
    """Run with less, as an ordinary user: to root the number of processes has no limit."""
    user: tuple[str, ...] = ()
    if os.geteuid() == 0:
        if not shutil.which("setpriv"):
            pytest.skip("there is no setpriv to become an ordinary user")
        reads = "+dac_read_search,+dac_override"  # Python may be in root's home
        user = (
            "setpriv",
            "--reuid=54321",
            "--regid=54321",
            "--clear-groups",
            "--inh-caps",
            reads,
            "--ambient-caps",
            reads,
        )
    return (*user, "bash", "-c", f'ulimit -{option} {value}; exec "$@"', "bash")


@pytest.mark.parametrize("way", ["private", "shared", "spawned"])
@pytest.mark.parametrize(("option", "value"), [("u", 8), ("u", 25), ("n", 18), ("n", 40), ("v", 30_000), ("v", 60_000)])
def test_few_of_anything_is_said_or_enough(way: str, option: str, value: int) -> None:
    said = graded(way, limited(option, value), {"PYTHONDONTWRITEBYTECODE": "1"})
    if said != "20.0":
        assert said.startswith("pas noté :"), said
        assert any(word in said for word in TOO_LITTLE), said
        assert "Ce n'est pas ta faute" in said


@pytest.mark.parametrize("way", WAYS)
def test_few_descriptors_are_enough_for_one_scenario_after_the_other(way: str) -> None:
    assert graded(way, ("bash", "-c", 'ulimit -n 40; exec "$@"', "bash")) == "20.0"


@pytest.mark.parametrize("way", ["private", "shared", "spawned"])
def test_what_neighbours_take_now_and_then_is_never_scored(way: str) -> None:
    """Four gradings of one user at a time share what is enough for two."""
    few = limited("u", 25)
    with ThreadPoolExecutor(4) as together:
        said = list(together.map(lambda _: graded(way, few, {"PYTHONDONTWRITEBYTECODE": "1"}), range(12)))
    assert {
        one for one in said if one != "20.0" and not one.startswith("pas noté : cette machine ne donne plus")
    } == set()


@pytest.mark.parametrize("lack", [lacks.PROCESSES, lacks.THREADS, lacks.MEMORY, lacks.DISK])
def test_a_program_that_is_never_started_is_never_scored(lack: str, tmp_path: Path) -> None:
    """Not even while other programs are: namespaces (ENOSPC) and processes come back late, and others take them."""
    from grader.harness.forked import ForkedProcess, ForkLauncher
    from grader.harness.process import Watcher
    from grader.probe.launch_spec import LaunchSpec

    class Refusing(ForkLauncher):
        def start(self, spec: LaunchSpec, watcher: Watcher) -> ForkedProcess:
            started = super().start(spec, watcher)
            if spec.file == "serveur.py":
                started.refused(lack)
            return started

    launcher = Refusing()
    try:
        with pytest.raises(GraderError, match=lacks.LACKS[lack]):
            grading.grade(str(write_files(reference_files(), tmp_path / "rendu")), BOTH, launcher)
    finally:
        launcher.close()


def needs(*words: str) -> None:
    """Skip where the system does not let us make such a machine."""
    try:
        done = subprocess.run([*words, "true"], capture_output=True, timeout=DONE_S)
    except OSError as error:
        pytest.skip(str(error))
    if done.returncode != 0:
        pytest.skip(done.stderr.decode("utf-8", "replace"))


@pytest.mark.parametrize("way", ["private", "shared", "spawned"])
def test_a_machine_that_cannot_talk_to_itself_is_named(way: str) -> None:
    needs("unshare", "-rn")
    said = graded(way, ("unshare", "-rn"))
    assert said.startswith("pas noté : cette machine ne peut pas se parler à elle-même"), said


PORTS = 'ip link set lo up && echo "$0" > /proc/sys/net/ipv4/ip_local_port_range && exec "$@"'


@pytest.mark.parametrize("way", ["private", "shared", "spawned"])
@pytest.mark.parametrize("most", [4, 9, 300])
def test_few_ports_are_said_or_enough(way: str, most: int) -> None:
    needs("unshare", "-rn", "sh", "-c", PORTS, "40000 40300")
    said = graded(way, ("unshare", "-rn", "sh", "-c", PORTS, f"40000 {40000 + most}"))
    assert said == "20.0" or (most < 300 and said.startswith("pas noté : ") and ("port" in said or "démarrer" in said))


FULL = 'mount -t tmpfs -o size=64k none "$0" && exec "$@"'
"""Room for the copies of a few programs; in a folder without any Python itself takes another one."""


@pytest.mark.parametrize("way", ["private", "shared", "spawned"])
def test_a_full_temporary_folder_is_said_or_does_not_matter(way: str, tmp_path: Path) -> None:
    needs("unshare", "-rm")
    said = graded(way, ("unshare", "-rm", "bash", "-c", FULL, str(tmp_path)), {"TMPDIR": str(tmp_path)})
    assert said == "20.0" if way == "private" else said.startswith("pas noté : le dossier temporaire"), said


READ_ONLY = 'mount --bind "$PWD" "$PWD" && mount -o remount,bind,ro "$PWD" && cd "$PWD" && exec "$@"'


def test_a_project_that_cannot_be_written_to_grades_all_the_same() -> None:
    needs("unshare", "-rm")
    command = ["unshare", "-rm", "bash", "-c", READ_ONLY, "bash", sys.executable, "-m", "grader", "reference"]
    done = subprocess.run([*command, "--json", "-"], cwd=ROOT, capture_output=True, text=True, timeout=DONE_S)
    assert (json.loads(done.stdout)["score"], done.returncode) == (20.0, 0), done.stderr


@pytest.mark.parametrize(
    ("refusal", "slug"),
    [
        ("raise MemoryError", "trop_de_memoire"),
        ("raise OSError(24, 'Too many open files')", "trop_ouverts"),
        ("raise OSError(28, 'No space left on device')", "trop_de_fichiers"),
    ],
)
def test_a_program_that_only_says_so_is_judged(
    refusal: str, slug: str, grade: Callable[[dict[str, str]], Report]
) -> None:
    """A program of our own gets all that a chat may need: then nothing is the machine's fault."""
    report = grade(reference_files() | {"etape1.py": f"import socket\ns = socket.socket()\n{refusal}\n"})
    first = report.first_failure()
    assert first is not None
    assert (report.score, first.diagnosis) == (15, slug)


def test_whoever_ends_the_launcher_ends_only_itself(tmp_path: Path) -> None:
    from grader.harness.forked import ForkLauncher

    launcher = ForkLauncher(private=False)
    try:
        files = reference_files() | {"etape1.py": "import os\nos.kill(os.getppid(), 9)\n"}
        report, _ = grading.grade(str(write_files(files, tmp_path / "rendu")), BOTH, launcher)
    finally:
        launcher.close()
    assert report.score == 15


def test_a_line_that_does_not_fit_is_typed_when_there_is_room() -> None:
    from grader.harness.pipes import Pipes

    from .conftest import Unwatched

    (stdin_r, stdin_w), (out_r, out_w), (err_r, err_w) = os.pipe(), os.pipe(), os.pipe()
    pipes = Pipes(stdin_w, out_r, err_r, Unwatched())
    lines = b"".join(b"%07d\n" % number for number in range(40_000))
    for start in range(0, len(lines), 8000):
        pipes.type(lines[start : start + 8000])
    pipes.end_input()
    came = bytearray()
    while data := os.read(stdin_r, 65536):
        came += data
        pipes.read("stdout")
    assert came == lines
    pipes.close()
    for fd in (stdin_r, out_w, err_w):
        os.close(fd)
