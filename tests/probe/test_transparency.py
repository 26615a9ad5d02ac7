"""What the probe does not change: a program's output, its tracebacks and its exit status."""

from __future__ import annotations

import functools
import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.harness.forked import ForkLauncher
from grader.harness.process import Launcher
from grader.harness.spawned import SpawnLauncher
from grader.transcript.codec import decode_probe_line

from .runs import Outcome, Program, free_place, run_plainly, run_probed
from .snippets import ALLOWED, ENCODINGS, SNIPPETS, Snippet

FILE = "programme.py"
CAN_FORK = hasattr(os, "posix_spawn") and hasattr(socket, "send_fds")
LAUNCHERS: tuple[type[Launcher], ...] = (ForkLauncher, SpawnLauncher) if CAN_FORK else (SpawnLauncher,)


@pytest.fixture(scope="module", params=LAUNCHERS, ids=lambda launcher: launcher.__name__)
def launcher(request: pytest.FixtureRequest) -> Iterator[Launcher]:
    """Each way of starting programs."""
    one: Launcher = request.param()
    yield one
    one.close()


Plain = Callable[[Snippet], tuple[Program, Outcome]]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Plain:
    """What Python itself does with a snippet, tried once for both launchers."""

    @functools.cache
    def run_once(snippet: Snippet) -> tuple[Program, Outcome]:
        program = Program(tmp_path_factory.mktemp("plain") / "rendu", FILE, snippet.stdin, free_place())
        return program, run_plainly(program.write(snippet.all_files(FILE)))

    return run_once


def run_both(snippet: Snippet, launcher: Launcher, plain: Plain, folder: Path) -> tuple[Outcome, Outcome, list[bytes]]:
    """What Python itself does with a snippet, what is seen of it under the probe, and what the probe told."""
    program, expected = plain(snippet)
    outcome, told = run_probed(launcher, replace(program, folder=folder).write(snippet.all_files(FILE)))
    return expected, outcome, told


def runnable(snippets: tuple[Snippet, ...]) -> list[Snippet]:
    """The snippets for this Python."""
    return [snippet for snippet in snippets if snippet.since <= sys.version_info]


@pytest.mark.parametrize("snippet", runnable(SNIPPETS), ids=lambda snippet: snippet.name)
def test_a_program_does_the_same_under_the_probe(
    snippet: Snippet, launcher: Launcher, plain: Plain, tmp_path: Path
) -> None:
    expected, outcome, told = run_both(snippet, launcher, plain, tmp_path / "rendu")
    assert outcome == expected
    for line in told:
        decode_probe_line(line, "serveur", 0.0)  # raises where the probe says what the harness cannot read


@pytest.mark.parametrize("snippet", ENCODINGS, ids=lambda snippet: snippet.name)
def test_a_file_that_python_refuses_to_read_is_refused(
    snippet: Snippet, launcher: Launcher, plain: Plain, tmp_path: Path
) -> None:
    expected, outcome, _ = run_both(snippet, launcher, plain, tmp_path / "rendu")
    assert (outcome.status, outcome.stdout) == (expected.status, expected.stdout) == (1, "")
    assert outcome.stderr.splitlines()[-1].startswith("SyntaxError: ")
    if sys.version_info < (3, 13, 10):  # later ones say it in other words
        assert outcome.stderr == expected.stderr


@pytest.mark.parametrize("snippet", runnable(ALLOWED), ids=lambda snippet: snippet.name)
def test_an_allowed_difference_is_still_there(
    snippet: Snippet, launcher: Launcher, plain: Plain, tmp_path: Path
) -> None:
    """One that is gone must be taken off the list."""
    expected, outcome, _ = run_both(snippet, launcher, plain, tmp_path / "rendu")
    assert outcome != expected, snippet.why


def test_every_snippet_has_a_name_of_its_own() -> None:
    names = [snippet.name for snippet in (*SNIPPETS, *ENCODINGS, *ALLOWED)]
    assert sorted(set(names)) == sorted(names)
