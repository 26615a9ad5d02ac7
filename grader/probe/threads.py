"""Watches threads: who starts, ends, joins and waits, under which names."""

from __future__ import annotations

import _thread
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from .channel import Channel

_ident = threading.get_ident
_native_id = threading.get_native_id


class Threads:
    """The numbers of the program's threads and what has been told of them.

    Args:
        channel: where to tell it.
        hide: cuts the probe's own lines out of an exception's traceback.
    """

    def __init__(self, channel: Channel, tell_exception: Callable[[BaseException], None]) -> None:
        self.channel = channel
        self.tell_exception = tell_exception
        self.count = 1
        self.numbers: dict[int, int] = {}
        self.kept: list[Any] = []
        """The numbered threads: while they are kept no other can get their id()."""
        self.found_ended: set[int] = set()

    def number(self, thread: Any) -> int:
        """The number of a thread that was started, 0 for any other."""
        return self.numbers.get(id(thread), 0)

    def new(self) -> int:
        """The next number."""
        self.count += 1
        return self.count

    def started(self, thread: Any) -> int:
        """Tell that a thread is about to start, what it runs and what it is called."""
        number = self.new()
        self.numbers[id(thread)] = number
        self.kept.append(thread)
        target = getattr(thread, "_target", None)
        module, function = describe(target) if target is not None else ("", type(thread).__name__ + ".run")
        names = [*names_of(thread, self.channel.student_frame()), str(thread.name)]
        self.channel.emit("ThreadStarted", number, function, module, names, bool(thread.daemon))
        return number

    def running(self, number: int, run: Callable[..., Any]) -> Callable[..., Any]:
        """``run``, telling when it begins, fails and ends."""

        def run_probed(*args: Any, **kwargs: Any) -> Any:
            self.channel.threads[_ident()] = number
            self.channel.emit_at(("", 0), "ThreadRan", _native_id())
            try:
                return run(*args, **kwargs)
            except SystemExit:
                raise
            except BaseException as error:
                self.tell_exception(error)
                raise
            finally:
                self.channel.emit_at(("", 0), "ThreadEnded")
                self.channel.threads.pop(_ident(), None)

        return run_probed


def describe(target: Any) -> tuple[str, str]:
    """The module and the name of what a thread runs: a function, a method, a partial, a callable object."""
    for _ in range(4):  # partial(partial(f)): as deep as anyone goes
        inner = getattr(target, "func", None)
        if inner is None:
            break
        target = inner
    name = getattr(target, "__name__", None) or type(target).__name__
    return str(getattr(target, "__module__", "") or ""), str(name)


def names_of(thread: Any, frame: FrameType | None) -> list[str]:
    """The names under which the student's code knows a thread: variables, attributes, keys."""
    spaces: list[dict[str, Any]] = []
    while frame is not None and len(spaces) < 6:
        spaces += [frame.f_locals, frame.f_globals]
        frame = frame.f_back
    found: list[str] = []
    for space in spaces:
        for name, value in list(space.items()):
            if value is thread:
                found.append(name)
            elif isinstance(value, dict):
                found += [str(key) for key, item in list(value.items()) if item is thread]
            elif name == "self":
                found += [key for key, item in list(getattr(value, "__dict__", {}).items()) if item is thread]
    return list(dict.fromkeys(found))


def install(channel: Channel, tell_exception: Callable[[BaseException], None]) -> None:
    """Watch threading.Thread, conditions, time.sleep and the low-level _thread.start_new_thread."""
    watch = Threads(channel, tell_exception)
    _watch_thread_class(watch)
    _watch_low_level(watch)
    _watch_waiting(channel)


def _watch_thread_class(watch: Threads) -> None:
    cls: Any = threading.Thread
    real_start, real_join, real_is_alive = cls.start, cls.join, cls.is_alive
    channel = watch.channel

    def start(self: Any) -> None:
        if watch.number(self) or not getattr(self, "_initialized", False):
            return real_start(self)  # type: ignore[no-any-return]  # it raises
        number = watch.started(self)
        self.run = watch.running(number, self.run)
        try:
            real_start(self)
        except BaseException:
            channel.emit_at(("", 0), "ThreadFailed", number)
            raise

    def join(self: Any, timeout: float | None = None) -> None:
        number = watch.number(self)
        channel.emit("Entered", "join", number, timeout if isinstance(timeout, (int, float)) else None)
        try:
            real_join(self, timeout)
        except BaseException as error:
            channel.emit("Left", "join", number, -1, type(error).__name__)
            raise
        channel.emit("Left", "join", number, 0 if real_is_alive(self) else 1, "")

    def is_alive(self: Any) -> bool:
        alive = bool(real_is_alive(self))
        number = watch.number(self)
        if not alive and number and number not in watch.found_ended and channel.student_frame() is not None:
            watch.found_ended.add(number)
            channel.emit("FoundEnded", number)
        return alive

    for real, probed in ((real_start, start), (real_join, join), (real_is_alive, is_alive)):
        probed.__name__, probed.__qualname__, probed.__doc__ = real.__name__, real.__qualname__, real.__doc__
        setattr(cls, real.__name__, probed)


def _watch_low_level(watch: Threads) -> None:
    real = _thread.start_new_thread

    def start_new_thread(function: Any, args: Any, kwargs: Any = None, /) -> int:
        extra = () if kwargs is None else (kwargs,)
        if not callable(function) or not isinstance(args, tuple):
            return real(function, args, *extra)
        number = watch.new()
        module, name = describe(function)
        watch.channel.emit("ThreadStarted", number, name, module, [], True)
        return real(watch.running(number, function), args, *extra)

    _thread.start_new_thread = start_new_thread
    _thread.start_new = start_new_thread  # the old name, still there


def _watch_waiting(channel: Channel) -> None:
    """Tell when a thread waits for another in a condition (events, queues, …) or sleeps."""
    real_wait, real_notify, real_sleep = threading.Condition.wait, threading.Condition.notify, time.sleep

    def wait(self: Any, timeout: float | None = None) -> bool:
        channel.emit("Entered", "wait", id(self), timeout)
        try:
            return real_wait(self, timeout)
        finally:
            channel.emit("Left", "wait", id(self), 0, "")

    def notify(self: Any, n: int = 1) -> None:
        channel.emit("Notified", id(self), n)
        real_notify(self, n)

    def sleep(seconds: float, /) -> None:
        channel.emit("Entered", "sleep", 0, seconds if isinstance(seconds, (int, float)) else None)
        try:
            real_sleep(seconds)
        finally:
            channel.emit("Left", "sleep", 0, 0, "")

    wait.__qualname__, wait.__doc__ = real_wait.__qualname__, real_wait.__doc__
    sleep.__name__ = sleep.__qualname__ = "sleep"
    notify.__qualname__, notify.__doc__ = real_notify.__qualname__, real_notify.__doc__
    threading.Condition.wait = wait  # type: ignore[method-assign]
    threading.Condition.notify = notify  # type: ignore[method-assign]
    time.sleep = sleep  # type: ignore[assignment]  # it takes what the real one takes: the real one complains
