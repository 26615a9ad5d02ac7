"""Starts students' programs by fork, from an interpreter that has imported the probe once (POSIX)."""

from __future__ import annotations

import gc
import io
import os
import select
import signal
import socket
import sys
from typing import Any

from .runner import Order

CONTROL_BYTES = 65536
"""An order's size at most: a few paths and numbers."""


def serve(control_fd: int) -> Order:
    """Start a program for each order, tell each end; returns in the started programs only, with their order.

    An order comes with four descriptors: standard input, output, error and the channel.
    Answers are lines: ``started ID PID`` and ``ended PID STATUS`` (negative: the signal's number).
    When the control socket ends, everything that was started is ended, and so is the server.
    """
    control = socket.socket(fileno=control_fd)
    control.set_inheritable(False)
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    os.set_blocking(wake_read, False)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the grader's business: it closes the control socket
    gc.freeze()
    alive: set[int] = set()
    while True:
        readable, _, _ = select.select([control_fd, wake_read], [], [])
        if wake_read in readable:
            _drain(wake_read)
            _reap(control, alive)
        if control_fd not in readable:
            continue
        try:
            data, fds, _, _ = socket.recv_fds(control, CONTROL_BYTES, 4)
        except OSError:
            data = b""  # cut off, with something left unread
        if not data:
            _end_all(alive)
        order = Order(data.decode("utf-8"))
        pid = os.fork()
        if pid == 0:
            control.detach()
            _become(fds, [control_fd, wake_read, wake_write])
            order.channel_fd = fds[3]
            return order
        for fd in fds:
            os.close(fd)
        alive.add(pid)
        _answer(control, alive, f"started {order.number} {pid}\n")


def _answer(control: socket.socket, alive: set[int], line: str) -> None:
    """Tell the harness something; if it is gone, there is nobody to work for."""
    try:
        control.sendall(line.encode("ascii"))
    except OSError:
        _end_all(alive)


def _drain(fd: int) -> None:
    try:
        while os.read(fd, 4096):
            pass
    except BlockingIOError:
        pass


def _reap(control: socket.socket, alive: set[int]) -> None:
    """Tell the harness which programs have ended."""
    while alive:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        if pid in alive:
            alive.discard(pid)
            _answer(control, alive, f"ended {pid} {os.waitstatus_to_exitcode(status)}\n")


def _become(fds: list[int], own: list[int]) -> None:
    """In the child: take the program's descriptors, leave the server's behind, lead a session."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    for fd in own:
        os.close(fd)
    for number, fd in enumerate(fds[:3]):
        os.dup2(fd, number)
        os.close(fd)
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


def _end_all(alive: set[int]) -> None:
    """End every program still running, with all of its session, and this server."""
    for pid in alive:
        try:
            os.killpg(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # it ended in this very moment
    os._exit(0)
