"""Watches from outside what a program uses, beside the limits that the system itself sets."""

from __future__ import annotations

from ..limits import Limits
from .system import fits, usage


def excess(tree: int, folder: str, channel_bytes: int, limits: Limits) -> str:
    """What a program uses too much of, a word of the fact Exceeded; empty for nothing.

    Args:
        tree: the process that all others of the program come from.
        folder: its copy of the submission; nothing is there where only the program can see it.
        channel_bytes: what came through its channel.
        limits: how much it may be.
    """
    if channel_bytes > limits.channel_bytes:
        return "sonde"
    used = usage(tree, limits.watched_threads)
    if used is not None and used.processes > limits.watched_processes:
        return "processus"
    if used is not None and used.threads > limits.watched_threads:
        return "threads"
    if used is not None and used.memory_bytes > limits.watched_memory_bytes:
        return "memoire"
    return "" if fits(folder, limits.room_bytes, limits.room_files) else "disque"
