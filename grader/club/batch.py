"""Grades what was collected, a job a submission, and keeps each result as soon as it is there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

from .. import __version__
from . import job, runner
from .bounds import AHEAD
from .collection import Found
from .model import NotBegun, Row, State
from .pairs import shapes, skeleton
from .results import Notes, with_result

DONE = (State.GRADED, State.BLANK)
"""States that another run does not change, as long as the files, the grader and the isolation are the same."""


def cores() -> int:
    """How many jobs this machine can do at once."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def local_executor() -> Executor:
    """One job for each core; each starts a process of its own, so that a thread is all that it takes here."""
    return ThreadPoolExecutor(cores(), thread_name_prefix="job")


@dataclass(frozen=True)
class Plan:
    """What is to be done with what was collected.

    Attributes:
        grade: must be graded.
        known: is graded already: only what is known of the hand-in may have changed.
        unreadable: cannot be graded.
        copied: was graded elsewhere.
    """

    grade: tuple[Found, ...] = ()
    known: tuple[Found, ...] = ()
    unreadable: tuple[Found, ...] = ()
    copied: tuple[Found, ...] = ()


def planned(found: Iterable[Found], rows: Iterable[Row], isolation: str) -> Plan:
    """What is to be done; the same files are not graded twice by the same grader under the same isolation."""
    kept = {row.pseudo: row for row in rows}
    grade, known, unreadable, copied = [], [], [], []
    for one in found:
        row = kept.get(one.pseudo)
        if one.kept is not None:
            copied.append(one)
        elif one.hand_in.unreadable:
            unreadable.append(one)
        elif row is not None and row.state in DONE and _same(row, one.digest, isolation):
            known.append(one)
        else:
            grade.append(one)
    return Plan(tuple(grade), tuple(known), tuple(unreadable), tuple(copied))


def _same(row: Row, digest: str, isolation: str) -> bool:
    return (row.digest, row.version, row.isolation) == (digest, __version__, isolation)


def carry_out(
    plan: Plan,
    notes: Notes,
    executor: Executor,
    at_once: int,
    isolation: str,
    deadline_s: int | None = None,
    on_row: Callable[[Row], None] = lambda _row: None,
) -> None:
    """Do what is planned; every submission has a row in the end, whatever happens to a job.

    Args:
        plan: what to do.
        notes: where results are kept.
        executor: takes the jobs.
        at_once: how many it does at the same time.
        isolation: of the programs.
        deadline_s: until when a hand-in is in time, in seconds since 1970; None for always.
        on_row: told each result that was to be graded.

    Raises:
        UsageError: the results cannot be written.
    """
    for one in plan.copied:
        _copy(one, notes)
    for one in plan.unreadable:
        notes.write(
            _about(one, Row(one.pseudo, State.UNREADABLE, why=one.hand_in.unreadable), deadline_s), {}, None, None
        )
    for one in plan.known:
        _refresh(one, notes, deadline_s)
    _grade(plan.grade, notes, executor, at_once, isolation, deadline_s, on_row)


def _grade(
    found: tuple[Found, ...],
    notes: Notes,
    executor: Executor,
    at_once: int,
    isolation: str,
    deadline_s: int | None,
    on_row: Callable[[Row], None],
) -> None:
    """Have everything graded; a few jobs are handed out ahead, and one that failed is handed out once more.

    The same files are run once: who has handed in what somebody else has, too, comes after them.
    """
    waiting = [(one, 1) for one in reversed(_twins_last(found))]
    under_way: dict[Future[bytes], tuple[Found, int, Row | None]] = {}
    graded = {row.digest: row for row in notes.rows() if row.state in DONE and _same(row, row.digest, isolation)}
    while waiting or under_way:
        while waiting and len(under_way) < AHEAD * at_once:
            one, tries = waiting.pop()
            twin = graded.get(one.digest) if tries == 1 else None
            under_way[executor.submit(runner.run, _order(one, twin, notes, isolation))] = one, tries, twin
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            one, tries, twin = under_way.pop(future)
            outcome = _outcome(future)
            if outcome.state is State.FAILED and tries == 1:
                waiting.append((one, 2))
                continue
            row = _about(one, _row(one, outcome, isolation), deadline_s)
            notes.write(row, outcome.result, outcome.transcript, outcome.page)
            if row.state in DONE:
                graded[row.digest] = row
            on_row(row)


def _twins_last(found: tuple[Found, ...]) -> list[Found]:
    """One of each digest first, then those whose files were there before."""
    first = {one.digest: one for one in reversed(found)}
    return [*first.values(), *(one for one in found if first[one.digest] is not one)]


def _order(one: Found, twin: Row | None, notes: Notes, isolation: str) -> bytes:
    """A job's order: to judge what was seen of the same files of somebody else's, if it was kept, else to grade."""
    seen = None if twin is None else notes.packed_transcript(twin.pseudo)
    return job.order(one.pseudo, one.files(), isolation) if seen is None else job.order_again(one.pseudo, seen)


def _outcome(future: Future[bytes]) -> job.Outcome:
    """What came of a job, whatever came."""
    try:
        return job.outcome_of(future.result())
    except Exception as error:  # noqa: BLE001 - an executor may fail in ways of its own: that costs this row only
        return job.Outcome(State.FAILED, job.CRASHED, detail=repr(error))


def _row(one: Found, outcome: job.Outcome, isolation: str) -> Row:
    """The row of what a job has answered."""
    row = Row(
        one.pseudo,
        outcome.state,
        why=outcome.why,
        first=outcome.first,
        shapes=shapes(one.files(), skeleton()) if outcome.result else {},
        version=outcome.version,
        python=outcome.python,
        isolation=isolation,
    )
    return with_result(row, outcome.result) if outcome.result else row


def _about(one: Found, row: Row, deadline_s: int | None) -> Row:
    """A row with what is known of the hand-in."""
    found = one.hand_in
    odd = [sentence for sentence in found.odd if row.state is not State.BLANK or not isinstance(sentence, NotBegun)]
    return replace(
        row,
        digest=one.digest,
        origin=found.origin,
        when_s=found.when_s,
        odd=tuple(odd),
        earlier_s=found.earlier_s,
        participant=found.participant,
        late=deadline_s is not None and found.when_s is not None and found.when_s > deadline_s,
        others=one.others,
    )


def _refresh(one: Found, notes: Notes, deadline_s: int | None) -> None:
    """Keep what is now known of a hand-in whose result stays as it is."""
    row = notes.row(one.pseudo)
    if row is not None and (now := _about(one, row, deadline_s)) != row:
        notes.write_row(now)


def _copy(one: Found, notes: Notes) -> None:
    """Take a result over as it is."""
    if one.kept is not None:
        row, folder = one.kept
        theirs = Notes(folder)
        now = replace(row, others=one.others, earlier_s=one.hand_in.earlier_s)
        notes.write(now, theirs.result(row.pseudo), theirs.packed_transcript(row.pseudo), theirs.page(row.pseudo))
