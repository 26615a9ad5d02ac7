"""Chooses how programs are started on this system."""

from __future__ import annotations

import os
import socket

from ..limits import DEFAULT, Limits
from .process import Launcher as Launcher

SIMPLE, STRONG = "simple", "forte"
"""The levels of isolation."""


def best_launcher(level: str = SIMPLE, limits: Limits = DEFAULT) -> Launcher:
    """The fastest launcher that this system has.

    Args:
        level: of isolation; anything but STRONG is SIMPLE.
        limits: how long to wait for programs to start and to end, and what Windows holds them to.

    Raises:
        UsageError: the level cannot be had on this machine; the message says what to install.
        GraderError: Python cannot be started.
    """
    if level == STRONG:
        from .sandbox import sandboxed_launcher

        return sandboxed_launcher(limits)
    if hasattr(os, "fork") and hasattr(os, "posix_spawn") and hasattr(socket, "send_fds"):
        from .forked import ForkLauncher

        return ForkLauncher(limits=limits)
    from .spawned import SpawnLauncher  # imports subprocess, 10 ms that the fork server saves

    return SpawnLauncher(limits)
