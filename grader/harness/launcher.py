"""Starts and ends students' programs: through the fork server where there is fork, one by one elsewhere."""

from __future__ import annotations

import os
import signal
import site
import socket
import sys
from dataclasses import dataclass
from typing import Protocol

from ..errors import GraderError
from ..probe.entry_line import BOOTSTRAP

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
"""The folder that holds the grader package."""

CHUNK_BYTES = 65536


@dataclass(frozen=True)
class Order:
    """One program to start.

    Attributes:
        folder: its working directory, a copy of the submission.
        program: the file to run.
        bind_host: the loopback address that its servers get.
        bind_ports: real ports by the port that it will ask for.
        dial: the peer that its connections reach.
    """

    folder: str
    program: str
    bind_host: str
    bind_ports: dict[int, int]
    dial: tuple[str, int] | None

    def line(self, number: int) -> str:
        """The order as the probe reads it."""
        ports = " ".join(f"{asked}:{real}" for asked, real in self.bind_ports.items())
        dial = f"{self.dial[0]}:{self.dial[1]}" if self.dial else ""
        return "\t".join((str(number), self.folder, self.program, self.bind_host, ports, dial)) + "\n"


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
    def status(self) -> int | None:
        """The exit status, None while it runs."""

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


class Launcher(Protocol):
    """A way of starting programs.

    Attributes:
        needs_ticks: whether the harness must look at processes and pipes from time to time, because the system
            cannot wake it when one of them changes.
    """

    needs_ticks: bool

    def start(self, order: Order, watcher: Watcher) -> Process:
        """Start a program; ``watcher`` is told each descriptor that becomes readable when something has come."""

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
    environment.update(LANG="C.UTF-8", TERM="dumb")
    if site.ENABLE_USER_SITE:
        environment["PYTHONUSERBASE"] = site.getuserbase()  # colorama and the like, installed with pip --user
    return environment


def interpreter_command(*arguments: str) -> list[str]:
    """The command that starts the probe: unbuffered, in UTF-8, writing no byte code."""
    return [sys.executable, "-u", "-B", "-X", "utf8", "-c", BOOTSTRAP, ROOT, *arguments]


class Pipes:
    """The harness's ends of a program's standard streams, never blocking.

    Args:
        stdin: descriptor to write to.
        stdout: descriptor to read from.
        stderr: descriptor to read from.
        watcher: told when there is no more to read.
    """

    def __init__(self, stdin: int, stdout: int, stderr: int, watcher: Watcher) -> None:
        self._stdin: int | None = stdin
        self._outputs: dict[str, int] = {"stdout": stdout, "stderr": stderr}
        self._watcher = watcher
        if sys.platform != "win32":  # pipes can neither be non-blocking nor be selected there
            for fd in self._outputs.values():
                os.set_blocking(fd, False)
                watcher.add(fd)

    def read(self, stream: str) -> bytes:
        """What has come on a stream; nothing at its end or where nothing has."""
        fd = self._outputs.get(stream)
        if fd is None:
            return b""
        try:
            size = bytes_in_pipe(fd) if sys.platform == "win32" else CHUNK_BYTES
            data = os.read(fd, size) if size else b""
        except BlockingIOError:
            return b""
        except OSError:
            data, size = b"", 1  # Windows says so when the last writer is gone
        if not data and size:
            self._close_output(stream)
        return data

    def _close_output(self, stream: str) -> None:
        fd = self._outputs.pop(stream)
        self._watcher.remove(fd)
        os.close(fd)

    def type(self, data: bytes) -> None:
        """Write to standard input; a program that has closed it does not care."""
        if self._stdin is not None:
            try:
                os.write(self._stdin, data)
            except OSError:
                self.end_input()

    def end_input(self) -> None:
        """Close standard input."""
        if self._stdin is not None:
            fd, self._stdin = self._stdin, None
            os.close(fd)

    def close(self) -> None:
        """Close all of them."""
        self.end_input()
        for stream in list(self._outputs):
            self._close_output(stream)


def bytes_in_pipe(fd: int) -> int:
    """How many bytes can be read from a pipe without waiting (Windows, which cannot make a pipe non-blocking).

    Raises:
        OSError: the last writer has closed it.
    """
    import _winapi
    import msvcrt

    return int(_winapi.PeekNamedPipe(msvcrt.get_osfhandle(fd), 0)[0])  # type: ignore[attr-defined]


class ForkedProcess:
    """A program that the fork server has started."""

    def __init__(self, pipes: Pipes, channel: int, watcher: Watcher) -> None:
        self.pid = 0
        self.status: int | None = None
        self._pipes = pipes
        self._channel: int | None = channel
        self._watcher = watcher
        self._killed = False
        os.set_blocking(channel, False)
        watcher.add(channel)

    def read(self, stream: str) -> bytes:
        """See Process."""
        if stream != "channel":
            return self._pipes.read(stream)
        if self._channel is None:
            return b""
        try:
            data = os.read(self._channel, CHUNK_BYTES)
        except BlockingIOError:
            return b""
        if not data:
            self._close_channel()
        return data

    def _close_channel(self) -> None:
        if self._channel is not None:
            fd, self._channel = self._channel, None
            self._watcher.remove(fd)
            os.close(fd)

    def type(self, data: bytes) -> None:
        """See Process."""
        self._pipes.type(data)

    def end_input(self) -> None:
        """See Process."""
        self._pipes.end_input()

    def kill(self) -> None:
        """See Process."""
        self._killed = True
        if self.pid:
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass  # it ended in this very moment (macOS says PermissionError of a zombie)

    def started(self, pid: int) -> None:
        """The fork server tells the process's number."""
        self.pid = pid
        if self._killed:
            self.kill()

    def close(self) -> None:
        """See Process; also ends what the program may have left in its group."""
        if self.pid:
            self.kill()
        self._pipes.close()
        self._close_channel()


class ForkLauncher:
    """Starts programs through a server that has imported the probe once: 3 ms a program instead of 40.

    Raises:
        GraderError: the server could not be started.
    """

    needs_ticks = False

    def __init__(self) -> None:
        own, theirs = socket.socketpair()
        theirs.set_inheritable(True)
        command = interpreter_command("fork", str(theirs.fileno()))
        try:
            self._pid = os.posix_spawn(sys.executable, command, clean_environment())
        except OSError as error:
            raise GraderError(f"Je n'arrive pas à lancer Python ({sys.executable}) : {error.strerror}.") from error
        finally:
            theirs.close()
        self._control = own
        self._lines = b""
        self._by_number: dict[int, ForkedProcess] = {}
        self._by_pid: dict[int, ForkedProcess] = {}

    def start(self, order: Order, watcher: Watcher) -> ForkedProcess:
        """See Launcher.

        Raises:
            GraderError: the fork server is gone.
        """
        pairs = [os.pipe() for _ in range(4)]
        (stdin_r, stdin_w), (out_r, out_w), (err_r, err_w), (channel_r, channel_w) = pairs
        process = ForkedProcess(Pipes(stdin_w, out_r, err_r, watcher), channel_r, watcher)
        number = len(self._by_number) + 1
        self._by_number[number] = process
        try:
            given = [stdin_r, out_w, err_w, channel_w]
            socket.send_fds(self._control, [order.line(number).encode("utf-8")], given)
        except OSError as error:
            raise GraderError("Le lanceur de programmes s'est arrêté.") from error
        finally:
            for fd in (stdin_r, out_w, err_w, channel_w):
                os.close(fd)
        return process

    def descriptors(self) -> list[int]:
        """See Launcher."""
        return [self._control.fileno()]

    def update(self) -> None:
        """See Launcher.

        Raises:
            GraderError: the fork server is gone.
        """
        try:
            data = self._control.recv(CHUNK_BYTES, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            raise GraderError("Le lanceur de programmes s'est arrêté.")
        *lines, self._lines = (self._lines + data).split(b"\n")
        for line in lines:
            word, first, second = line.split()
            if word == b"started":
                process = self._by_number[int(first)]
                self._by_pid[int(second)] = process
                process.started(int(second))
            else:
                self._by_pid[int(first)].status = int(second)

    def close(self) -> None:
        """See Launcher: the server ends what it has started when its socket ends."""
        self._control.close()
        os.waitpid(self._pid, 0)


class SpawnedProcess:
    """A program with an interpreter of its own; its channel is a TCP connection that it makes."""

    def __init__(self, popen: object, pipes: Pipes, watcher: Watcher) -> None:
        self._popen = popen
        self._pipes = pipes
        self._watcher = watcher
        self._channel: socket.socket | None = None
        self.pid: int = popen.pid  # type: ignore[attr-defined]  # a Popen: subprocess is imported where it is used

    @property
    def status(self) -> int | None:
        """See Process."""
        result: int | None = self._popen.poll()  # type: ignore[attr-defined]
        return result

    def connected(self, channel: socket.socket) -> None:
        """The probe has called."""
        channel.setblocking(False)
        self._channel = channel
        self._watcher.add(channel.fileno())

    def read(self, stream: str) -> bytes:
        """See Process."""
        if stream != "channel":
            return self._pipes.read(stream)
        if self._channel is None:
            return b""
        try:
            data = self._channel.recv(CHUNK_BYTES)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""  # Windows resets the connections of a process that was ended
        if not data:
            self._close_channel()
        return data

    def _close_channel(self) -> None:
        if self._channel is not None:
            self._watcher.remove(self._channel.fileno())
            self._channel.close()
            self._channel = None

    def type(self, data: bytes) -> None:
        """See Process."""
        self._pipes.type(data)

    def end_input(self) -> None:
        """See Process."""
        self._pipes.end_input()

    def kill(self) -> None:
        """See Process."""
        if sys.platform != "win32":
            try:
                os.killpg(self.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass  # it ended in this very moment (macOS says PermissionError of a zombie)
        self._popen.kill()  # type: ignore[attr-defined]

    def close(self) -> None:
        """See Process."""
        self.kill()
        self._popen.wait()  # type: ignore[attr-defined]
        self._pipes.close()
        self._close_channel()


class SpawnLauncher:
    """Starts an interpreter for each program: works everywhere, and is the only way on Windows."""

    needs_ticks = True

    def __init__(self) -> None:
        self._environment = clean_environment()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self._expected: dict[bytes, tuple[SpawnedProcess, bytes]] = {}
        self._callers: list[tuple[socket.socket, bytes]] = []
        self._all: list[SpawnedProcess] = []

    def start(self, order: Order, watcher: Watcher) -> SpawnedProcess:
        """See Launcher.

        Raises:
            GraderError: Python could not be started.
        """
        import subprocess

        token = os.urandom(16).hex()
        port = self._listener.getsockname()[1]
        pipe = subprocess.PIPE
        try:
            popen = subprocess.Popen(
                interpreter_command("spawn", str(port), token),
                stdin=pipe,
                stdout=pipe,
                stderr=pipe,
                env=self._environment,
                bufsize=0,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise GraderError(f"Je n'arrive pas à lancer Python ({sys.executable}) : {error.strerror}.") from error
        streams = [stream for stream in (popen.stdin, popen.stdout, popen.stderr) if stream is not None]
        fds = [os.dup(stream.fileno()) for stream in streams]
        for stream in streams:
            stream.close()
        process = SpawnedProcess(popen, Pipes(fds[0], fds[1], fds[2], watcher), watcher)
        self._expected[token.encode("ascii")] = (process, order.line(0).encode("utf-8"))
        self._all.append(process)
        return process

    def descriptors(self) -> list[int]:
        """See Launcher."""
        return [self._listener.fileno()]

    def update(self) -> None:
        """See Launcher: take the probes' calls, and give each its order."""
        try:
            caller, _ = self._listener.accept()
            caller.setblocking(False)
            caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._callers.append((caller, b""))
        except BlockingIOError:
            pass
        waiting = []
        for sock, data in self._callers:
            try:
                data += sock.recv(64)
            except OSError:
                pass  # nothing yet, or gone: then its program ends without a word, and is judged so
            expected = self._expected.pop(data.strip(), None) if data.endswith(b"\n") else None
            if expected is None:
                waiting.append((sock, data))
                continue
            process, order = expected
            sock.setblocking(True)
            sock.sendall(order)
            process.connected(sock)
        self._callers = waiting

    def close(self) -> None:
        """See Launcher."""
        for process in self._all:
            process.close()
        for sock, _ in self._callers:
            sock.close()
        self._listener.close()


def best_launcher() -> Launcher:
    """The fastest launcher that this system has."""
    if hasattr(os, "fork") and hasattr(os, "posix_spawn") and hasattr(socket, "send_fds"):
        return ForkLauncher()
    return SpawnLauncher()
