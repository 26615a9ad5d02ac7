"""Starts programs through a fork server: what they all need is imported once (POSIX)."""

from __future__ import annotations

import os
import signal
import socket
import time

from ..limits import DEFAULT, Limits
from ..probe.entry_line import CANNOT_START, SOCKET
from ..probe.launch_spec import LaunchSpec
from .fork_server import ForkServer
from .lacks import LAUNCHER, OF_ERRNO, START, machine_lacks
from .piped_process import PipeChannel, PipedProcess
from .pipes import Pipes, open_pipes
from .process import ROOT, Watcher, kill, kill_group
from .system import parent_of


class ForkedProcess(PipedProcess):
    """A program that the fork server has started."""

    def __init__(self, pipes: Pipes, channel: PipeChannel, watcher: Watcher) -> None:
        super().__init__(pipes, watcher)
        self.pid = 0
        self.status: int | None = None
        self._killed = False
        self._guard = 0
        self.attach(channel)

    @property
    def in_order(self) -> bool:
        """See Process: what is written to a pipe is there."""
        return self.pid != 0

    def kill(self) -> None:
        """See Process."""
        self._killed = True
        if self._guard:
            kill(self._guard)  # and with it the whole namespace, whatever groups they are in
        elif self.pid:
            if self.status is None:
                kill(self.pid)  # right after its start it does not lead its group yet
            kill_group(self.pid)

    def started(self, pid: int, guard: int) -> None:
        """The program has told that it runs.

        Args:
            pid: its number.
            guard: the first process of its namespace, 0 where it has none of its own.
        """
        self.pid, self._guard, self.private = pid, guard, guard != 0
        if self._killed:
            self.kill()

    def ended(self, status: int) -> None:
        """The program is over; a guard ends by itself then, and its number may become somebody else's."""
        self.status, self._guard = status, 0

    def refused(self, lack: str) -> None:
        """It could not be started, or its end is not its own; ``lack`` is what the machine has too little of."""
        self.lack = self.lack or lack

    @property
    def tree(self) -> int:
        """See Process."""
        return self._guard or self.pid

    def close(self) -> None:
        """See Process; also ends what the program may have left in its group, or is still to begin."""
        self.kill()
        self.close_streams()


class ForkLauncher:
    """Starts programs through a server that has imported the probe once: 6 ms a program instead of 40.

    Args:
        sandbox: bubblewrap and its options; empty for none.
        root: where programs see their copies in the sandbox.
        project: the folder that holds the grader package; the sandbox has its own.
        private: give each program namespaces of its own, where the system grants them.
        limits: how long to wait for the server.

    Raises:
        GraderError: the server could not be started.
    """

    def __init__(
        self,
        sandbox: tuple[str, ...] = (),
        root: str = "",
        project: str = ROOT,
        *,
        private: bool = True,
        limits: Limits = DEFAULT,
    ) -> None:
        self.needs_ticks = False
        self.level = "forte" if sandbox else "simple"
        self.root = root
        self._sandbox = sandbox
        self._project = project
        self._private = private
        self._limits = limits
        self._count = 0
        self._losses = 0
        self._programs: dict[int, ForkedProcess] = {}
        self._server = self._new_server()

    def _new_server(self) -> ForkServer:
        return ForkServer(self._sandbox, self._project, private=self._private, limits=self._limits)

    def _lost(self) -> None:
        """Start a new server: a program has ended the other one, and all that were running with it are lost.

        Only one that has no namespaces of its own can.

        Raises:
            GraderError: that happens again and again.
        """
        self._losses += 1
        if self._losses > self._limits.server_losses:
            raise machine_lacks(LAUNCHER)
        for process in self._programs.values():
            process.kill()
            process.refused(LAUNCHER)
            process.ended(-signal.SIGKILL)
        self._programs.clear()
        self._server.end()
        self._server = self._new_server()
        self.needs_ticks = True  # the new socket is none of those that the harness waits for

    def socket(self) -> socket.socket:
        """See Launcher.

        Raises:
            GraderError: the fork server is gone, or does not answer.
            OSError: there is none to be had.
        """
        if self.level == "simple":
            return socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        deadline_s = time.monotonic() + self._limits.start_patience_s
        while not self._server.sockets:
            self._send(SOCKET)
            losses = self._losses  # what was sent to a server that is lost will not be answered
            while not self._server.sockets and losses == self._losses:
                self._wait(deadline_s)
        return socket.socket(fileno=self._server.sockets.pop())

    def _wait(self, deadline_s: float) -> None:
        """Wait for what the server or a program tells next, and take it.

        Raises:
            GraderError: it does not come.
        """
        self._server.wait(deadline_s)
        self._receive(0)

    @property
    def exposed(self) -> bool:
        """See Launcher.

        Raises:
            GraderError: the fork server does not get ready.
        """
        deadline_s = time.monotonic() + self._limits.start_patience_s
        while self._server.granted is None:
            self._wait(deadline_s)
        return not self._server.granted and not self._sandbox

    def start(self, spec: LaunchSpec, watcher: Watcher) -> ForkedProcess:
        """See Launcher.

        Raises:
            GraderError: the fork server is gone.
            OSError: the descriptors that a program needs are not to be had.
        """
        (stdin_r, stdin_w), (out_r, out_w), (err_r, err_w), (channel_r, channel_w) = open_pipes(4)
        process = ForkedProcess(Pipes(stdin_w, out_r, err_r, watcher), PipeChannel(channel_r), watcher)
        self._count += 1
        spec.number = self._count
        given = [stdin_r, out_w, err_w, channel_w]
        try:
            packet = [spec.packet] if spec.packet is not None else []
            self._send(spec.line().encode("utf-8"), given + packet)
            self._programs[spec.number] = process
        except BaseException:
            process.close()
            raise
        finally:
            for fd in given:
                os.close(fd)
        return process

    def _send(self, data: bytes, fds: list[int] | None = None) -> None:
        """Tell the server something; a new one, if a program has ended it.

        Raises:
            GraderError: the fork server is gone.
            OSError: there are too many descriptors on the way.
        """
        for _ in range(2):
            try:
                self._server.send(data, fds or [])
                return
            except (BrokenPipeError, ConnectionResetError):
                self._lost()
        raise machine_lacks(LAUNCHER)

    def descriptors(self) -> list[int]:
        """See Launcher."""
        return [self._server.fileno()]

    def update(self) -> None:
        """See Launcher.

        Raises:
            GraderError: the fork server is gone.
        """
        try:
            while True:
                self._receive(socket.MSG_DONTWAIT)
        except BlockingIOError:
            pass  # that was all

    def _receive(self, flags: int) -> None:
        """Take what the server and the programs tell; start a new server where it is gone."""
        told = self._server.receive(flags)
        if told is None:
            self._lost()
            return
        lines, sender = told
        for words in lines:
            self._take(words, sender)

    def _take(self, words: list[bytes], sender: int) -> None:
        """Hear that a program has started, has ended, or could not be started.

        Raises:
            GraderError: there is no socket to be had.
        """
        if words[0] == b"ready":
            self._server.granted = words[1] == b"1"
        elif words[0] == b"started":
            process, pid = self._programs.get(int(words[1])), sender or int(words[2])
            if process is not None:
                process.started(pid, parent_of(pid) if words[3] == b"1" else 0)
        elif words[0] == b"refused":
            refused, lack = self._programs.get(int(words[1])), OF_ERRNO.get(int(words[2]), START)
            if refused is None:
                raise machine_lacks(lack)  # it was a socket
            refused.refused(lack)
            refused.ended(CANNOT_START)
        elif words[0] == b"ended":
            ended = self._programs.pop(int(words[1]), None)
            if ended is not None:
                ended.ended(int(words[2]))

    def close(self) -> None:
        """See Launcher: the server ends what it has started when its socket ends."""
        self._server.end()
