"""Grades a folder again at every save, until the student has had enough."""

from __future__ import annotations

import gc
import os
import queue
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, Protocol

from .errors import ExitStatus, UsageError
from .grading import AbandonedError
from .keys import single_keys
from .limits import GONE_S, INTERRUPTIBLE_S, SAME_FOLDER_MS, SAVE_BURST_MS, SAVE_QUIET_MS, WATCHING_S
from .report.model import Report
from .tree import SKIPPED_FOLDERS

TEMPORARY = (".", "#", "~", "flycheck_")
"""How the names begin of the files that editors write for themselves, and of hidden folders."""

COPIES = "chatpy-"
"""How the names begin of the folders that programs run in, should those be inside the one that is watched."""

STATUS = "J'attends ta prochaine sauvegarde · Ctrl+C quitter"
STATUS_WITH_KEYS = "J'attends ta prochaine sauvegarde · d détails · i indice · q quitter"


class Event(Enum):
    """What makes watching go on."""

    SAVED = auto()
    AGAIN = auto()
    DETAILS = auto()
    HINT = auto()
    QUIT = auto()


LONGEST_WAIT_S = INTERRUPTIBLE_S if sys.platform == "win32" else None
"""The longest wait in one go; None for one without end."""

KEYS = {"d": Event.DETAILS, "i": Event.HINT, "q": Event.QUIT, "\r": Event.AGAIN, "\n": Event.AGAIN}
"""What each key does; Enter is the one or the other, by the system."""

URGENT = (Event.SAVED, Event.QUIT)
"""What makes the grading that is going on useless."""


@dataclass(frozen=True)
class View:
    """How much of a report the student wants to see.

    Attributes:
        details: every check that failed, or only the one to repair first.
        hints: by how many degrees the hint goes further than at first; may exceed those that there are.
    """

    details: bool = False
    hints: int = 0


class Screen(Protocol):
    """Where the student looks."""

    def report(self, report: Report, view: View) -> None:
        """Show a report, instead of what was shown before."""

    def problem(self, error: UsageError) -> None:
        """Show why there is none this time."""

    def status(self, line: str) -> None:
        """Say, below all that, what can be done now."""


class Inbox:
    """Takes events from any thread for the one that grades, and wakes it when they make its grading useless."""

    def __init__(self) -> None:
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._bell, self._button = socket.socketpair()

    def __enter__(self) -> Inbox:
        return self

    def __exit__(self, *_: object) -> None:
        self._bell.close()
        self._button.close()

    @property
    def stop(self) -> int:
        """A descriptor that can be read from once the grading that is going on is useless."""
        return self._bell.fileno()

    def put(self, event: Event) -> None:
        """Something has happened."""
        self._events.put(event)
        if event in URGENT:
            self._button.send(b"!")

    def put_key(self, key: str) -> None:
        """A key has been pressed."""
        event = KEYS.get(key.lower())
        if event is not None:
            self.put(event)

    def take(self, *, wait: bool) -> list[Event]:
        """What has happened since the last time; ``wait`` for something if nothing has."""
        events: list[Event] = []
        while True:
            try:
                event = self._events.get(wait and not events, LONGEST_WAIT_S)
            except queue.Empty:
                if events or not wait:
                    return events
            else:
                events.append(event)
                if event in URGENT:
                    self._bell.recv(1)  # it rings once for each, or is about to


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


def watch(folder: str, grade: Callable[[int], Report], screen: Screen, *, details: bool = False) -> int:
    """Grade a folder now and at every save of a Python file in it; returns the command's exit status.

    All grading and showing is done in the calling thread, where Ctrl+C ends it as it ends any grading.

    Args:
        folder: what to watch.
        grade: grades it, and raises AbandonedError once the given descriptor can be read from.
        screen: shows the reports.
        details: whether to begin with all details.

    Raises:
        UsageError: the folder cannot be graded from the beginning, or watchfiles is not installed.
        GraderError: programs cannot be started on this machine.
    """
    with Inbox() as inbox, Saves(folder, lambda: inbox.put(Event.SAVED)), single_keys(inbox.put_key) as has_keys:
        view = View(details)
        shown: Report | UsageError | None = None
        due = True
        while True:
            if due:
                latest = _attempt(grade, inbox.stop, is_first=shown is None)
                events = inbox.take(wait=False)
            else:
                gc.collect()  # nobody waits now; __main__ lets the cycles be, which are few after one grading only
                latest, events = shown, inbox.take(wait=True)
            if Event.QUIT in events:
                return _status(shown)
            view = _turned(view, events)
            again = Event.AGAIN in events and not due  # else it has just been done
            due = latest is None or again or Event.SAVED in events
            if latest is not None and not due:
                if _first(latest) != _first(shown):
                    view = replace(view, hints=events.count(Event.HINT))
                shown = latest
                _show(screen, latest, view)
                screen.status(STATUS_WITH_KEYS if has_keys else STATUS)


def _attempt(grade: Callable[[int], Report], stop: int, *, is_first: bool) -> Report | UsageError | None:
    """A report, or why there is none; None if it has been overtaken."""
    try:
        return grade(stop)
    except AbandonedError:
        return None
    except UsageError as error:
        if is_first:
            raise
        return error  # the folder is gone, or out of reach while something is saved


def _turned(view: View, events: list[Event]) -> View:
    """The view after some keys."""
    other_way = events.count(Event.DETAILS) % 2 == 1
    return View(details=view.details != other_way, hints=view.hints + events.count(Event.HINT))


def _first(shown: Report | UsageError | None) -> str:
    """The check that hints are about."""
    return shown.first if isinstance(shown, Report) else ""


def _show(screen: Screen, what: Report | UsageError, view: View) -> None:
    if isinstance(what, Report):
        screen.report(what, view)
    else:
        screen.problem(what)


def _status(shown: Report | UsageError | None) -> int:
    """What the student leaves with."""
    if shown is None:
        return ExitStatus.INTERRUPTED
    complete = isinstance(shown, Report) and shown.complete
    return ExitStatus.FULL_MARKS if complete else ExitStatus.POINTS_MISSING
