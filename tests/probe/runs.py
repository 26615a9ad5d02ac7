"""Runs one program to its end: plainly, or under the probe with nothing else of the grader around it."""

from __future__ import annotations

import os
import re
import selectors
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from grader.harness.process import Launcher, Order, Process, clean_environment
from grader.harness.stage import own_loopback_host

PORT = 4242
"""What the programs bind and dial. On a loopback address of their own it is always free."""

REAL_PORT = 4343
"""Where the probe leads it."""

PATIENCE_S = 30.0
"""A program of these tests takes 0.1 s; what is still there after this long hangs."""

HOME_VARIABLES = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP")
"""A graded program finds its own folder there."""

STREAMS = ("stdout", "stderr", "channel")


@dataclass(frozen=True)
class Outcome:
    """What can be seen of a program from outside.

    Attributes:
        stdout: all of it, without what is different each time.
        stderr: the same.
        status: the exit status, negative for a signal's number.
    """

    stdout: str
    stderr: str
    status: int


class Watcher:
    """The descriptors of one program, to wait for."""

    def __init__(self) -> None:
        self.selector = selectors.DefaultSelector()

    def add(self, fd: int) -> None:
        """Wait for ``fd`` too."""
        self.selector.register(fd, selectors.EVENT_READ)

    def remove(self, fd: int) -> None:
        """Wait for it no more, if it was waited for."""
        if fd in self.selector.get_map():
            self.selector.unregister(fd)


def write_program(folder: Path, files: dict[str, bytes], host: str) -> Path:
    """Write the files into a new folder, ``@HOST@`` and ``@PORT@`` replaced."""
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data.replace(b"@HOST@", host.encode("ascii")).replace(b"@PORT@", str(PORT).encode("ascii")))
    return folder


def run_plainly(folder: Path, program: str, stdin: bytes) -> Outcome:
    """What Python itself does with a program, in the environment that the grader gives."""
    environment = clean_environment() | dict.fromkeys(HOME_VARIABLES, str(folder))
    command = [sys.executable, "-u", "-B", "-X", "utf8", program]
    ended = subprocess.run(
        command, cwd=folder, env=environment, input=stdin, capture_output=True, timeout=PATIENCE_S, check=False
    )
    return Outcome(normalised(ended.stdout, folder), normalised(ended.stderr, folder), ended.returncode)


def run_probed(launcher: Launcher, folder: Path, program: str, stdin: bytes) -> tuple[Outcome, list[bytes]]:
    """The same program under the probe, and the lines that the probe told.

    What it dials is what it listens on itself, where it does.
    """
    host = own_loopback_host()
    order = Order(str(folder), program, host, {PORT: REAL_PORT}, (host, REAL_PORT))
    watcher = Watcher()
    for fd in launcher.descriptors():
        watcher.add(fd)
    process = launcher.start(order, watcher)
    try:
        process.type(stdin)
        process.end_input()
        status, streams = _read_to_end(launcher, process, watcher)
    finally:
        process.close()
        watcher.selector.close()
    outcome = Outcome(normalised(streams["stdout"], folder), normalised(streams["stderr"], folder), status)
    return outcome, streams["channel"].splitlines()


def _read_to_end(launcher: Launcher, process: Process, watcher: Watcher) -> tuple[int, dict[str, bytes]]:
    streams = dict.fromkeys(STREAMS, b"")
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        watcher.selector.select(0.005)  # a spawned program's end wakes nobody
        launcher.update()
        status = process.status
        while any([_read(process, streams, name) for name in STREAMS]):  # all of them, not only the first
            pass
        if status is not None:
            return status, streams
    raise AssertionError(f"still running after {PATIENCE_S} s: {streams}")


def _read(process: Process, streams: dict[str, bytes], name: str) -> bool:
    data = process.read(name)
    streams[name] += data
    return bool(data)


CHANGING = (
    (re.compile(r"0x[0-9a-fA-F]{6,}"), "0x…"),  # where objects are in memory
    (re.compile(r"\bfd=\d+"), "fd=…"),
    (re.compile(r"('127\.\d+\.\d+\.\d+', )(?!4242\b)\d{4,5}"), r"\1…"),  # ports that the system chose
    (re.compile(r"('0\.0\.0\.0', )(?!4242\b)\d{4,5}"), r"\1…"),
    (re.compile(r"\b\d{12,}\b"), "…"),  # the identifiers of threads
)
"""What differs between two plain runs of the same program."""


def normalised(data: bytes, folder: Path) -> str:
    """An output without the things that are different each time."""
    text = data.decode("utf-8", "backslashreplace").replace(os.path.realpath(folder), "<folder>")
    text = text.replace(str(folder), "<folder>")
    for pattern, replacement in CHANGING:
        text = pattern.sub(replacement, text)
    return text
