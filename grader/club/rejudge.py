"""Judges again what was seen of a club, in processes of its own, and adopts what comes of it."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from typing import Any

from .. import __version__
from ..errors import BrokenError, GraderError, UsageError
from .batch import cores
from .compare import shortened
from .job import is_blank
from .model import Row, State
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


def rejudged(row: Row, judgement: Judgement, version: str = __version__) -> Row:
    """The row as it would be kept."""
    state = State.BLANK if judgement.is_blank else State.GRADED
    judged = replace(row, state=state, why="", first=judgement.first, version=version)
    return with_result(judged, judgement.result)


def can_be_judged(row: Row, version: str = __version__) -> str:
    """Why what was seen of a submission is not judged again, a sentence without its end; empty where it is."""
    if row.state in NOT_GRADED:
        return f"{NOT_GRADED[row.state]} ({shortened(row.why)})" if row.why else NOT_GRADED[row.state]
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
