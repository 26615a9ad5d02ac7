"""Chooses how programs are started on this system."""

from __future__ import annotations

import os
import socket

from .process import Launcher as Launcher


def best_launcher() -> Launcher:
    """The fastest launcher that this system has."""
    if hasattr(os, "fork") and hasattr(os, "posix_spawn") and hasattr(socket, "send_fds"):
        from .forked import ForkLauncher

        return ForkLauncher()
    from .spawned import SpawnLauncher  # imports subprocess, 10 ms that the fork server saves

    return SpawnLauncher()
