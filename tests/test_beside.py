"""Several processes run the tests, and whoever reads the report cannot tell."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there one process runs them all")

HOOKS = "from tests.conftest import pytest_runtest_protocol, pytest_runtestloop, pytest_sessionfinish\n"

TESTS = """
import os, time, pytest

@pytest.mark.parametrize("number", range(12))
def test_passes(number, tmp_path):
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "own").touch()

def test_fails(capfd):
    print("said before")
    one, other = 1, 2
    assert one == other

def test_skips():
    pytest.skip("for a reason")

def test_slow():
    time.sleep(0.3)

@pytest.fixture(scope="module")
def made():
    yield [os.getpid()]
    open("ended.txt", "a").write("once\\n")

@pytest.mark.parametrize("number", range(3))
def test_shares(made, number):
    made.append(os.getpid())
    assert len(set(made)) == 1
    assert len(made) == number + 2
"""


def pytest_on(folder: Path, tests: str, *options: str) -> subprocess.Popen[str]:
    """Start pytest on a file of tests with nothing of this project's but the hooks."""
    (folder / "conftest.py").write_text(HOOKS)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = grades(files): none here\n    together: none here\n")
    (folder / "test_it.py").write_text(tests)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v", *options]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True)


def test_the_report_is_the_usual_one_in_the_usual_order(tmp_path: Path) -> None:
    with pytest_on(tmp_path, TESTS) as process:
        said = process.communicate(timeout=60)[0]
    lines = [line.split()[0].rpartition("::")[2] for line in said.splitlines() if line.startswith("test_it.py::")]
    assert lines == [
        *(f"test_passes[{number}]" for number in range(12)), "test_fails", "test_skips", "test_slow",
        *(f"test_shares[{number}]" for number in range(3)),
    ]  # fmt: skip
    assert "1 failed, 16 passed, 1 skipped" in said
    assert "assert 1 == 2" in said
    assert "said before" in said
    assert (tmp_path / "ended.txt").read_text() == "once\n"
    assert process.returncode == 1


def test_a_process_that_dies_costs_its_test_only(tmp_path: Path) -> None:
    dies = "\ndef test_dies():\n    os.kill(os.getpid(), 9)\n"
    with pytest_on(
        tmp_path, TESTS.replace("def test_fails", "def test_is_fine").replace("== other", "!= other") + dies
    ) as one:
        said = one.communicate(timeout=60)[0]
    assert "1 failed, 17 passed, 1 skipped" in said
    assert "the process that was to run this test has died" in said


@pytest.mark.parametrize("how", ["first failure", "Ctrl+C"])
def test_what_is_still_under_way_is_ended(how: str, tmp_path: Path) -> None:
    waits = "\n@pytest.mark.parametrize('number', range(9))\ndef test_waits(number):\n"
    waits += "    open(f'{os.getpid()}.pid', 'w').close()\n    time.sleep(60)\n"
    tests = TESTS if how == "first failure" else TESTS.replace("== other", "!= other")
    with pytest_on(tmp_path, tests + waits, *(["-x"] if how == "first failure" else [])) as process:
        if how == "Ctrl+C":
            deadline_s = time.monotonic() + 30
            while not list(tmp_path.glob("*.pid")):
                assert time.monotonic() < deadline_s
                os.sched_yield()
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)
    assert process.returncode == (1 if how == "first failure" else 2)
    assert not [path for path in tmp_path.glob("*.pid") if Path("/proc", path.stem).exists()]
