"""The checks of Étape 1 on transcripts written by hand."""

from __future__ import annotations

import pytest

from grader.checks.etape1 import check_ecoute, check_fileno, check_fin, check_hello, quoted
from grader.checks.verdict import Status
from grader.transcript.facts import Heard, HeardEnd, Raised

from .facts import accepts, asks_fileno, exits, listens, transcript

ME = "etape1"


@pytest.mark.parametrize(
    ("host", "ip", "port", "status"),
    [
        ("localhost", "127.0.0.1", 4242, Status.PASSED),
        ("127.0.0.1", "127.0.0.1", 4242, Status.PASSED),
        ("127.5.6.7", "127.5.6.7", 4242, Status.PASSED),
        ("", "0.0.0.0", 4242, Status.PASSED),
        ("0.0.0.0", "0.0.0.0", 4242, Status.PASSED),
        ("192.168.1.27", "192.168.1.27", 4242, Status.FAILED),
        ("localhost", "127.0.0.1", 4243, Status.FAILED),
    ],
)
def test_the_address_must_be_this_machine_port_4242(host: str, ip: str, port: int, status: Status) -> None:
    seen = transcript(etape1=[*listens(ME, host, port, ip), *accepts(ME)])
    assert check_ecoute(seen).status is status


def test_listening_without_accepting_is_not_enough() -> None:
    verdict = check_ecoute(transcript(etape1=listens(ME)))
    assert (verdict.status, verdict.cause) == (Status.FAILED, "sans_accept")


def test_a_wrong_port_costs_the_answer_nothing() -> None:
    seen = transcript(etape1=[*listens(ME, port=4243), *accepts(ME), Heard(0.2, ME, "Hello World!"), exits(0, ME)])
    assert check_ecoute(seen).cause == "mauvais_port"
    assert check_hello(seen).status is check_fin(seen).status is Status.PASSED


@pytest.mark.parametrize("text", ["Hello World!", "Hello World!\n", "Hello World!\r\n"])
def test_the_answer_may_end_with_a_newline_and_a_reset(text: str) -> None:
    seen = transcript(etape1=[*listens(ME), *accepts(ME), Heard(0.2, ME, text), HeardEnd(0.3, ME, True)])
    assert check_hello(seen).status is Status.PASSED


@pytest.mark.parametrize(
    "text", ["", "Hello World", "Hello World !", "hello world!", "Hello World!\n\n", " Hello World!", "Hello World!x"]
)
def test_any_other_answer_fails(text: str) -> None:
    seen = transcript(etape1=[*listens(ME), *accepts(ME), *([Heard(0.2, ME, text)] if text else [])])
    assert check_hello(seen).status is Status.FAILED


def test_an_answer_in_two_pieces_is_one_answer() -> None:
    seen = transcript(etape1=[*listens(ME), *accepts(ME), Heard(0.2, ME, "Hello "), Heard(0.3, ME, "World!")])
    assert check_hello(seen).status is Status.PASSED


def test_the_descriptor_must_be_the_clients() -> None:
    assert check_fileno(transcript(etape1=[*listens(ME), *accepts(ME), asks_fileno(2)])).status is Status.PASSED
    assert check_fileno(transcript(etape1=[*listens(ME), *accepts(ME), asks_fileno(1)])).cause == "fileno_ailleurs"
    assert check_fileno(transcript(etape1=[*listens(ME), *accepts(ME)])).cause == "sans_fileno"


def test_the_end_must_come_by_itself_without_error() -> None:
    met = [*listens(ME), *accepts(ME)]
    error = Raised(1.0, ME, 2, "etape1.py", 9, "NameError", "x", ("NameError",))
    assert check_fin(transcript(etape1=[*met, exits(0, ME)])).status is Status.PASSED
    assert check_fin(transcript(etape1=[*met, exits(1, ME)])).cause == "mauvais_code"
    assert check_fin(transcript(etape1=[*met, exits(-9, ME)])).cause == "mauvais_code"
    assert check_fin(transcript(etape1=met)).cause == "fin_attend"
    assert check_fin(transcript(etape1=[*met, error, exits(0, ME)])).cause == "erreur_python"


@pytest.mark.parametrize("check", [check_hello, check_fileno, check_fin])
def test_what_could_not_be_tried_waits_for_the_first(check: object) -> None:
    assert callable(check)
    verdict = check(transcript(etape1=listens(ME)))
    assert (verdict.status, verdict.waits_for) == (Status.SKIPPED, "etape1.ecoute")


def test_a_quoted_answer_is_cut_and_harmless() -> None:
    assert quoted("a\x1b[31m\n" + "b" * 100) == "« a\\x1b[31m\\n" + "b" * 49 + "… »"
