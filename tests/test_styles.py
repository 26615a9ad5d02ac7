"""Correct submissions in many styles: each earns all 20 points, and the bonuses that it deserves."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable

import pytest

from grader.report.model import Report

from .expectations import explain_difference
from .submissions.model import Style, reference_files, style_files
from .submissions.styles import STYLES

HERE = [style for style in STYLES if sys.platform != "win32" or not style.name.startswith("posix-")]
"""Some styles use what only POSIX has: os.write on a socket, select on the keyboard."""


@pytest.mark.grades(files=lambda style: style_files(style))
@pytest.mark.parametrize("style", HERE, ids=lambda style: style.name)
def test_a_style_costs_nothing_and_shows_no_diagnosis(style: Style, report: Report) -> None:
    assert not explain_difference(report, set(style.no_bonus)), style.why
    assert report.score == report.max_score
    assert [check.diagnosis for check in report.checks if check.diagnosis and not check.is_bonus] == []


HOW = ("_thread.start_new_thread", "_thread.start_new", "threading._start_new_thread")


@pytest.mark.parametrize("call", HOW)
def test_a_thread_without_an_object_counts_and_cannot_be_joined(
    call: str, grade: Callable[[dict[str, str]], Report]
) -> None:
    if not hasattr(importlib.import_module(call.partition(".")[0]), call.partition(".")[2]):
        pytest.skip("not in this Python")
    files = reference_files()
    start, end = files["client.py"].index("# args est"), files["client.py"].index("client.close()")
    threads = f"""
import _thread

fini = _thread.allocate_lock(), _thread.allocate_lock()


def envoyer(numero):
    Send(client)
    fini[numero].release()


def recevoir(numero):
    Réception(client)
    fini[numero].release()


for numero, fonction in enumerate((envoyer, recevoir)):
    fini[numero].acquire()
    {call}(fonction, (numero,))
for verrou in fini:
    verrou.acquire()
"""
    files["client.py"] = files["client.py"][:start] + threads + files["client.py"][end:]
    report = grade(files)
    assert not explain_difference(report, {"client.join"})
    join = report.check("client.join")
    assert join is not None
    assert join.status == "skipped"


@pytest.mark.parametrize("style", ["threads-in-list", "golfed"])
def test_a_long_source_is_worth_as_much(style: str, grade: Callable[[dict[str, str]], Report]) -> None:
    files = style_files(Style(style, ""))
    notes = "# notes de cours : thread, join, été, hiver\n" * 2000
    report = grade({name: notes + text + "\n" + notes for name, text in files.items()})
    assert report.score == report.max_score
    assert {what for what, _ in report.suspect} <= {"corrige"}, "etape1.py is the reference's"
