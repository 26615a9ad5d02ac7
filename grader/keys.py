"""Reads single keys from the keyboard, without Enter, while something else goes on."""

from __future__ import annotations

import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

if sys.platform == "win32":
    import _thread
    import msvcrt
else:
    import select
    import termios
    import tty

from .limits import KEY_LOOK_S, KEYS_BYTES

ESCAPES = re.compile("\x1b(?:[O\\[][0-9;]*)?.?", re.DOTALL)
"""What a terminal gives for a key that is no character, such as an arrow; some of them end in a letter."""

INTERRUPT = "\x03"
"""Ctrl+C, where a Windows console gives it as a key."""

PREFIXES = ("\x00", "\xe0")
"""What a Windows console gives before the code of such a key."""


@contextmanager
def single_keys(on_key: Callable[[str], None]) -> Iterator[bool]:
    """Give each key to ``on_key``, from a thread of its own, until the block ends.

    Yields whether there are keys to come: there are none where the standard input is no terminal, or is somebody
    else's at the moment. The terminal is afterwards as it was before, however the block ends.
    """
    if not _is_ours():
        yield False
    elif sys.platform == "win32":
        stop = threading.Event()
        thread = threading.Thread(target=_read_console, args=(on_key, stop), daemon=True)
        thread.start()
        try:
            yield True
        finally:
            stop.set()
            thread.join()
    else:
        fd = sys.stdin.fileno()
        before = termios.tcgetattr(fd)
        end_read, end_write = os.pipe()
        thread = threading.Thread(target=_read_terminal, args=(on_key, fd, end_read), daemon=True)
        try:
            tty.setcbreak(fd, termios.TCSANOW)  # keys come at once and unseen; Ctrl+C still interrupts
            thread.start()
            yield True
        finally:
            try:
                termios.tcsetattr(fd, termios.TCSANOW, before)
            except termios.error:
                pass  # its window has been closed
            os.close(end_write)
            if thread.is_alive():
                thread.join()
            os.close(end_read)


def _is_ours() -> bool:
    """Whether somebody types for this process; a job in the background that reads is stopped by the system."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:
        return True  # it has no jobs


if sys.platform == "win32":

    def _read_console(on_key: Callable[[str], None], stop: threading.Event) -> None:
        """Read keys until told to stop."""
        while not stop.wait(KEY_LOOK_S):
            while msvcrt.kbhit():
                key = msvcrt.getwch()
                if key in PREFIXES:
                    msvcrt.getwch()
                elif key == INTERRUPT:
                    _thread.interrupt_main()
                else:
                    on_key(key)

else:

    def _read_terminal(on_key: Callable[[str], None], fd: int, end_fd: int) -> None:
        """Read keys until the other end of ``end_fd`` is closed."""
        while True:
            readable, _, _ = select.select([fd, end_fd], [], [])
            if end_fd in readable:
                return
            try:
                typed = os.read(fd, KEYS_BYTES).decode("utf-8", "replace")
            except OSError:
                return  # its window has been closed
            if not typed:
                return
            for key in ESCAPES.sub("", typed):
                on_key(key)
