"""Keeps all that a grading has seen as a text, from which it can be judged again."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass

from .errors import UsageError
from .submission import Remark, Submission, parse_submission
from .transcript.codec import BadFactError
from .transcript.record import Transcript, dumps, loads

NO_TRANSCRIPT = "Ce fichier n'est pas un transcript de ChatPy ({error})."


@dataclass(frozen=True)
class Story:
    """All that a grading has seen.

    Attributes:
        submission: what was graded.
        transcript: what was seen.
        duration_s: how long that took.
        isolation: the level that the programs ran under.
        own: whether it is the solution itself, which cannot be a copy of it.
    """

    submission: Submission
    transcript: Transcript
    duration_s: float
    isolation: str
    own: bool

    def text(self) -> str:
        """The story in the form in which it is kept; of the submission, the lines that explanations quote."""
        submission = self.submission
        sources = {path: data.decode("latin-1") for path, data in submission.files.items() if path.endswith(".py")}
        head = {
            "name": submission.name,
            "remarks": [[remark.text, remark.kind, remark.about] for remark in submission.remarks],
            "files": sources,
            "duration_s": self.duration_s,
            "isolation": self.isolation,
            "solution": self.own,
        }
        return json.dumps(head) + "\n" + dumps(self.transcript)


def renamed(text: str, name: str) -> str:
    """A kept story, for somebody who has handed in the very same files.

    Raises:
        UsageError: the text is something else.
    """
    head, _, rest = text.partition("\n")
    try:
        return json.dumps(json.loads(head) | {"name": name}) + "\n" + rest
    except (ValueError, TypeError, RecursionError) as error:
        raise UsageError(NO_TRANSCRIPT.format(error=error)) from error


def read_story(text: str) -> Story:
    """A kept story; a bug in what judges it must not look as if this were no transcript.

    Raises:
        UsageError: the text is something else.
    """
    try:
        head, _, rest = text.partition("\n")
        kept = json.loads(head)
        files = {str(path): source.encode("latin-1") for path, source in kept["files"].items()}
        submission = parse_submission(str(kept["name"]), files, tuple(map(_remark, kept["remarks"])))
        duration_s = float(kept["duration_s"])
        if not 0 <= duration_s < math.inf:
            raise ValueError(f"duration_s cannot be {duration_s}")
        isolation, own = str(kept["isolation"]), kept.get("solution") is True
        return Story(submission, loads(rest), duration_s, isolation, own=own)
    except (BadFactError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise UsageError(NO_TRANSCRIPT.format(error=error)) from error


def _remark(kept: object) -> Remark:
    """A remark as it is written; those of before are their sentence alone."""
    return Remark(*map(str, kept)) if isinstance(kept, list) else Remark(str(kept))
