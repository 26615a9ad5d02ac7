"""Judges again what was seen of a club, and tells what would change: whose score, which check, which explanation."""

from __future__ import annotations

import json
import signal
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from typing import Any

from .. import __version__
from ..errors import BrokenError, GraderError, UsageError
from ..french import decimal, s
from .batch import cores
from .job import is_blank
from .model import Check, Row, State
from .results import Notes, with_result

NOT_GRADED = {
    State.UNREADABLE: "illisible, rien n'a été vu",
    State.FAILED: "panne, rien n'a été vu",
}
NO_TRANSCRIPT = "ce qui a été vu n'a pas été gardé, ou ne se laisse pas lire : note ce rendu de nouveau"
NEWER = "noté par la version {theirs}, plus récente que celle-ci ({ours}) : mets ChatPy à jour"
OTHER_FORM = "ce qui a été vu a la forme d'une autre version du correcteur, ou est abîmé : note ce rendu de nouveau"
BROKEN = "le correcteur est tombé en panne sur ce rendu : ce n'est pas la faute de l'élève"
LOST = "le processus qui le jugeait a été arrêté par le système : relance la commande sur une machine moins chargée"

MOST_WORDS = 200
"""Characters of why a check is judged otherwise: the whole is on the student's page."""

MOST_SHARED = 5
"""Changes that are told of the whole room."""

MOST_NAMES = 8
"""Pseudonyms behind one of them."""

BECOMES = {"passed": "réussit maintenant", "failed": "échoue maintenant", "skipped": "ne peut plus être essayé"}
"""How a check's new status is told."""


@dataclass(frozen=True)
class Judgement:
    """What the installed grader says of what was seen of one submission.

    Attributes:
        pseudo: the student's.
        result: the contract's result; empty where it could not be judged.
        first: the id of the check to repair first; empty where nothing is.
        is_blank: whether nothing was begun.
        page: the report for the student; empty where none was asked for.
        why: why it could not be judged, a French sentence without its end; empty where it was.
    """

    pseudo: str
    result: dict[str, Any] = field(default_factory=dict)
    first: str = ""
    is_blank: bool = False
    page: str = ""
    why: str = ""


@dataclass(frozen=True)
class Change:
    """What changes for one student; ``sentences`` are French, without their ends.

    Attributes:
        before: as it is kept.
        after: as the installed grader has it.
        sentences: what is judged or explained otherwise, and why.
        shared: the same without what is this student's alone, to be counted over the room.
        reworded: how many checks have the same verdict and mistake in other words.
    """

    before: Row
    after: Row
    sentences: tuple[str, ...]
    shared: tuple[str, ...]
    reworded: int

    @property
    def is_any(self) -> bool:
        """Whether anything changes, be it words."""
        return bool(self.sentences) or self.reworded > 0

    @property
    def gain(self) -> float:
        """Points more, of the 20; negative for fewer."""
        return (self.after.score or 0.0) - (self.before.score or 0.0)


# ------------------------------------------------------------------------------ what changes: pure


def rejudged(row: Row, judgement: Judgement, version: str = __version__) -> Row:
    """The row as it would be kept."""
    state = State.BLANK if judgement.is_blank else State.GRADED
    judged = replace(row, state=state, why="", first=judgement.first, version=version)
    return with_result(judged, judgement.result)


def change_of(before: Row, after: Row) -> Change:
    """What changes from one row to the other."""
    sentences, shared, reworded = [], [], 0
    if before.state is not after.state:
        sentences.append(f"« {before.state.value} » devient « {after.state.value} »")
    if before.bonus != after.bonus:
        sentences.append(f"bonus {decimal(before.bonus or 0.0)} → {decimal(after.bonus or 0.0)}")
    for check in after.checks:
        old = before.check(check.id)
        told = _of_check(old, check)
        if told:
            shared.append(told)
            why = _why(old, check) if old is None or old.status != check.status else ""
            sentences.append(f"{told}{why}")
        elif old is not None and (old.message, old.hint) != (check.message, check.hint):
            reworded += 1
    gone = [check.id for check in before.checks if after.check(check.id) is None]
    sentences += [f"{check} n'est plus jugé" for check in gone]
    if before.first != after.first:
        sentences.append(f"à réparer d'abord : {before.first or 'rien'} → {after.first or 'rien'}")
    sentences += [f"plus signalé : {_cut(one)}" for one in before.suspect if one not in after.suspect]
    sentences += [f"signalé : {_cut(one)}" for one in after.suspect if one not in before.suspect]
    return Change(before, after, tuple(sentences), tuple(shared), reworded)


def _of_check(old: Check | None, new: Check) -> str:
    """What is judged or explained otherwise in a check; empty where nothing is."""
    if old is None:
        return f"{new.id} est nouveau et {BECOMES[new.status].removesuffix(' maintenant')}"
    if old.status != new.status:
        return f"{new.id} {BECOMES[new.status]}"
    if old.points != new.points:
        return f"{new.id} vaut {decimal(new.points)} au lieu de {decimal(old.points)}"
    if old.diagnosis != new.diagnosis:
        return f"{new.id} : l'explication change ({_named(old)} → {_named(new)})"
    if (old.file, old.line) != (new.file, new.line):
        return f"{new.id} : la ligne montrée change ({_place(old)} → {_place(new)})"
    return ""


def _named(check: Check) -> str:
    return check.diagnosis or "aucune"


def _place(check: Check) -> str:
    return f"{check.file}:{check.line}" if check.file else "aucune"


def _why(old: Check | None, new: Check) -> str:
    """What was seen, in brackets: now, or before where the check passes now."""
    if new.status != "passed":
        return f" ({_cut(new.message)})"
    return f" (avant : {_cut(old.message)})" if old is not None else ""


def _cut(text: str) -> str:
    text = " ".join(text.split()).rstrip(".")
    return text if len(text) <= MOST_WORDS else f"{text[: MOST_WORDS - 1]}…"


def told(changes: Sequence[Change], not_judged: Sequence[tuple[str, str]]) -> list[str]:
    """What changes for a club, in French: the numbers, the room, each student, and whom nobody could judge again.

    Args:
        changes: of all that were judged, those without any change too.
        not_judged: the pseudonyms of the others, and why, a sentence without its end.
    """
    moved = [change for change in changes if change.sentences]
    lines = [_summary(changes, not_judged)]
    lines += _of_room(moved)
    if moved:
        lines.append("Pour chacun :")
        lines += [f"  {_of_student(change)}" for change in moved]
    reworded = [change.before.pseudo for change in changes if change.reworded and not change.sentences]
    if reworded:
        lines.append(f"Mêmes notes, mêmes causes, en d'autres mots : {_listed(reworded)}.")
    if not_judged:
        lines.append("Pas jugés de nouveau :")
        lines += [f"  {pseudo} : {why}." for pseudo, why in not_judged]
    return lines


def _summary(changes: Sequence[Change], not_judged: Sequence[tuple[str, str]]) -> str:
    same = sum(not change.is_any for change in changes)
    parts = [f"{same} inchangé{s(same)}"]
    for count, words in (
        (sum(change.gain > 0 for change in changes), "{} note{s} qui monte{nt}"),
        (sum(change.gain < 0 for change in changes), "{} note{s} qui baisse{nt}"),
        (sum(change.gain == 0 and bool(change.sentences) for change in changes), "{} à note égale"),
        (sum(not change.sentences and change.reworded > 0 for change in changes), "{} où seuls des mots changent"),
        (len(not_judged), "{} pas jugé{s}"),
    ):
        if count:
            parts.append(words.format(count, s=s(count), nt="nt" * (count > 1)))
    total = len(changes) + len(not_judged)
    return f"{total} rendu{s(total)} : {', '.join(parts)}."


def _of_room(moved: Sequence[Change]) -> list[str]:
    """What changes for several students alike, the most frequent first."""
    who = defaultdict(list)
    for change in moved:
        for one in change.shared:
            who[one].append(change.before.pseudo)
    often = [one for one, number in Counter({one: len(names) for one, names in who.items()}).most_common(MOST_SHARED)
             if number > 1]  # fmt: skip
    if not often:
        return []
    return ["Ce qui change le plus :", *(f"  {one} : {len(who[one])} élèves ({_listed(who[one])})." for one in often)]


def _listed(names: Sequence[str]) -> str:
    more = f" et {len(names) - MOST_NAMES} autres" if len(names) > MOST_NAMES + 1 else ""
    return ", ".join(names[:MOST_NAMES] if more else names) + more


def _of_student(change: Change) -> str:
    before, after = change.before.score or 0.0, change.after.score or 0.0
    score = f"{decimal(before)} → {decimal(after)}" if before != after else f"{decimal(after)}"
    return f"{change.before.pseudo} : {' ; '.join((score, *change.sentences))}."


# ---------------------------------------------------------------------- judging: in processes beside each other


def can_be_judged(row: Row, version: str = __version__) -> str:
    """Why what was seen of a submission is not judged again, a sentence without its end; empty where it is."""
    if row.state in NOT_GRADED:
        return f"{NOT_GRADED[row.state]} ({_cut(row.why)})" if row.why else NOT_GRADED[row.state]
    if _parts(row.version) > _parts(version):
        return NEWER.format(theirs=row.version, ours=version)
    return ""


def _parts(version: str) -> tuple[int, ...]:
    """A version as it is compared: its numbers."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def judged_all(folder: str, pseudos: Iterable[str], *, pages: bool, workers: int = 0) -> Iterator[Judgement]:
    """Judge what was seen of submissions, in the order in which they are done; runs nothing of theirs.

    A stranger's transcript is judged in a child that may take only so much (``harness.limited``); whatever becomes of
    one, it costs no other its judgement.

    Args:
        folder: of the graded club.
        pseudos: whose.
        pages: whether their pages are made too.
        workers: how many are judged at once; 0 for one on each core.
    """
    left = dict.fromkeys(pseudos)
    if not left:
        return
    try:
        with _pool(min(workers or cores(), len(left))) as pool:
            for future in as_completed([pool.submit(judge_kept, folder, pseudo, pages=pages) for pseudo in left]):
                judgement = future.result()
                del left[judgement.pseudo]
                yield judgement
    except BrokenProcessPool:
        pass  # one of those that are left ends its process: one at a time, it can be told which
    while left:
        pseudo = next(iter(left))
        try:
            with _pool(1) as pool:
                for pseudo in list(left):
                    judgement = pool.submit(judge_kept, folder, pseudo, pages=pages).result()
                    del left[pseudo]
                    yield judgement
        except BrokenProcessPool:
            del left[pseudo]
            yield Judgement(pseudo, why=LOST)


@contextmanager
def _pool(workers: int) -> Iterator[Executor]:
    """Processes that are ready to judge: begun anew, so that none inherits threads, locks or descriptors.

    Whoever leaves early waits for what is being judged, and not for what has not begun.
    """
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=get_ready)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def get_ready() -> None:
    """Import what judges, once a process: the children in which each transcript is judged have it then.

    Ctrl+C reaches whoever waits for us, and ends us.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from .. import grading
    from ..diagnosis import choose  # noqa: F401 - for the children
    from ..report import html, json_report  # noqa: F401

    grading.get_ready_to_judge()


def judge_kept(folder: str, pseudo: str, *, pages: bool) -> Judgement:
    """Judge what was seen of one submission; this is what an executor is given."""
    from ..grading import judge_again
    from ..report.html import to_html
    from ..report.json_report import to_json

    transcript = Notes(folder).transcript(pseudo)
    if transcript is None:
        return Judgement(pseudo, why=NO_TRANSCRIPT)
    try:
        report = judge_again(transcript)
    except UsageError:
        return Judgement(pseudo, why=OTHER_FORM)
    except GraderError as error:
        return Judgement(pseudo, why=str(error).rstrip("."))
    except BrokenError:
        return Judgement(pseudo, why=BROKEN)
    return Judgement(
        pseudo, json.loads(to_json(report)), report.first, is_blank(report), to_html(report) if pages else ""
    )


def adopt(notes: Notes, row: Row, judgement: Judgement) -> None:
    """Keep what was judged: the row, the result and the page; what was seen stays.

    Raises:
        UsageError: the folder cannot be written to.
    """
    notes.write(row, judgement.result, notes.packed_transcript(row.pseudo), judgement.page)
