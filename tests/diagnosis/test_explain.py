"""Explanations as a whole: none is ever missing its words, and nothing that a program does makes them fail."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from grader import grading
from grader.checks import rubric
from grader.diagnosis import choose
from grader.diagnosis.case import Case, Finding
from grader.diagnosis.exchange import Kind
from grader.diagnosis.explanation import explanation_of
from grader.diagnosis.waiting import waiting
from grader.harness.launcher import Launcher
from grader.limits import DEFAULT
from grader.report.html import to_html
from grader.report.model import Report, State
from grader.report.terminal import Terminal
from grader.submission import Submission, parse_submission
from grader.transcript.calls import Entered, Received
from grader.transcript.facts import Fact, Said, ThreadEnded
from grader.transcript.place import Place
from grader.transcript.record import Run, Transcript

from ..checks.facts import accepts, joins, listens, starts
from ..checks.test_rubric import STORIES, with_programs
from ..conftest import BOTH
from ..submissions.mistakes import MISTAKES
from ..submissions.model import mistake_files, reference_files

SEEN = (
    "client-shows-bytes", "serveur-sends-one", "threads-target-called", "threads-one-after-the-other",
    "end-empty-not-seen-silent", "serveur-shows-nothing", "etape1-serves-without-end", "accents-sent-in-latin1",
    "threads-args-without-comma", "etape1-port-4243", "client-closes-after-first-sent",
)  # fmt: skip
"""Mistakes of every theme, whose records are then taken apart."""


def submission(files: dict[str, str]) -> Submission:
    """Files as they are read from a folder."""
    return parse_submission("rendu", {name: text.encode() for name, text in files.items()}, ())


@pytest.fixture(scope="module")
def records(launcher: Launcher) -> dict[str, tuple[dict[str, str], Transcript]]:
    """What was seen of some submissions."""
    found = {}
    for mistake in MISTAKES:
        if mistake.name in SEEN:
            files = mistake_files(mistake)
            seen = grading.observe(submission(files), BOTH, launcher, lambda *_: None, DEFAULT)
            found[mistake.name] = (files, seen)
    return found


def everything_shown(report: Report) -> str:
    """The report in all its forms."""
    file = io.StringIO()
    Terminal(Console(file=file, width=80, highlight=False)).show(report, details=True)
    return file.getvalue() + to_html(report)


def changed(text: str, seed: int) -> str:
    """A file with some of its lines left out, doubled, swapped or cut."""
    chance = random.Random(seed)
    lines = text.split("\n")
    for _ in range(chance.randint(0, 6)):
        place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        how = chance.randrange(4)
        if how == 0:
            del lines[place]
        elif how == 1:
            lines.insert(place, lines[other % len(lines)])
        elif how == 2:
            lines[place], lines[other % len(lines)] = lines[other % len(lines)], lines[place]
        else:
            lines[place] = lines[place][: chance.randrange(len(lines[place]) + 1)]
        lines = lines or [""]
    return "\n".join(lines)


def torn_at_random(files: dict[str, str], seen: Transcript, seed: int, kept: float) -> tuple[Submission, Transcript]:
    """A submission whose files were changed anyhow, and what was seen of it with only a part of the facts."""
    chance = random.Random(seed)
    runs = {
        scenario: Run(scenario, tuple(fact for fact in run.facts if chance.random() < kept))
        for scenario, run in seen.runs.items()
    }
    return submission({file: changed(text, seed) for file, text in files.items()}), replace(seen, runs=runs)


@settings(max_examples=150)
@given(name=st.sampled_from(SEEN), seed=st.integers(0, 2**32), kept=st.floats(0.3, 1.0))
def test_half_a_record_and_a_broken_file_still_get_their_report(
    name: str, seed: int, kept: float, records: dict[str, tuple[dict[str, str], Transcript]]
) -> None:
    """Facts may be missing (a killed program) and the file may be anything: there is a report, and its words."""
    broken, torn = torn_at_random(*records[name], seed, kept)
    report = grading.judge(broken, torn, 0.1)
    assert "{" not in "".join(check.cause + check.step + check.question for check in report.checks if check.diagnosis)
    assert everything_shown(report)


def every_candidate(submission: Submission, seen: Transcript) -> Iterator[tuple[Case, Finding]]:
    """All that may explain a check that failed, also what is never chosen."""
    verdicts = rubric.apply(seen)
    chosen = choose.choose(verdicts, seen, submission)
    for cases in choose.cases_of(verdicts, seen, submission).values():
        yield from choose.candidates(cases, chosen)


@settings(max_examples=50)
@given(name=st.sampled_from(SEEN), seed=st.integers(0, 2**32), kept=st.floats(0.3, 1.0))
def test_whatever_may_explain_a_check_has_its_words(
    name: str, seed: int, kept: float, records: dict[str, tuple[dict[str, str], Transcript]]
) -> None:
    """The ones behind the first as well: ``filled`` raises where a gap has no word."""
    broken, torn = torn_at_random(*records[name], seed, kept)
    for case, finding in every_candidate(broken, torn):
        told = explanation_of(case.row, {case.row.id: (case, finding)})
        assert all((told.cause, told.step, told.question, told.lesson))


@pytest.mark.slow
@given(STORIES, st.lists(st.sampled_from(["etape1", "serveur", "client"]), min_size=1, max_size=5))
def test_any_story_can_be_told(stories: dict[str, list[Fact]], programs: list[str]) -> None:
    """Whatever the probe of a hostile program has told."""
    runs = {name: Run(name, tuple(with_programs(facts, programs))) for name, facts in stories.items()}
    report = grading.judge(submission(reference_files()), Transcript({}, BOTH, runs), 0.1)
    assert everything_shown(report)


def test_what_follows_from_a_mistake_waits_and_is_not_to_be_repaired(
    records: dict[str, tuple[dict[str, str], Transcript]],
) -> None:
    files, seen = records["threads-target-called"]
    report = grading.judge(submission(files), seen, 0.1)
    assert report.first == "client.threads"
    states = {check.id: check.state for check in report.checks}
    assert states["client.threads"] is State.FAILED
    assert states["client.reception"] is states["duo.dialogue"] is State.WAITING
    assert [state for state in states.values() if state is State.FAILED] == [State.FAILED]


def test_a_hanging_program_is_told_who_waits_where(records: dict[str, tuple[dict[str, str], Transcript]]) -> None:
    files, seen = records["threads-one-after-the-other"]
    first = grading.judge(submission(files), seen, 0.1).first_failure()
    assert first is not None
    told = " ".join(first.blocked)
    assert "« envoi » attend que tu tapes quelque chose" in told
    assert "Le programme principal attend la fin de « envoi », dans join()" in told
    assert "« recep » n'a pas démarré." in told


def test_the_picture_shows_the_arrow_that_should_have_come(
    records: dict[str, tuple[dict[str, str], Transcript]],
) -> None:
    files, seen = records["serveur-shows-nothing"]
    first = grading.judge(submission(files), seen, 0.1).first_failure()
    assert first is not None
    assert first.exchange is not None
    missing = [arrow for arrow in first.exchange.arrows if arrow.kind is Kind.MISSING]
    assert [(arrow.source, arrow.target) for arrow in missing] == [(1, 0)]
    assert first.exchange.lanes == ("clavier, écran", "serveur.py", "le client")


ME = "serveur"


def test_a_thread_waits_in_the_call_that_it_entered_last_and_has_not_left() -> None:
    run = Run("serveur.parle", (
        *listens(), *accepts(), starts(2, "envoi", "Send"), starts(3, "recep", "Réception"),
        Entered(0.3, ME, 2, "x.py", 20, "input", 0, None), Entered(0.3, ME, 2, "x.py", 20, "stdin", 0, None),
        Entered(0.3, ME, 3, "x.py", 30, "recv", 2, None), Received(0.4, ME, 3, "x.py", 30, 2, 8),
        joins(2)[0],
    ))  # fmt: skip
    told = {one.who: (one.call, one.place) for one in waiting(run, ME)}
    assert told == {
        "le programme principal": ("join", Place("x.py", 11)),
        "« envoi »": ("input", Place("x.py", 20)),
        "« recep »": ("", Place("x.py", 30)),
    }


def test_what_ended_waits_for_nothing_and_the_moment_counts() -> None:
    said = Said(1.0, ME, "salut")
    entered = Entered(0.3, ME, 2, "x.py", 20, "recv", 2, None)
    over = ThreadEnded(2.0, ME, 2, "", 0)
    run = Run("serveur.parle", (*listens(), starts(2, "recep", "Réception"), entered, said, over))
    assert [one.thread for one in waiting(run, ME)] == [1]
    assert [one.thread for one in waiting(run, ME, said)] == [1, 2]


def test_an_answer_that_is_always_empty_is_a_loop() -> None:
    empty = [
        fact
        for _ in range(6)
        for fact in (
            Entered(1.0, ME, 2, "x.py", 30, "recv", 2, None),
            Received(1.0, ME, 2, "x.py", 30, 2, 0),
        )
    ]
    run = Run("serveur.parle", (*listens(), starts(2, "recep", "Réception"), *empty[:-1]))
    looping = next(one for one in waiting(run, ME) if one.thread == 2)
    assert looping.call == ""
    assert "tourne en rond" in looping.text


LARGE = {
    "a long sum": "x = " + "1 + " * 3000 + "1\n",
    "many brackets": "x = " + "(" * 150 + ")" * 150 + "\n",
    "brackets without end": "x = " + "(" * 50_000 + "\n",
    "lists in lists": "x = " + "[" * 90 + "]" * 90 + "\n",
    "a large file": "x = 1  # é\n" * 50_000,
    "a large file that cannot be read": "x = 1  # é\n" * 50_000 + "x = (\n",
    "one line": "x = '" + "a" * 500_000 + "'\n",
    "a chain of names": "".join(f"a{n + 1} = a{n}\n" for n in range(3000)),
    "nested functions": "".join("    " * n + f"def f{n}():\n" for n in range(80)) + "    " * 80 + "pass\n",
}


@pytest.mark.parametrize("source", LARGE.values(), ids=LARGE.keys())
@pytest.mark.parametrize("name", ["client-shows-bytes", "threads-target-called", "etape1-serves-without-end"])
def test_a_file_that_nobody_wrote_by_hand_gets_its_report(
    name: str, source: str, records: dict[str, tuple[dict[str, str], Transcript]]
) -> None:
    """As quickly as any other, whether it stands before or behind what the student wrote."""
    files, seen = records[name]
    for odd in ({file: source + text for file, text in files.items()}, dict.fromkeys(files, source)):
        began_s = time.process_time()
        assert everything_shown(grading.judge(submission(odd), seen, 0.1))
        assert time.process_time() - began_s < 1.5
