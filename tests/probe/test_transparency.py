"""What the probe does not change: a program's output, its tracebacks and its exit status."""

from __future__ import annotations

import functools
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.harness.forked import ForkLauncher
from grader.harness.process import Launcher
from grader.harness.spawned import SpawnLauncher
from grader.harness.stage import own_loopback_host
from grader.transcript.codec import decode_probe_line

from .runs import Outcome, run_plainly, run_probed, write_program
from .snippets import ALLOWED, SNIPPETS, Snippet

PROGRAM = "programme.py"
HOST = own_loopback_host()
CAN_FORK = hasattr(os, "posix_spawn") and hasattr(socket, "send_fds")
LAUNCHERS: tuple[type[Launcher], ...] = (ForkLauncher, SpawnLauncher) if CAN_FORK else (SpawnLauncher,)


@pytest.fixture(scope="module", params=LAUNCHERS, ids=lambda launcher: launcher.__name__)
def launcher(request: pytest.FixtureRequest) -> Iterator[Launcher]:
    """Each way of starting programs."""
    one: Launcher = request.param()
    yield one
    one.close()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Snippet], Outcome]:
    """What Python itself does with a snippet, tried once for both launchers."""

    @functools.cache
    def run_once(name: str) -> Outcome:
        snippet = next(snippet for snippet in (*SNIPPETS, *ALLOWED) if snippet.name == name)
        folder = write_program(tmp_path_factory.mktemp("plain") / "rendu", snippet.all_files(PROGRAM), HOST)
        return run_plainly(folder, PROGRAM, snippet.stdin)

    return lambda snippet: run_once(snippet.name)


def runnable(snippets: tuple[Snippet, ...]) -> list[Snippet]:
    return [snippet for snippet in snippets if snippet.since <= sys.version_info]


@pytest.mark.parametrize("snippet", runnable(SNIPPETS), ids=lambda snippet: snippet.name)
def test_a_program_does_the_same_under_the_probe(
    snippet: Snippet, launcher: Launcher, plain: Callable[[Snippet], Outcome], tmp_path: Path
) -> None:
    folder = write_program(tmp_path / "rendu", snippet.all_files(PROGRAM), HOST)
    outcome, told = run_probed(launcher, folder, PROGRAM, snippet.stdin)
    expected = plain(snippet)
    assert outcome.stderr == expected.stderr
    assert outcome.stdout == expected.stdout
    assert outcome.status == expected.status
    for line in told:
        decode_probe_line(line, "programme", 0.0)
