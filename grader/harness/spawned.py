"""Starts an interpreter for each program: works on every system, and is the only way on Windows."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

from ..errors import GraderError, reason
from ..limits import DEFAULT, Limits
from ..probe.files import unpack
from ..probe.launch_spec import LaunchSpec
from .lacks import lack_of
from .piped_process import PipedProcess
from .pipes import Pipes
from .process import Watcher, clean_environment, interpreter_command, kill_group

if TYPE_CHECKING:
    from .job import Job

Socket = socket.socket
"""The launcher below has a method of the module's name."""


class SpawnedProcess(PipedProcess):
    """A program with an interpreter of its own; its channel is a TCP connection that it makes."""

    def __init__(self, popen: subprocess.Popen[bytes], pipes: Pipes, watcher: Watcher, limits: Limits) -> None:
        super().__init__(pipes, watcher)
        self._popen = popen
        self._limits = limits
        self._job: Job | None = None
        self.in_order = False  # a packet may be on its way
        self.closed = False
        self.pid: int = popen.pid

    @property
    def tree(self) -> int:
        """See Process."""
        return self.pid

    @property
    def status(self) -> int | None:
        """See Process."""
        return self._popen.poll()

    def connected(self, channel: socket.socket, pid: int) -> None:
        """The probe has called, from the process ``pid``: the interpreter of an environment starts another one."""
        if sys.platform == "win32":
            from .job import Job

            self._job = Job(pid, self._limits)
        self.attach(channel)

    def kill(self) -> None:
        """See Process."""
        if sys.platform != "win32":
            kill_group(self.pid)
        elif self._job is not None:
            self._job.end()
        self._popen.kill()

    def close(self) -> None:
        """See Process."""
        if self.closed:
            return  # its number may be somebody else's by now
        self.closed = True
        self.kill()
        try:
            self._popen.wait(self._limits.end_patience_s)
        except subprocess.TimeoutExpired:
            pass  # the system will end it when it can: a scanner, a debugger or a driver holds it
        self.close_streams()


class SpawnLauncher:
    """Starts an interpreter for each program: works everywhere, and is the only way on Windows.

    Args:
        limits: how long to wait for programs to end, and what Windows holds them to.
    """

    needs_ticks = True
    level = "simple"
    root = ""
    exposed = True

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self._limits = limits
        self._environment = clean_environment()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self._expected: dict[bytes, tuple[SpawnedProcess, bytes]] = {}
        self._callers: list[tuple[socket.socket, bytes]] = []
        self._all: list[SpawnedProcess] = []

    def socket(self) -> socket.socket:
        """See Launcher."""
        return socket.socket(socket.AF_INET, socket.SOCK_STREAM)

    def start(self, spec: LaunchSpec, watcher: Watcher) -> SpawnedProcess:
        """See Launcher.

        Raises:
            GraderError: Python could not be started.
            OSError: what it needs is not to be had now.
        """
        if spec.packet is not None:
            unpack(spec.packet, spec.folder)
        token = os.urandom(16).hex()
        try:
            popen = self._popen(interpreter_command("spawn", str(self._listener.getsockname()[1]), token))
            fds = _taken(popen, self._limits.end_patience_s)
        except OSError as error:
            if lack_of(error):
                raise
            raise GraderError(f"Je n'arrive pas à lancer Python ({sys.executable}) : {reason(error)}.") from error
        process = SpawnedProcess(popen, Pipes(fds[0], fds[1], fds[2], watcher), watcher, self._limits)
        self._all = [known for known in self._all if not known.closed] + [process]
        self._expected = {call: known for call, known in self._expected.items() if not known[0].closed}
        self._expected[token.encode("ascii")] = (process, spec.line().encode("utf-8"))
        return process

    def _popen(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start an interpreter, with pipes and in a session of its own.

        Raises:
            OSError: it cannot be started.
        """
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=self._environment,
            bufsize=0,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def descriptors(self) -> list[int]:
        """See Launcher."""
        return [self._listener.fileno()]

    def update(self) -> None:
        """See Launcher: take the probes' calls, and send each its launch spec."""
        try:
            caller, _ = self._listener.accept()
            caller.setblocking(False)
            caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._callers.append((caller, b""))
        except OSError:
            pass  # nobody calls, or nobody any more
        waiting = []
        for sock, data in self._callers:
            try:
                came = sock.recv(self._limits.call_bytes)
            except BlockingIOError:
                waiting.append((sock, data))
                continue
            except OSError:
                came = b""  # gone: its program ends without a word, and is judged so
            if self._is_to_go_on(sock, data + came, ended=not came):
                waiting.append((sock, data + came))
        self._callers = waiting

    def _is_to_go_on(self, sock: Socket, data: bytes, *, ended: bool) -> bool:
        """Whether a caller has more to say; else send it its launch spec, or hang up on a stranger."""
        token, _, pid = data.strip().partition(b" ")
        whole = data.endswith(b"\n")
        expected = self._expected.pop(token, None) if whole and pid.isdigit() else None
        if not ended and not whole and len(data) < self._limits.call_bytes:
            return True
        if expected is None or expected[0].closed:  # the last was given up while it called
            sock.close()
        else:
            process, line = expected
            process.connected(sock, int(pid))  # what limits it comes before what it is to do
            self._send(sock, line)
        return False

    def _send(self, sock: Socket, line: bytes) -> None:
        try:
            sock.settimeout(self._limits.end_patience_s)
            sock.sendall(line)
        except OSError:
            pass  # gone: its program ends without a word, and is judged so
        sock.setblocking(False)

    def close(self) -> None:
        """See Launcher."""
        for process in self._all:
            process.close()
        for sock, _ in self._callers:
            sock.close()
        self._listener.close()


def _taken(popen: subprocess.Popen[bytes], end_patience_s: float) -> list[int]:
    """Descriptors of a program's three pipes, ours to close.

    Raises:
        OSError: there are no more to be had; the program has been ended.
    """
    streams = [stream for stream in (popen.stdin, popen.stdout, popen.stderr) if stream is not None]
    fds: list[int] = []
    try:
        for stream in streams:
            fds.append(os.dup(stream.fileno()))
    except OSError:
        popen.kill()
        popen.wait(end_patience_s)
        for fd in fds:
            os.close(fd)
        raise
    finally:
        for stream in streams:
            stream.close()
    return fds
