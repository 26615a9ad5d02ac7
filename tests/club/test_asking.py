"""``rendre`` at a real terminal: what it asks, what it makes of the answers, and what happens where none comes."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .git_servers import bare
from .pupils import ROOT, Pupil, git

pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")

PATIENCE_S = 30.0

CTRL_D = "\x04"


class Terminal:
    """The command at a terminal of 80 columns.

    Args:
        words: behind ``rendre``.
    """

    def __init__(self, *words: str | Path) -> None:
        self._leader, follower = pty.openpty()
        command = [sys.executable, "-m", "grader", "rendre", *map(str, words)]
        env = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "80", "CHATPY_MEMORY": str(Path.cwd() / "memory.json")}
        self._process = subprocess.Popen(
            command, env=env, stdin=follower, stdout=follower, stderr=follower, start_new_session=True
        )
        os.close(follower)
        self.shown = ""

    def see(self, text: str) -> None:
        """Wait until a text is shown, behind all that was seen before."""
        end_s = time.monotonic() + PATIENCE_S
        while text not in " ".join(self.shown.split()):
            ready, _, _ = select.select([self._leader], [], [], max(0, end_s - time.monotonic()))
            assert ready, self.shown
            piece = self._read()
            assert piece, self.shown
            self.shown += piece

    def answer(self, text: str, then: str = "\n") -> None:
        """Type something; what was shown before is forgotten."""
        self.shown = ""
        os.write(self._leader, (text + then).encode())

    def interrupt(self) -> None:
        """Ctrl+C; once more where it came between the question and the waiting for an answer, which goes unseen."""
        end_s = time.monotonic() + PATIENCE_S
        while time.monotonic() < end_s:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(1)
                return
            except subprocess.TimeoutExpired:
                continue

    def _read(self) -> str:
        try:
            return os.read(self._leader, 65_536).decode("utf-8", "replace")
        except OSError:  # Linux: the other side is closed
            return ""

    def end(self) -> int:
        """Wait for the end; returns the exit status."""
        while piece := self._read():
            self.shown += piece
        return self._process.wait(PATIENCE_S)

    def close(self) -> None:
        """Leave nothing behind."""
        self._process.kill()
        self._process.wait()
        os.close(self._leader)


@contextmanager
def terminal(*words: str | Path) -> Iterator[Terminal]:
    one = Terminal(*words)
    try:
        yield one
    finally:
        one.close()


def test_the_pseudonym_is_asked_once_and_made_safe(pupil: Pupil, tmp_path: Path) -> None:
    club = bare(tmp_path / "club.git")
    with terminal(pupil.folder, "--vers", club) as screen:
        screen.see("Pas ton nom complet")
        screen.see("Ton pseudonyme :")
        screen.answer("🎄")
        screen.see("ne fait pas un pseudonyme")
        screen.answer("Zoé B.")
        screen.see("3 fichiers sous le nom « zoe-b »")
        screen.answer("peut-être")
        screen.see("Réponds o ou n.")
        screen.answer("")
        assert screen.end() == 0
        assert "Ton rendu est arrivé." in screen.shown
        assert [line for line in screen.shown.splitlines() if len(line) > 80 and str(tmp_path) not in line] == []
    pupil.change()
    with terminal(pupil.folder, "--vers", club) as screen:
        screen.see("Tu rends sous le nom « zoe-b »")
        screen.answer("")
        screen.see("(Entrée : oui, n : non)")
        screen.answer("o")
        assert screen.end() == 0
    assert git("rev-list", "--count", "rendu/zoe-b", folder=club) == "2"


def test_somebody_elses_pseudonym_is_noticed_and_another_one_asked(pupil: Pupil, tmp_path: Path) -> None:
    club = bare(tmp_path / "club.git")
    assert pupil.hand_in("--vers", club, "--pseudo", "zoe-b")[0] == 0
    pupil.change()
    with terminal(pupil.folder, "--vers", club, "--pseudo", "zoe-b") as screen:
        screen.see("(Entrée : oui, n : non)")
        screen.answer("")
        screen.see("depuis une autre machine ?")
        screen.answer("")
        screen.see("choisis un autre pseudonyme :")
        screen.answer("Zoé C.")
        assert screen.end() == 0
        assert "zoe-c" in screen.shown
    assert git("rev-list", "--count", "rendu/zoe-b", folder=club) == "1"
    assert git("rev-list", "--count", "rendu/zoe-c", folder=club) == "1"
    assert os.listdir() == ["memory.json"]
    pupil.change()
    with terminal(pupil.folder, "--vers", club, "--pseudo", "zoe-b") as screen:
        screen.see("(Entrée : oui, n : non)")
        screen.answer("")
        screen.see("depuis une autre machine ?")
        screen.answer("o")
        assert screen.end() == 0
    assert git("rev-list", "--count", "rendu/zoe-b", folder=club) == "2"


@pytest.mark.parametrize(
    ("act", "status", "says"),
    [
        (lambda screen: screen.answer("n"), 2, "Rien n'est parti."),
        (lambda screen: screen.answer(CTRL_D, ""), 4, "--oui"),
        (Terminal.interrupt, 2, "Interrompu."),
    ],
    ids=["no", "Ctrl+D", "Ctrl+C"],
)
def test_who_does_not_want_to_sends_nothing(
    act: Callable[[Terminal], None], status: int, says: str, pupil: Pupil, tmp_path: Path
) -> None:
    club = bare(tmp_path / "club.git")
    with terminal(pupil.folder, "--vers", club, "--pseudo", "zoe-b") as screen:
        screen.see("(Entrée : oui, n : non)")
        act(screen)
        assert screen.end() == status
        assert says in screen.shown
        assert "Traceback" not in screen.shown
    assert git("for-each-ref", folder=club) == ""
    assert os.listdir() == []
