"""Whether anything can still happen by itself is told from the probe's facts alone, and never too early."""

from __future__ import annotations

from grader.harness.activity import Activity, InputsSent
from grader.transcript.calls import (
    Accepted,
    CallEnded,
    ConnectReturned,
    Entered,
    InputReturned,
    Received,
    Slept,
    StdinRead,
    WaitEnded,
)
from grader.transcript.facts import (
    Began,
    Forked,
    Listened,
    MainEnded,
    Notified,
    ProbeFact,
    ShutDown,
    SocketMade,
    ThreadEnded,
    ThreadStarted,
)

ME = "serveur"
IDLE = 50
SOCKET = 0
"""One that listens, or is connected: what these programs call if nothing else is said."""


def activity(*facts: ProbeFact) -> Activity:
    """What is known of a program after these facts."""
    one = Activity(idle_events=IDLE, poll_rounds=2)
    for fact in (Began(0.0, ME, 1, "", 0, 7), Listened(0.0, ME, 1, ME, 4, SOCKET, "", 0), *facts):
        one.feed(fact)
    return one


def enters(call: str, thread: int = 1, target: int = 0, timeout_s: float | None = None) -> Entered:
    return Entered(0.0, ME, thread, "serveur.py", 5, call, target, timeout_s)


def leaves(call: str, count: int = 1, thread: int = 1, target: int = 0) -> CallEnded:
    at = (0.0, ME, thread, "serveur.py", 5)
    ended: dict[str, CallEnded] = {
        "accept": Accepted(*at, target, count),
        "connect": ConnectReturned(*at, target, bool(count)),
        "recv": Received(*at, target, count),
        "stdin": StdinRead(*at, count),
        "input": InputReturned(*at, count),
        "wait": WaitEnded(*at, target),
        "sleep": Slept(*at),
    }
    return ended[call]


def starts(number: int, daemon: bool = False) -> ThreadStarted:
    return ThreadStarted(0.0, ME, 1, "serveur.py", 6, number, "f", "__main__", (), daemon)


def ends(number: int) -> ThreadEnded:
    return ThreadEnded(0.0, ME, number, "", 0)


def rests(one: Activity, given: InputsSent | None = None, polling: bool = False) -> bool:
    return one.at_rest(given or InputsSent(), polling=polling)


def test_a_program_that_has_not_begun_is_not_at_rest() -> None:
    assert not Activity(IDLE, 2).at_rest(InputsSent(), polling=True)


def test_a_program_that_computes_is_not_at_rest() -> None:
    assert not rests(activity())
    assert not rests(activity(enters("recv"), leaves("recv")))


def test_a_call_that_only_the_harness_can_end_is_rest_until_the_harness_has_done_its_part() -> None:
    assert rests(activity(enters("accept")))
    assert not rests(activity(enters("accept")), InputsSent(connections=1))
    assert rests(activity(enters("stdin")))
    assert not rests(activity(enters("stdin")), InputsSent(typed_bytes=1))
    assert not rests(activity(enters("stdin")), InputsSent(input_ended=True))
    assert rests(activity(enters("recv")))
    assert not rests(activity(enters("recv")), InputsSent(said_bytes=1))
    assert not rests(activity(enters("recv")), InputsSent(peer_left=True))


def test_a_call_that_fails_at_once_is_no_wait() -> None:
    unready = SocketMade(0.0, ME, 1, "serveur.py", 4, 3, 2, 1)
    assert not rests(activity(unready, enters("accept", target=3)))
    assert not rests(activity(unready, enters("recv", target=3)))
    assert rests(activity(unready, leaves("connect", 1, target=3), enters("recv", target=3)))
    assert rests(activity(enters("accept"), leaves("accept", 4), enters("recv", target=4)))
    assert not rests(activity(starts(2), enters("accept"), enters("join", 2, 2)))


def test_what_was_taken_is_no_longer_in_flight() -> None:
    taken = activity(enters("recv"), leaves("recv", 5), enters("recv"))
    assert not rests(taken, InputsSent(said_bytes=6))
    assert rests(taken, InputsSent(said_bytes=5))


def test_every_thread_counts() -> None:
    waiting = [starts(2), enters("recv", 2), enters("join", 1, 2)]
    assert rests(activity(*waiting))
    assert not rests(activity(*waiting, starts(3)))
    assert rests(activity(*waiting, starts(3), ends(3)))


def test_a_join_on_a_thread_that_has_ended_is_about_to_return() -> None:
    assert not rests(activity(starts(2), enters("join", 1, 2), ends(2)))


def test_a_thread_that_another_has_just_woken_is_not_at_rest() -> None:
    waiting = activity(starts(2), enters("recv", 2), enters("wait", 1, 99))
    assert rests(waiting)
    waiting.feed(Notified(0.0, ME, 2, "", 0, 99, 1))
    assert not rests(waiting)
    waiting.feed(leaves("wait", 0, 1, 99))
    waiting.feed(enters("wait", 1, 0, 99))
    assert not rests(waiting), "the second wait is on another condition, with a time limit"


def test_a_receive_on_a_socket_shut_down_by_another_thread_is_about_to_return() -> None:
    assert not rests(activity(enters("recv", 1), ShutDown(0.0, ME, 2, "", 0, SOCKET, 2)))
    assert rests(activity(enters("recv", 1), ShutDown(0.0, ME, 2, "", 0, SOCKET, 1)))


def test_a_program_that_talks_to_itself_is_not_known_to_be_at_rest() -> None:
    inner = SocketMade(0.0, ME, 1, "", 0, 8, 1, 1)
    assert not rests(activity(inner, enters("recv", 1, 8)))
    assert not rests(activity(inner, enters("select", 1, 1)))


def test_a_select_is_rest_only_where_all_that_it_waits_for_is_known() -> None:
    assert rests(activity(enters("select", 1, 1)), InputsSent(input_ended=True))
    assert not rests(activity(enters("select", 1, 3)), InputsSent(input_ended=True))
    assert not rests(activity(enters("select", 1, 1)), InputsSent(said_bytes=1))
    assert not rests(activity(enters("select", 1, 0)))


def test_a_limited_wait_is_rest_only_for_choosing_the_next_move_and_only_in_a_loop() -> None:
    once = activity(enters("sleep", timeout_s=0.5))
    assert not rests(once)
    assert not rests(once, polling=True)
    rounds = [fact for _ in range(2) for fact in (enters("sleep", timeout_s=0.5), leaves("sleep", 0))]
    loop = activity(*rounds, enters("sleep", timeout_s=0.5))
    assert not rests(loop)
    assert rests(loop, polling=True)


def test_a_wait_that_outlasts_the_patience_is_one_without_an_end() -> None:
    sleeping = activity(enters("sleep", timeout_s=6.0))
    assert not sleeping.at_rest(InputsSent(), polling=False, until_s=6.5)
    assert sleeping.at_rest(InputsSent(), polling=False, until_s=5.0)
    receiving = activity(enters("recv", timeout_s=6.0))
    assert receiving.at_rest(InputsSent(), polling=False, until_s=5.0)
    assert not receiving.at_rest(InputsSent(said_bytes=1), polling=False, until_s=5.0)


def test_a_loop_that_takes_nothing_is_recognised_until_something_is_done_to_it() -> None:
    empty = [fact for _ in range(IDLE) for fact in (enters("recv"), leaves("recv", 0))]
    loop = activity(*empty)
    assert loop.looping
    assert rests(loop, InputsSent(peer_left=True))
    loop.stir()
    assert not loop.looping


def test_taking_something_is_no_idle_loop() -> None:
    letters = [fact for _ in range(IDLE * 3) for fact in (enters("recv"), leaves("recv", 1))]
    assert not activity(*letters).looping


def test_a_main_thread_at_its_end_waits_for_threads_but_not_for_daemons() -> None:
    ended = MainEnded(0.0, ME, 1, "", 0)
    assert rests(activity(starts(2), enters("recv", 2), ended))
    assert not rests(activity(starts(2, daemon=True), enters("recv", 2), ended)), "the program is about to end"


def test_two_threads_in_input_are_one_reader_and_one_that_waits_for_it() -> None:
    both = [starts(2), enters("input", 1), enters("stdin", 1), enters("input", 2)]
    assert rests(activity(*both))
    assert not rests(activity(*both), InputsSent(typed_bytes=3))


def test_a_program_that_has_made_a_child_process_is_said_to() -> None:
    """The facts tell nothing of the child: who asks must look at the system, too."""
    assert not activity().forked
    assert activity(Forked(0.0, ME, 1, "", 0)).forked


def test_a_thread_that_will_wake_by_itself_is_known() -> None:
    assert activity(starts(2), enters("sleep", 2, timeout_s=2.0)).timing
    assert not activity(starts(2), enters("recv", 2)).timing


def test_a_thread_that_has_read_its_line_is_not_waiting_for_the_reader() -> None:
    """Of two threads in input(), the one that was served is on its way out while the other reads already."""
    served = [enters("input", 1), enters("stdin", 1), starts(2), enters("input", 2), leaves("stdin", 6, 1)]
    both = activity(*served, enters("stdin", 2))
    assert not rests(both, InputsSent(typed_bytes=6))
    both.feed(leaves("input", 5, 1))
    both.feed(enters("input", 1))
    assert rests(both, InputsSent(typed_bytes=6))


def test_what_is_on_its_way_to_a_waiting_thread_will_wake_it() -> None:
    """The system may show a thread asleep although its bytes have been sent: they have not arrived yet."""
    waiting = activity(enters("recv", 1, 3))
    assert waiting.about_to_wake(InputsSent(said_bytes=1))
    assert not waiting.about_to_wake(InputsSent())
    assert activity(starts(2), enters("join", 1, 2), ends(2)).about_to_wake(InputsSent())
