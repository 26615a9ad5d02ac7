"""Does work on a stranger's text in a child process that may take only so much memory, processor and time."""

from __future__ import annotations

import _thread
import os
import pickle
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeVar

from ..errors import BrokenError, GraderError, UsageError
from ..limits import Limits

T = TypeVar("T")

CHUNK_BYTES = 1 << 16
"""Of one reading: what a pipe holds on Linux (pipe(7))."""

SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
"""What the grader tidies up for; the child has nothing to tidy up, and must not do its parent's."""

TOO_HEAVY = (
    "juger le texte de ce rendu demande plus de mémoire ou de temps que je n'en prends. "
    "Ce n'est pas une faute, et cela ne retire aucun point : montre ce rendu à ton encadrant."
)
NO_CHILD = "le système refuse un processus de plus. Ce n'est pas ta faute : ferme des programmes, puis relance-moi."


def limited(work: Callable[[], T], limits: Limits) -> T:
    """What ``work`` returns, done in a child of this process.

    The child may do no more than parse and compare, so what it answers is trusted; it may only fail to answer. Where
    there is no fork (Windows), and where this process has threads, whose locks a child would inherit locked
    (--suivre: there the text is one's own), the work is done in this process, without limits.

    Raises:
        UsageError: as ``work`` does.
        GraderError: as ``work`` does; or the limits were reached; or there is no process to be had.
        BrokenError: ``work`` has raised something else, in the child.
    """
    if not hasattr(os, "fork") or _thread._count() > 0:  # noqa: SLF001 - threading.active_count needs an import
        return work()
    answer: T = _opened(_answer_of_child(work, limits))
    return answer


def _answer_of_child(work: Callable[[], object], limits: Limits) -> bytes:
    """What a child writes that does the work; it is gone when this returns.

    Raises:
        GraderError: there is no process to be had.
    """
    ours, theirs = os.pipe()
    pid = 0
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)  # none may come before the child is one that it may end
    try:
        pid = _fork(limits)
        if pid == 0:
            _answer(work, theirs, limits, before)
        os.close(theirs)
        theirs = -1
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return _read(ours, time.monotonic() + limits.judging_s, limits.judgement_bytes)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for fd in {ours, theirs} - {-1}:
            os.close(fd)
        if pid:
            os.kill(pid, signal.SIGKILL)  # its number is its own until it is waited for, ended or not
            os.waitpid(pid, 0)


def _fork(limits: Limits) -> int:
    """fork(2), tried for a while: programs that have just ended still count as processes until somebody has noticed.

    Raises:
        GraderError: there is no process to be had.
    """
    deadline_s = time.monotonic() + limits.end_patience_s
    while True:
        try:
            return os.fork()
        except OSError as error:
            if time.monotonic() > deadline_s:
                raise GraderError(NO_CHILD) from error
        select.select([], [], [], limits.fork_pause_s)


def _answer(work: Callable[[], object], out: int, limits: Limits, mask: Iterable[int]) -> NoReturn:
    """The child: does the work, writes what came of it, and is gone; nothing of its parent's is run or flushed."""
    try:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        _confine(limits)
        data = _outcome(work)
        while data:
            data = data[os.write(out, data) :]
    finally:
        os._exit(0)  # what was not written is missed


def _outcome(work: Callable[[], object]) -> bytes:
    """What came of the work: None and what it returns, or a kind of exception and its message."""
    try:
        return pickle.dumps((None, work()), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return pickle.dumps((GraderError, TOO_HEAVY))
    except (UsageError, GraderError) as error:
        return pickle.dumps((type(error), str(error)))
    except Exception:  # noqa: BLE001 - told by the parent, with this traceback
        return pickle.dumps((BrokenError, traceback.format_exc()))


def _confine(limits: Limits) -> None:
    """Take away what this process may not use: setrlimit(2). macOS does not hold anybody to RLIMIT_AS."""
    import resource  # POSIX only

    wanted = {resource.RLIMIT_CPU: limits.judging_cpu_s, resource.RLIMIT_CORE: 0}
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as file:
            wanted[resource.RLIMIT_AS] = int(file.read().split()[0]) * resource.getpagesize() + limits.judging_bytes
    for which, most in wanted.items():
        bounds = [bound for bound in resource.getrlimit(which) if bound != resource.RLIM_INFINITY]
        resource.setrlimit(which, (min([most, *bounds]),) * 2)


def _read(fd: int, deadline_s: float, most_bytes: int) -> bytes:
    """What the child writes until it is done; less than all of it where it takes too long or writes too much."""
    data = bytearray()
    while len(data) <= most_bytes and select.select([fd], [], [], max(deadline_s - time.monotonic(), 0.0))[0]:
        chunk = os.read(fd, CHUNK_BYTES)
        if not chunk:
            break
        data += chunk
    return bytes(data)


def _opened(data: bytes) -> Any:
    """What the child has answered.

    Raises:
        UsageError, GraderError, BrokenError: see ``limited``.
    """
    try:
        kind, value = pickle.loads(data)  # noqa: S301 - written by our own code in our own child
    except (EOFError, pickle.UnpicklingError) as error:
        raise GraderError(TOO_HEAVY) from error
    if kind is not None:
        raise kind(value)
    return value
