"""On a machine that offers no more than macOS does, the collections keep their verdicts and their explanations."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import grading
from grader.harness.launcher import Launcher
from grader.limits import DEFAULT
from grader.probe import confine
from grader.submission import read_submission
from grader.transcript.facts import Shown

from . import as_on_mac
from .submissions.model import write_files

ROOT = Path(__file__).parents[1]
TAKEN = frozenset(os.environ.get(as_on_mac.TAKEN, "").split())
"""What was taken away from the machine that these tests run on."""

COLLECTIONS = ("tests/test_styles.py", "tests/test_mistakes.py", "tests/test_second_hand.py")

SOME = 50
"""One in so many here; `.ci/run` takes a third, and `python -m tests.as_on_mac` takes all that it is asked for."""


def _binds(host: str) -> bool:
    with socket.socket() as sock:
        try:
            sock.bind((host, 0))
        except OSError:
            return False
    return True


STILL_THERE: dict[str, Callable[[], bool]] = {
    "loopback": lambda: _binds("127.77.7.7"),
    "namespaces": confine.works,
    "proc": lambda: os.path.exists("/proc/self"),
    "memfd": lambda: hasattr(os, "memfd_create"),
    "sender": lambda: hasattr(socket, "SO_PASSCRED"),
    "pipe": lambda: select.PIPE_BUF > 512,
    "platform": lambda: sys.platform != "darwin",
}

SPY = """
import os, select, sys
print(os.path.exists("/proc/self"), hasattr(os, "memfd_create"), select.PIPE_BUF > 512, sys.platform != "darwin")
"""


def test_everything_that_is_taken_away_has_its_look() -> None:
    assert set(STILL_THERE) == {*as_on_mac.KERNEL, *as_on_mac.PYTHON}


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_what_is_taken_away_is_gone(name: str) -> None:
    assert not STILL_THERE[name]()


@pytest.mark.skipif(not TAKEN, reason="nothing is taken away: see tests/as_on_mac.py")
def test_it_is_gone_for_the_programs_too(launcher: Launcher, tmp_path: Path) -> None:
    submission = read_submission(str(write_files({"etape1.py": SPY}, tmp_path / "rendu")), DEFAULT)
    transcript = grading.observe(submission, ("etape1",), launcher, lambda *_: None, DEFAULT)
    words = "".join(fact.text for fact in transcript.run("etape1").of(Shown)).split()
    assert words == [str(name not in TAKEN) for name in ("proc", "memfd", "pipe", "platform")]


@pytest.mark.slow
@pytest.mark.skipif(bool(TAKEN), reason="it is taken away already")
@pytest.mark.skipif(not sys.platform.startswith("linux") or not confine.works(), reason="needs namespaces")
def test_a_few_of_the_collections_keep_their_verdicts() -> None:
    command = [sys.executable, "-m", "tests.as_on_mac", "-q", "-p", "no:cacheprovider"]
    here = subprocess.run(
        [*command, "--every", str(SOME), *COLLECTIONS], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert here.returncode == 0, here.stdout + here.stderr
    gone = subprocess.run([*command, __file__], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert gone.returncode == 0, gone.stdout + gone.stderr
