"""What only POSIX does: an error of Windows's own is told so there and nowhere else, whoever judges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader import grading
from grader.report.model import Report
from grader.submission import parse_submission
from grader.transcript.calls import Entered
from grader.transcript.facts import (
    Fact,
    MainEnded,
    Raised,
    Refused,
    SocketClosed,
)
from grader.transcript.record import Run, Transcript, dumps, loads

from ..checks.facts import BOTH, accepts, asks_fileno, exits, listens
from ..submissions.model import reference_files

SERVER = """import os
import socket
serveur = socket.socket()
serveur.bind(("localhost", 4242))
serveur.listen()
client, adresse = serveur.accept()
"""

CLOSED = SocketClosed(0.8, "etape1", 1, "etape1.py", 2, 2)

LINE = SERVER.count("\n") + 1


def at_work(error: Fact, *before: Fact, system: str = "win32") -> Transcript:
    """What is seen of an Étape 1 that fails with an error, of which a method tells or Python."""
    seen: list[Fact] = [
        *listens("etape1", "localhost", ip="127.0.0.1"), *accepts("etape1"), asks_fileno(2), *before, error,
        MainEnded(1.0, "etape1", 1, "", 0), exits(1, "etape1"),
    ]  # fmt: skip
    transcript = Transcript({"etape1": "etape1.py"}, BOTH, {"etape1": Run("etape1", tuple(seen))}, system)
    return loads(dumps(transcript))  # as it is judged again elsewhere


def raised(code: str = "EBADF") -> Raised:
    """The error, where nobody catches it."""
    bases = ("OSError", "Exception")
    return Raised(0.9, "etape1", 1, "etape1.py", LINE, "OSError", "[Errno 9] …", bases, "", "", code)


def lacking(name: str, owner: str, *bases: str) -> Raised:
    """The error of a name that is not there."""
    return Raised(0.9, "etape1", 1, "etape1.py", LINE, bases[0], f"… '{name}'", (*bases, "Exception"), name, owner, "")


def refused(function: str) -> Refused:
    """The error, where somebody catches it."""
    return Refused(0.9, "etape1", 1, "etape1.py", LINE, 2, function, "OSError", "EBADF")


def judged(line: str, transcript: Transcript) -> Report:
    """The report on a program with this line after ``accept``."""
    files = reference_files() | {"etape1.py": SERVER + line + "\n"}
    submission = parse_submission("rendu", {name: text.encode() for name, text in files.items()}, ())
    return grading.judge(submission, transcript, 0.1)


@pytest.mark.parametrize(
    ("line", "name", "instead"),
    [
        ('os.write(client.fileno(), b"Hello World!")', "os.write", "client.sendall(…)"),
        ("os.read(client.fileno(), 1024)", "os.read", "client.recv(…)"),
        ('os.fdopen(client.fileno(), "wb")', "os.fdopen", "client.makefile(…)"),
        ("os.close(client.fileno())", "os.close", "client.close()"),
        ('open(client.fileno(), "wb")', "open", "client.makefile(…)"),
        ('descripteur = client.fileno(); os.write(descripteur, b"Hello World!")', "os.write", "client.sendall(…)"),
        ("from os import *; write(client.fileno(), b'Hello World!')", "os.write", "client.sendall(…)"),
    ],
)
def test_on_windows_the_true_reason_is_told(line: str, name: str, instead: str) -> None:
    first = judged(line, at_work(raised())).first_failure()
    assert first is not None
    assert (first.id, first.diagnosis) == ("etape1.hello", "socket_pas_fichier")
    assert first.location is not None
    assert first.location.line == LINE
    assert name in first.cause
    assert "sous Windows, une socket n'est pas un fichier" in first.cause
    assert instead in first.step


def test_it_is_told_of_an_error_that_the_program_has_caught() -> None:
    line = "try: os.write(client.fileno(), b'Hello World!')\nexcept OSError: pass"
    first = judged(line, at_work(refused("os.write"))).first_failure()
    assert first is not None
    assert first.diagnosis == "socket_pas_fichier"


@pytest.mark.parametrize(
    ("line", "transcript"),
    [
        ("os.write(client.fileno(), b'')", at_work(raised(), CLOSED, system="linux")),
        ("os.write(client.fileno(), b'')", at_work(raised(), system="")),
        ("os.write(client.fileno(), b'')", at_work(raised("EPIPE"))),
        ("client.sendall(b'Hello World!')", at_work(raised())),
        ("journal.write('Hello World!')", at_work(raised())),
    ],
    ids=["closed before on Linux", "from a transcript that does not tell", "another error", "a method", "a real file"],
)  # fmt: skip
def test_elsewhere_nothing_is_told_of_windows(line: str, transcript: Transcript) -> None:
    told = {check.diagnosis for check in judged(line, transcript).checks}
    assert "socket_pas_fichier" not in told


def test_a_descriptor_that_came_as_an_argument_counts_where_one_was_asked_for() -> None:
    line = "os.write(descripteur, b'Hello World!')"
    asked = at_work(raised())
    facts = tuple(fact for fact in asked.run("etape1").facts if type(fact).__name__ != "FilenoAsked")
    never_asked = replace(asked, runs={"etape1": Run("etape1", facts)})
    told = [judged(line, seen).first_failure() for seen in (asked, never_asked)]
    assert [one.diagnosis if one is not None else "" for one in told] == ["socket_pas_fichier", "socket_fermee"]


def test_select_on_the_keyboard_is_told_by_what_the_probe_has_seen() -> None:
    line = "select.select([sys.stdin, client], [], [])"
    for asked, slug in ((3, "clavier_pas_socket"), (1, "socket_fermee")):
        waits = Entered(0.8, "etape1", 1, "etape1.py", LINE, "select", asked, None)
        first = judged(line, at_work(raised(), waits)).first_failure()
        assert first is not None
        assert first.diagnosis == slug
        elsewhere = judged(line, at_work(raised(), waits, system="linux")).first_failure()
        assert elsewhere is not None
        assert elsewhere.diagnosis == "socket_fermee"


@pytest.mark.parametrize(
    ("line", "error", "instead"),
    [
        ("client.sendmsg([b'Hello World!'])", lacking("sendmsg", "socket", "AttributeError"), "sendall(…)"),
        ("os.fork()", lacking("fork", "module", "AttributeError"), "threading.Thread(…)"),
        ("from select import poll", lacking("poll", "select", "ImportError"), "select.select(…)"),
        ("import readline", lacking("readline", "", "ModuleNotFoundError", "ImportError"), "input()"),
        ("import curses", lacking("_curses", "", "ModuleNotFoundError", "ImportError"), "print()"),
    ],
)
def test_what_windows_lacks_is_not_called_misspelt(line: str, error: Raised, instead: str) -> None:
    first = judged(line, at_work(error)).first_failure()
    assert first is not None
    assert first.diagnosis == "pas_sous_windows"
    assert error.name.lstrip("_") in first.cause
    assert instead in first.step


@pytest.mark.parametrize(
    ("line", "error", "system"),
    [
        ("client.sendmsg([b''])", lacking("sendmsg", "socket", "AttributeError"), "linux"),
        ("client.sendmesage(b'')", lacking("sendmesage", "socket", "AttributeError"), "win32"),
        ("import fork", lacking("fork", "", "ModuleNotFoundError", "ImportError"), "win32"),
        ("Joueur().pause()", lacking("pause", "Joueur", "AttributeError"), "win32"),
    ],
)
def test_other_names_that_are_not_there_are_told_as_ever(line: str, error: Raised, system: str) -> None:
    told = {check.diagnosis for check in judged(line, at_work(error, system=system)).checks}
    assert "pas_sous_windows" not in told
