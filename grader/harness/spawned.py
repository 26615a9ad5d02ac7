"""Starts an interpreter for each program: works on every system, and is the only way on Windows."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

from ..errors import GraderError, reason
from ..limits import DEFAULT
from ..probe.files import unpack
from .lacks import lack_of
from .pipes import CHUNK_BYTES, Pipes
from .process import LaunchSpec, Watcher, clean_environment, interpreter_command, kill_group

if TYPE_CHECKING:
    from .job import Job


CALL_BYTES = 64
"""The probe's call: a token of 32, a process number, two signs. Who says more without saying that is somebody else."""


class SpawnedProcess:
    """A program with an interpreter of its own; its channel is a TCP connection that it makes."""

    def __init__(self, popen: subprocess.Popen[bytes], pipes: Pipes, watcher: Watcher) -> None:
        self._popen = popen
        self._pipes = pipes
        self._watcher = watcher
        self._channel: socket.socket | None = None
        self._job: Job | None = None
        self.silent = False
        self.private = False
        self.lack = ""
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

            self._job = Job(pid)
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
            self.silent = True

    def type(self, data: bytes) -> None:
        """See Process."""
        self._pipes.type(data)

    def end_input(self) -> None:
        """See Process."""
        self._pipes.end_input()

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
            self._popen.wait(DEFAULT.end_patience_s)
        except subprocess.TimeoutExpired:
            pass  # the system will end it when it can: a scanner, a debugger or a driver holds it
        self._pipes.close()
        self._close_channel()


class SpawnLauncher:
    """Starts an interpreter for each program: works everywhere, and is the only way on Windows."""

    needs_ticks = True
    level = "simple"
    root = ""
    exposed = True

    def __init__(self) -> None:
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
            fds = _taken(popen)
        except OSError as error:
            if lack_of(error):
                raise
            raise GraderError(f"Je n'arrive pas à lancer Python ({sys.executable}) : {reason(error)}.") from error
        process = SpawnedProcess(popen, Pipes(fds[0], fds[1], fds[2], watcher), watcher)
        self._all = [known for known in self._all if not known.closed] + [process]
        self._expected = {call: known for call, known in self._expected.items() if not known[0].closed}
        self._expected[token.encode("ascii")] = (process, spec.line(0).encode("utf-8"))
        return process

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
                came = sock.recv(64)
            except BlockingIOError:
                waiting.append((sock, data))
                continue
            except OSError:
                came = b""  # gone: its program ends without a word, and is judged so
            data += came
            token, _, pid = data.strip().partition(b" ")
            whole = data.endswith(b"\n")
            expected = self._expected.pop(token, None) if whole and pid.isdigit() else None
            if came and not whole and len(data) < CALL_BYTES:
                waiting.append((sock, data))
                continue
            if expected is None or expected[0].closed:  # the last was given up while it called
                sock.close()
                continue
            process, spec = expected
            process.connected(sock, int(pid))  # what limits it comes before what it is to do
            try:
                sock.settimeout(DEFAULT.end_patience_s)
                sock.sendall(spec)
            except OSError:
                pass  # gone: as above
            sock.setblocking(False)
        self._callers = waiting

    def close(self) -> None:
        """See Launcher."""
        for process in self._all:
            process.close()
        for sock, _ in self._callers:
            sock.close()
        self._listener.close()


def _taken(popen: subprocess.Popen[bytes]) -> list[int]:
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
        popen.wait(DEFAULT.end_patience_s)
        for fd in fds:
            os.close(fd)
        raise
    finally:
        for stream in streams:
            stream.close()
    return fds
