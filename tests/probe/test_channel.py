"""What the probe tells of a real call: that it is entered, and how it ends; the call itself never notices."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from grader.probe.channel import Channel


class Pipe:
    """A channel, and what has come out of it."""

    def __init__(self) -> None:
        self.read_end, self.write_end = os.pipe()
        self.channel = Channel(self.write_end, "/nowhere")

    def told(self) -> list[list[Any]]:
        """The facts without their time, thread and place."""
        os.close(self.write_end)
        with open(self.read_end, encoding="ascii") as lines:
            return [[fact[0], *fact[5:]] for fact in map(json.loads, lines)]


@pytest.fixture
def pipe() -> Pipe:
    return Pipe()


def test_a_call_is_told_before_it_is_made_and_what_it_gave_after(pipe: Pipe) -> None:
    with pipe.channel.watched("recv", 3, 1.5):
        pipe.channel.emit("Slept")
    pipe.channel.emit("Received", 3, 5)
    assert pipe.told() == [["Entered", "recv", 3, 1.5], ["Slept"], ["Received", 3, 5]]


def test_what_a_call_raises_is_told_and_goes_on_as_it_is(pipe: Pipe) -> None:
    error = ConnectionResetError(104, "reset")
    with pytest.raises(ConnectionResetError) as caught, pipe.channel.watched("stdin"):
        raise error
    assert caught.value is error
    assert error.__context__ is None
    assert pipe.told() == [["Entered", "stdin", 0, None], ["CallFailed", "stdin", 0, "ConnectionResetError"]]


def test_of_a_call_that_cannot_wait_only_its_exceptions_are_told(pipe: Pipe) -> None:
    with pipe.channel.watched("send", 2, enters=False):
        pass
    with pytest.raises(KeyboardInterrupt), pipe.channel.watched("send", 2, enters=False):
        raise KeyboardInterrupt
    assert pipe.told() == [["CallFailed", "send", 2, "KeyboardInterrupt"]]
