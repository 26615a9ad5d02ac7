"""Watching a folder: what a student sees who saves, types and leaves, on a terminal of their own."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader import grading
from grader.errors import UsageError
from grader.harness.launcher import Launcher
from grader.probe.launch_spec import LaunchSpec
from grader.report.model import Report
from grader.saves import is_save
from grader.watch import STATUS, STATUS_WITH_KEYS, View, watch

from .conftest import BOTH, Unwatched
from .submissions.model import reference_files, write_files

pytest.importorskip("watchfiles", reason="watching needs it")
on_terminals = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

if sys.platform != "win32":
    import pty
    import termios

ROOT = Path(__file__).parents[1]

PATIENCE_S = 20.0
"""For what comes within a second on an idle machine."""

DRIVER = """
import fcntl, os, sys, termios
if os.isatty(0):
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that Ctrl+C reaches it
from grader import __main__ as command, grading
from grader.commands import grade
from grader.report.terminal import Terminal
from grader.watch import watch

def say(*words):
    print(*words, flush=True)

class Screen:
    def report(self, report, view):
        say("report", f"{report.score:g}", f"details={view.details} hints={view.hints}")
    def problem(self, error):
        say("problem", error)
    def status(self, line):
        say(line)

def run(arguments, launcher):
    terminal = Terminal()
    def graded(stop):
        say("begin")
        with terminal.progress() as progress:
            return grading.grade(arguments[0], ("etape1", "chat"), launcher, progress, stop=stop)[0]
    return watch(arguments[0], graded, Screen())

grade.main = run
sys.exit(command.main())
"""
"""The command with a screen whose words no change of the report can change."""

HANGS = """
gate = open({gate!r}, "w")
gate.write("parti")
gate.flush()
import time
time.sleep(3600)
"""
"""A program that shows when it has begun, and holds its gate open until its process is gone."""


class Session:
    """The command on a terminal of its own.

    Args:
        folder: what it watches.
        own: its folder for temporary files.
    """

    def __init__(self, folder: Path, own: Path) -> None:
        self.own = own
        own.mkdir()
        self._leader, self._follower = pty.openpty()
        self.settings = termios.tcgetattr(self._follower)
        self.shown = ""
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, str(folder)],
            cwd=ROOT,
            stdin=self._follower,
            stdout=self._follower,
            stderr=self._follower,
            start_new_session=True,
            env=os.environ | {"TMPDIR": str(own), "TERM": "xterm", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        )

    def wait_shown(self, words: str) -> str:
        """What is shown from here on, down to these words."""
        deadline_s = time.monotonic() + PATIENCE_S
        while words not in self.shown:
            self._read(deadline_s)
        before, _, self.shown = self.shown.partition(words)
        return before + words

    def wait_end(self) -> tuple[int, str]:
        """The exit status, and what is shown until then."""
        status = self.process.wait(PATIENCE_S)
        while select.select([self._leader], [], [], 0)[0]:
            self._read(time.monotonic() + PATIENCE_S)
        return status, self.shown

    def _read(self, deadline_s: float) -> None:
        ready, _, _ = select.select([self._leader], [], [], max(deadline_s - time.monotonic(), 0))
        assert ready, f"nothing more after: {self.shown!r}"
        self.shown += os.read(self._leader, 65536).decode("utf-8", "replace")

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._leader, keys.encode())

    def settings_now(self) -> list[object]:
        """The terminal's."""
        return termios.tcgetattr(self._follower)

    def close(self) -> None:
        """End it, whatever it does."""
        self.process.kill()
        self.process.wait()
        os.close(self._leader)
        os.close(self._follower)


class Gate:
    """Tells whether programs that hold it open are there."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.source = HANGS.format(gate=str(path))
        self._fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    def wait_begun(self) -> None:
        """Until one of them runs."""
        assert select.select([self._fd], [], [], PATIENCE_S)[0]

    def wait_gone(self) -> None:
        """Until none is left."""
        deadline_s = time.monotonic() + PATIENCE_S
        while True:
            try:
                if not os.read(self._fd, 65536):
                    return
            except BlockingIOError:
                pass  # there is one, and it says nothing
            assert select.select([self._fd], [], [], max(deadline_s - time.monotonic(), 0))[0], "a program still runs"

    def close(self) -> None:
        """Give it back."""
        os.close(self._fd)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission that gets all points."""
    return write_files(reference_files(), tmp_path / "rendu élève")


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[[Path], Session]]:
    """Begins to watch a folder."""
    sessions = []

    def begin_session(folder: Path) -> Session:
        sessions.append(Session(folder, tmp_path / "own"))
        return sessions[-1]

    yield begin_session
    for session in sessions:
        session.close()


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    """A gate for programs that hang."""
    one = Gate(tmp_path / "gate")
    yield one
    one.close()


def save(path: Path, text: str) -> None:
    """Save as most editors do: into a file beside it, which then takes its place."""
    beside = path.with_name(f".{path.name}.swp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


@on_terminals
def test_a_save_brings_a_new_report_and_enter_too(folder: Path, begin: Callable[[Path], Session]) -> None:
    session = begin(folder)
    assert "report 20" in session.wait_shown(STATUS_WITH_KEYS)
    save(folder / "etape1.py", "")
    assert "report 15" in session.wait_shown(STATUS_WITH_KEYS)
    (folder / "etape1.py").write_bytes(reference_files()["etape1.py"].encode())
    assert "report 20" in session.wait_shown(STATUS_WITH_KEYS)
    (folder / "etape1.py").unlink()
    assert "report 15" in session.wait_shown(STATUS_WITH_KEYS)
    session.type("\r")
    shown = session.wait_shown(STATUS_WITH_KEYS)
    assert "begin" in shown
    assert "report 15" in shown


@on_terminals
def test_a_burst_of_saves_is_graded_once_and_what_is_no_save_never(
    folder: Path, begin: Callable[[Path], Session]
) -> None:
    session = begin(folder)
    session.wait_shown(STATUS_WITH_KEYS)
    os.kill(session.process.pid, signal.SIGSTOP)  # however busy the machine is, the burst is one
    for text in ("1", "2", "3", "4", ""):
        save(folder / "etape1.py", text)
    os.kill(session.process.pid, signal.SIGCONT)
    assert session.wait_shown("report 15").count("begin") == 1
    for path in ("notes.txt", ".cache/a.py", "__pycache__/a.py", "chatpy-1/a.py", "serveur.py~", ".#serveur.py"):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text("1")
    save(folder / "etape1.py", reference_files()["etape1.py"])
    assert session.wait_shown("report 20").count("begin") == 1


@on_terminals
def test_a_save_ends_the_grading_of_what_is_no_more(folder: Path, begin: Callable[[Path], Session], gate: Gate) -> None:
    save(folder / "client.py", gate.source)
    session = begin(folder)
    gate.wait_begun()
    save(folder / "client.py", reference_files()["client.py"])
    shown = session.wait_shown(STATUS_WITH_KEYS)
    assert shown.count("begin") == 2
    assert shown.count("report") == shown.count("report 20") == 1
    gate.wait_gone()
    assert os.listdir(session.own) == []
    session.type("q")
    assert session.wait_end()[0] == 0


@on_terminals
def test_keys_change_what_is_shown_without_grading_again(folder: Path, begin: Callable[[Path], Session]) -> None:
    save(folder / "etape1.py", "")
    session = begin(folder)
    assert "details=False hints=0" in session.wait_shown(STATUS_WITH_KEYS)
    assert not int(str(session.settings_now()[3])) & (termios.ICANON | termios.ECHO)
    for key, view in (
        ("d", "details=True hints=0"),
        ("i", "details=True hints=1"),
        ("D", "details=False hints=1"),
        ("zé\x1b[d", ""),
        ("i", "details=False hints=2"),
    ):
        session.type(key)
        if view:
            shown = session.wait_shown(STATUS_WITH_KEYS)
            assert view in shown
            assert "begin" not in shown
    save(folder / "etape1.py", "1")
    assert "details=False hints=2" in session.wait_shown(STATUS_WITH_KEYS), "the same check is still to be repaired"
    save(folder / "etape1.py", reference_files()["etape1.py"])
    assert "details=False hints=0" in session.wait_shown(STATUS_WITH_KEYS)


@on_terminals
def test_quitting_gives_the_status_of_the_last_report(folder: Path, begin: Callable[[Path], Session]) -> None:
    save(folder / "etape1.py", "")
    session = begin(folder)
    session.wait_shown(STATUS_WITH_KEYS)
    session.type("q")
    assert session.wait_end()[0] == 1
    assert session.settings_now() == session.settings


@on_terminals
@pytest.mark.parametrize("way", ["Ctrl+C", "SIGTERM", "SIGHUP", "q"])
def test_leaving_during_a_grading_ends_all_and_gives_the_terminal_back(
    way: str, folder: Path, begin: Callable[[Path], Session], gate: Gate
) -> None:
    save(folder / "client.py", gate.source)
    session = begin(folder)
    gate.wait_begun()
    session.wait_shown("\x1b[?25l")  # the progress has hidden the cursor
    if way.startswith("SIG"):
        session.process.send_signal(getattr(signal, way))
    else:
        session.type("\x03" if way == "Ctrl+C" else way)
    status, shown = session.wait_end()
    assert status == 2
    assert ("Interrompu." in shown) == (way != "q")
    assert "Traceback" not in shown
    assert shown.rfind("\x1b[?25h") > shown.rfind("\x1b[?25l")
    assert session.settings_now() == session.settings
    gate.wait_gone()
    assert os.listdir(session.own) == []


@on_terminals
def test_ctrl_c_while_waiting_gives_the_terminal_back(folder: Path, begin: Callable[[Path], Session]) -> None:
    session = begin(folder)
    session.wait_shown(STATUS_WITH_KEYS)
    session.type("\x03")
    status, shown = session.wait_end()
    assert status == 2
    assert "Traceback" not in shown
    assert session.settings_now() == session.settings


@on_terminals
def test_a_folder_that_disappears_may_come_back(folder: Path, begin: Callable[[Path], Session]) -> None:
    session = begin(folder)
    session.wait_shown(STATUS_WITH_KEYS)
    folder.rename(folder.with_name("ailleurs"))
    assert "n'existe pas" in session.wait_shown(STATUS_WITH_KEYS)
    write_files(reference_files() | {"etape1.py": ""}, folder)
    session.wait_shown("report 15")
    save(folder / "etape1.py", reference_files()["etape1.py"])
    session.wait_shown("report 20")


@on_terminals
def test_without_a_keyboard_saves_are_still_seen(folder: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", DRIVER, str(folder)],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"}, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout is not None
    assert [process.stdout.readline().split()[0] for _ in range(2)] == ["begin", "report"]
    assert process.stdout.readline().strip() == STATUS
    save(folder / "etape1.py", "")
    assert [process.stdout.readline().split()[:2] for _ in range(2)] == [["begin"], ["report", "15"]]
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, error.strip()) == (2, "Interrompu.")


class Nobody:
    """A screen that nothing may be shown on."""

    def report(self, report: Report, view: View) -> None:
        raise AssertionError(report, view)

    def problem(self, error: UsageError) -> None:
        raise AssertionError(error)

    def status(self, line: str) -> None:
        raise AssertionError(line)


def test_a_folder_that_was_never_there_is_not_waited_for(launcher: Launcher, tmp_path: Path) -> None:
    missing = str(tmp_path / "rendu")
    with pytest.raises(UsageError, match="n'existe pas"):
        watch(missing, lambda stop: grading.grade(missing, BOTH, launcher, stop=stop)[0], Nobody())


def test_without_watchfiles_the_command_to_type_is_said(
    launcher: Launcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(UsageError, match="python -m pip install watchfiles"):
        watch(str(folder), lambda stop: grading.grade(str(folder), BOTH, launcher, stop=stop)[0], Nobody())


def test_a_watchfiles_that_does_not_load_is_no_failure_of_the_grader(
    launcher: Launcher, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a Windows that lacks a library of its compiler's, say."""
    broken = tmp_path / "elsewhere" / "watchfiles.py"
    broken.parent.mkdir()
    broken.write_text("raise ImportError('DLL load failed while importing _rust_notify')\n", encoding="ascii")
    monkeypatch.delitem(sys.modules, "watchfiles")
    monkeypatch.syspath_prepend(str(broken.parent))
    with pytest.raises(UsageError, match="sans --suivre"):
        watch(str(folder), lambda stop: grading.grade(str(folder), BOTH, launcher, stop=stop)[0], Nobody())


def test_after_an_abandoned_grading_the_launcher_works_as_before(launcher: Launcher, folder: Path) -> None:
    rings, bell = socket.socketpair()
    with rings, bell:
        bell.send(b"!")
        for _ in range(5):
            with pytest.raises(grading.AbandonedError):
                grading.grade(str(folder), BOTH, launcher, stop=rings.fileno())
    assert grading.grade(str(folder), BOTH, launcher)[0].score == 20


def test_a_program_given_up_before_it_has_begun_ends(launcher: Launcher, tmp_path: Path) -> None:
    write_files({"client.py": "import time\ntime.sleep(3600)\n"}, tmp_path)
    process = launcher.start(LaunchSpec(str(tmp_path), "client.py", "127.0.0.1", {}, None), Unwatched())
    process.close()
    deadline_s = time.monotonic() + PATIENCE_S
    while process.status is None:
        assert select.select(launcher.descriptors(), [], [], max(deadline_s - time.monotonic(), 0))[0]
        launcher.update()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("serveur.py", True),
        ("Serveur.PY", True),
        ("outils/texte.py", True),
        ("serveur.pyc", False),
        ("notes.txt", False),
        (".serveur.py", False),
        (".#serveur.py", False),
        ("#serveur.py#", False),
        ("~serveur.py", False),
        ("flycheck_serveur.py", False),
        ("serveur.py~", False),
        ("serveur.py.swp", False),
        ("serveur.py___jb_tmp___", False),
        (".venv/a.py", False),
        ("venv/a.py", False),
        ("__pycache__/a.py", False),
        ("chatpy-x1y2/1/client.py", False),
    ],
)
def test_only_the_students_own_python_files_count_as_saved(path: str, expected: bool) -> None:
    folder = os.path.join(os.sep, "home", ".caché", "chatpy-élève")  # what is above the folder does not matter
    assert is_save(os.path.join(folder, *path.split("/")), folder) is expected
