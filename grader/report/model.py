"""The report as data: what every renderer shows, and the contract's JSON is made of."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from ..checks.rubric import MAX_POINTS, RUBRIC, Row, score
from ..checks.verdict import Status, Verdict
from ..escape import MAX_CHARACTERS, escape, escaped
from ..french import of_file, with_file
from ..submission import BLANK, PROGRAMS, Submission
from ..transcript.place import Place

if TYPE_CHECKING:
    from ..diagnosis.exchange import Exchange
    from ..diagnosis.explanation import Explanation

TODO = "a_faire"
"""The diagnosis of a program that has not been begun."""

AROUND = 2
"""Lines of code shown above and below the one to look at."""

MAX_CODE = 300
"""Characters of a line of code that are shown at most."""

TAB = "→   "
"""A tab among lines that begin with spaces."""


class State(Enum):
    """How a check stands, as the student is told."""

    PASSED = "réussi"
    FAILED = "à réparer"
    WAITING = "en attente"
    TODO = "à faire"
    EXTRA = "pas encore"


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
    def is_bonus(self) -> bool:
        """Whether it is shown beside the 20 points."""
        return self.id.startswith("bonus.")


@dataclass(frozen=True)
class Section:
    """A group of checks under one heading: those whose id begins with ``prefix``."""

    prefix: str
    title: str


SECTIONS = (
    Section("etape1.", "Étape 1 · etape1.py"),
    Section("serveur.", "Étape 2 · serveur.py"),
    Section("client.", "Étape 2 · client.py"),
    Section("duo.", "Étape 2 · les deux ensemble"),
    Section("bonus.", "Bonus"),
)


DONE = "Essaie maintenant sur deux machines (le sujet dit comment), puis rends ton travail : python -m grader rendre"

UNSAVED = "Aucun fichier n'a changé depuis l'essai d'avant : as-tu enregistré (Ctrl+S) ?"

LEFT_OUT = "pas notée cette fois"
"""What is said of a section that was not asked for."""

OTHERS = {"etape1": ("Il reste l'Étape 1", PROGRAMS[:1]), "chat": ("Maintenant, l'Étape 2", PROGRAMS[1:])}
"""How the part that was not asked for is announced, and its programs."""


KNOWN = "Tout le reste marchait déjà : tape python -m grader pour noter les deux étapes ensemble."
"""What follows a step where the other one is known."""


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

    def news(self) -> Iterator[tuple[bool, str]]:
        """What changed since the last run: whether to the better, and a sentence without its end."""
        for better, ids, words in (
            (True, self.gained, "Mieux que la dernière fois"),
            (False, self.lost, "Passait la dernière fois"),
        ):
            named = [f"{check.title} ({check.id})" for check in map(self.check, ids) if check is not None]
            if named:
                more = f" et {len(named) - 3} autres" if len(named) > 4 else ""
                yield better, f"{words} : {', '.join(named[:3] if more else named)}{more}"

    def praise(self) -> tuple[str, str]:
        """What is said when no point is missing, and what comes next."""
        if self.score >= self.max_score:
            return "Bravo, tu as tous les points !", DONE
        return "Bravo, tu as tous les points de cette étape !", self.following

    def not_asked(self) -> list[str]:
        """The ids of the checks of the step that was not asked for."""
        return [check.id for check in self.checks if not check.asked and not check.is_bonus]

    def section(self, section: Section) -> list[CheckResult]:
        """The checks of a section."""
        return [check for check in self.checks if check.id.startswith(section.prefix)]


def build(
    submission: Submission,
    verdicts: dict[str, Verdict],
    explanations: dict[str, Explanation],
    first: str,
    duration_s: float,
    asked: tuple[str, ...],
    suspect: tuple[tuple[str, str], ...] = (),
    *,
    folder: str = "",
    isolation: str = "",
    last: LastRun | None = None,
) -> Report:
    """Put verdicts and explanations together.

    Args:
        submission: what was graded.
        verdicts: of all checks.
        explanations: of those that do not pass.
        first: the id of the check to repair first.
        duration_s: how long the grading took.
        asked: the parts that were to be graded.
        suspect: see Report, like what follows.
        folder: see Report.
        isolation: see Report.
        last: what the report is compared with.

    Raises:
        ValueError: no grading takes so long.
    """
    if not 0 <= duration_s < math.inf:
        raise ValueError(f"duration_s cannot be {duration_s}")
    points = [row for row in RUBRIC if not row.is_bonus]
    complete = all(verdicts[row.id].status is Status.PASSED for row in points if row.part in asked)
    digest = checksum(submission.files)
    following = next((_following(part, submission) for part in OTHERS if part not in asked), "")
    if following and last is not None and last.passed.issuperset(row.id for row in points if row.part not in asked):
        following = KNOWN
    gained, lost = _news(verdicts, last)
    return Report(
        submission=escape(submission.name, MAX_CHARACTERS["submission"]),
        folder=folder,
        remarks=escaped(tuple(remark.text for remark in submission.remarks)),
        score=score(verdicts, bonus=False),
        max_score=MAX_POINTS,
        bonus=score(verdicts, bonus=True),
        duration_s=round(duration_s, 3),
        checks=tuple(
            escaped(_result(row, verdicts[row.id], explanations.get(row.id), submission, asked=row.part in asked))
            for row in RUBRIC
        ),
        complete=complete,
        first=first,
        gained=gained,
        lost=lost,
        isolation=isolation,
        suspect=escaped(suspect),
        following=escape(following),
        digest=digest,
        unsaved=not complete and last is not None and digest == last.digest != "",
    )


def _news(verdicts: dict[str, Verdict], last: LastRun | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of the checks that pass now and did not at the last run, and of those that did and fail now."""
    if last is None:
        return (), ()
    now = {row.id: verdicts[row.id].status for row in RUBRIC}
    gained = tuple(check for check, status in now.items() if status is Status.PASSED and check not in last.passed)
    return gained, tuple(check for check, status in now.items() if status is Status.FAILED and check in last.passed)


def _following(part: str, submission: Submission) -> str:
    """What is to be done in a part that was not asked for."""
    words, roles = OTHERS[part]
    for role in roles:
        program = submission.programs.get(role)
        if program is None:
            return f"{words} : il te faut {role}.py (il y en a un à compléter dans skeleton)."
        if program.todos:
            number, line = program.todos[0]
            place = f"ligne {line} {of_file(program.file)}"
            return f"{words} : ouvre {program.file} et fais le TODO {number or 1}, {place}."
    return f"{words} : python -m grader note les deux."


def checksum(files: dict[str, bytes]) -> str:
    """Of a submission's files: it tells a save from none, and nobody gains by cheating it."""
    sums = [f"{path}\0{zlib.crc32(data)}\0{len(data)}" for path, data in sorted(files.items())]
    return f"{zlib.crc32(chr(10).join(sums).encode('utf-8', 'backslashreplace')):08x}"


def _result(row: Row, verdict: Verdict, why: Explanation | None, submission: Submission, *, asked: bool) -> CheckResult:
    expected = row.expected + "."
    place = why.place if why is not None else None
    file = place.file if place is not None else ""
    texts = (why.cause, why.step, why.question) if why is not None else ("", "", "")
    if why is not None and why.slug == TODO:  # the work is not to be done a second time
        texts = (texts[0], submission.remark(BLANK, file) or texts[1], texts[2])
    cause, step, question = (with_file(text, file) for text in texts)
    seen = verdict.seen
    if why is not None and why.error:
        seen = f"{seen} Python dit « {why.error} »." if seen else f"Python dit « {why.error} »."
    return CheckResult(
        id=row.id,
        title=row.title,
        status=verdict.status.value,
        points=row.points if verdict.status is Status.PASSED else 0.0,
        max_points=row.points,
        message=_message(verdict, expected, seen),
        hint=" ".join(filter(None, (cause, *why.blocked, step))) if why is not None else "",
        diagnosis=why.slug if why is not None else None,
        location=place,
        state=_state(row, verdict, why),
        expected=expected,
        seen=seen,
        cause=cause,
        step=step,
        blocked=why.blocked if why is not None else (),
        excerpt=_excerpt(place, submission) if place is not None else (),
        exchange=why.exchange if why is not None else None,
        lesson=why.lesson if why is not None else "",
        question=question,
        asked=asked,
    )


def _message(verdict: Verdict, expected: str, seen: str) -> str:
    if verdict.status is Status.PASSED:
        return expected
    if verdict.status is Status.SKIPPED:
        return verdict.seen or f"Pas essayé : {verdict.waits_for} doit d'abord passer."
    return f"Attendu : {expected} Vu : {seen}"


def _state(row: Row, verdict: Verdict, why: Explanation | None) -> State:
    if verdict.status is Status.PASSED:
        return State.PASSED
    if why is not None and why.slug == TODO:
        return State.TODO
    if why is None or (verdict.status is Status.SKIPPED and why.slug is None) or why.home != row.id:
        return State.WAITING
    return State.EXTRA if row.is_bonus else State.FAILED


def _excerpt(place: Place, submission: Submission) -> tuple[CodeLine, ...]:
    """The line to look at between its neighbours; empty lines at the ends are left out."""
    lines = submission.source(place.file).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if not 1 <= place.line <= len(lines):
        return ()
    numbers = range(max(1, place.line - AROUND), min(len(lines), place.line + AROUND) + 1)
    code = {number: lines[number - 1][:MAX_CODE] for number in numbers}
    indents = "".join(text[: len(text) - len(text.lstrip())] for text in code.values())
    if " " in indents and "\t" in indents:  # they look the same, and are often the mistake itself
        code = {number: text.replace("\t", TAB) for number, text in code.items()}
    shown = [CodeLine(number, text.expandtabs(4)[:MAX_CODE], number == place.line) for number, text in code.items()]
    while shown and not shown[0].text.strip() and not shown[0].blamed:
        shown.pop(0)
    while shown and not shown[-1].text.strip() and not shown[-1].blamed:
        shown.pop()
    return tuple(shown)
