"""Watches from outside what a program uses, beside the limits that the system itself sets."""

from __future__ import annotations

from ..limits import Limits
from .system import Usage, fits, own_memory_bytes, usage


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
    if used is not None and _fills_memory(used, limits.watched_memory_bytes):
        return "memoire"
    return "" if fits(folder, limits.room_bytes, limits.room_files) else "disque"


def _fills_memory(used: Usage, most_bytes: int) -> bool:
    """Whether processes hold too much memory; forty forks of one hold hardly more than that one."""
    if used.memory_bytes <= most_bytes:
        return False
    return used.processes == 1 or (own_memory_bytes(used.pids) or used.memory_bytes) > most_bytes
