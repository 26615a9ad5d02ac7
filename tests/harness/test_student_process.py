"""What is concluded about a program is the same in whatever order the system tells of it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import closing

import pytest

from grader.harness.scheduler import Scheduler
from grader.harness.system import parent_of
from grader.harness.workspace import Workspace
from grader.limits import DEFAULT
from grader.transcript.facts import ChannelClosedEarly, Fact, HeardEnd

from ..conftest import Unwatched

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the system tells enough of a process there"),
    pytest.mark.slow,
]

DEADLINE_S = 20.0

SERVER = b"import socket\ninput()\nserveur = socket.socket()\nserveur.bind(('', 4242))\nserveur.listen()\ninput()\n"
CALLS = b"import os, socket\ninput()\nclient = socket.create_connection(('127.0.0.1', 4242))\n"
LEAVES = b"import ctypes\nfor fd in range(3, 256):\n    ctypes.CDLL(None).close(fd)\ninput()\n"
"""Closes everything behind Python's back: os.close and os.closerange leave the probe's channel alone."""


@pytest.mark.parametrize(
    ("then", "muted"),
    [(b"client.send(b'salut')\n", False), (LEAVES, True)],
    ids=["ends", "closes the channel and goes on"],
)
def test_a_program_that_ends_is_not_taken_for_one_that_hides(then: bytes, muted: bool) -> None:
    """The last to be told is that it has ended: after its channel's end, and after its connection was taken up."""
    from grader.harness.forked import ForkLauncher

    facts: list[Fact] = []
    files = {"serveur.py": SERVER, "client.py": CALLS + then}
    programs = {"serveur": "serveur.py", "client": "client.py"}
    with (
        closing(ForkLauncher(private=False)) as launcher,
        Workspace(files, "") as workspace,
        Scheduler(programs, workspace, launcher, DEFAULT) as scheduler,
    ):
        client, server = (
            scheduler.starter.start(name, {}, Unwatched(), facts.append) for name in ("client", "serveur")
        )
        client.mate, server.mate = server, client

        def play_until(condition: Callable[[], bool]) -> None:
            deadline_s = time.monotonic() + DEADLINE_S
            while not condition():
                assert time.monotonic() < deadline_s, facts
                launcher.update()
                for program in (client, server):
                    program.read()
                    program.guard(late=False)

        with closing(client), closing(server):
            # Two ways tell of a start, the program and the launcher, in any order: a number of 0 is everybody here.
            play_until(lambda: bool(client.process.pid and client.activity.began_s and server.activity.began_s))
            tells_ends = parent_of(client.process.pid)
            os.kill(tells_ends, signal.SIGSTOP)
            try:
                client.type("")
                play_until(lambda: client.process.silent)
                server.type("")
                play_until(lambda: any(isinstance(fact, HeardEnd) for fact in facts))
                play_until(lambda: not muted or any(isinstance(fact, ChannelClosedEarly) for fact in facts))
            finally:
                os.kill(tells_ends, signal.SIGCONT)
    assert [fact.program for fact in facts if isinstance(fact, ChannelClosedEarly)] == ["client"] * muted
