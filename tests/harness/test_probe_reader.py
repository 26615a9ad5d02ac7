"""What a probe tells is kept below caps, in order, and believed only where the probe alone can have told it."""

from __future__ import annotations

import errno

import pytest

from grader.harness.lacks import MEMORY, THREADS
from grader.harness.probe_reader import FactCaps, ProbeReader, SilenceWatch
from grader.harness.program_log import ProgramLog
from grader.limits import DEFAULT, Limits
from grader.transcript.calls import Entered
from grader.transcript.facts import (
    Bound,
    ChannelClosedEarly,
    ChannelTampered,
    Fact,
    Forked,
    Listened,
    ProbeFact,
    Raised,
    SocketMade,
    ThreadFailed,
)

from .fakes import BEGAN, HOST, ME, ZERO_S, FakeClock, FakeProcess, handles_of, line

PORT = 40_001


class Reading:
    """A reader of a fake probe, with what it records."""

    def __init__(self, limits: Limits = DEFAULT) -> None:
        self.process = FakeProcess()
        self.facts: list[Fact] = []
        self.clock = FakeClock()
        log = ProgramLog(ME, ZERO_S, self.facts.append, self.clock)
        self.reader = ProbeReader(handles_of(self.process), log, limits)

    def told(self, *facts: ProbeFact) -> list[Fact]:
        """All that is recorded once the probe has told these."""
        self.process.tell(*facts)
        assert self.reader.read()
        return self.facts


def enters(call: str, at_s: float = 1.0) -> Entered:
    return Entered(at_s, ME, 1, "serveur.py", 3, call, 0, None)


def listens(host: str, port: int) -> Listened:
    return Listened(1.0, ME, 1, "serveur.py", 5, 4, host, port)


def bound(port: int, real_port: int) -> Bound:
    return Bound(1.0, ME, 1, "serveur.py", 4, 4, "", port, "0.0.0.0", False, 4, real_port)


def raised(error: str, code: str = "") -> Raised:
    return Raised(1.0, ME, 1, "serveur.py", 4, error, "", (error,), "", "", code)


def test_facts_are_recorded_as_told_and_in_order() -> None:
    told = [BEGAN, enters("input", 2.0), SocketMade(1.5, ME, 1, "serveur.py", 2, 1, 2, 1), enters("recv", 1.25)]
    reading = Reading()
    assert reading.told(*told) == told
    assert reading.reader.activity.began_s == BEGAN.at_s
    assert not reading.reader.read()


def test_a_fact_that_comes_in_pieces_is_one_and_all_bytes_count() -> None:
    reading, whole = Reading(), line(BEGAN)
    reading.process.put("channel", *(whole[at : at + 1] for at in range(len(whole))))
    while reading.reader.read():
        pass
    assert reading.facts == [BEGAN]
    assert reading.reader.received_bytes == len(whole)


def test_tampering_is_noted_once_and_the_true_facts_stay() -> None:
    reading = Reading()
    reading.process.put("channel", b"hello\n" + line(BEGAN))
    reading.process.put("channel", line(enters("input"), token=b"x" * 16))
    reading.process.put("channel", b"bye\n")
    while reading.reader.read():
        pass
    assert reading.facts == [BEGAN, ChannelTampered(60.0, ME)]


def test_no_fact_is_from_later_than_now() -> None:
    reading = Reading()
    reading.clock.now_s = ZERO_S + 3.0
    assert reading.told(BEGAN, enters("input", 2.0), enters("recv", 10.0)) == [
        BEGAN,
        enters("input", 2.0),
        ChannelTampered(3.0, ME),
    ]


def test_a_program_begins_once() -> None:
    assert Reading().told(BEGAN, BEGAN) == [BEGAN, ChannelTampered(60.0, ME)]


@pytest.mark.parametrize(
    ("host", "port"), [("10.0.0.1", PORT), (HOST, 1 << 16), (HOST, -1)], ids=["elsewhere", "no port", "below"]
)
def test_the_harness_is_led_nowhere_else(host: str, port: int) -> None:
    reading = Reading()
    assert reading.told(BEGAN, listens(host, port)) == [BEGAN, ChannelTampered(60.0, ME)]
    assert reading.reader.listening == ("", 0)


def test_the_first_place_where_a_program_listens_is_where_it_is_called() -> None:
    reading = Reading()
    told = [BEGAN, listens(HOST, PORT), listens(HOST, PORT + 1)]
    assert reading.told(*told) == told
    assert reading.reader.listening == (HOST, PORT)
    reading.reader.forget_place()
    assert reading.reader.listening == ("", 0)


def test_real_ports_are_kept_by_the_first_that_stands_for_each_up_to_a_cap() -> None:
    reading = Reading(Limits(ports=2))
    told = [bound(4242, 1), bound(4242, 2), bound(4243, 3), bound(4244, 4)]
    assert reading.told(*told) == told
    assert reading.reader.real_ports == {4242: 1, 4243: 3}


def test_what_the_machine_refuses_first_is_what_it_lacks() -> None:
    reading = Reading()
    reading.told(BEGAN, ThreadFailed(1.0, ME, 1, "serveur.py", 3, 2), raised("MemoryError"))
    assert reading.reader.lack == THREADS


@pytest.mark.parametrize(
    ("fact", "lack"),
    [
        (raised("MemoryError"), MEMORY),
        (raised("OSError", errno.errorcode[errno.ENOMEM]), MEMORY),
        (raised("OSError", errno.errorcode[errno.EAGAIN]), ""),
        (raised("ValueError"), ""),
    ],
    ids=["MemoryError", "ENOMEM", "nothing has come yet", "the student's own"],
)
def test_only_what_can_be_the_machines_fault_is_a_lack(fact: ProbeFact, lack: str) -> None:
    reading = Reading()
    reading.told(BEGAN, fact)
    assert reading.reader.lack == lack


@pytest.mark.parametrize(
    ("limits", "kept"),
    [
        (Limits(), 10),
        (Limits(keep_calls=2), 7),
        (Limits(keep_facts=3), 8),
        (Limits(keep_calls=0, keep_facts=0), 0),
        (Limits(keep_fact_bytes=400), 4),
    ],
    ids=["all fit", "repeated calls", "other facts", "none", "bytes"],
)
def test_no_more_facts_are_kept_than_a_cap_each(limits: Limits, kept: int) -> None:
    caps = FactCaps(limits)
    made, forked = SocketMade(1.0, ME, 1, "", 2, 1, 2, 1), Forked(1.0, ME, 1, "", 2)
    told = [*[enters("recv")] * 4, made, enters("accept"), forked, *[enters("join")] * 3]
    assert sum(caps.admit(fact, 100) for fact in told) == kept


def test_what_is_not_kept_still_counts() -> None:
    reading = Reading(Limits(keep_facts=0, keep_calls=0))
    assert reading.told(BEGAN, Forked(1.0, ME, 1, "", 2)) == []
    assert reading.reader.activity.began_s == BEGAN.at_s
    assert reading.reader.activity.forked


@pytest.mark.parametrize(
    ("looks", "muted"),
    [
        ([True], False),
        ([True, True], True),
        ([True, False, True], False),
        ([True, False, True, True], True),
        ([True] * 5, True),
    ],
)
def test_a_program_goes_on_in_silence_if_two_looks_in_a_row_say_so(looks: list[bool], muted: bool) -> None:
    facts: list[Fact] = []
    answers = list(looks)
    watch = SilenceWatch(ProgramLog(ME, ZERO_S, facts.append, FakeClock()), 2, lambda _: answers.pop(0))
    watch.began = True
    for _ in looks:
        watch.look(FakeProcess(pid=7))
    assert facts == [ChannelClosedEarly(60.0, ME)] * muted


def test_a_program_is_not_looked_at_before_its_channel_ends() -> None:
    def nobody(_: int) -> bool:
        raise AssertionError

    facts: list[Fact] = []
    SilenceWatch(ProgramLog(ME, ZERO_S, facts.append, FakeClock()), 2, nobody).look(FakeProcess(pid=7))
    assert facts == []


def test_a_program_that_has_ended_meanwhile_hides_nothing() -> None:
    facts: list[Fact] = []
    watch = SilenceWatch(ProgramLog(ME, ZERO_S, facts.append, FakeClock()), 2, lambda _: True)
    watch.began = True
    for _ in range(3):
        watch.look(FakeProcess(pid=7, status=0))
    assert facts == []
