"""What the probe tells is believed only where nothing contradicts it; an honest program never notices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader import grading
from grader.checks.verdict import PASSED, Status, Verdict
from grader.harness.launcher import Launcher
from grader.report.model import Report
from grader.submission import Submission, parse_submission
from grader.transcript.facts import (
    Bound,
    Complained,
    Counted,
    Dialed,
    Exited,
    Fact,
    Forged,
    Left,
    MainEnded,
    Muted,
    Raised,
    ThreadEnded,
    ThreadRan,
    ThreadStarted,
)
from grader.transcript.record import Run, Transcript
from grader.witness import CHAT, WORDS, review, shape_of

from .conftest import BOTH
from .submissions.model import FILES, REFERENCE, STYLES, write_files

ME = "serveur"
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


def dialed(port: int) -> Dialed:
    return Dialed(0.0, ME, 1, "serveur.py", 3, 1, "localhost", port, "127.0.0.1", False, "stream")


def voided(*facts: Fact, source: bytes = HONEST) -> dict[str, list[str]]:
    """The suspicions about these facts, each with the checks that it takes."""
    passed: dict[str, Verdict] = dict.fromkeys(WORDS, PASSED) | {"serveur.adresse": PASSED, "serveur.send": PASSED}
    transcript = Transcript(dict(zip(("etape1", *CHAT), FILES, strict=True)), BOTH, {"a": Run("a", facts)})
    verdicts, found = review(passed, transcript, submission(source))
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
    again = Left(0.0, ME, 1, "serveur.py", 3, "connect", 1, -1, "ConnectionRefusedError")
    assert voided(dialed(4242), again, dialed(4243)) == {}
    assert voided(dialed(4242), dialed(4243)) == {"faits_impossibles": ["serveur.adresse"]}


def test_what_does_not_come_from_the_probe_takes_what_rests_on_it() -> None:
    assert voided(Forged(0.0, ME)) == {"faux_faits": ["serveur.adresse", *THREADS]}
    assert voided(Muted(0.0, ME)) == {"sonde_coupee": ["serveur.join"]}


IN_THREAD = 'Exception in thread Thread-1 (Send):\nTraceback (most recent call last):\n  File "serveur.py", line 3\n'


def test_an_exception_that_python_shows_and_the_probe_does_not_was_hidden() -> None:
    told = Raised(0.0, ME, 2, "serveur.py", 3, "ValueError", "", ("ValueError",))
    shown, end, over = Complained(0.0, ME, IN_THREAD), MainEnded(0.0, ME, 1, "", 0), Exited(0.0, ME, 0)
    assert voided(shown, told, end, over) == {}
    assert voided(shown, end, over) == {"sonde_coupee": ["serveur.join"]}
    printed = Complained(0.0, ME, IN_THREAD.partition("\n")[2])
    assert voided(printed, end, over) == {}, "a program may print a traceback that it has caught"
    assert voided(printed, over) == {"sonde_coupee": ["serveur.join"]}


def test_what_the_source_has_no_word_for_was_not_done() -> None:
    found = voided(source=b"# fileno join Thread setsockopt\nprint('FilenoAsked')\n")
    assert "source_muette" in found
    assert voided(started(2, "Envoyer"), ran(2), counted(2)) == {"source_muette": THREADS}


@pytest.mark.parametrize(
    "source",
    [
        b"import socket\ngetattr(socket, 'fileno'), exec('a.join()'), 'setsockopt', 'Thread'\n",
        b"exec('t = threading.Thread(target=f)\\nt.join()\\ns.fileno()\\ns.setsockopt(1, 2, 3)')\n",
    ],
)
def test_a_word_in_a_text_is_a_word(source: bytes) -> None:
    assert voided(source=source) == {}


def test_a_shape_is_blind_to_names_and_comments_only() -> None:
    one = shape_of("a.py", b"def f(x):\n    return x + 1\n")
    same = shape_of("b.py", "# le corrigé\ndef plus_un(nombre):\n    return nombre + 1  # voilà\n".encode())
    other = shape_of("c.py", b"def f(x):\n    return x - 1\n")
    assert one is not None
    assert same is not None
    assert other is not None
    assert one.code == same.code != other.code


@pytest.mark.parametrize("source", [b"def f(:", b"\x00", b"x = '" + b"a" * 50_000 + b"'", b"(" * 5000], ids=repr)
def test_what_is_no_python_has_no_shape(source: bytes) -> None:
    assert shape_of("a.py", source) is None


def test_the_solution_is_recognised_under_other_names(tmp_path: Path, launcher: Launcher) -> None:
    files = {name: (REFERENCE / name).read_text("utf-8").replace("client", "conn") for name in FILES}
    report = grading.grade(str(write_files(files, tmp_path / "rendu")), BOTH, launcher)[0]
    assert "corrige" in [what for what, _ in report.suspect]


def test_the_solution_itself_is_no_copy(launcher: Launcher) -> None:
    assert grading.grade(str(REFERENCE), BOTH, launcher)[0].suspect == ()


WHOLE = [folder for folder in sorted(STYLES.iterdir()) if len(list(folder.glob("*.py"))) == len(FILES)]


@pytest.mark.parametrize("folder", WHOLE, ids=lambda folder: folder.name)
def test_an_honest_solution_is_not_suspect(folder: Path, grade: Callable[[dict[str, str]], Report]) -> None:
    report = grade({path.name: path.read_text("utf-8") for path in folder.glob("*.py")})
    assert report.suspect == ()


def test_a_lie_is_explained(tmp_path: Path, launcher: Launcher) -> None:
    liar = (REFERENCE / "etape1.py").read_text("utf-8").replace("client.fileno()", "4")
    liar += "\nimport gc\nfor one in gc.get_objects():\n"
    liar += "    if type(one).__name__ == 'Channel':\n        one.emit('FilenoAsked', 2)\n"
    report = grading.grade(str(write_files({"etape1.py": liar}, tmp_path / "rendu")), ("etape1",), launcher)[0]
    fileno = report.check("etape1.fileno")
    assert fileno is not None
    assert (fileno.status, fileno.diagnosis) == ("failed", "temoignage_faux")
    assert {"source_muette", "outils"} <= {what for what, _ in report.suspect}
