"""A fact comes whole, however long it is and whoever else writes; what the probe did not write is told."""

from __future__ import annotations

import os
import threading
import time

import pytest

from grader.harness.channel import ChannelReader
from grader.limits import DEFAULT
from grader.probe.channel import WHOLE_BYTES, Channel
from grader.transcript.facts import Raised

TOKEN = "0123456789abcdef"
LONG = "é🎉" * 150
"""As many characters as a fact keeps of a text: 2,700 bytes of JSON."""

THREADS = 4
FACTS = 50


def written(count: int) -> bytes:
    """What so many threads write to one channel at the same time."""
    read_fd, write_fd = os.pipe()
    channel = Channel(write_fd, "/nowhere", TOKEN)
    parts: list[bytes] = []

    def drain() -> None:
        while data := os.read(read_fd, 65536):
            parts.append(data)

    def tell(number: int) -> None:
        for _ in range(FACTS):
            channel.emit_at((f"{number}.py", 1), "Raised", "Exception", LONG, ["Exception"], "", "", "")

    reader = threading.Thread(target=drain)
    writers = [threading.Thread(target=tell, args=(number,)) for number in range(count)]
    reader.start()
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    os.close(write_fd)
    reader.join()
    os.close(read_fd)
    return b"".join(parts)


def reader_of_now() -> ChannelReader:
    return ChannelReader("client", TOKEN.encode(), DEFAULT, time.monotonic() - 60)


def test_no_line_is_longer_than_what_a_pipe_takes_at_once() -> None:
    assert max(map(len, written(1).splitlines(keepends=True))) <= WHOLE_BYTES <= 512


@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_long_facts_of_several_threads_come_whole(piece: int) -> None:
    data, reader = written(THREADS), reader_of_now()
    found = [
        fact for start in range(0, len(data), piece) for fact, _ in reader.feed(data[start : start + piece], 120.0)
    ]
    assert not reader.tampered
    assert [fact.text for fact in found if isinstance(fact, Raised)] == [LONG] * THREADS * FACTS
    assert {fact.file for fact in found} == {f"{number}.py" for number in range(THREADS)}


@pytest.mark.parametrize(
    "line",
    [
        b'["Began",1.0,1,"",0,7]',
        TOKEN.encode() + b"00000001?[1]",
        TOKEN.encode() + b"00000001![]",
        TOKEN.encode() + b"x" * 9000,
        b"".join(TOKEN.encode() + b"%08x+[\n" % number for number in range(99)),
    ],
    ids=["no token", "no mark", "no fact", "too long", "too many parts"],
)
def test_what_the_probe_does_not_write_is_told(line: bytes) -> None:
    reader = reader_of_now()
    assert reader.feed(line + b"\n", 120.0) == []
    assert reader.tampered
