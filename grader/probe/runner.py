"""Runs the student's file as __main__, as `python serveur.py` would, with the probe around it."""

from __future__ import annotations

import builtins
import importlib.machinery
import io
import os
import sys
import threading
from types import ModuleType, TracebackType
from typing import Any

from . import inputs, sockets, threads
from .channel import Channel

OWN_FOLDER = os.path.dirname(os.path.abspath(__file__))

HOME_VARIABLES = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP")
"""Where programs look for the user's own files, on all systems: they find their copy of the submission."""


class Order:
    """One run, as the harness asks for it: a line of fields between tabs.

    Attributes:
        number: the harness's number for this run.
        folder: the submission's copy, the working directory.
        program: the file to run, in that folder.
        redirect: where addresses lead.
        channel_fd: the descriptor of the channel, where it is one.
    """

    def __init__(self, line: str) -> None:
        number, self.folder, self.program, bind_host, bind_ports, dial = line.rstrip("\n").split("\t")
        self.number = int(number)
        ports = {int(asked): int(real) for asked, _, real in (pair.partition(":") for pair in bind_ports.split())}
        host, _, port = dial.partition(":")
        self.redirect = sockets.Redirect(bind_host, ports, (host, int(port)) if host else None)
        self.channel_fd = -1


class Exceptions:
    """Tells uncaught exceptions, and prints them without the probe's own lines."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.told: set[int] = set()

    def tell(self, error: BaseException) -> None:
        """Tell an exception that nothing will catch, with the last line of the student's it went through."""
        where, traceback = ("", 0), error.__traceback__
        while traceback is not None:
            filename = traceback.tb_frame.f_code.co_filename
            if self.channel.is_student_file(filename):
                where = (self.channel.relative(filename), traceback.tb_lineno)
            traceback = traceback.tb_next
        if isinstance(error, SyntaxError) and error.filename and self.channel.is_student_file(error.filename):
            where = (self.channel.relative(error.filename), error.lineno or 0)
        names = [cls.__name__ for cls in type(error).__mro__[:-2]]
        self.channel.emit_at(where, "Raised", type(error).__name__, _text_of(error), names)

    def print_main(self, error: BaseException) -> None:
        """What the interpreter does with an exception of the main thread."""
        sys.excepthook(type(error), error, visible(error.__traceback__))

    def install(self) -> None:
        """Print the exceptions of threads without the probe's lines."""
        real = threading.excepthook

        def excepthook(args: Any, /) -> Any:
            traceback = visible(args.exc_traceback)
            if args.exc_value is not None:
                args.exc_value.__traceback__ = traceback
            return real(threading.ExceptHookArgs((args.exc_type, args.exc_value, traceback, args.thread)))

        threading.excepthook = excepthook


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - the student's own __str__ may raise anything
        return ""


def visible(traceback: TracebackType | None) -> TracebackType | None:
    """A traceback without the frames of the probe."""
    entries = []
    while traceback is not None:
        if not traceback.tb_frame.f_code.co_filename.startswith(OWN_FOLDER):
            entries.append(traceback)
        traceback = traceback.tb_next
    result: TracebackType | None = None
    for entry in reversed(entries):
        result = TracebackType(result, entry.tb_frame, entry.tb_lasti, entry.tb_lineno)
    return result


def run(order: Order, channel: Channel, boot_modules: frozenset[str]) -> int:
    """Run the student's program, and return its exit status unless it exits by itself.

    Args:
        order: what to run.
        channel: where to tell what it does.
        boot_modules: what every interpreter has loaded at its start: no file of a student can hide that.

    Raises:
        SystemExit: the program called sys.exit or exit.
    """
    path = os.path.join(order.folder, order.program)
    source = _read(path)
    os.chdir(order.folder)
    os.environ.update(dict.fromkeys(HOME_VARIABLES, order.folder))
    exceptions = Exceptions(channel)
    sockets.install(channel, order.redirect)
    threads.install(channel, exceptions.tell)
    inputs.install(channel)
    exceptions.install()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=lambda: channel.emit("Forked"), after_in_child=channel.mute)
    main = _main_module(path)
    _forget_modules(order.folder, boot_modules)
    sys.argv[:] = [order.program]
    sys.path[0] = order.folder
    channel.emit_at(("", 0), "Began", os.getpid())
    status = 0
    try:
        exec(compile(source, path, "exec", dont_inherit=True), main.__dict__)  # noqa: S102 - the purpose of it all
    except SystemExit as error:
        error.__traceback__ = None
        raise
    except BaseException as error:  # noqa: BLE001 - what the interpreter itself does
        exceptions.tell(error)
        exceptions.print_main(error)
        status = 1
    finally:
        channel.emit_at(("", 0), "MainEnded")
    return status


def _read(path: str) -> bytes:
    with io.open_code(path) as file:
        return file.read()


def _main_module(path: str) -> ModuleType:
    """A fresh __main__, with what the interpreter puts into it."""
    main = ModuleType("__main__")
    loader = importlib.machinery.SourceFileLoader("__main__", path)
    main.__dict__.update(__file__=path, __builtins__=builtins, __loader__=loader, __annotations__={}, __cached__=None)
    sys.modules["__main__"] = main
    return main


def _forget_modules(folder: str, boot_modules: frozenset[str]) -> None:
    """Forget what the probe imported wherever a file of the student's would have been imported instead.

    A stray ``socket.py`` breaks a program for real, and must break it here too. Anything that socket or
    threading import may be hidden so: then all of it is imported afresh, from the student's folder first.
    """
    entries = os.listdir(folder)
    own = {os.path.splitext(entry)[0] for entry in entries if entry.endswith(".py")}
    own |= {entry for entry in entries if os.path.isfile(os.path.join(folder, entry, "__init__.py"))}
    loaded = set(sys.modules) - boot_modules - set(sys.builtin_module_names)
    names = {name for name in sys.modules if name.partition(".")[0] == "grader"}
    if own & loaded:
        pure = {name for name in loaded if str(getattr(sys.modules[name], "__file__", "")).endswith(".py")}
        names |= pure | (own & loaded)
    for name in names - {"__main__"}:
        sys.modules.pop(name, None)
