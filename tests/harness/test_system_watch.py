"""What the system shows of programs ends a wait only where it is certain; nothing is started here."""

from __future__ import annotations

import pytest

from grader.harness.patience import Clock, StepPatience
from grader.harness.system import Cost, Snapshot
from grader.harness.system_watch import Seen, SystemWatch
from grader.limits import DEFAULT, Limits
from grader.transcript.calls import Entered

from .fakes import BEGAN, ME, Watched

ASLEEP = Snapshot((("1", "202", "100"),), True, True)
"""One thread, in a call without an end."""


class Looked:
    """A program that the watch looks at, and what the system shows of it."""

    def __init__(self) -> None:
        self.watched = Watched()
        self.watched.process.tell(BEGAN)
        self.watched.read_all()
        self.snapshot: Snapshot | None = None
        self.cost: Cost | None = None
        self.watch = SystemWatch(DEFAULT, lambda _: self.snapshot, lambda _: self.cost)
        self.watch.begin_step([ME], 0.0)

    def look(self, now_s: float = 0.0, *, resting: bool = False) -> Seen:
        """What a look shows."""
        return self.watch.look([self.watched.program], now_s, resting=resting)


def test_nothing_is_certain_where_the_system_shows_nothing() -> None:
    assert Looked().look() is Seen.NOTHING


def test_two_equal_looks_at_a_sleeper_show_that_it_waits() -> None:
    looked = Looked()
    looked.snapshot = ASLEEP
    assert [looked.look(), looked.look()] == [Seen.NOTHING, Seen.QUIET]


@pytest.mark.parametrize(
    "second",
    [Snapshot((("1", "202", "101"),), True, True), Snapshot(ASLEEP.threads, True, False), None],
    ids=["it has run meanwhile", "its call has an end", "gone"],
)
def test_a_program_that_looks_otherwise_is_not_quiet(second: Snapshot | None) -> None:
    looked = Looked()
    looked.snapshot = ASLEEP
    looked.look()
    looked.snapshot = second
    assert looked.look() is Seen.NOTHING


def test_what_came_between_two_looks_makes_them_worthless() -> None:
    looked = Looked()
    looked.snapshot = ASLEEP
    looked.look()
    looked.watch.came_from([ME], 0.0)
    assert [looked.look(), looked.look()] == [Seen.NOTHING, Seen.QUIET]


@pytest.mark.parametrize(("resting", "budget_s"), [(False, DEFAULT.busy_cpu_s), (True, DEFAULT.busy_rest_cpu_s)])
def test_a_program_that_burns_processor_time_is_busy(resting: bool, budget_s: float) -> None:
    looked = Looked()
    looked.cost = Cost(10.0, 500)
    assert looked.look(resting=resting) is Seen.NOTHING
    looked.cost = Cost(10.0 + budget_s - 0.01, 500)
    assert looked.look(resting=resting) is Seen.NOTHING
    looked.cost = Cost(10.0 + budget_s + 0.01, 500)
    assert looked.look(resting=resting) is Seen.BUSY


def test_a_program_that_takes_new_memory_is_counted_anew() -> None:
    looked = Looked()
    looked.cost = Cost(10.0, 500)
    looked.look()
    looked.cost = Cost(10.5, 500 + DEFAULT.busy_pages + 1)
    looked.look()
    looked.cost = Cost(11.2, 500 + DEFAULT.busy_pages + 1)
    assert looked.look() is Seen.NOTHING


def test_a_program_whose_other_thread_sleeps_is_not_busy_for_a_verdict() -> None:
    looked = Looked()
    looked.watched.process.tell(Entered(1.0, ME, 1, "serveur.py", 3, "sleep", 0, 5.0))
    looked.watched.read_all()
    looked.cost = Cost(10.0, 500)
    looked.look()
    looked.cost = Cost(20.0, 500)
    assert looked.look() is Seen.NOTHING
    assert looked.look(resting=True) is Seen.BUSY


def test_a_flood_is_busy() -> None:
    looked = Looked()
    looked.watched.program.outputs.printed_bytes = DEFAULT.flood_bytes + 1
    assert looked.look() is Seen.BUSY


@pytest.mark.parametrize(("resting", "seen"), [(True, Seen.QUIET), (False, Seen.NOTHING)])
def test_a_long_sleep_in_unknown_calls_only_chooses_the_next_move(resting: bool, seen: Seen) -> None:
    looked = Looked()
    looked.snapshot = Snapshot(ASLEEP.threads, True, False)
    assert looked.look(0.1, resting=resting) is Seen.NOTHING
    assert looked.look(DEFAULT.doze_s + 0.2, resting=resting) is seen


def test_pauses_between_looks_grow_up_to_a_cap() -> None:
    watch = SystemWatch(DEFAULT)
    watch.begin_step([ME], 0.0)
    assert watch.next_look_s == DEFAULT.look_after_s
    pauses = []
    for _ in range(10):
        watch.postpone(0.0)
        pauses.append(watch.next_look_s)
    assert pauses == sorted(pauses)
    assert pauses[0] == DEFAULT.look_again_s
    assert pauses[-1] == DEFAULT.look_pause_s


def patience_after(given_s: float, limits: Limits = DEFAULT) -> tuple[StepPatience, Clock]:
    """The patience with a step that begins now, and its clock, which moves by what a test lets pass."""
    clock = Clock(0.0, turn_s=1000.0)
    clock.turn(given_s)
    return StepPatience(limits, clock), clock


def test_a_step_waits_for_as_long_as_its_patience_in_given_time() -> None:
    patience, clock = patience_after(10.0)
    patience.progress(0, all_began=True)
    patience.begin_step(long=False)
    assert patience.end_s(10.0, all_began=True) == pytest.approx(10.0 + DEFAULT.patience_s)
    clock.turn(12.0)
    assert patience.end_s(50.0, all_began=True) == pytest.approx(50.0 + DEFAULT.patience_s - 2.0)


def test_the_start_of_an_interpreter_is_no_wait() -> None:
    patience, clock = patience_after(0.0)
    patience.begin_step(long=False)
    clock.turn(9.0)
    assert patience.end_s(9.0, all_began=False) == pytest.approx(DEFAULT.start_patience_s)
    patience.progress(0, all_began=True)
    assert patience.end_s(9.0, all_began=True) == pytest.approx(9.0 + DEFAULT.patience_s)


@pytest.mark.parametrize(("long", "ends_s"), [(False, DEFAULT.patience_s), (True, 3.0 + DEFAULT.patience_s)])
def test_who_goes_on_reading_a_long_text_is_waited_for(long: bool, ends_s: float) -> None:
    patience, clock = patience_after(0.0)
    patience.begin_step(long=long)
    clock.turn(3.0)
    patience.progress(1000, all_began=False)
    assert patience.end_s(3.0, all_began=True) == pytest.approx(ends_s)


def test_even_a_long_text_has_an_end() -> None:
    patience, clock = patience_after(0.0)
    patience.begin_step(long=True)
    clock.turn(100.0)
    patience.progress(1000, all_began=False)
    assert patience.end_s(100.0, all_began=True) == pytest.approx(DEFAULT.longest_step_s)
