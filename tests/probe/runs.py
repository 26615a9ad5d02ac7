"""Runs one program to its end: plainly, or under the probe with nothing else of the grader around it."""

from __future__ import annotations

import os
import re
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from grader.harness.loopback import candidates, loopback_host
from grader.harness.process import Launcher, Process, clean_environment
from grader.limits import DEFAULT
from grader.probe.launch_spec import LaunchSpec

PATIENCE_S = 30.0
"""A program of these tests takes 0.1 s; what is still there after this long hangs."""

HOME_VARIABLES = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP")
"""A graded program finds its own folder there."""

STREAMS = ("stdout", "stderr", "channel")


@dataclass(frozen=True)
class Place:
    """An address that nothing else uses: the programs bind and dial it, the probe leads it to another.

    Attributes:
        host: on loopback.
        port: free there.
    """

    host: str
    port: int


def free_place() -> Place:
    """A place for one program."""
    host = loopback_host(socket.socket, candidates(), DEFAULT.loopback_patience_s)
    with socket.socket() as sock:
        sock.bind((host, 0))
        return Place(host, sock.getsockname()[1])


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


@dataclass(frozen=True)
class Program:
    """A program in a folder of its own.

    Attributes:
        folder: where it runs.
        file: its name.
        stdin: what is typed.
        place: what ``@HOST@`` and ``@PORT@`` stand for.
    """

    folder: Path
    file: str
    stdin: bytes
    place: Place

    def write(self, files: dict[str, bytes]) -> Program:
        """Write the files."""
        self.folder.mkdir()
        values = {b"@HOST@": self.place.host, b"@PORT@": str(self.place.port)}
        for name, data in files.items():
            for word, value in values.items():
                data = data.replace(word, value.encode("ascii"))
            path = self.folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        return self


def run_plainly(program: Program) -> Outcome:
    """What Python itself does with a program, in the environment that the grader gives."""
    ended = subprocess.run(
        [sys.executable, "-u", "-B", "-X", "utf8", program.file],
        cwd=program.folder,
        env=clean_environment() | dict.fromkeys(HOME_VARIABLES, str(program.folder)),
        input=program.stdin,
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )
    return Outcome(normalised(ended.stdout, program), normalised(ended.stderr, program), ended.returncode)


def run_probed(launcher: Launcher, program: Program) -> tuple[Outcome, list[bytes]]:
    """The same program under the probe, and the lines that the probe told.

    What it dials is what it listens on itself, where it does.
    """
    real = free_place()
    ports = {program.place.port: real.port}
    spec = LaunchSpec(str(program.folder), program.file, real.host, ports, (real.host, real.port))
    watcher = Watcher()
    for fd in launcher.descriptors():
        watcher.add(fd)
    process = launcher.start(spec, watcher)
    try:
        process.type(program.stdin)
        process.end_input()
        status, streams = _read_to_end(launcher, process, watcher)
    finally:
        process.close()
        watcher.selector.close()
    outcome = Outcome(normalised(streams["stdout"], program), normalised(streams["stderr"], program), status)
    return outcome, streams["channel"].splitlines()


def _read_to_end(launcher: Launcher, process: Process, watcher: Watcher) -> tuple[int, dict[str, bytes]]:
    streams = dict.fromkeys(STREAMS, b"")
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        watcher.selector.select(0.005)  # a spawned program's end wakes nobody
        launcher.update()
        status = process.status
        while sum(_read(process, streams, name) for name in STREAMS):  # all of them, not only the first
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
    (re.compile(r"(\bfd=|\bFD |\bname=|\bKeyError\()\d+"), r"\1…"),  # descriptors: a spawned probe's channel is one
    (re.compile(r"('(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0)', )\d{4,5}"), r"\1…"),  # ports that the system chose
    (re.compile(r"\b\d{12,}\b"), "…"),  # the identifiers of threads
)
"""What differs between two plain runs of the same program."""


def normalised(data: bytes, program: Program) -> str:
    """An output without what is different each time."""
    text = data.decode("utf-8", "backslashreplace")
    for folder in (os.path.realpath(program.folder), str(program.folder)):
        text = text.replace(folder, "<folder>").replace(repr(folder)[1:-1], "<folder>")  # Windows doubles backslashes
    text = re.sub(rf"\b{re.escape(program.place.host)}\b", "<host>", text)
    text = re.sub(rf"\b{program.place.port}\b", "<port>", text)
    for pattern, replacement in CHANGING:
        text = pattern.sub(replacement, text)
    return text
