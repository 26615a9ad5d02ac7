"""Starts the programs of a scenario, and prepares what the harness reaches each of them by."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from ..limits import Limits
from ..probe.launch_spec import LaunchSpec
from ..transcript.facts import Fact
from .control import FILE as CONTROL_FILE
from .control import PROGRAM as CONTROL_PROGRAM
from .control import SOURCE as CONTROL_SOURCE
from .loopback import bind_any_port
from .process import Launcher, ProgramHandles, Watcher
from .student_process import StudentProcess
from .workspace import Workspace


class Starter:
    """Starts one program after the other.

    Args:
        files: the file to run for each program.
        workspace: makes the copies that programs run in.
        launcher: starts them.
        host: the loopback address that stands for all that they bind.
        limits: what each may use.
        zero_s: the time.monotonic() that facts count from.
    """

    def __init__(
        self,
        files: dict[str, str],
        workspace: Workspace,
        launcher: Launcher,
        host: str,
        limits: Limits,
        zero_s: float,
    ) -> None:
        self._files = files
        self._workspace = workspace
        self._launcher = launcher
        self._host = host
        self._limits = limits
        self._zero_s = zero_s

    def start(
        self, name: str, ports: dict[int, int], watcher: Watcher, record: Callable[[Fact], None]
    ) -> StudentProcess:
        """Start one program; a client gets a peer to call, the others are called where they listen.

        Args:
            name: the program's.
            ports: real ports by the port that it will ask for.
            watcher: told the descriptors to wait for.
            record: takes each fact.

        Raises:
            GraderError: no program can be started.
            OSError: what this one needs is not to be had now.
        """
        listener = self._listener() if name == "client" else None
        try:
            spec = self._spec_of(name, ports, listener)
            process = self._launcher.start(spec, watcher)
        except BaseException:
            if listener is not None:
                listener.close()
            raise
        handles = ProgramHandles(
            process, listener, self._launcher.socket, self._host, spec.token.encode("ascii"), spec.folder
        )
        return StudentProcess(name, handles, watcher, self._limits, self._zero_s, record)

    def _spec_of(self, name: str, ports: dict[int, int], listener: socket.socket | None) -> LaunchSpec:
        """What to start, with a token that nobody can guess."""
        packet = self._workspace.packet_of({CONTROL_FILE: CONTROL_SOURCE}) if name == CONTROL_PROGRAM else None
        return LaunchSpec(
            folder=self._workspace.new_folder(),
            file=self._files[name],
            bind_host=self._host,
            bind_ports=ports,
            dial=listener.getsockname() if listener is not None else None,
            packet=self._workspace.packet if packet is None else packet,
            caps=self._limits.caps(),
            token=os.urandom(8).hex(),
        )

    def _listener(self) -> socket.socket:
        """Where a client's connections arrive."""
        listener = self._launcher.socket()
        try:
            listener.setblocking(False)
            bind_any_port(listener, self._host)
            listener.listen()
        except OSError:
            listener.close()
            raise
        return listener
