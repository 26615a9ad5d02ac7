"""What is recorded of a program, and in which order, from what comes of it: nothing is started."""

from __future__ import annotations

import pytest

from grader.harness.lacks import START
from grader.transcript.facts import Complained, Exceeded, Exited, Flooded, InputEnded, Killed, Said, Shown, Typed

from .fakes import BEGAN, ME, Watched

CAP = 10


def test_what_the_harness_does_is_recorded_at_its_moment() -> None:
    watched = Watched()
    watched.program.type("salut")
    watched.clock.now_s += 2.0
    watched.program.say("ça va ?")
    watched.program.end_input()
    assert watched.facts == [Typed(60.0, ME, "salut"), Said(62.0, ME, "ça va ?"), InputEnded(62.0, ME)]
    assert watched.process.typed == b"salut\n"
    given = watched.program.inputs_sent()
    assert (given.typed_bytes, given.input_ended) == (6, True)


def test_outputs_are_recorded_as_they_come() -> None:
    watched = Watched()
    watched.process.put("stdout", "été\n".encode())
    watched.process.put("stderr", b"oups\n")
    assert watched.program.read()
    assert not watched.program.read()
    assert watched.facts == [
        Shown(60.0, ME, "été\n".encode().decode("latin-1")),
        Complained(60.0, ME, "oups\n"),
    ]
    assert watched.program.outputs.shown == "été\n".encode()


@pytest.mark.parametrize(
    ("pieces", "facts"),
    [
        ([b"a" * CAP], [Shown(60.0, ME, "a" * CAP)]),
        ([b"a" * (CAP + 1)], [Flooded(60.0, ME, "stdout"), Shown(60.0, ME, "a" * CAP)]),
        (
            [b"a" * 6, b"b" * 6, b"c" * 6],
            [Shown(60.0, ME, "a" * 6), Flooded(60.0, ME, "stdout"), Shown(60.0, ME, "b" * 4)],
        ),
    ],
    ids=["fits", "one piece", "three pieces"],
)
def test_an_output_is_kept_below_a_cap_and_what_is_more_is_noted_once(pieces: list[bytes], facts: list[object]) -> None:
    watched = Watched(keep_output_bytes=CAP)
    watched.process.put("stdout", *pieces)
    watched.read_all()
    assert watched.facts == facts
    assert watched.program.outputs.printed_bytes == sum(map(len, pieces))


def test_each_stream_has_a_cap_of_its_own_and_new_room_in_each_step() -> None:
    watched = Watched(keep_output_bytes=CAP)
    for _ in range(2):
        watched.process.put("stdout", b"a" * CAP)
        watched.process.put("stderr", b"b" * CAP)
        watched.read_all()
        watched.program.begin_step()
        assert not watched.program.outputs.shown
        assert watched.program.outputs.printed_bytes == 0
    assert watched.facts == [Shown(60.0, ME, "a" * CAP), Complained(60.0, ME, "b" * CAP)] * 2


def test_what_a_program_has_left_is_read_before_its_end_is_recorded() -> None:
    watched = Watched()
    watched.process.tell(BEGAN)
    watched.process.put("stdout", b"un\n", b"deux\n")
    watched.process.put("stderr", b"fin\n")
    watched.process.status = 3
    assert watched.program.read()
    assert watched.kinds() == ["Began", "Shown", "Complained", "Shown", "Exited"]
    assert watched.facts[-1] == Exited(60.0, ME, 3)
    assert watched.program.over
    assert not watched.program.lack
    watched.process.put("stdout", b"trop tard\n")
    assert not watched.program.read()
    assert watched.kinds()[-1] == "Exited"


def test_what_was_written_before_the_channel_ended_comes_before_what_follows() -> None:
    watched = Watched()
    watched.process.put("stdout", b"un\n", b"deux\n")
    watched.process.silent = True
    watched.program.read()
    assert watched.program.probe.silence.began
    assert watched.program.outputs.shown == b"un\ndeux\n"


@pytest.mark.parametrize("lack", ["", "memoire"])
def test_a_program_that_ends_before_it_began_was_not_started_by_this_machine(lack: str) -> None:
    watched = Watched()
    watched.process.status, watched.process.lack = 70, lack
    watched.read_all()
    assert watched.program.lack == (lack or START)


def test_a_program_is_killed_once() -> None:
    watched = Watched()
    watched.program.kill()
    watched.program.kill()
    assert watched.facts == [Killed(60.0, ME)]
    assert watched.process.killed


def test_a_program_that_is_late_is_ended() -> None:
    watched = Watched()
    watched.process.pid = watched.process.tree = 1 << 30  # nobody's
    watched.program.guard(late=False)
    assert watched.facts == []
    watched.program.guard(late=True)
    assert watched.facts == [Exceeded(60.0, ME, "duree"), Killed(60.0, ME)]


def test_a_program_that_tells_too_much_is_ended() -> None:
    watched = Watched(channel_bytes=50)
    watched.process.pid = watched.process.tree = 1 << 30
    watched.process.tell(BEGAN, BEGAN)
    watched.read_all()
    watched.facts.clear()
    watched.program.guard(late=False)
    assert watched.facts == [Exceeded(60.0, ME, "sonde"), Killed(60.0, ME)]
