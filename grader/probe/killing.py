"""Finds and ends what programs have started, for the fork server."""

from __future__ import annotations

import os
import signal


def children(pid: int) -> list[int]:
    """The processes that the main thread of a process has started; none where the system does not tell."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(number) for number in file.read().split()]
    except OSError:
        return []


def kill(pid: int) -> None:
    """End a process at once, if it is still there."""
    try:
        os.kill(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # it ended in this very moment


def kill_group(pid: int) -> None:
    """End the group of processes that one leads, if it does."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass  # it leads none
