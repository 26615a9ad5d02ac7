"""Runs the student's file as __main__, as `python serveur.py` would, with the probe around it."""

from __future__ import annotations

import builtins
import importlib.machinery
import io
import os
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from . import descriptors, imported, inputs, socket_type, threads
from .addresses import Redirect
from .channel import Channel
from .exceptions import Exceptions, LateFinder, print_uncaught
from .launch_spec import LaunchSpec
from .source import compile_file
from .standins import replace

CHILD_EVENTS = frozenset({"os.fork", "os.forkpty", "os.posix_spawn", "subprocess.Popen"})
"""Python's audit events of a new process (table of audit events in Python's documentation); os.system waits itself."""

HOME_VARIABLES = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP")
"""Where programs look for the user's own files, on all systems: they find their copy of the submission."""


def run(spec: LaunchSpec, channel: Channel, boot_modules: frozenset[str]) -> int:
    """Run the student's program, and return its exit status unless it exits by itself.

    Args:
        spec: what to run.
        channel: where to emit what it does.
        boot_modules: what every interpreter has loaded at its start: no file of a student can hide that.

    Raises:
        SystemExit: the program called sys.exit or exit.
    """
    path = os.path.join(spec.folder, spec.file)
    source = _read(path)
    os.chdir(spec.folder)
    os.environ.update(dict.fromkeys(HOME_VARIABLES, spec.folder))
    channel.program = spec.file
    exceptions = Exceptions(channel)
    redirect = Redirect(spec.bind_host, spec.bind_ports, spec.dial)
    watch_threads = _install_watchers(channel, redirect, exceptions)
    _give_terminal_size()
    main = _main_module(path)
    _forget_modules(spec.folder, boot_modules)
    if "threading" not in sys.modules:
        sys.meta_path.insert(0, LateFinder("threading", watch_threads))
    sys.argv[:] = [spec.file]
    _forget_command(spec.file)
    sys.path[0] = spec.folder
    channel.emit_at(("", 0), "Began", os.getpid())
    try:
        error = _execute(source, path, main)
        if error is None:
            return 0
        exceptions.emit(error, (spec.file, 1))
        print_uncaught(error)
    finally:
        channel.emit_at(("", 0), "MainEnded")
    if type(error) is KeyboardInterrupt:
        sys.excepthook = lambda *_: None  # it has been printed
        raise error  # the interpreter then ends itself as Ctrl+C does
    return 1


def _install_watchers(channel: Channel, redirect: Redirect, exceptions: Exceptions) -> Callable[[ModuleType], None]:
    """Watch all that the program may do; returns what watches the module threading once more."""
    socket_type.install(channel, redirect)
    descriptors.install(channel, socket_type.watch)
    watch_threads = threads.install(channel, exceptions.emit, exceptions.watch_threads)
    inputs.install(channel)
    exceptions.install()
    _watch_children(channel)
    return watch_threads


def _watch_children(channel: Channel) -> None:
    """Emit when the program makes a child process or becomes another; a forked child emits nothing."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=channel.mute)

    def audit(event: str, _: tuple[Any, ...]) -> None:
        if event in CHILD_EVENTS:
            channel.emit("Forked")
        elif event == "os.exec":
            channel.emit("Replaced")

    sys.addaudithook(audit)


def _give_terminal_size() -> None:
    """Answer os.get_terminal_size as a terminal of the usual size would: a program under the probe has none."""
    if not hasattr(os, "get_terminal_size"):
        return

    def size(call: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        try:
            return call(*args, **kwargs)
        except OSError:
            if args and args[0] not in (0, 1, 2):
                raise
            return os.terminal_size((80, 24))

    replace(os, "get_terminal_size", size)


def _execute(source: bytes, path: str, main: ModuleType) -> BaseException | None:
    """Run the student's file; return what it did not catch.

    Raises:
        SystemExit: the program called sys.exit or exit.
    """
    try:
        exec(compile_file(source, path), main.__dict__)  # noqa: S102 - the purpose of it all
    except SystemExit as error:
        error.__traceback__ = None
        raise
    except BaseException as error:  # noqa: BLE001 - what the interpreter itself does
        return error
    return None


def _read(path: str) -> bytes:
    with io.open_code(path) as file:
        return file.read()


def _main_module(path: str) -> ModuleType:
    """A fresh __main__, with what the interpreter puts into it."""
    main = ModuleType("__main__")
    loader = importlib.machinery.SourceFileLoader("__main__", path)
    own: dict[str, Any] = {"__annotations__": {}, "__builtins__": builtins, "__file__": path, "__cached__": None}
    main.__dict__.update(__loader__=loader, **own)  # in the order that globals() shows
    sys.modules["__main__"] = main
    return main


def _forget_command(program: str) -> None:
    """Forget the command that started the probe, as if it had been ``python program``."""
    sys.orig_argv[sys.orig_argv.index("-c") :] = [program]
    linecache = sys.modules.get("linecache")
    if linecache is not None:  # Python 3.13 keeps the command there, for the tracebacks of any "<string>"
        linecache.cache.pop("<string>", None)


def _forget_modules(folder: str, boot_modules: frozenset[str]) -> None:
    """Forget what the probe imported wherever a file of the student's would have been imported instead.

    A stray ``socket.py`` breaks a program for real, and must break it here too; and so must one that socket or
    threading import, which are then imported afresh, from the student's folder first. All else stays as it is.
    """
    entries = os.listdir(folder)
    own = {os.path.splitext(entry)[0] for entry in entries if entry.endswith(".py")}
    own |= {entry for entry in entries if os.path.isfile(os.path.join(folder, entry, "__init__.py"))}
    loaded = set(sys.modules) - boot_modules - set(sys.builtin_module_names)
    touched = imported.touched_by(own & loaded) if own & loaded else set()
    for name in list(sys.modules):
        first = name.partition(".")[0]
        stale = name in loaded and first in touched and (first in own or _is_python(sys.modules[name]))
        if stale or first == "grader":
            del sys.modules[name]


def _is_python(module: ModuleType) -> bool:
    """Whether a module is written in Python; a library that came as a zip holds it compiled."""
    return str(getattr(module, "__file__", "")).endswith((".py", ".pyc"))
