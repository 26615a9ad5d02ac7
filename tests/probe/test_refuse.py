"""What no beginner needs is refused before the student's code begins, and what anybody needs goes on working."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader.harness.launcher import Launcher
from grader.harness.spawned import SpawnLauncher
from grader.probe import refuse
from tests.harness.test_confine import graded, private, shared, shown_by, strong
from tests.submissions.model import REFERENCE

pytestmark = pytest.mark.skipif(not refuse.FILTER, reason="this machine has no such filter")

COLUMN = refuse.MACHINES[os.uname().machine][0] if refuse.FILTER else 0
NUMBERS = {name: numbers[COLUMN] for name, numbers in refuse.REFUSED.items() if numbers[COLUMN] >= 0}

CALLS = """
import ctypes, errno, os, signal
libc = ctypes.CDLL(None, use_errno=True)

def call(number, *args):
    ctypes.set_errno(0)
    return (libc.syscall(number, *args), errno.errorcode.get(ctypes.get_errno(), ""))

def in_child(work):
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    return signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
"""
"""The tests give arguments of -1: what is not refused fails in another way, and does nothing."""


@pytest.fixture(
    scope="module", params=[private, shared, strong, SpawnLauncher], ids=["private", "shared", "forte", "spawned"]
)
def launcher(request: pytest.FixtureRequest) -> Iterator[Launcher]:
    """Every way of starting programs."""
    with closing(request.param()) as one:
        yield one


@pytest.fixture(scope="module")
def refusals(launcher: Launcher, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What a program is told that makes each of the calls: its result, and the symbol of the error."""
    program = f"{CALLS}\nseen = {{name: call(number, *[-1] * 6) for name, number in {NUMBERS!r}.items()}}\nprint(seen)"
    shown = shown_by(launcher, tmp_path_factory.mktemp("calls") / "rendu", program)
    return dict(ast.literal_eval(shown))


@pytest.mark.parametrize("name", NUMBERS)
def test_a_call_that_no_beginner_needs_is_refused(refusals: dict[str, tuple[int, str]], name: str) -> None:
    assert refusals[name] == (-1, "EPERM")


@pytest.mark.parametrize("bit", [1 << number for number in range(32) if refuse.NEW_NAMESPACES >> number & 1], ids=hex)
def test_a_process_in_a_new_namespace_is_refused(launcher: Launcher, bit: int, tmp_path: Path) -> None:
    program = f"{CALLS}\nprint(call({refuse.CLONE[COLUMN]}, {bit} | 17, 0, 0, 0, 0))"  # 17: SIGCHLD, as fork has it
    assert ast.literal_eval(shown_by(launcher, tmp_path / "rendu", program)) == (-1, "EPERM")


def test_clone3_is_one_that_this_system_does_not_have(launcher: Launcher, tmp_path: Path) -> None:
    program = f"{CALLS}\nprint(call({refuse.CLONE3}, 0, 0))"
    assert ast.literal_eval(shown_by(launcher, tmp_path / "rendu", program)) == (-1, "ENOSYS")


X86 = pytest.mark.skipif(os.name != "posix" or os.uname().machine != "x86_64", reason="only x86_64 has such calls")

AS_386 = """
import mmap
code = mmap.mmap(-1, 4096, prot=7)
code.write(bytes([0xB8, 20, 0, 0, 0, 0xCD, 0x80, 0xC3]))  # mov eax, 20 (getpid there); int 0x80; ret
enter = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))
print(in_child(enter))
"""


@X86
def test_the_calls_of_another_architecture_end_the_process(launcher: Launcher, tmp_path: Path) -> None:
    assert shown_by(launcher, tmp_path / "rendu", CALLS + AS_386).strip() == "SIGSYS"


@X86
def test_the_calls_of_x32_are_none(launcher: Launcher, tmp_path: Path) -> None:
    program = f"{CALLS}\nprint(call(0x40000000 + 39), call(0x40000000 + {NUMBERS['keyctl']}, 0, 0))"
    assert shown_by(launcher, tmp_path / "rendu", program).strip() == "(-1, 'ENOSYS') (-1, 'ENOSYS')"


WORKS = """
import concurrent.futures, multiprocessing, os, subprocess, sys, threading

def double(number):
    return 2 * number

if __name__ == "__main__":
    seen = []
    thread = threading.Thread(target=seen.append, args=("thread",))
    thread.start()
    thread.join()
    seen.append(subprocess.run([sys.executable, "-c", "print('child')"], capture_output=True, text=True).stdout.strip())
    seen.append(subprocess.run("echo shell", shell=True, capture_output=True, start_new_session=True).stdout)
    seen.append(os.waitstatus_to_exitcode(os.waitpid(os.posix_spawn("/bin/sh", ["sh", "-c", "exit 3"], {}), 0)[1]))
    seen.append(os.waitstatus_to_exitcode(os.system("exit 4")))
    for method in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(method).Pool(2) as pool:
            seen.append(pool.map(double, [1, 2]))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        seen.append(list(pool.map(double, [3])))
    print(seen)
"""
WORKED = ["thread", "child", b"shell\n", 3, 4, [2, 4], [2, 4], [2, 4], [6]]


def test_threads_and_processes_of_every_kind_go_on_working(launcher: Launcher, tmp_path: Path) -> None:
    assert ast.literal_eval(shown_by(launcher, tmp_path / "rendu", WORKS)) == WORKED


def test_a_refusal_is_told_in_words_and_the_rest_is_graded(launcher: Launcher, tmp_path: Path) -> None:
    etape1 = (REFERENCE / "etape1.py").read_text("utf-8")
    report = graded(launcher, tmp_path / "rendu", "import socket\nsocket.sethostname('moi')\n" + etape1)
    first = report.first_failure()
    assert first is not None
    assert first.diagnosis == "interdit"
    assert (first.location.file, first.location.line) == ("etape1.py", 2) if first.location else False
    assert "interdit" in first.hint
    assert report.score == 15


def test_a_firewalls_refusal_is_none_of_the_graders(launcher: Launcher, tmp_path: Path) -> None:
    """What a socket is refused has reasons of its own."""
    raising = (
        "import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\ns.sendto(b'x', ('255.255.255.255', 9))\n"
    )
    report = graded(launcher, tmp_path / "rendu", raising)
    assert report.first_failure() is not None
    assert "interdit" not in {check.diagnosis for check in report.checks}


NESTED = """
import subprocess
command = ["unshare", "-Urm", "sh", "-c", "mount -t tmpfs none /tmp && echo mounted"]
done = subprocess.run(command, capture_output=True, text=True)
print(done.returncode != 0, done.stdout, done.stderr)
"""


def test_a_program_cannot_mount_memory_that_nobody_counts(launcher: Launcher, tmp_path: Path) -> None:
    shown = shown_by(launcher, tmp_path / "rendu", NESTED)
    assert shown.startswith("True  ")
    assert "unshare" in shown


SET = "from grader.probe.refuse import refuse_rest; refuse_rest(); import os; os.getppid()"


@pytest.mark.parametrize("user", [os.getuid(), 65534] if refuse.FILTER and os.getuid() == 0 else [-1])
def test_the_filter_needs_no_rights(user: int) -> None:
    drop = f"import os; os.setuid({user}); " if user > 0 else ""
    done = subprocess.run(
        [sys.executable, "-c", "import ctypes, grader.probe.refuse; " + drop + SET], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("machine", "bits"), [("armv7l", 64), ("x86_64", 32)])
def test_a_machine_that_nobody_has_a_table_for_has_no_filter(machine: str, bits: int) -> None:
    """A wrong one would end every program."""
    assert refuse.compiled(machine, bits) == b""


def test_the_two_machines_have_filters_of_their_own() -> None:
    assert refuse.compiled("aarch64", 64) != refuse.compiled("x86_64", 64)
