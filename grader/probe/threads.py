"""Watches threads: who starts, ends, joins and waits, under which names."""

from __future__ import annotations

import _thread
import sys
import threading
import time
from _weakref import ref  # the C function alone, as in channel.py
from collections.abc import Callable
from typing import Any

from .channel import Channel, seconds
from .names import attribute, called_by_lambda, describe, names_of
from .standins import replace

POOL = "concurrent.futures.thread"
"""The module of ThreadPoolExecutor, whose workers run what is submitted."""

_ident = threading.get_ident
_native_id = threading.get_native_id


class Threads:
    """The numbers of the program's threads and what has been emitted of them.

    Args:
        channel: where to emit it.
        emit_exception: emits one that nothing has caught.
    """

    def __init__(self, channel: Channel, emit_exception: Callable[[BaseException], None]) -> None:
        self.channel = channel
        self.emit_exception = emit_exception
        self.count = 1
        self.numbers: dict[int, tuple[int, Any]] = {}
        """The number and a weak reference by id(): a thread that the program forgets is forgotten here."""
        self.found_ended: set[int] = set()
        self.watches_work = False
        self.plain_run: Any = None
        """What a Thread runs that is of no kind of the student's own."""

    def number(self, thread: Any) -> int:
        """The number of a thread that was started, 0 for any other."""
        return self.numbers.get(id(thread), (0, None))[0]

    def new(self) -> int:
        """The next number."""
        self.count += 1
        return self.count

    def started(self, thread: Any) -> int:
        """Emit that a thread is about to start, what it runs and what it is called."""
        number, key = self.new(), id(thread)
        self.numbers[key] = (number, ref(thread, lambda _: self.numbers.pop(key, None)))
        target = getattr(thread, "_target", None)
        if attribute(target, "__module__") == POOL:
            self.watch_work()
            target = _submitted() or target
        own = type(thread).run is not self.plain_run
        run = (type(thread).__name__ if own else "Thread") + ".run"
        module, function = describe(target) if target is not None else ("", run)
        frame = self.channel.student_frame()
        names = [*names_of(thread, frame), str(thread.name)]
        if target is not None:
            names += [*names_of(target, frame), *called_by_lambda(target)]
        self.channel.emit("ThreadStarted", number, function, module, names, bool(thread.daemon))
        return number

    def watch_work(self) -> None:
        """Emit what a worker of a pool runs, for it may be one that had done something else before."""
        work: Any = getattr(sys.modules.get(POOL), "_WorkItem", None)
        real_run = getattr(work, "run", None)
        if real_run is None or self.watches_work:
            return
        self.watches_work = True

        def run(item: Any, *args: Any) -> Any:
            function = getattr(item, "fn", None) or (getattr(item, "task", None) or (None,))[0]  # task: Python 3.14
            if function is not None:
                self.channel.emit_at(("", 0), "ThreadNamed", self.channel.current_thread(), [describe(function)[1]])
            return real_run(item, *args)

        _take_place(work, real_run, run)

    def began(self, number: int) -> None:
        """The calling thread is number ``number`` from now on."""
        self.channel.threads[_ident()] = number
        self.channel.emit_at(("", 0), "ThreadRan", _native_id())

    def ended(self) -> None:
        """The calling thread has finished."""
        self.channel.emit_at(("", 0), "ThreadEnded")
        self.channel.threads.pop(_ident(), None)


def _submitted() -> Any:
    """What was given to the executor that starts a worker for it; None where nobody knows."""
    frame: Any = sys._getframe(1)  # noqa: SLF001 - the documented way to one's callers
    while frame is not None:
        if frame.f_code.co_name == "submit" and frame.f_globals.get("__name__") == POOL:
            return frame.f_locals.get("fn")
        frame = frame.f_back
    return None


class Running:
    """What a thread without a Thread object runs; Python names it when it fails.

    Args:
        watch: records when it begins, fails and ends.
        function: the student's.
    """

    def __init__(self, watch: Threads, function: Callable[..., Any]) -> None:
        self.watch = watch
        self.function = function
        module, name = describe(function)
        self.number = watch.new()
        watch.channel.emit("ThreadStarted", self.number, name, module, [], True)

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        """Run the function."""
        self.watch.began(self.number)
        try:
            self.function(*args, **kwargs)
        except SystemExit:
            raise
        except BaseException as error:
            self.watch.emit_exception(error)
            raise
        finally:
            self.watch.ended()

    def __repr__(self) -> str:
        return repr(self.function)


def install(
    channel: Channel, emit_exception: Callable[[BaseException], None], watch_exceptions: Callable[[Any], None]
) -> Callable[[Any], None]:
    """Watch threading.Thread, conditions, time.sleep and the low-level _thread.start_new_thread.

    Args:
        channel: where to emit it.
        emit_exception: emits one that nothing has caught.
        watch_exceptions: emits those of Threads; is given the module.

    Returns:
        What does the same for threading once more, where a program imports it afresh.
    """
    watch = Threads(channel, emit_exception)
    _watch_low_level(watch)
    _watch_sleep(channel)

    def watch_module(module: Any) -> None:
        watch_exceptions(module)
        _watch_thread_class(watch, module.Thread)
        _watch_conditions(channel, module.Condition)
        if hasattr(module, "_start_new_thread"):  # up to Python 3.12, a third name
            module._start_new_thread = _thread.start_new_thread  # noqa: SLF001 - as above

    watch_module(threading)
    return watch_module


def _watch_thread_class(watch: Threads, cls: Any) -> None:
    watch.plain_run = cls.run
    _take_place(cls, cls.start, _watched_start(watch, cls.start))
    _take_place(cls, cls.join, _watched_join(watch, cls.join, cls.is_alive))
    _take_place(cls, cls.is_alive, _watched_is_alive(watch, cls.is_alive))
    # Around run, and all that follows an exception in it.
    _take_place(cls, cls._bootstrap_inner, _watched_bootstrap(watch, cls._bootstrap_inner))


def _watched_start(watch: Threads, real_start: Any) -> Any:
    channel = watch.channel

    def start(self: Any) -> None:
        if watch.number(self) or not getattr(self, "_initialized", False):
            return real_start(self)  # type: ignore[no-any-return]  # it raises
        number = watch.started(self)
        try:
            real_start(self)
        except BaseException:
            channel.emit_at(("", 0), "ThreadFailed", number)
            raise

    return start


def _watched_join(watch: Threads, real_join: Any, is_alive: Any) -> Any:
    channel = watch.channel

    def join(self: Any, timeout: float | None = None) -> None:
        number = watch.number(self)
        if number:  # by now it may have the name that it had not when it was started
            channel.emit("ThreadNamed", number, names_of(self, channel.student_frame()))
        with channel.watched("join", number, seconds(timeout)):
            real_join(self, timeout)
        channel.emit("Joined", number, not is_alive(self))

    return join


def _watched_is_alive(watch: Threads, real_is_alive: Any) -> Any:
    def is_alive(self: Any) -> bool:
        alive = bool(real_is_alive(self))
        number = watch.number(self)
        if not alive and number and number not in watch.found_ended and watch.channel.student_frame() is not None:
            watch.found_ended.add(number)
            watch.channel.emit("FoundEnded", number)
        return alive

    return is_alive


def _watched_bootstrap(watch: Threads, real_bootstrap: Any) -> Any:
    def _bootstrap_inner(self: Any) -> None:
        watch.began(watch.number(self))
        try:
            real_bootstrap(self)
        finally:
            watch.ended()

    return _bootstrap_inner


def _watch_low_level(watch: Threads) -> None:
    def start_new_thread(call: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if args and attribute(attribute(args[0], "__func__"), "__qualname__") == "Thread._bootstrap":
            return call(*args, **kwargs)  # a Thread, which is watched already
        wrong = kwargs or len(args) not in (2, 3) or not callable(args[0]) or not isinstance(args[1], tuple)
        if wrong or not all(isinstance(more, dict) for more in args[2:]):
            return call(*args, **kwargs)
        return call(Running(watch, args[0]), *args[1:])

    replace(_thread, "start_new_thread", start_new_thread)
    replace(_thread, "start_new", start_new_thread)  # the old name, still there


def _watch_conditions(channel: Channel, cls: Any) -> None:
    """Emit when a thread waits for another in a condition (events, queues, …)."""
    real_wait, real_notify = cls.wait, cls.notify

    def wait(self: Any, timeout: float | None = None) -> Any:
        with channel.watched("wait", id(self), seconds(timeout)):
            result = real_wait(self, timeout)
        channel.emit("WaitEnded", id(self))
        return result

    def notify(self: Any, n: int = 1) -> None:
        if isinstance(n, int):
            channel.emit("Notified", id(self), n)
        real_notify(self, n)

    _take_place(cls, real_wait, wait)
    _take_place(cls, real_notify, notify)


def _watch_sleep(channel: Channel) -> None:
    def sleep(call: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        with channel.watched("sleep", 0, seconds(args[0]) if args else None):
            call(*args, **kwargs)
        channel.emit("Slept")

    replace(time, "sleep", sleep)


def _take_place(cls: Any, real: Any, probed: Any) -> None:
    """Put a function in the place of a method."""
    probed.__name__, probed.__qualname__, probed.__doc__ = real.__name__, real.__qualname__, real.__doc__
    probed.__module__ = real.__module__
    setattr(cls, real.__name__, probed)
