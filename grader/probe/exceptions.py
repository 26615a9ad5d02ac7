"""Emits uncaught exceptions, and keeps the probe's own lines out of every traceback."""

from __future__ import annotations

import builtins
import importlib.machinery
import os
import sys
from collections.abc import Callable, Iterator
from types import FrameType, ModuleType, TracebackType
from typing import Any

from .channel import Channel, symbol
from .standins import replace

OWN_FOLDER = os.path.dirname(os.path.abspath(__file__))
RUNNER = os.path.join(OWN_FOLDER, "runner.py")
"""Below the student's code in the main thread; only the start of the interpreter is below it."""

_Group: Any = getattr(builtins, "BaseExceptionGroup", ())
"""From Python 3.11 on; before that isinstance finds nothing."""


def is_own(frame: FrameType) -> bool:
    """Whether a frame is the probe's."""
    return frame.f_code.co_filename.startswith(OWN_FOLDER)


def visible(traceback: TracebackType | None) -> TracebackType | None:
    """Take the frames of the probe out of a traceback, in place; return its first entry that remains."""
    first = entry = _first_visible(traceback)
    while entry is not None:
        following = _first_visible(entry.tb_next)
        if following is not entry.tb_next:
            entry.tb_next = following
        entry = following
    return first


def _first_visible(entry: TracebackType | None) -> TracebackType | None:
    while entry is not None and is_own(entry.tb_frame):
        entry = entry.tb_next
    return entry


def hide(error: BaseException) -> None:
    """Take the frames of the probe out of an exception, and of all that it came from or is made of."""
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        one.__traceback__ = visible(one.__traceback__)
        waiting += [one.__cause__, one.__context__]
        if isinstance(one, _Group):
            waiting += one.exceptions


class Exceptions:
    """Emits the exceptions that nothing catches."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def emit(self, error: BaseException, where: tuple[str, int] = ("", 0)) -> None:
        """Emit one, with the last line of the student's that it went through; ``where`` if it went through none."""
        traceback = error.__traceback__
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if self.channel.is_student_file(code.co_filename):
                where = (self.channel.relative(code.co_filename), traceback.tb_lineno)
            elif not where[0] and self.channel.is_students(code):
                where = (self.channel.program, 0)
            traceback = traceback.tb_next
        if isinstance(error, SyntaxError) and error.filename and self.channel.is_student_file(error.filename):
            where = (self.channel.relative(error.filename), max(error.lineno or 0, 0))  # a program may raise its own
        names = [cls.__name__ for cls in type(error).__mro__[:-2]]
        self.channel.emit_at(where, "Raised", type(error).__name__, _text_of(error), names, *_details(error))

    def install(self) -> None:
        """Hide the probe's frames wherever Python prints a traceback."""
        _watch_hooks()
        if "traceback" in sys.modules:
            _skip_own_frames(sys.modules["traceback"])
        else:  # importing it before would cost 3 to 6 ms for every program
            sys.meta_path.insert(0, LateFinder("traceback", _skip_own_frames))

    def watch_threads(self, module: Any) -> None:
        """Emit the exceptions of threads, whichever threading makes them."""
        make = module._make_invoke_excepthook  # noqa: SLF001 - made early, so that a replaced excepthook is served too

        def make_invoke_excepthook() -> Callable[[Any], None]:
            invoke = make()

            def invoke_excepthook(thread: Any) -> None:
                error = sys.exc_info()[1]
                if error is not None and not isinstance(error, SystemExit):
                    self.emit(error)
                    hide(error)
                invoke(thread)

            return invoke_excepthook

        module._make_invoke_excepthook = make_invoke_excepthook  # noqa: SLF001 - as above


def print_uncaught(error: BaseException) -> None:
    """What the interpreter does with an exception of the main thread; not to be called while one is handled.

    Raises:
        SystemExit: sys.excepthook asked for it.
    """
    hide(error)
    hook = getattr(sys, "excepthook", None)
    if hook is None:
        sys.stderr.write("sys.excepthook is missing\n")
        hook = sys.__excepthook__
    second: BaseException | None = None
    try:
        hook(type(error), error, error.__traceback__)
    except SystemExit:
        raise
    except BaseException as raised:  # noqa: BLE001 - what the interpreter itself does
        second = raised
    if second is not None:
        hide(second)
        sys.stderr.write("Error in sys.excepthook:\n")
        sys.__excepthook__(type(second), second, second.__traceback__)
        sys.stderr.write("\nOriginal exception was:\n")
        sys.__excepthook__(type(error), error, error.__traceback__)


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - the student's own __str__ may raise anything
        return ""


def _details(error: BaseException) -> tuple[str, str, str]:
    """What an exception says by its attributes: the name that was not found, who lacks it, the system's symbol."""
    name, owner = "", ""
    if isinstance(error, (NameError, AttributeError, ImportError)):
        name = str(error.name or "")
    if isinstance(error, AttributeError):
        owner = type(error.obj).__name__
    elif isinstance(error, ImportError) and not isinstance(error, ModuleNotFoundError):
        # Python 3.12 names both; before, only the module that lacks the name.
        owner, name = name, str(getattr(error, "name_from", None) or "")
    return name, owner, symbol(error)


def _watch_hooks() -> None:
    """Hide the probe's frames in what sys.excepthook and, for ``__del__`` and the like, sys.unraisablehook print."""

    def excepthook(call: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if len(args) == 3 and isinstance(args[1], BaseException):
            hide(args[1])
        return call(*args, **kwargs)

    def unraisablehook(call: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        given = args[0] if args else None
        if given is not None and isinstance(getattr(given, "exc_value", None), BaseException):
            hide(given.exc_value)
            shown = (given.exc_type, given.exc_value, visible(given.exc_traceback), given.err_msg, given.object)
            return call(type(given)(shown))
        return call(*args, **kwargs)

    replace(sys, "excepthook", excepthook)
    replace(sys, "unraisablehook", unraisablehook)
    sys.__excepthook__, sys.__unraisablehook__ = sys.excepthook, sys.unraisablehook


class LateFinder:
    """Waits for the first import of a module of Python's.

    Args:
        name: the module.
        then: is given it once it has been imported.
    """

    def __init__(self, name: str, then: Callable[[ModuleType], None]) -> None:
        self.name = name
        self.then = then

    def find_spec(self, name: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        """Find that module only, and only once."""
        if name != self.name:
            return None
        sys.meta_path.remove(self)
        spec = importlib.machinery.PathFinder.find_spec(name)
        if spec is None or spec.loader is None or os.path.dirname(spec.origin or "") != os.path.dirname(os.__file__):
            return spec  # the student's own file of that name
        loader: Any = spec.loader

        def exec_module(module: ModuleType) -> None:
            del loader.exec_module
            loader.exec_module(module)
            self.then(module)

        loader.exec_module = exec_module
        return spec


def _skip_own_frames(module: Any) -> None:
    """Make the functions of ``traceback`` pass over the probe's frames."""
    for name in ("walk_tb", "_walk_tb_with_full_positions"):
        if hasattr(module, name):
            setattr(module, name, _skipping(getattr(module, name)))
    walk_stack = module.walk_stack

    def walk_stack_probed(f: FrameType | None) -> Iterator[tuple[FrameType, int]]:
        for frame, line in walk_stack(f or sys._getframe(1).f_back):  # noqa: SLF001 - as the real one does
            if frame.f_code.co_filename == RUNNER:
                return
            if not is_own(frame):
                yield frame, line

    walk_stack_probed.__name__ = walk_stack_probed.__qualname__ = "walk_stack"
    module.walk_stack = walk_stack_probed


def _skipping(walk: Callable[[TracebackType | None], Any]) -> Callable[[TracebackType | None], Any]:
    def walk_probed(tb: TracebackType | None) -> Any:
        return walk(visible(tb))

    walk_probed.__name__ = walk_probed.__qualname__ = walk.__name__
    return walk_probed
