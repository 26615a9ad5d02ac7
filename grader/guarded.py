"""What a command does about its own failures: one sentence in French, and the exit status that goes with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from .errors import ExitStatus, GraderError, UsageError


def guarded(work: Callable[[], int]) -> int:
    """Do the work of a command, and return its exit status; what it raises is told on standard error.

    Raises:
        MemoryError: the caller says so with what little is left.
        KeyboardInterrupt: the caller tidies up.
    """
    try:
        return work()
    except UsageError as error:
        _tell(str(error))
        return ExitStatus.USAGE
    except GraderError as error:
        _tell(f"Le grader n'a pas pu faire son travail : {error}")
        return ExitStatus.GRADER_ERROR
    except MemoryError:
        raise
    except BrokenPipeError:
        # Whoever read the output has gone (`| head`): Python would complain once more while it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitStatus.POINTS_MISSING
    except Exception:  # noqa: BLE001 - a failure of ours must never look like the student's
        import traceback  # 4 ms that only a bug of ours is worth

        print(*map(_visible, traceback.format_exc().splitlines()), sep="\n", file=sys.stderr)
        print("Le grader est tombé en panne : ce n'est pas ta faute. Montre ce texte à ton encadrant.", file=sys.stderr)
        return ExitStatus.GRADER_ERROR


def free_output_encoding() -> None:
    """Never fail on a character that the console does not have: show one that looks like it."""
    from .report.console import register_lookalikes

    handler = register_lookalikes()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=handler)
    if sys.stdout is not None and not sys.stdout.isatty() and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")  # a file or a pipe: the contract's JSON is UTF-8


def _tell(sentence: str) -> None:
    """Say why, in one line; at a terminal, in lines that break between words."""
    from .report.console import filled

    text = _visible(sentence)
    print(filled(text) if sys.stderr.isatty() else text, file=sys.stderr)


def _visible(text: str) -> str:
    from .escape import escape  # only a failure needs it here

    return escape(text)
