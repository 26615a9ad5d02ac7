"""Hostile submissions against the real command: nothing that they have not earned, nothing broken, nothing left."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from grader.checks.rubric import RUBRIC
from grader.errors import UsageError
from grader.harness.system import waited_s

from .processes import Process, adopt_orphans, children, descendants, everybody, peak_kb
from .submissions.hostile import ATTACKS, Attack

ROOT = Path(__file__).parents[1]
PARTS_OF_PROJECT = ("grader", "reference", "skeleton")

LINUX = sys.platform == "linux"


def available_levels() -> tuple[str, ...]:
    """The levels that hold a hostile program: without namespaces of its own it has the rights of whoever tests."""
    if not LINUX:
        return ()
    from grader.harness.sandbox import sandboxed_launcher
    from grader.probe import confine

    try:
        sandboxed_launcher().close()
    except UsageError:
        return ("simple",) if confine.works() else ()
    return ("simple", "forte") if confine.works() else ("forte",)


LEVELS = available_levels()
"""The isolation levels of this machine that a submission may be let loose in; the strongest last."""

DONE_S = 20.0
"""A whole grading, whatever the submission does; the grader's own waits for a processor are no part of it."""

GIVEN_UP_S = 80.0
"""Then the test ends the grader itself: others run beside it, and their share counts here."""

MAX_JSON_BYTES = 1_000_000
MAX_MEMORY_KB = 150_000
MAX_DISK_BYTES = 50_000_000
LOOK_S = 0.05
ROUND_S = 0.02
QUIET_ROUNDS = 4
"""Looks in a row that show no process of the submission's, and none that has just ended."""

SECRET = "SECRET"

pytestmark = [
    pytest.mark.skipif(not LINUX, reason="processes are followed through /proc"),
    pytest.mark.slow,
]


@dataclass
class World:
    """What surrounds one grading: all of it in one folder with the mark in its name.

    The grader that runs is a copy of the project's, so that an attack that succeeds harms nothing of worth.

    Attributes:
        mark: a word that nobody else has.
        top: the folder.
    """

    mark: str
    top: Path

    @property
    def submission(self) -> Path:
        """The folder to grade; its parent is a class's, with a file of somebody else's."""
        return self.top / "class" / "rendu"

    @property
    def tmp(self) -> Path:
        """Where the grader makes its temporary files."""
        return self.top / "tmp"

    @property
    def in_system_tmp(self) -> Path:
        """What an attack may try to write into the folder for everybody's temporary files (hier(7))."""
        return Path(f"/tmp/chatpy-hostile-{self.mark}")

    def lay_out(self, attack: Attack) -> None:
        """Write the submission, the canaries and the project."""
        outside = os.readlink("/proc/self/ns/pid")
        for folder in (self.submission, self.tmp, self.top / "home"):
            folder.mkdir(parents=True)
        for canary in ("canary.txt", "home/canary.txt", "class/canary.txt"):
            (self.top / canary).write_text("untouched")
        for name in PARTS_OF_PROJECT:
            shutil.copytree(ROOT / name, self.top / "project" / name)
        for name, text in attack.files.items():
            path = self.submission / name
            path.parent.mkdir(parents=True, exist_ok=True)
            own = text.replace("@MARK@", self.mark).replace("@OUTSIDE@", outside)
            path.write_bytes(own.encode("utf-8", "surrogateescape"))

    def environment(self) -> dict[str, str]:
        """The grader's, with a secret in it."""
        own = {"HOME": str(self.top / "home"), "TMPDIR": str(self.tmp), SECRET: f"{SECRET}-{self.mark}"}
        return os.environ | own | {"PYTHONDONTWRITEBYTECODE": "1"}

    def listing(self) -> dict[str, tuple[object, ...]]:
        """Everything but the temporary files: rights, sizes, times, and what small files hold."""
        seen: dict[str, tuple[object, ...]] = {}
        for parent, folders, names in os.walk(self.top):
            if Path(parent) == self.top:
                folders[:] = [name for name in folders if name != self.tmp.name]
            for path in (Path(parent, name) for name in (*folders, *names)):
                about = path.lstat()
                seen[str(path.relative_to(self.top))] = (about.st_mode,)
                if path.is_file():
                    data = b"" if self.top / "project" in path.parents else path.read_bytes()
                    seen[str(path.relative_to(self.top))] = (about.st_mode, about.st_size, about.st_mtime_ns, data)
        return seen


@dataclass
class Seen:
    """What one grading was like from outside."""

    status: int | None = None
    output: bytes = b""
    errors: bytes = b""
    took_s: float = 0.0
    delayed_s: float = 0.0
    memory_kb: int = 0
    disk_bytes: int = 0
    left: list[str] = field(default_factory=list)


def living(processes: list[Process]) -> dict[int, str]:
    """The living processes below this one, and their command lines."""
    return {one.pid: one.command for one in descendants(os.getpid(), processes) if one.state not in "ZX"}


def reap(processes: list[Process], before: set[int]) -> int:
    """Take the status of what has ended and has become a child of this process; return how many there were."""
    count = 0
    for one in processes:
        if one.parent == os.getpid() and one.state == "Z" and one.pid not in before:
            try:
                os.waitpid(one.pid, os.WNOHANG)
                count += 1
            except ChildProcessError:
                pass  # somebody else has
    return count


def end_descendants(before: set[int], grace_s: float) -> list[str]:
    """Wait for what is about to end; end the rest by number, and tell what it was."""
    deadline_s = time.monotonic() + grace_s
    left: set[str] = set()
    quiet = 0
    while quiet < QUIET_ROUNDS:
        # One that passes on its life to a new process escapes a list of processes, but leaves its dead behind.
        seen = everybody()
        dead = reap(seen, before)
        now = {pid: command for pid, command in living(seen).items() if pid not in before}
        quiet = 0 if now or dead else quiet + 1
        if time.monotonic() > deadline_s:
            left.update(now.values())
            for pid in now:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass  # it has ended by itself
        if not now:
            time.sleep(ROUND_S)
    return sorted(left)


def disk_used(folder: Path) -> int:
    """The bytes that a folder takes; a walk of Python's own can go too deep."""
    found = subprocess.run(["du", "-sk", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    kilobytes = found.stdout.split()[:1]
    return int(kilobytes[0]) * 1024 if kilobytes else 0


def watch(grader: subprocess.Popen[bytes], world: World, seen: Seen) -> None:
    """Look at the grader's memory, at its temporary files, and at how long it waits for a processor, while it runs."""
    delays: dict[tuple[int, str], float] = {}
    while grader.poll() is None:
        for pid in (grader.pid, *children(grader.pid)):  # the programs are further down
            delays |= {(pid, thread): so_far_s for thread, so_far_s in waited_s(pid).items()}
        seen.delayed_s = sum(delays.values())
        seen.memory_kb = max(seen.memory_kb, peak_kb(grader.pid))
        seen.disk_bytes = max(seen.disk_bytes, disk_used(world.tmp))
        time.sleep(LOOK_S)


@contextmanager
def new_world(folder: Path) -> Iterator[World]:
    """A world for one grading; its folder is removed, whatever the attack has made of it.

    Meanwhile whatever escapes from the grading becomes a child of this process.
    """
    mark = secrets.token_hex(8)
    one = World(mark, folder / f"chatpy-hostile-{mark}")
    adopt_orphans()
    try:
        yield one
    finally:
        adopt_orphans(wanted=False)
        one.in_system_tmp.unlink(missing_ok=True)
        # What is nested too deeply for Python's own function is none for this one.
        subprocess.run(["chmod", "-R", "u+rwx", str(one.top)], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", str(one.top)], check=False)


def run_grader(world: World, level: str, folder: Path | None = None) -> Seen:
    """Grade the world's submission, or another folder, with the real command, and watch it from outside."""
    seen, before = Seen(), set(living(everybody()))
    command = [sys.executable, "-m", "grader", str(folder or world.submission), "--json", "-"]
    command += ["--isolation", level]
    began_s = time.monotonic()
    with open(world.top / "stdout", "w+b") as out, open(world.top / "stderr", "w+b") as err:
        # Its own session: an attack on the grader's group must not reach the tests.
        grader = subprocess.Popen(
            command,
            cwd=world.top / "project",
            env=world.environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            start_new_session=True,
        )
        watcher = threading.Thread(target=watch, args=(grader, world, seen))
        watcher.start()
        try:
            seen.status = grader.wait(GIVEN_UP_S)
        except subprocess.TimeoutExpired:
            pass  # it took much too long
        finally:
            grader.kill()
            grader.wait()
            seen.took_s = time.monotonic() - began_s
            watcher.join()
        seen.left = end_descendants(before, grace_s=1.0)
        for file, name in ((out, "output"), (err, "errors")):
            file.seek(0)
            setattr(seen, name, file.read(4 * MAX_JSON_BYTES))
    for name in ("stdout", "stderr"):
        (world.top / name).unlink(missing_ok=True)
    return seen


def texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (key, *texts(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def is_odd(char: str) -> bool:
    """Whether a terminal may obey a character instead of showing it."""
    return char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def wrong_with_result(attack: Attack, world: World, seen: Seen) -> Iterator[str]:
    """What is wrong with the result."""
    if seen.status not in (0, 1):
        yield f"exit status {seen.status}: {seen.errors.decode(errors='replace').strip()[-300:]}"
    if len(seen.output) >= MAX_JSON_BYTES:
        yield f"{len(seen.output)} bytes of output"
    if f"{SECRET}-{world.mark}".encode() in seen.output:
        yield "the secret of the environment is told"
    try:
        result = json.loads(seen.output.decode("utf-8"))
        score, checks = result["score"], result["checks"]
    except (ValueError, TypeError, KeyError):
        yield f"no result: {seen.output[:200]!r}"
        return
    if result["schema"] != 1 or [check["id"] for check in checks] != [row.id for row in RUBRIC]:
        yield "not the checks of the contract"
    if not attack.least <= score <= attack.most:
        lost = [check["id"] for check in checks if check["status"] != "passed"]
        yield f"score {score}, not {attack.least} to {attack.most}; not passed: {' '.join(lost)}"
    if attack.must_suspect and not result.get("suspect"):
        yield "nothing is suspect"
    odd = {char for text in texts(result) for char in text if is_odd(char)}
    if odd:
        yield f"characters that a terminal may obey: {sorted(map(ascii, odd))}"


def wrong_with_traces(world: World, seen: Seen, before: dict[str, tuple[object, ...]]) -> Iterator[str]:
    """What is wrong with what the grading took and left behind."""
    if seen.took_s - seen.delayed_s > DONE_S:
        yield f"took {seen.took_s:.1f} s, of which {seen.delayed_s:.1f} s for others"
    if seen.left:
        yield f"{len(seen.left)} commands left running: {[command[:60] for command in seen.left[:3]]}"
    if seen.memory_kb > MAX_MEMORY_KB:
        yield f"the grader took {seen.memory_kb // 1000} MB"
    if seen.disk_bytes > MAX_DISK_BYTES:
        yield f"{seen.disk_bytes // 1_000_000} MB of temporary files"
    after = world.listing()
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    if changed:
        yield f"changed: {changed[:5]}"
    left = os.listdir(world.tmp) if world.tmp.is_dir() else ["(the folder itself is gone)"]
    if left:
        yield f"temporary files left: {left[:3]}"
    if world.in_system_tmp.exists():
        yield "written to /tmp"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each attack under the strongest level; with --every-level under all of them."""
    if "attack" in metafunc.fixturenames:
        every = metafunc.config.getoption("--every-level")
        cases = [(attack, level) for attack in ATTACKS for level in LEVELS if level == LEVELS[-1] or every]
        cases = [(attack, level) for attack, level in cases if level == "forte" or not attack.only_forte]
        metafunc.parametrize(("attack", "level"), cases, ids=[f"{attack.name}-{level}" for attack, level in cases])


def test_a_hostile_submission_earns_and_breaks_nothing(attack: Attack, level: str, tmp_path: Path) -> None:
    with new_world(tmp_path) as world:
        world.lay_out(attack)
        before = world.listing()
        seen = run_grader(world, level)
        wrong = [*wrong_with_result(attack, world, seen), *wrong_with_traces(world, seen, before)]
    assert not wrong, "\n".join([attack.why, *wrong])


def test_attacks_have_names_of_their_own_and_can_be_judged() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
    assert all(0 <= attack.least <= attack.most <= 20 for attack in ATTACKS)
