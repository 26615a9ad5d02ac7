"""Starts students' programs by fork, from an interpreter that has imported the probe once (POSIX)."""

from __future__ import annotations

import errno
import gc
import io
import os
import select
import signal
import socket
import sys
import time
from typing import Any, NoReturn

from . import confine, files
from .entry_line import CANNOT_START, SOCKET
from .killing import children, kill, kill_group
from .launch_spec import LaunchSpec, read_line
from .walls import Walls, walls_around

CONTROL_BYTES = 65536
"""A spec's size at most: a few paths and numbers."""

MOST_DESCRIPTORS = 4096
"""Beyond the soft limit that systems give by default (1024, on macOS 256): no higher one is open."""


def serve(control_fd: int, *, private: bool, sandboxed: bool, end_patience_s: float) -> tuple[LaunchSpec, int]:
    """Start a program for each spec, report each end; returns in the started programs only, with their spec.

    A spec comes with descriptors: standard input, output, error, the channel, and perhaps the packet of files.
    ``socket`` asks for a new socket, which goes back as a descriptor: it belongs to this server's network.
    Answers are lines: ``ready PRIVATE`` (once; 1 if programs get namespaces of their own), ``started ID PID PRIVATE``
    (sent by the program itself: the system shows who sent it; 1 if it has namespaces of its own), ``ended ID STATUS``
    (negative: the signal's number; only the first counts), ``refused ID ERRNO`` (it could not be started: the system's
    error number), ``socket``.
    When the control socket ends, everything that was started is ended, and so is the server.

    Args:
        control_fd: the socket to the harness.
        private: give each program namespaces of its own, where the system grants them.
        sandboxed: whether all this happens in a sandbox.
        end_patience_s: for ending what was started, generation after generation.
    """
    control = _only_socket(control_fd)
    wake_read, wake_write = _wake_by_children()
    walls = walls_around(sandboxed=sandboxed)
    private = private and confine.works(walls)
    confine.adopt_orphans()
    confine.command_place()  # found once for all programs
    gc.freeze()
    server = Server(control, end_patience_s)
    server.send(f"ready {int(private)}\n")
    while True:
        readable, _, _ = select.select([control_fd, wake_read], [], [])
        if wake_read in readable:
            _drain(wake_read)
            server.reap()
        if control_fd not in readable:
            continue
        data, fds, cut = _received(control)
        if not data:
            server.end()
        if data == SOCKET:
            server.give_socket()
            continue
        spec = read_line(data.decode("utf-8"))
        pid = server.fork(spec.number, cut=cut)
        if pid == 0:
            _close([wake_read, wake_write])
            return spec, _begin(control, spec, fds, walls if private else None)
        _close(fds)


def _only_socket(control_fd: int) -> socket.socket:
    """The control socket. Whatever else the grader was given by whoever started it is no business of a student's."""
    os.closerange(3, control_fd)
    os.closerange(control_fd + 1, MOST_DESCRIPTORS)
    control = socket.socket(fileno=control_fd)
    control.set_inheritable(False)
    return control


def _wake_by_children() -> tuple[int, int]:
    """A pipe, read end first, that can be read from as soon as a child has ended."""
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    os.set_blocking(wake_read, False)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the grader's business: it closes the control socket
    return wake_read, wake_write


def _received(control: socket.socket) -> tuple[bytes, list[int], bool]:
    """What the harness asks for (nothing at its end), the descriptors that came with it, and whether some got lost."""
    try:
        data, fds, flags, _ = socket.recv_fds(control, CONTROL_BYTES, 5)
    except OSError:
        return b"", [], False  # cut off, with something left unread
    return data, fds, bool(flags & socket.MSG_CTRUNC)


def _begin(control: socket.socket, spec: LaunchSpec, fds: list[int], walls: Walls | None) -> int:
    """In the child: become the program, shut in, with its files; what only waits for it never returns.

    Returns the channel's descriptor.

    Args:
        control: the socket to the harness.
        spec: what to become.
        fds: the descriptors that came with the spec.
        walls: what its own namespaces change; None where it has none.
    """
    private = walls is not None
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # the server's signals are not the program's
    try:
        confine.rename("python", spec.file)
        if walls is not None:
            _go_private(control, spec, fds, walls)
        if len(fds) > 4:
            files.unpack(fds[4], spec.folder)
        confine.limit(spec.caps, private=private)
        control.sendall(f"started {spec.number} {os.getpid()} {int(private)}\n".encode("ascii"))
    except (OSError, MemoryError) as error:
        refused = getattr(error, "errno", None) or errno.ENOMEM
        try:
            control.sendall(f"refused {spec.number} {refused}\n".encode("ascii"))
        finally:  # even if nobody is left to hear of it
            os._exit(CANNOT_START)
    control.close()
    adopt_descriptors(fds)
    return fds[3]


class Server:
    """What the server has started, and whom it reports to.

    Args:
        control: the socket to the harness.
        end_patience_s: for ending it all.
    """

    def __init__(self, control: socket.socket, end_patience_s: float) -> None:
        self.control = control
        self.end_patience_s = end_patience_s
        self.alive: dict[int, int] = {}
        """The number of each program, by the process that the server has started for it."""

    def send(self, line: str, fds: tuple[int, ...] = ()) -> None:
        """Send the harness an answer; if it is gone, there is nobody to work for."""
        try:
            socket.send_fds(self.control, [line.encode("ascii")], fds)
        except OSError:
            self.end()

    def give_socket(self) -> None:
        """Give the harness a socket of this network, which is not the harness's own in a sandbox."""
        try:
            with socket.socket() as sock:
                self.send("socket\n", (sock.fileno(),))
        except OSError as error:
            self.send(f"refused 0 {error.errno}\n")

    def fork(self, number: int, *, cut: bool) -> int:
        """Fork for the program ``number``; 0 in the child, -1 where it is refused and that has been sent.

        Args:
            number: the program's.
            cut: whether its descriptors were more than this process may have.
        """
        try:
            if cut:
                raise OSError(errno.EMFILE, "")
            pid = os.fork()
        except OSError as error:
            self.send(f"refused {number} {error.errno}\n")
            return -1
        if pid:
            self.alive[pid] = number
        return pid

    def reap(self) -> None:
        """Report which programs have ended; what they have left behind belongs to the server now, and is ended."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                break
            if pid in self.alive:
                self.send(f"ended {self.alive.pop(pid)} {os.waitstatus_to_exitcode(status)}\n")
        for orphan in children(os.getpid()):
            if orphan not in self.alive:
                kill(orphan)

    def end(self) -> NoReturn:
        """End every program still running with all that it has started, and this server."""
        deadline_s = time.monotonic() + self.end_patience_s
        while time.monotonic() < deadline_s:
            for pid in {*self.alive, *children(os.getpid())}:
                for inner in children(pid):
                    kill(inner)
                kill_group(pid)
                kill(pid)
            try:
                os.waitpid(-1, 0)  # what it has left behind is the server's child next
            except ChildProcessError:
                break
        os._exit(0)


def _go_private(control: socket.socket, spec: LaunchSpec, fds: list[int], walls: Walls) -> None:
    """Go on in namespaces of the program's own; what stays behind waits for it and reports its end.

    Two processes stay: one in the server's process namespace, since only the next child is born into the new one;
    and the first process of the new one, whose end ends all others in it (pid_namespaces(7)).
    """
    confine.leave_everybody()
    guard = os.fork()
    if guard:
        control.close()
        _close(fds)
        _, status = os.waitpid(guard, 0)
        if os.WIFSIGNALED(status):
            kill(os.getpid())
        os._exit(os.waitstatus_to_exitcode(status))
    confine.die_with_parent()
    if len(fds) > 4:
        room_bytes, room_files = spec.caps["ROOM_BYTES"], spec.caps["ROOM_FILES"]
        confine.mount_private_tmpfs(os.path.dirname(spec.folder), room_bytes, room_files, walls)
    program = os.fork()
    if program:
        _close(fds)
        while True:
            pid, status = os.wait()
            if pid == program:
                code = os.waitstatus_to_exitcode(status)
                control.sendall(f"ended {spec.number} {code}\n".encode("ascii"))
                os._exit(0)
    confine.give_up_privileges()


def _close(fds: list[int]) -> None:
    for fd in fds:
        os.close(fd)


def _drain(fd: int) -> None:
    try:
        while os.read(fd, 4096):
            pass
    except BlockingIOError:
        pass


def adopt_descriptors(fds: list[int]) -> None:
    """In the child: take the program's descriptors, leave the harness's others behind, lead a session."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    for number, fd in enumerate(fds[:3]):
        os.dup2(fd, number)
    _close(fds[:3] + fds[4:])
    os.set_inheritable(fds[3], False)
    sys.stdout = sys.__stdout__ = _opened_again(sys.stdout)  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = _opened_again(sys.stderr)  # type: ignore[misc]
    sys.modules.pop("signal")  # the server's own import: a student's signal.py must be found first, as without it


def _opened_again(stream: Any) -> Any:
    """An output stream as the interpreter opens it, unbuffered; the server's own may be a terminal or a file."""
    raw = io.FileIO(stream.fileno(), "w", closefd=False)
    raw.name = stream.name
    kept = {name: getattr(stream, name) for name in ("encoding", "errors", "line_buffering", "write_through")}
    text: Any = io.TextIOWrapper(raw, newline="\n", **kept)  # over a raw file: that is what -u means
    text.mode = "w"
    return text
