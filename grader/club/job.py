"""One job: a submission's files go in, its result and what was seen come out; each is done in a process of its own."""

from __future__ import annotations

import json
import sys
from binascii import a2b_base64, b2a_base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import __version__
from .bounds import LAST_WORDS, MAX_PACKED_BYTES
from .packing import files_of, packed, texts_of, unpacked
from .state import State

if TYPE_CHECKING:
    from ..harness.launcher import Launcher
    from ..report.model import Report

BOTH = ("etape1", "chat")

CRASHED = "le correcteur est tombé en panne sur ce rendu : ce n'est pas la faute de l'élève."


@dataclass(frozen=True)
class Outcome:
    """What came of a job.

    Attributes:
        state: what the submission is.
        why: why nothing was graded, a French sentence; empty where it was.
        result: the contract's result; empty where nothing was graded.
        first: the id of the check to repair first; empty where nothing is.
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
    seen = b2a_base64(transcript, newline=False).decode("ascii")
    return json.dumps({"pseudo": pseudo, "transcript": seen}).encode("ascii")


def why_not(isolation: str) -> str:
    """Why programs cannot be shut in like this on this machine, a French sentence; empty where they can."""
    from ..errors import UsageError
    from ..harness.launcher import best_launcher

    try:
        best_launcher(isolation).close()
    except UsageError as error:
        return str(error)
    return ""


def outcome_of(data: bytes) -> Outcome:
    """An outcome from what a job has written."""
    found = json.loads(data)
    transcript = found.pop("transcript")
    return Outcome(
        **found | {"state": State(found["state"])},
        transcript=None if transcript is None else a2b_base64(transcript),
    )


def written(outcome: Outcome) -> bytes:
    """An outcome in the form in which a job hands it over."""
    transcript = None if outcome.transcript is None else b2a_base64(outcome.transcript, newline=False).decode("ascii")
    return json.dumps(vars(outcome) | {"state": outcome.state.value, "transcript": transcript}).encode("ascii")


def _graded(ordered: dict[str, Any], launchers: list[Launcher]) -> Outcome:
    """Grade what was ordered."""
    from ..harness.launcher import best_launcher

    launchers.append(best_launcher(ordered["isolation"]))
    from .. import grading  # the launcher takes as long to get ready as this to be imported

    files = files_of(ordered["files"])
    report, transcript = grading.grade_files(ordered["pseudo"], files, BOTH, launchers[0])
    return _outcome(report, transcript)


def _judged_again(ordered: dict[str, Any]) -> Outcome:
    """Judge what was seen of the same files."""
    from .. import grading
    from ..story import renamed

    transcript = renamed(unpacked(a2b_base64(ordered["transcript"])), ordered["pseudo"])
    return _outcome(grading.judge_again(transcript), transcript)


def _outcome(report: Report, transcript: str) -> Outcome:
    """What is kept of a grading."""
    from ..report.html import to_html
    from ..report.json_report import to_json

    kept = packed(transcript)
    return Outcome(
        State.BLANK if is_blank(report) else State.GRADED,
        result=json.loads(to_json(report)),
        first=report.first,
        transcript=kept if len(kept) <= MAX_PACKED_BYTES else None,
        page=to_html(report),
        python=".".join(map(str, sys.version_info[:3])),
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
        outcome = Outcome(State.FAILED, CRASHED, detail=str(error)[-LAST_WORDS:])
    sys.stdout.buffer.write(written(outcome))
    sys.stdout.buffer.flush()
    return 0


def main() -> int:
    """Do the job that is ordered on standard input; its outcome goes to standard output."""
    from ..__main__ import open_standard_streams, supervised

    open_standard_streams()
    return supervised(_work)
