"""One job: a submission's files go in, its result and what was seen come out; each is done in a process of its own."""

from __future__ import annotations

import base64
import json
import os
import platform
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import __version__
from .model import State
from .packing import files_of, texts_of

if TYPE_CHECKING:
    from ..harness.launcher import Launcher
    from ..report.model import Report

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

BOTH = ("etape1", "chat")

LIMIT_S = 900.0
"""Of a job by the wall's clock: a grading gives up by itself long before, see Limits.overload_s."""

STOP_S = 10.0
"""For a process that was told to end: it ends its programs and removes its folders."""

MAX_TRANSCRIPT_BYTES = 20_000_000
"""Of what was seen, packed: a chat has 20 kB. What is longer is not kept; the result is."""

MAX_WORDS = 2000
"""Characters of the end of what a failing process has said."""

CRASHED = "le correcteur est tombé en panne sur ce rendu : ce n'est pas la faute de l'élève."
LOST = "le processus qui notait ce rendu a été arrêté par le système ({how}) : ce n'est pas la faute de l'élève."
TOO_LONG = "la machine était trop chargée pour noter ce rendu : relance la commande."


@dataclass(frozen=True)
class Outcome:
    """What came of a job.

    Attributes:
        state: what the submission is.
        why: why nothing was graded, a French sentence; empty where it was.
        result: the contract's result; empty where nothing was graded.
        first: the id of the check to repair first; empty where nothing is.
        shapes: see ``pairs``.
        transcript: what was seen, packed; None where nothing was.
        page: the report for the student; None where there is none.
        version: the grader's.
        python: the Python that graded.
        detail: what a failing process has said, in English; for whoever mends the grader.
    """

    state: State
    why: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    first: str = ""
    shapes: dict[str, str] = field(default_factory=dict)
    transcript: bytes | None = None
    page: str | None = None
    version: str = __version__
    python: str = ""
    detail: str = ""


def order(pseudo: str, files: dict[str, bytes], isolation: str) -> bytes:
    """What a job is given."""
    return json.dumps({"pseudo": pseudo, "files": texts_of(files), "isolation": isolation}).encode("ascii")


def order_again(pseudo: str, transcript: bytes) -> bytes:
    """What a job is given that judges what was seen of the very same files, under another pseudonym.

    Args:
        pseudo: whose files they are, too.
        transcript: what was seen, packed.
    """
    seen = base64.b64encode(transcript).decode("ascii")
    return json.dumps({"pseudo": pseudo, "transcript": seen}).encode("ascii")


def run(ordered: bytes) -> bytes:
    """Do a job in a new process, which nobody else uses; this is what an executor is given.

    Whatever happens to the process, there is an outcome.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", __name__],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,  # what a program does to its own group does not reach whoever waits here
    )
    with _LOCK:
        _RUNNING.add(process)
    try:
        output, words = process.communicate(ordered, LIMIT_S)
    except subprocess.TimeoutExpired:
        _end(process)
        return _written(Outcome(State.FAILED, TOO_LONG))
    except BaseException:
        _end(process)
        raise
    finally:
        with _LOCK:
            _RUNNING.discard(process)
    if process.returncode == 0 and output:
        return output
    how = f"signal {-process.returncode}" if process.returncode < 0 else f"code {process.returncode}"
    detail = words.decode("utf-8", "replace")[-MAX_WORDS:]
    return _written(Outcome(State.FAILED, LOST.format(how=how), detail=detail))


def why_not(isolation: str) -> str:
    """Why programs cannot be shut in like this on this machine, a French sentence; empty where they can."""
    from ..errors import UsageError
    from ..harness.launcher import best_launcher

    try:
        best_launcher(isolation).close()
    except UsageError as error:
        return str(error)
    return ""


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


def outcome_of(data: bytes) -> Outcome:
    """An outcome from what a job has written."""
    found = json.loads(data)
    transcript = found.pop("transcript")
    return Outcome(
        **found | {"state": State(found["state"])},
        transcript=None if transcript is None else base64.b64decode(transcript),
    )


def _written(outcome: Outcome) -> bytes:
    transcript = None if outcome.transcript is None else base64.b64encode(outcome.transcript).decode("ascii")
    return json.dumps(vars(outcome) | {"state": outcome.state.value, "transcript": transcript}).encode("ascii")


def _graded(ordered: dict[str, Any], launchers: list[Launcher]) -> Outcome:
    """Grade what was ordered."""
    from ..harness.launcher import best_launcher

    launchers.append(best_launcher(ordered["isolation"]))
    from .. import grading  # the launcher takes as long to get ready as this to be imported

    files = files_of(ordered["files"])
    report, transcript = grading.grade_files(ordered["pseudo"], files, BOTH, launchers[0])
    return _outcome(report, transcript, files)


def _judged_again(ordered: dict[str, Any]) -> Outcome:
    """Judge what was seen of the same files."""
    from .. import grading
    from .results import unpacked

    transcript = grading.renamed(unpacked(base64.b64decode(ordered["transcript"])), ordered["pseudo"])
    return _outcome(grading.judge_again(transcript), transcript, {})


def _outcome(report: Report, transcript: str, files: dict[str, bytes]) -> Outcome:
    """What is kept of a grading."""
    from ..report.html import to_html
    from ..report.json_report import to_json
    from .pairs import shapes, skeleton
    from .results import packed

    kept = packed(transcript)
    return Outcome(
        State.BLANK if is_blank(report) else State.GRADED,
        result=json.loads(to_json(report)),
        first=report.first,
        shapes=shapes(files, skeleton()),
        transcript=kept if len(kept) <= MAX_TRANSCRIPT_BYTES else None,
        page=to_html(report),
        python=platform.python_version(),
    )


def is_blank(report: Report) -> bool:
    """Whether nothing was begun: every program that is there is as blank as the skeleton's."""
    from ..report.model import State as Shown

    begun = (Shown.PASSED, Shown.FAILED)
    return not any(check.state in begun and check.diagnosis != ABSENT for check in report.checks)


ABSENT = "fichier_absent"
"""The diagnosis of a program that is not there."""


def _work(launchers: list[Launcher]) -> int:
    """Read the order, grade, write the outcome."""
    from ..errors import BrokenError, GraderError, UsageError

    ordered = json.loads(sys.stdin.buffer.read())
    try:
        outcome = _judged_again(ordered) if "transcript" in ordered else _graded(ordered, launchers)
    except (UsageError, GraderError) as error:
        outcome = Outcome(State.FAILED, str(error))
    except BrokenError as error:
        outcome = Outcome(State.FAILED, CRASHED, detail=str(error)[-MAX_WORDS:])
    sys.stdout.buffer.write(_written(outcome))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    from grader.__main__ import open_standard_streams, supervised

    open_standard_streams()
    sys.exit(supervised(_work))
