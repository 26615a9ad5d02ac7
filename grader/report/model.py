"""The report as data: what every renderer shows, and the contract's JSON is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from ..french import some
from ..transcript.place import Place

if TYPE_CHECKING:
    from ..diagnosis.exchange import Exchange

TODO = "a_faire"
"""The diagnosis of a program that has not been begun."""

MAX_SCORE = 20.0
"""What a submission may earn: the sum of the rubric, without importing it."""

AROUND = 2
"""Lines of code shown above and below the one to look at."""


class State(Enum):
    """How a check stands, as the student is told."""

    PASSED = "réussi"
    FAILED = "à réparer"
    WAITING = "en attente"
    TODO = "à faire"
    EXTRA = "pas encore"

    @property
    def sign(self) -> str:
        """What stands for it where there is little room; never its colour alone."""
        return {State.PASSED: "✔", State.FAILED: "✘"}.get(self, "○")


@dataclass(frozen=True)
class CodeLine:
    """A line of the student's own file, beside the one to look at, or that one (``blamed``)."""

    number: int
    text: str
    blamed: bool


@dataclass(frozen=True)
class CheckResult:
    """One line of the report; the fields down to ``location`` are the contract's.

    Attributes:
        id: the check.
        title: what it is about.
        status: ``passed``, ``failed`` or ``skipped``.
        points: earned.
        max_points: to be earned.
        message: what was expected and what happened.
        hint: the likely cause and how to go on; empty when passed.
        diagnosis: the mistake's slug, or None.
        location: the line to look at, or None.
        state: how it is shown: what only follows from the mistake of another check waits for it (``WAITING``).
        expected: what must be seen.
        seen: what was seen.
        cause: the likely cause, a sentence; may be empty.
        step: the one next step, a sentence.
        blocked: who waits where and for what, one sentence a thread, if the program hangs.
        excerpt: the lines around ``location``.
        exchange: the picture of what was said, or None.
        lesson: the heading of the subject to read again; empty for none.
        question: a nudge that gives less than ``step``; may be empty.
        asked: whether it was to be graded at all.
    """

    id: str
    title: str
    status: str
    points: float
    max_points: float
    message: str
    hint: str
    diagnosis: str | None
    location: Place | None
    state: State
    expected: str
    seen: str
    cause: str = ""
    step: str = ""
    blocked: tuple[str, ...] = ()
    excerpt: tuple[CodeLine, ...] = ()
    exchange: Exchange | None = None
    lesson: str = ""
    question: str = ""
    asked: bool = True

    @property
    def name(self) -> str:
        """Its title and its id, by which a test and a person can speak of it."""
        return f"{self.title} ({self.id})"

    @property
    def is_bonus(self) -> bool:
        """Whether it is shown beside the 20 points."""
        return self.id.startswith("bonus.")


@dataclass(frozen=True)
class Section:
    """A group of checks under one heading: those whose id begins with ``prefix``."""

    prefix: str
    title: str

    @property
    def short(self) -> str:
        """Its name where there is little room: « etape1.py », « les deux ensemble », « Bonus »."""
        return self.title.partition(" · ")[2] or self.title


@dataclass(frozen=True)
class Standing:
    """How a section stands.

    Attributes:
        section: which one.
        checks: its checks, in the order of the rubric.
    """

    section: Section
    checks: tuple[CheckResult, ...]

    @property
    def points(self) -> float:
        """Earned."""
        return sum(check.points for check in self.checks)

    @property
    def max_points(self) -> float:
        """To be earned."""
        return sum(check.max_points for check in self.checks)

    @property
    def asked(self) -> bool:
        """Whether any of it was to be graded."""
        return any(check.asked for check in self.checks)


SECTIONS = (
    Section("etape1.", "Étape 1 · etape1.py"),
    Section("serveur.", "Étape 2 · serveur.py"),
    Section("client.", "Étape 2 · client.py"),
    Section("duo.", "Étape 2 · les deux ensemble"),
    Section("bonus.", "Bonus"),
)


def section_of(check_id: str) -> Section | None:
    """The section of a check."""
    return next((one for one in SECTIONS if check_id.startswith(one.prefix)), None)


DONE = "Essaie maintenant sur deux machines (le sujet dit comment), puis rends ton travail : python -m grader rendre"

MOST_NEWS = 3
"""Checks that are named of those which changed alike."""

UNSAVED = "Aucun fichier n'a changé depuis l'essai d'avant : as-tu enregistré (Ctrl+S) ?"

LEFT_OUT = "pas notée cette fois"
"""What is said of a section that was not asked for."""


@dataclass(frozen=True)
class LastRun:
    """What is known of the run before, on the same folder.

    Attributes:
        passed: the ids of the checks that passed.
        digest: of the files that were graded; empty where nobody is to be asked whether they were saved.
    """

    passed: frozenset[str]
    digest: str = ""


@dataclass(frozen=True)
class Report:
    """A graded submission; ``build`` has escaped every text in it but two.

    Attributes:
        submission: the folder's name.
        folder: the folder's path as it was given, for paths that can be clicked; empty where unknown. Not
            escaped: it is a way to the folder, too.
        remarks: French sentences on the folder itself.
        score: earned of max_score.
        max_score: 20.
        bonus: earned beside them.
        duration_s: how long the grading took.
        checks: all of them, in the order of the rubric.
        complete: whether every point that was asked for is there.
        first: the id of the check to repair first; empty where nothing is to be repaired.
        gained: the ids of the checks that pass now and did not at the last run.
        lost: the ids of those that passed at the last run and do not now.
        isolation: the level that the programs ran under; empty where they did not run. Not escaped.
        suspect: what an instructor should look at, each a stable slug and a French sentence.
        following: what to do after the one step that was asked for, a sentence; empty where both were.
        digest: differs where any file of the submission does.
        unsaved: whether no file has changed since the last run, although something is to be repaired.
    """

    submission: str
    folder: str
    remarks: tuple[str, ...]
    score: float
    max_score: float
    bonus: float
    duration_s: float
    checks: tuple[CheckResult, ...]
    complete: bool
    first: str = ""
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    isolation: str = ""
    suspect: tuple[tuple[str, str], ...] = ()
    following: str = ""
    digest: str = ""
    unsaved: bool = False

    def check(self, check_id: str) -> CheckResult | None:
        """A line of the report."""
        return next((check for check in self.checks if check.id == check_id), None)

    def first_failure(self) -> CheckResult | None:
        """The check to repair first, if any."""
        return self.check(self.first)

    def also_failed(self) -> list[CheckResult]:
        """What is to be repaired besides, and does not only follow from something else."""
        failed = [check for check in self.checks if check.status == "failed" and check.id != self.first]
        return [check for check in failed if check.state is not State.WAITING]

    def lead(self) -> str:
        """What the check to repair first is called."""
        first = self.first_failure()
        if self.complete:
            return "Pour aller plus loin"
        return "Par où commencer" if first is not None and first.state is State.TODO else "À réparer d'abord"

    def changed(self) -> Iterator[tuple[bool, list[CheckResult]]]:
        """What changed since the last run: whether to the better, and which checks."""
        for better, ids in ((True, self.gained), (False, self.lost)):
            checks = [check for check in map(self.check, ids) if check is not None]
            if checks:
                yield better, checks

    def news(self) -> Iterator[tuple[bool, str]]:
        """The same with a sentence without its end."""
        for better, checks in self.changed():
            words = "Mieux que la dernière fois" if better else "Passait la dernière fois"
            yield better, f"{words} : {some([check.name for check in checks], MOST_NEWS)}"

    def praise(self) -> tuple[str, str]:
        """What is said when no point is missing, and what comes next."""
        if self.score >= self.max_score:
            return "Bravo, tu as tous les points !", DONE
        return "Bravo, tu as tous les points de cette étape !", self.following

    def not_asked(self) -> list[str]:
        """The ids of the checks of the step that was not asked for."""
        return [check.id for check in self.checks if not check.asked and not check.is_bonus]

    def sections(self) -> list[Standing]:
        """How each section stands."""
        return [Standing(one, tuple(c for c in self.checks if c.id.startswith(one.prefix))) for one in SECTIONS]
