"""Tells of the saves in a folder, from a thread of its own."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

from .errors import UsageError
from .limits import GONE_S, SAME_FOLDER_MS, SAVE_BURST_MS, SAVE_QUIET_MS, WATCHING_S
from .tree import SKIPPED_FOLDERS

TEMPORARY = (".", "#", "~", "flycheck_")
"""How the names begin of the files that editors write for themselves, and of hidden folders."""

COPIES = "chatpy-"
"""How the names begin of the folders that programs run in, should those be inside the one that is watched."""


class Saves:
    """Tells of the saves in a folder, from a thread of its own.

    Args:
        folder: the folder; it may disappear and come back.
        on_save: called for each save.

    Raises:
        UsageError: watchfiles is not installed.
    """

    def __init__(self, folder: str, on_save: Callable[[], None]) -> None:
        self._changes = _watchfiles()
        self._folder = os.path.realpath(folder)  # as the system calls it when it tells of a change
        self._on_save = on_save
        self._ready = threading.Event()
        self._ended = threading.Event()
        self._is_watching = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Saves:
        self._thread.start()
        self._ready.wait(WATCHING_S)  # no save is missed from here on
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join(WATCHING_S)  # a daemon: one that the system holds fast keeps nobody from leaving

    def is_set(self) -> bool:
        """Whether to end; watchfiles asks again and again, from the moment when it watches."""
        if not self._is_watching:
            self._is_watching = True
            if self._ready.is_set():
                self._on_save()  # the folder is back, and what it holds may have come before
            self._ready.set()
        return self._ended.is_set()

    def _run(self) -> None:
        looks_itself = None
        while not self._ended.is_set():
            self._is_watching = False
            try:
                self._follow(_identity(self._folder), looks_itself)
            except FileNotFoundError:
                pass  # it may come back
            except (OSError, RuntimeError):
                looks_itself = True  # the system watches no more folders for us: watchfiles can look at them instead
            self._ready.set()
            self._ended.wait(GONE_S)

    def _follow(self, same: tuple[int, int] | None, looks_itself: bool | None) -> None:
        """Tell of saves as long as the folder is the same."""
        for saves in self._changes(
            self._folder,
            watch_filter=lambda _change, path: is_save(path, self._folder),
            debounce=SAVE_BURST_MS,
            step=SAVE_QUIET_MS,
            stop_event=self,
            rust_timeout=SAME_FOLDER_MS,
            yield_on_timeout=True,
            force_polling=looks_itself,
            ignore_permission_denied=True,
        ):
            replaced = _identity(self._folder) != same
            if saves or replaced:
                self._on_save()
            if replaced:
                return


def is_save(path: str, folder: str) -> bool:
    """Whether a change of this file is the student's work."""
    relative = path[len(folder) :] if path.startswith(folder) else os.path.basename(path)
    *parents, name = relative.strip(os.sep).split(os.sep)
    if not name.lower().endswith(".py") or any(part.startswith(TEMPORARY) for part in (*parents, name)):
        return False
    return not any(parent in SKIPPED_FOLDERS or parent.startswith(COPIES) for parent in parents)


def _identity(folder: str) -> tuple[int, int] | None:
    """What tells a folder from another of the same name; None if there is none."""
    try:
        status = os.stat(folder)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _watchfiles() -> Callable[..., Iterator[set[Any]]]:
    """The library's function.

    Raises:
        UsageError: it is not installed, or its part that is no Python does not load on this system.
    """
    try:
        from watchfiles import watch as changes
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "watchfiles":
            raise
        from .missing import how_to_get

        raise UsageError(how_to_get("watchfiles", " --suivre")) from error
    except ImportError as error:
        raise UsageError("watchfiles ne se charge pas sur ce système : lance le correcteur sans --suivre.") from error
    return changes
