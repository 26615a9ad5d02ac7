"""Does each job in a process of its own: whatever becomes of that process, there is an outcome."""

from __future__ import annotations

import subprocess
import sys
import threading

from ..files import ROOT
from .bounds import JOB_S, LAST_WORDS, STOP_S
from .job import Outcome, written
from .state import State

COMMAND = "import sys; from grader.club.job import main; sys.exit(main())"
"""What a job's interpreter runs, in the project's folder."""

LOST = "le processus qui notait ce rendu a été arrêté par le système ({how}) : ce n'est pas la faute de l'élève."
TOO_LONG = "la machine était trop chargée pour noter ce rendu : relance la commande."


def run(ordered: bytes) -> bytes:
    """Do a job in a new process, which nobody else uses; this is what an executor is given.

    Whatever happens to the process, there is an outcome.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # what a program does to its own group does not reach whoever waits here
    )
    with _LOCK:
        _RUNNING.add(process)
    try:
        output, words = process.communicate(ordered, JOB_S)
    except subprocess.TimeoutExpired:
        _end(process)
        return written(Outcome(State.FAILED, TOO_LONG))
    except BaseException:
        _end(process)
        raise
    finally:
        with _LOCK:
            _RUNNING.discard(process)
    if process.returncode == 0 and output:
        return output
    how = f"signal {-process.returncode}" if process.returncode < 0 else f"code {process.returncode}"
    detail = words.decode("utf-8", "replace")[-LAST_WORDS:]
    return written(Outcome(State.FAILED, LOST.format(how=how), detail=detail))


_LOCK = threading.Lock()
_RUNNING: set[subprocess.Popen[bytes]] = set()
"""The processes of jobs that are being done, by threads of an executor."""


def stop_all() -> None:
    """End every job that is being done; each ends its programs and removes its folders first."""
    with _LOCK:
        running = list(_RUNNING)
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.communicate(timeout=STOP_S)
    except (subprocess.TimeoutExpired, ValueError):
        process.kill()
        process.communicate()
