"""Starts programs with nothing around them, on this machine or on one made for a test, and reads what they show."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 20.0  # seconds, for anything that is bound to come: only a failing test waits so long
NETWORK = "10.77.0."  # the addresses of two joined machines are .1 and .2
PREFIX = "chatpy-"  # of the namespaces' names


def wait_until(condition: Callable[[], bool], what: str) -> None:
    """Wait for something that nobody reports."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"after {PATIENCE:.0f} s still waiting for: {what}"
        time.sleep(0.002)


class Program:
    """A running program, which is ended on the way out of the `with` if it has not ended by itself.

    Args:
        command: The words of its command line.
        terminal: Give it a terminal, as a student's, in place of pipes: what is typed is then shown too.
    """

    def __init__(self, command: list[str], terminal: bool = False) -> None:
        self._shown = bytearray()
        self._seen = 0
        self._over = False
        self._news = threading.Condition()
        self._terminal = terminal
        if terminal:
            self._input, theirs = os.openpty()
            self._output = os.dup(self._input)
            try:
                self.process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
            except BaseException:
                os.close(self._input)
                os.close(self._output)
                raise
            finally:
                os.close(theirs)
        else:
            pipe = subprocess.PIPE
            self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, bufsize=0)
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self._input, self._output = os.dup(self.process.stdin.fileno()), os.dup(self.process.stdout.fileno())
            self.process.stdin.close()
            self.process.stdout.close()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._output, 65536)
            except OSError:  # how a terminal says that nobody is left
                data = b""
            with self._news:
                self._shown += data
                self._over = not data
                self._news.notify_all()
            if not data:
                return

    @property
    def shown(self) -> str:
        """All that the program has shown up to now, errors included."""
        return self._shown.decode("utf-8", "replace").replace("\r\n", "\n")

    def wait_for(self, text: str) -> None:
        """Wait until the program shows this text, behind the one that was waited for before."""
        wanted = text.encode("utf-8")
        with self._news:
            self._news.wait_for(lambda: wanted in self._shown[self._seen :] or self._over, PATIENCE)
            at = self._shown.find(wanted, self._seen)
            assert at >= 0, f"{self.process.args!r} has not shown {text!r} but: {self.shown!r}"
            self._seen = at + len(wanted)

    def say(self, *lines: str) -> None:
        """Type these lines on the program's standard input, at one go: the program may end at any of them."""
        os.write(self._input, "".join(line + "\n" for line in lines).encode("utf-8"))

    def end_input(self) -> None:
        """End the program's standard input: Ctrl+D."""
        if self._terminal:
            os.write(self._input, b"\x04")
        elif self._input >= 0:
            os.close(self._input)
            self._input = -1

    def wait_for_end(self) -> int:
        """Wait until the program has ended by itself; its exit status."""
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"{self.process.args!r} has not ended; it has shown: {self.shown!r}") from None
        self._reader.join(PATIENCE)
        return status

    def state(self) -> str:
        """What the program does, in Linux's letters: S waits inside a system call, T is stopped."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8", errors="replace")
        return stat.rpartition(")")[2].split()[0]

    def unread(self, port: int) -> bool:
        """Whether bytes lie unread in a connection of this port, on the program's machine (Linux only)."""
        table = Path(f"/proc/{self.process.pid}/net/tcp").read_text(encoding="ascii")
        lines = [line.split() for line in table.splitlines() if f":{port:04X} " in line]
        return any(int(queues.partition(":")[2], 16) > 0 for _, _, _, _, queues, *_ in lines)

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *error: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        if self._input >= 0:
            os.close(self._input)
        if not self._reader.is_alive():
            os.close(self._output)


class Machine:
    """Where programs run: a network namespace, with addresses and ports of its own, or this machine itself.

    Args:
        namespace: The namespace's name; empty for this machine.
    """

    def __init__(self, namespace: str = "") -> None:
        self.namespace = namespace

    def _command(self, words: tuple[str, ...]) -> list[str]:
        # `ip` becomes the program that it starts: the process id is that program's own.
        return ["ip", "netns", "exec", self.namespace, *words] if self.namespace else list(words)

    def start(self, *words: str, terminal: bool = False) -> Program:
        """Start a program on this machine."""
        return Program(self._command(words), terminal)

    def start_python(self, script: Path, terminal: bool = False) -> Program:
        """Start a Python program on this machine."""
        return self.start(sys.executable, "-u", str(script), terminal=terminal)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program that asks for nothing, from its start to its end."""
        return subprocess.run(
            self._command(words), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE
        )


class NamespaceRefusedError(Exception):
    """This system makes no network namespace; the message holds its own words."""


def _ip(*words: str) -> None:
    command = " ".join(("ip", *(word for word in words if not word.startswith(PREFIX))))
    try:
        done = subprocess.run(["ip", *words], capture_output=True, text=True, timeout=PATIENCE)
    except OSError as error:
        raise NamespaceRefusedError(f"{command}: {error}") from error
    if done.returncode != 0:
        raise NamespaceRefusedError(f"{command}: {(done.stderr or done.stdout).strip()}")


@contextmanager
def one_machine() -> Iterator[Machine]:
    """A machine of its own, which knows no other."""
    name = f"{PREFIX}{secrets.token_hex(4)}"
    _ip("netns", "add", name)
    try:
        _ip("netns", "exec", name, "ip", "link", "set", "lo", "up")
        yield Machine(name)
    finally:
        _ip("netns", "delete", name)


@contextmanager
def two_machines() -> Iterator[tuple[Machine, Machine]]:
    """Two machines joined by a cable."""
    with one_machine() as first, one_machine() as second:
        cable = ("eth0", "type", "veth", "peer", "name", "eth0", "netns", second.namespace)
        _ip("-netns", first.namespace, "link", "add", *cable)
        for number, machine in enumerate((first, second), 1):
            _ip("-netns", machine.namespace, "address", "add", f"{NETWORK}{number}/24", "dev", "eth0")
            _ip("-netns", machine.namespace, "link", "set", "eth0", "up")
        yield first, second
