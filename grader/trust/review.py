"""Says which verdicts stand: only what the operating system cannot have done takes points.

Words that are missing from a source, a channel that was closed or written to: such things may have an honest reason, so
they are for the instructor's eye, and take nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..checks.verdict import Status, Verdict, failed
from ..submission import Submission
from ..transcript.record import Transcript
from .copies import copies
from .source import against_source
from .suspicion import Suspicion
from .system import against_system


def review(
    verdicts: dict[str, Verdict], transcript: Transcript, submission: Submission, solution: Mapping[str, bytes]
) -> tuple[dict[str, Verdict], tuple[Suspicion, ...]]:
    """The verdicts that stand, and what is suspicious.

    Args:
        verdicts: what the checks say, by their ids.
        transcript: what was seen.
        submission: what was graded.
        solution: the programs of the solution by name, which nobody may copy; empty for the solution itself.
    """
    passed = {check for check, verdict in verdicts.items() if verdict.status is Status.PASSED}
    found = (
        *against_system(transcript),
        *against_source(passed, transcript, submission),
        *copies(passed, submission, solution),
    )
    voided = {check: one for one in found for check in one.checks if check in passed}
    kept = {
        check: failed(voided[check].message, "temoignage_faux") if check in voided else verdict
        for check, verdict in verdicts.items()
    }
    return kept, found
