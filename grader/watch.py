"""Grades a folder again at every save, until the student has had enough."""

from __future__ import annotations

import gc
import queue
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Protocol

from .errors import ExitStatus, UsageError
from .grading import AbandonedError
from .keys import single_keys
from .limits import INTERRUPTIBLE_S
from .report.model import Report
from .saves import Saves

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
