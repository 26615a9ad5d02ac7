"""What a started program is to the harness, whatever started it, and what a launcher is."""

from __future__ import annotations

import os
import signal
import site
import socket
import sys
from collections.abc import Callable
from typing import NamedTuple, Protocol

from ..probe.entry_line import BOOTSTRAP
from ..probe.launch_spec import LaunchSpec

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
"""The folder that holds the grader package."""


class Watcher(Protocol):
    """Who must know the descriptors to wait for: a closed one may not stay behind in a selector."""

    def add(self, fd: int) -> None:
        """Wake the harness when something can be read from ``fd``."""

    def remove(self, fd: int) -> None:
        """Do so no more, if it did."""


class Process(Protocol):
    """A student's program while it runs."""

    @property
    def pid(self) -> int:
        """The process number; 0 while it is not known yet."""

    @property
    def tree(self) -> int:
        """The process that all others of the program come from; 0 while it is not known yet."""

    @property
    def status(self) -> int | None:
        """The exit status, None while it runs."""

    @property
    def private(self) -> bool:
        """Whether it has namespaces of its own: a folder in memory, and numbers of processes."""

    @property
    def lack(self) -> str:
        """What the machine had too little of to start it, a word of LACKS; empty where it was started."""

    @property
    def in_order(self) -> bool:
        """Whether the program runs, and what it has told can be read before the system shows what it did next."""

    @property
    def silent(self) -> bool:
        """Whether the channel has ended."""

    def read(self, stream: str) -> bytes:
        """What has come on ``stdout``, ``stderr`` or ``channel``, without waiting; nothing where nothing has."""

    def type(self, data: bytes) -> None:
        """Write to standard input."""

    def end_input(self) -> None:
        """Close standard input."""

    def kill(self) -> None:
        """End the program by force, with the processes of its group."""

    def close(self) -> None:
        """Give every descriptor back."""


class ProgramHandles(NamedTuple):
    """What the harness reaches a program by.

    Attributes:
        process: the program itself.
        listener: where its connections arrive; None for a program that should listen itself.
        new_socket: makes a socket in the program's network.
        host: the loopback address that stands for all that the program binds.
        token: goes before each fact of the probe's.
        folder: its copy of the submission; nothing is there where only the program can see it.
    """

    process: Process
    listener: socket.socket | None
    new_socket: Callable[[], socket.socket]
    host: str
    token: bytes
    folder: str


class Launcher(Protocol):
    """A way of starting programs.

    Attributes:
        needs_ticks: whether the harness must look at processes and pipes from time to time, because the system
            cannot wake it when one of them changes.
        level: of isolation, ``simple`` or ``forte``.
        root: the folder where programs see their copies, in a sandbox; empty where it is the harness's to choose.
    """

    needs_ticks: bool
    level: str
    root: str

    @property
    def exposed(self) -> bool:
        """Whether programs can write to the grader's own files."""

    def socket(self) -> socket.socket:
        """A new TCP socket in the network of the programs: what it binds or calls is what they see."""

    def start(self, spec: LaunchSpec, watcher: Watcher) -> Process:
        """Start a program; ``watcher`` is told each descriptor that becomes readable when something has come.

        Raises:
            GraderError: no program can be started.
            OSError: what this one needs is not to be had now.
        """

    def descriptors(self) -> list[int]:
        """The launcher's own descriptors to wait for."""

    def update(self) -> None:
        """Learn which programs have started, called back or ended."""

    def close(self) -> None:
        """End everything that was started."""


def clean_environment() -> dict[str, str]:
    """What a graded program sees of the environment, beside a home of its own: nothing of whoever grades it."""
    kept = ("PATH", "SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment.update(LANG="C.UTF-8", TERM="dumb", USER="eleve", LOGNAME="eleve", USERNAME="eleve")
    if site.ENABLE_USER_SITE:
        environment["PYTHONUSERBASE"] = site.getuserbase()  # colorama and the like, installed with pip --user
    return environment


def interpreter_command(*arguments: str, root: str = ROOT) -> list[str]:
    """The command that starts the probe: unbuffered, in UTF-8, writing no byte code."""
    return [sys.executable, "-u", "-B", "-X", "utf8", "-c", BOOTSTRAP, root, *arguments]


def kill(pid: int) -> None:
    """End a process by force (POSIX)."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass  # it ended in this very moment


def kill_group(pid: int) -> None:
    """End the processes of a group by force (POSIX)."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # it ended in this very moment (macOS says PermissionError of a zombie)
