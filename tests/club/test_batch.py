"""A whole club is graded: one row each, whatever happens to a job, and nothing twice."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from grader import __version__
from grader.club import batch, bounds, job, runner
from grader.club.collection import Found, Spool, from_notes, newest, part_of
from grader.club.model import HandIn, Row, State
from grader.club.packing import digest_of
from grader.club.results import Notes, is_notes, kept_form, row_of
from grader.grading import judge_again

from ..programs import wait_until
from ..submissions.model import reference_files

SIMPLE = "simple"
RIGHT = {name: text.encode() for name, text in reference_files().items()}
SKELETON = {
    path.name: path.read_bytes() for path in (Path(__file__).parents[2] / "skeleton").iterdir() if path.suffix == ".py"
}
HELLO_ONLY = {"etape1.py": RIGHT["etape1.py"]}


def grade(found: list[Found], notes: Notes, executor: Executor, at_once: int = 2) -> batch.Plan:
    """Do what has to be done about these hand-ins."""
    plan = batch.planned(found, notes.rows(), SIMPLE)
    batch.carry_out(plan, notes, executor, at_once, SIMPLE)
    return plan


def laid_aside(spool: Spool, hand_ins: list[HandIn]) -> list[Found]:
    return newest(map(spool.lay_aside, hand_ins))


def test_each_hand_in_has_one_row_and_what_can_be_graded_is(tmp_path: Path) -> None:
    notes = Notes(str(tmp_path / "notes"))
    hand_ins = [
        HandIn("adele", RIGHT, "branche rendu/adele", 1_800_000_000),
        HandIn("bilal", SKELETON),
        HandIn("chloe", {}),
        HandIn("diego", unreadable="Ce fichier zip est coupé."),
        HandIn("elif", HELLO_ONLY),
    ]
    with Spool() as spool, batch.local_executor() as executor:
        found = laid_aside(spool, hand_ins)
        plan = grade(found, notes, executor)
        assert {one.pseudo for one in plan.grade} == {"adele", "bilal", "chloe", "elif"}
        rows = {row.pseudo: row for row in notes.rows()}
        assert {pseudo: (row.state, row.score) for pseudo, row in rows.items()} == {
            "adele": (State.GRADED, 20.0),
            "bilal": (State.BLANK, 0.0),
            "chloe": (State.BLANK, 0.0),
            "diego": (State.UNREADABLE, None),
            "elif": (State.GRADED, 5.0),
        }
        assert rows["diego"].why == "Ce fichier zip est coupé."
        assert (rows["adele"].origin, rows["adele"].when_s) == ("branche rendu/adele", 1_800_000_000)
        assert {rows[pseudo].version for pseudo in ("adele", "elif")} == {__version__}
        # What was seen is kept, and is worth the same when it is judged again.
        transcript = notes.transcript("elif")
        assert transcript is not None
        assert judge_again(transcript).score == 5.0
        assert "Hello World!" in (notes.page("elif") or "")
        assert notes.transcript("diego") is None
        # Nothing is graded twice; what is now known of a hand-in is kept all the same.
        again = batch.planned(found, notes.rows(), SIMPLE)
        assert (again.grade, {one.pseudo for one in again.known}) == ((), {"adele", "bilal", "chloe", "elif"})
        before = os.stat(tmp_path / "notes" / "rendus" / "adele.transcript.gz").st_mtime_ns
        batch.carry_out(again, notes, executor, 2, SIMPLE, deadline_s=1_799_999_999)
        assert notes.row("adele").late  # type: ignore[union-attr]  # it is there: see above
        assert os.stat(tmp_path / "notes" / "rendus" / "adele.transcript.gz").st_mtime_ns == before
    assert os.listdir(tmp_path) == ["notes"]


@pytest.mark.parametrize(
    "change", [{"digest": "0" * 64}, {"version": "0.0"}, {"isolation": "forte"}, {"state": State.FAILED}]
)
def test_what_was_graded_otherwise_is_graded_again(change: dict[str, Any]) -> None:
    found = Found(HandIn("zoe"), "1" * 64)
    row = Row("zoe", State.GRADED, digest="1" * 64, version=__version__, isolation=SIMPLE)
    assert batch.planned([found], [row], SIMPLE).known == (found,)
    assert batch.planned([found], [row.__class__(**vars(row) | change)], SIMPLE).grade == (found,)


class Counting(ThreadPoolExecutor):
    """Counts the submissions that are run."""

    run = 0

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.run += b'"files"' in args[0]
        return super().submit(fn, *args, **kwargs)


def test_the_same_files_are_run_once_and_everybody_has_a_report(tmp_path: Path) -> None:
    notes = Notes(str(tmp_path))
    pseudonyms = ("adele", "bilal", "chloe", "diego")
    with Spool() as spool, Counting(2) as executor:
        grade(laid_aside(spool, [HandIn(pseudo, HELLO_ONLY) for pseudo in pseudonyms[:3]]), notes, executor, at_once=1)
        # What was graded yesterday counts, too.
        grade(laid_aside(spool, [HandIn(pseudonyms[3], HELLO_ONLY)]), notes, executor)
    assert executor.run <= 2, "twins may be handed out before the first is done"
    for pseudo in pseudonyms:
        row = notes.row(pseudo)
        assert row is not None
        assert (row.state, row.score) == (State.GRADED, 5.0)
        assert f"ChatPy · {pseudo}" in (notes.page(pseudo) or "")
        assert judge_again(notes.transcript(pseudo) or "").submission == pseudo
        assert notes.result(pseudo)["submission"] == pseudo


class Murderer(ThreadPoolExecutor):
    """Kills the process of each job of one pseudonym, the first ``times`` times."""

    def __init__(self, pseudo: str, times: int) -> None:
        super().__init__(2)
        self.pseudo = pseudo
        self.times = times

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if f'"pseudo": "{self.pseudo}"'.encode() in args[0] and self.times:
            self.times -= 1
            return super().submit(self.murder, fn, *args)
        return super().submit(fn, *args, **kwargs)

    def murder(self, fn: Any, ordered: bytes) -> Any:
        before = set(runner._RUNNING)
        answers: list[bytes] = []
        thread = threading.Thread(target=lambda: answers.append(fn(ordered)))
        thread.start()
        wait_until(lambda: bool(runner._RUNNING - before), "the job's process")
        for process in runner._RUNNING - before:
            os.kill(process.pid, signal.SIGKILL)
        thread.join()
        return answers[0]


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
@pytest.mark.parametrize(("times", "state"), [(1, State.GRADED), (9, State.FAILED)])
def test_a_job_that_dies_is_done_once_more_and_costs_its_own_row_only(times: int, state: State, tmp_path: Path) -> None:
    notes = Notes(str(tmp_path))
    with Spool() as spool, Murderer("bilal", times) as executor:
        # One after the other: only the job that is meant to die is under way.
        grade(laid_aside(spool, [HandIn("bilal", HELLO_ONLY)]), notes, executor)
        grade(laid_aside(spool, [HandIn("adele", HELLO_ONLY), HandIn("chloe", HELLO_ONLY)]), notes, executor)
    rows = {row.pseudo: row for row in notes.rows()}
    assert rows["bilal"].state is state
    assert (rows["bilal"].score is None) == (state is State.FAILED)
    assert {rows["adele"].score, rows["chloe"].score} == {5.0}
    if state is State.FAILED:
        assert "signal 9" in rows["bilal"].why
        assert "pas la faute de l'élève" in rows["bilal"].why


class Broken(ThreadPoolExecutor):
    """Fails in a way of its own, as a cluster may."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        if b'"pseudo": "bilal"' in args[0]:
            failed: Future[Any] = Future()
            failed.set_exception(RuntimeError("no worker"))
            return failed
        return super().submit(fn, *args, **kwargs)


def test_an_executor_that_fails_costs_that_row_only(tmp_path: Path) -> None:
    notes = Notes(str(tmp_path))
    with Spool() as spool, Broken(2) as executor:
        grade(
            laid_aside(spool, [HandIn(pseudo, HELLO_ONLY) for pseudo in ("adele", "bilal", "chloe")]), notes, executor
        )
    assert {row.pseudo: row.state for row in notes.rows()} == {
        "adele": State.GRADED,
        "bilal": State.FAILED,
        "chloe": State.GRADED,
    }


def test_stopping_ends_every_job_and_its_programs() -> None:
    """A job that is told to stop ends within the time that tidying up takes; its programs go with it."""
    sleeper = {"etape1.py": b"import time\nwhile True:\n    time.sleep(1000)\n"}
    with ThreadPoolExecutor(1) as executor:
        future = executor.submit(runner.run, job.order("zoe", sleeper, SIMPLE))
        wait_until(lambda: bool(runner._RUNNING), "the job's process")
        began_s = time.monotonic()
        runner.stop_all()
        outcome = job.outcome_of(future.result())
    assert time.monotonic() - began_s < bounds.STOP_S
    assert outcome.state is State.FAILED
    assert not runner._RUNNING


def test_the_newest_counts_and_the_others_are_listed() -> None:
    found = [
        Found(HandIn("zoe", origin="a.zip", when_s=100), "1" * 64),
        Found(HandIn("zoe", origin="b.zip", when_s=300), "2" * 64),
        Found(HandIn("zoe", origin="c.zip", when_s=200), "3" * 64),
        Found(HandIn("adele", origin="clé"), "4" * 64),
    ]
    adele, zoe = newest(found)
    assert adele.hand_in.origin == "clé"
    assert (zoe.hand_in.origin, zoe.others, zoe.hand_in.earlier_s) == ("b.zip", ("c.zip", "a.zip"), (200, 100))


def test_what_cannot_be_read_hides_nothing_that_can() -> None:
    old = Found(HandIn("zoe", origin="a.zip", when_s=100), "1" * 64)
    new = Found(HandIn("zoe", origin="b.zip", when_s=300, unreadable="coupé."), "2" * 64)
    (zoe,) = newest([old, new])
    assert zoe.digest == old.digest
    assert zoe.hand_in.odd == ("Un rendu plus récent (b.zip) ne se lit pas : coupé.",)
    assert newest([new]) == [new]


def test_the_parts_of_a_club_are_the_whole_club() -> None:
    found = [Found(HandIn(f"eleve-{number}"), digest_of({"client.py": b"%d" % number})) for number in range(100)]
    parts = [part_of(found, number, 3) for number in (1, 2, 3)]
    assert sorted(one.pseudo for part in parts for one in part) == sorted(one.pseudo for one in found)
    assert all(parts)


def test_results_of_several_machines_are_merged_as_they_are(tmp_path: Path) -> None:
    hand_ins = [HandIn("adele", HELLO_ONLY, when_s=1), HandIn("bilal", SKELETON, when_s=2)]
    folders = [str(tmp_path / name) for name in ("one", "two")]
    with Spool() as spool, batch.local_executor() as executor:
        for hand_in, folder in zip(hand_ins, folders, strict=True):
            grade(laid_aside(spool, [hand_in]), Notes(folder), executor)
        whole = Notes(str(tmp_path / "whole"))
        assert not is_notes(str(tmp_path))
        assert all(map(is_notes, folders))
        found = newest(one for folder in folders for one in from_notes(Notes(folder).rows(), folder))
        grade(found, whole, executor)
    assert [row.pseudo for row in whole.rows()] == ["adele", "bilal"]
    for row, folder in zip(whole.rows(), folders, strict=True):
        theirs = Notes(folder)
        assert row == theirs.row(row.pseudo)
        assert whole.packed_transcript(row.pseudo) == theirs.packed_transcript(row.pseudo)
        assert whole.page(row.pseudo) == theirs.page(row.pseudo)


def test_a_row_is_kept_whole() -> None:
    row = Row(
        "zoe-b", State.UNREADABLE, why="coupé.", digest="1" * 64, shapes={"client.py": "ab"}, origin="é.zip",
        when_s=1_800_000_000, odd=("un", "deux"), earlier_s=(5, 4), participant="123", late=True, others=("x",),
    )  # fmt: skip
    assert row_of("zoe-b", kept_form(row, {})) == row


@pytest.mark.parametrize("kept", [{}, [], None, {"state": "?"}, {"state": "note", "score": "x"}])
def test_a_file_that_is_no_result_is_no_row(kept: object) -> None:
    with pytest.raises(ValueError, match="no result"):
        row_of("zoe", kept)
