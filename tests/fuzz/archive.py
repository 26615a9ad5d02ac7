"""What a run leaves in its folder: a line for each case, the findings, and the mutants that got all points.

results-SEED.jsonl     one JSON object a case; an interrupted run goes on behind its last line
findings-SEED/         one folder a finding: the file, and what is wrong
full-marks-SEED/       the diff of each mutant with 20 points, in equivalent/ or look/, and the mutant
full-marks-SEED.txt    those of look/, grouped: the same change once, with how often it came
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .cases import Case, make
from .likeness import hunks
from .outcome import EQUIVALENT, LOOK, Outcome


@dataclass
class Change:
    """One changed place, wherever it came.

    Attributes:
        alone: the mutants that differ in nothing else.
        along: the mutants that differ elsewhere too.
        files: where it came.
    """

    alone: list[str] = field(default_factory=list)
    along: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)


class Archive:
    """The folder of a run.

    Args:
        folder: it may be there already; several seeds can share it.
        seed: of the run.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        self._results = folder / f"results-{seed}.jsonl"
        folder.mkdir(parents=True, exist_ok=True)
        self.outcomes = {outcome.name: outcome for outcome in self._read()}

    def add(self, case: Case, outcome: Outcome) -> None:
        """Keep an outcome."""
        self.outcomes[outcome.name] = outcome
        if outcome.problems:
            self._write(case, outcome, f"findings-{self._seed}", "problems.txt", "\n".join(outcome.problems))
        if outcome.full:
            self._write(case, outcome, f"full-marks-{self._seed}/{outcome.full}", "mutant.diff", outcome.diff)
        with self._results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(outcome), ensure_ascii=True) + "\n")

    def findings(self) -> list[Outcome]:
        """Where the grader did something wrong."""
        return _sorted(outcome for outcome in self.outcomes.values() if outcome.problems)

    def full_marks(self, kind: str) -> list[Outcome]:
        """The mutants with 20 points."""
        return _sorted(outcome for outcome in self.outcomes.values() if outcome.full == kind)

    def write_changes(self) -> str:
        """Write what a person is to look at; returns it."""
        changes: dict[str, Change] = defaultdict(Change)
        for outcome in self.full_marks(LOOK):
            parts = hunks(outcome.diff) or ["no difference but the layout"]
            for hunk in parts:
                change = changes[hunk]
                change.files.add(outcome.file)
                (change.alone if len(parts) == 1 else change.along).append(outcome.name)
        # What got all points by itself first: the rest may only have come along with it.
        ordered = sorted(changes.items(), key=lambda item: (not item[1].alone, -len(item[1].alone), item[0]))
        text = "\n".join(_entry(hunk, change) for hunk, change in ordered)
        (self._folder / f"full-marks-{self._seed}.txt").write_text(text, encoding="utf-8")
        return text

    def summary(self) -> str:
        """A line."""
        times_s = [outcome.duration_s for outcome in self.outcomes.values()] or [0.0]
        return (
            f"{len(self.outcomes)} graded, {sum(times_s) / len(times_s):.2f} s each, {max(times_s):.1f} s at most: "
            f"{len(self.findings())} findings, {len(self.full_marks(EQUIVALENT))} equivalent to the reference, "
            f"{len(self.full_marks(LOOK))} others with 20 points"
        )

    def _read(self) -> list[Outcome]:
        """What an earlier run has done; its last line may be torn."""
        if not self._results.exists():
            return []
        data = self._results.read_bytes()
        whole, _, torn = data.rpartition(b"\n")
        if torn:
            self._results.write_bytes(whole + b"\n" if whole else b"")
        return [_outcome(line) for line in whole.decode("utf-8").splitlines()]

    def _write(self, case: Case, outcome: Outcome, group: str, name: str, text: str) -> None:
        folder = self._folder / group / case.name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / outcome.file).write_bytes(make(case).content)
        head = f"seed {case.seed}, {case.name}, {outcome.how}, {outcome.file}, score {outcome.score}\n\n"
        (folder / name).write_text(head + text + "\n", encoding="utf-8", errors="backslashreplace")


def _outcome(line: str) -> Outcome:
    values = json.loads(line)
    return Outcome(**values | {"passed": tuple(values["passed"]), "problems": tuple(values["problems"])})


def _sorted(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return sorted(outcomes, key=lambda outcome: outcome.name)


def _entry(hunk: str, change: Change) -> str:
    names = [*change.alone, *change.along]
    head = f"== alone {len(change.alone)}, with other changes {len(change.along)}: {', '.join(sorted(change.files))}"
    return f"{head} ({', '.join(names[:5])}{', …' if len(names) > 5 else ''})\n{hunk}\n"
