"""What the probe tells is believed only where nothing contradicts it; an honest program never notices."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import grading
from grader.checks.verdict import PASSED, Status, Verdict
from grader.harness.launcher import Launcher
from grader.report.model import Report
from grader.shape import same_shape
from grader.submission import PROGRAMS, Submission, parse_submission
from grader.transcript.calls import CallFailed, ConnectReturned
from grader.transcript.facts import (
    Bound,
    ChannelClosedEarly,
    ChannelTampered,
    Complained,
    ConnectRequested,
    Counted,
    Exited,
    Fact,
    MainEnded,
    ThreadEnded,
    ThreadRan,
    ThreadStarted,
    Unaccepted,
)
from grader.transcript.record import Run, Transcript
from grader.transcript.value import changed
from grader.trust.grounds import GROUNDS
from grader.trust.review import review

from .conftest import BOTH
from .submissions.model import FILES, REFERENCE, STYLES, Style, style_files, write_files

ME = "serveur"
WORDED = [ground.check for ground in GROUNDS if ground.words]
HONEST = b"""
import socket, threading
def Send(client): client.fileno()
envoi = threading.Thread(target=Send)
envoi.join()
socket.socket().setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
"""


def submission(source: bytes = HONEST) -> Submission:
    return parse_submission("rendu", dict.fromkeys(FILES, source), ())


def started(number: int, function: str = "Send") -> ThreadStarted:
    return ThreadStarted(0.0, ME, 1, "serveur.py", 4, number, function, "__main__", ("envoi",), False)


def ran(number: int) -> ThreadRan:
    return ThreadRan(0.0, ME, number, "", 0, 100 + number)


def ended(number: int) -> ThreadEnded:
    return ThreadEnded(0.0, ME, number, "", 0)


def counted(threads: int) -> Counted:
    return Counted(0.0, ME, threads)


def bound(port: int) -> Bound:
    return Bound(0.0, ME, 1, "serveur.py", 3, 1, "", port, "0.0.0.0", False, 4, 40000)


def dialed(port: int) -> ConnectRequested:
    return ConnectRequested(0.0, ME, 1, "serveur.py", 3, 1, "localhost", port, "127.0.0.1", False, "stream")


def voided(*facts: Fact, source: bytes = HONEST) -> dict[str, list[str]]:
    """The suspicions about these facts, each with the checks that it takes."""
    passed: dict[str, Verdict] = dict.fromkeys((*WORDED, "serveur.adresse", "serveur.send"), PASSED)
    transcript = Transcript(dict(zip(PROGRAMS, FILES, strict=True)), BOTH, {"a": Run("a", facts)})
    verdicts, found = review(passed, transcript, submission(source), {})
    taken: dict[str, list[str]] = {}
    for one in found:
        taken.setdefault(one.slug, []).extend(check for check in one.checks if check in passed)
    fallen = {check for check in passed if verdicts[check].status is Status.FAILED}
    assert fallen == {check for checks in taken.values() for check in checks}
    return taken


THREADS = ["serveur.threads", "serveur.join"]


def test_real_threads_are_believed() -> None:
    assert voided(started(2), started(3), ran(2), ran(3), counted(3), ended(2), counted(2), ended(3), counted(1)) == {}


def test_a_thread_that_ended_just_before_the_count_is_no_ghost() -> None:
    assert voided(started(2), ran(2), counted(1), ended(2), counted(1)) == {}


def test_a_thread_that_the_system_does_not_show_is_a_ghost() -> None:
    later = MainEnded(0.0, ME, 1, "", 0)
    assert voided(started(2), ran(2), counted(1), counted(1), later) == {"threads_fantomes": THREADS}


def test_a_program_that_ends_takes_its_threads_along() -> None:
    assert voided(started(2), ran(2), counted(2), counted(1), counted(1), Exited(0.0, ME, 0)) == {}


def test_a_thread_that_never_runs_is_a_ghost() -> None:
    assert voided(started(2), *[counted(3)] * 4) == {"threads_fantomes": THREADS}


def test_two_threads_with_one_number_cannot_be() -> None:
    assert voided(started(2), started(2), ran(2)) == {"faits_impossibles": THREADS}
    assert voided(started(2), ran(2), ended(3)) == {"faits_impossibles": THREADS}


def test_a_socket_has_one_address() -> None:
    assert voided(bound(4242)) == {}
    assert voided(bound(4242), bound(5000)) == {"faits_impossibles": ["serveur.adresse"]}


def test_a_second_call_after_a_failed_one_is_no_lie() -> None:
    again = CallFailed(0.0, ME, 1, "serveur.py", 3, "connect", 1, "ConnectionRefusedError")
    made = ConnectReturned(0.0, ME, 1, "serveur.py", 3, 1, True)
    assert voided(dialed(4242), again, dialed(4243), made) == {}
    assert voided(dialed(4242), made, dialed(4243), again) == {}, "it was refused: the socket is connected already"
    assert voided(dialed(4242), made, dialed(4243), made) == {"faits_impossibles": ["serveur.adresse"]}


def test_a_datagram_socket_may_call_anybody() -> None:
    first, second = (changed(dialed(port), kind="datagram") for port in (80, 53))
    made = ConnectReturned(0.0, ME, 1, "serveur.py", 3, 1, True)
    assert voided(first, made, second, made) == {}


def test_a_connection_that_still_waits_was_not_accepted() -> None:
    assert voided(Unaccepted(0.0, ME)) == {"connexion_en_attente": THREADS}


@pytest.mark.parametrize("fact", [ChannelTampered(0.0, ME), ChannelClosedEarly(0.0, ME)], ids=repr)
def test_what_may_have_an_honest_reason_takes_nothing(fact: Fact) -> None:
    assert list(voided(fact).values()) == [[]]


def test_a_program_may_show_what_looks_like_an_exception() -> None:
    words = 'Exception in thread Thread-1 (Send):\nTraceback (most recent call last):\n  File "serveur.py", line 3\n'
    assert voided(Complained(0.0, ME, words), Exited(0.0, ME, 0)) == {}


def test_what_the_source_has_no_word_for_is_only_said() -> None:
    assert voided(source=b"print('bonjour')\n") == {"source_muette": []}
    assert voided(started(2, "Envoyer"), ran(2), counted(2)) == {}, "it is called envoi, and that is written"
    unknown = changed(started(2, "Envoyer"), names=("expediteur",))
    assert voided(unknown, ran(2), counted(2)) == {"source_muette": []}


@pytest.mark.parametrize(
    "source",
    [
        b"import socket\ngetattr(socket, 'fileno'), 'a.join()', 'setsockopt', 'Thread'\n",
        b"exec(open('aide.txt').read())\n",
        b"type alias = fileno[join] | Thread | setsockopt\nprint(f'{alias['x']}')\n",
        b"def f(: fileno join Thread setsockopt",
        b"x = '" + b"a" * 5_000_000 + b"'  # fileno join Thread setsockopt",
        "é = fileno, join, Thread, setsockopt".encode("latin-1"),
    ],
    ids=lambda source: repr(source[:20]),
)
def test_words_are_found_whatever_the_python_the_length_and_the_encoding(source: bytes) -> None:
    assert voided(source=source) == {}


def test_words_of_the_probe_are_said_and_those_of_honest_programs_are_not() -> None:
    assert voided(source=HONEST + b"forge('ThreadStarted', 2)\n") == {"outils": []}
    honest = b"import ctypes, gc, logging, queue\ngc.get_objects(), handler.emit, queue._put, os.closerange(3, 9)\n"
    assert voided(source=HONEST + honest) == {}


def test_a_shape_is_blind_to_names_texts_and_comments_only() -> None:
    one = "def f(x):\n    return x + 1\n"
    same = '# le corrigé\ndef plus_un(nombre):\n\t"""Un de plus."""\n\treturn (  # voilà\n\t\tnombre + 2)\n'
    assert same_shape(one, '# le corrigé\ndef plus_un(nombre):\n\t"""Un de plus."""\n\treturn nombre + 2  # voilà\n')
    assert not same_shape(one, same), "brackets are more than layout"
    assert not same_shape(one, "def f(x):\n    return x - 1\n")
    assert not same_shape("c.send(x)", "c.sendall(x)")
    assert not same_shape(one, one + one)


TEXTS = st.lists(st.sampled_from(["'", '"', '"""', "f'", "\\", "\n", "#", " ", "a", "1", ".", "é", "\0"]), max_size=40)


@given(TEXTS)
def test_any_text_has_a_shape_and_is_its_own_copy(parts: list[str]) -> None:
    assert same_shape("".join(parts), "".join(parts))


@pytest.mark.slow
@pytest.mark.parametrize("part", ['"', "'", '"""', '"" ', ' "a"', "\\", "a", "\n", '"\\"', "#", "f'"])
def test_a_long_text_is_read_once(part: str) -> None:
    """Ten times the text takes some ten times as long, and not a hundred."""

    def steps(count: int) -> float:
        began = time.process_time()
        same_shape(part * count, part * count)
        return time.process_time() - began

    assert steps(200_000) < 50 * max(steps(20_000), 0.01)


def test_the_solution_is_recognised_under_other_names(tmp_path: Path, launcher: Launcher) -> None:
    files = {name: (REFERENCE / name).read_text("utf-8").replace("client", "conn") for name in FILES}
    report, kept = grading.grade(str(write_files(files, tmp_path / "rendu")), BOTH, launcher, keep=True)
    assert [what for what, _ in report.suspect] == ["corrige"] * 2
    assert grading.judge_again(kept).suspect == report.suspect


def test_the_solution_itself_is_no_copy(launcher: Launcher) -> None:
    report, kept = grading.grade(str(REFERENCE), BOTH, launcher, keep=True)
    assert grading.judge_again(kept).suspect == report.suspect == ()


WHOLE = [folder for folder in sorted(STYLES.iterdir()) if all((folder / file).exists() for file in FILES[1:])]
"""Those with two chat programs of their own: only these are compared with the solution."""


@pytest.mark.grades(files=lambda folder: style_files(Style(folder.name, "")))
@pytest.mark.parametrize("folder", WHOLE, ids=lambda folder: folder.name)
def test_an_honest_solution_is_not_suspect(folder: Path, report: Report) -> None:
    assert report.suspect == (), folder.name


def test_a_lie_that_the_system_contradicts_is_explained(tmp_path: Path, launcher: Launcher) -> None:
    """A thread that the probe is made to tell, and that the system does not show."""
    liar = (REFERENCE / "serveur.py").read_text("utf-8").replace("recep.start()\n", "", 1)
    lie = """
import gc
for one in gc.get_objects():
    if type(one).__name__ == "Channel":
        one.emit("ThreadStarted", 99, "Reception", "__main__", ["recep"], False)
"""
    liar = liar.replace("envoi.start()\n", "envoi.start()\n" + lie, 1)
    report = grading.grade(str(write_files({"serveur.py": liar}, tmp_path / "rendu")), ("chat",), launcher)[0]
    threads = report.check("serveur.threads")
    assert threads is not None
    assert (threads.status, threads.diagnosis) == ("failed", "temoignage_faux")
    assert {"threads_fantomes", "outils"} <= {what for what, _ in report.suspect}
