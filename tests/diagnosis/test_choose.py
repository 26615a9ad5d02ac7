"""The order in which causes are chosen: what is first wins, and nobody is asked before it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from grader.checks import rubric
from grader.checks.rubric import RUBRIC
from grader.diagnosis import choose, picture
from grader.diagnosis.case import PLAYED, Case, Finding, each_of
from grader.diagnosis.code import Code
from grader.diagnosis.common import JAMAIS_DEMARRE
from grader.diagnosis.mistake import Flags
from grader.diagnosis.mistakes import MISTAKES
from grader.diagnosis.order import BY_CHECK
from grader.diagnosis.topics.threads import SANS_THREAD
from grader.submission import Submission, parse_submission
from grader.transcript.record import Run, Transcript

from ..checks.facts import accepts, exits, listens
from ..submissions.model import reference_files

IDS = {row.id for row in RUBRIC}
LAST_PARTS = {check.partition(".")[2] for check in IDS}
FLAGS = {name: bit for name, bit in vars(Flags).items() if name.isupper()}


def test_the_tables_name_checks_that_exist() -> None:
    followed = {check for _, checks in choose.FOLLOWS.values() for check in checks}
    explained_by = {check for checks in choose.EXPLAINED_BY.values() for check in checks}
    assert {*choose.FOLLOWS, *followed, *choose.EXPLAINED_BY, *explained_by, *PLAYED} <= IDS
    assert {*BY_CHECK, *picture.DRAWN} <= LAST_PARTS


def test_what_decides_for_another_check_has_been_decided_before_it() -> None:
    order = [row.id for row in RUBRIC]
    earlier = {check: checks for check, (_, checks) in choose.FOLLOWS.items()} | choose.EXPLAINED_BY
    for check, checks in earlier.items():
        assert all(order.index(one) < order.index(check) for one in checks)


def test_every_flag_is_one_bit_and_some_mistake_has_it() -> None:
    assert len(set(FLAGS.values())) == len(FLAGS)
    assert all(bit.bit_count() == 1 for bit in FLAGS.values())
    used = 0
    for mistake in MISTAKES.values():
        used |= mistake.flags
    assert used == sum(FLAGS.values())


def reference() -> Submission:
    """Programs that are right."""
    return parse_submission("rendu", {name: text.encode() for name, text in reference_files().items()}, ())


def a_case(source: str) -> Case:
    """A case of a program with this text, about which nothing was seen."""
    row = next(row for row in RUBRIC if row.id == "serveur.threads")
    verdict = rubric.apply(Transcript())[row.id]
    code = Code("serveur.py", source)
    return Case("serveur", row, verdict, SANS_THREAD, Transcript(), reference(), code)


def test_nobody_is_asked_before_it_is_needed() -> None:
    def known(_: Case) -> Iterator[Finding]:
        yield Finding(SANS_THREAD)

    def never_asked(_: Case) -> Iterator[Finding]:
        raise AssertionError
        yield

    assert next(each_of((known, never_asked), a_case(""))).mistake is SANS_THREAD


def test_what_comes_behind_the_first_are_other_candidates() -> None:
    """A thread that was never started: the text shows it, and nothing else is surer."""
    source = "import threading\nenvoi = threading.Thread(target=print)\nrecep = threading.Thread(target=print)\n"
    found = list(BY_CHECK["threads"](a_case(source)))
    assert found[0].mistake is JAMAIS_DEMARRE
    assert len(found) > 1
    assert all(isinstance(one, Finding) for one in found)


def test_a_program_that_is_missing_has_no_other_cause() -> None:
    """Nothing can be said of its text."""
    files = {name: text.encode() for name, text in reference_files().items() if name != "serveur.py"}
    seen = Transcript({"etape1": "etape1.py", "client": "client.py"})
    submission = parse_submission("rendu", files, ())
    verdicts = rubric.apply(seen)
    cases = choose.cases_of(verdicts, seen, submission)["serveur.adresse"]
    assert {finding.mistake.slug for _, finding in choose.candidates(cases, {})} == {"fichier_absent"}


def test_a_server_that_never_accepts_is_told_so_where_it_could_not_be_talked_to() -> None:
    """Its address is right, and the checks of its messages were not even tried."""
    seen = Transcript(
        {"serveur": "serveur.py"}, ("chat",), {"serveur.parle": Run("serveur.parle", (*listens(), exits()))}
    )
    verdicts = rubric.apply(seen)
    assert choose.explain(verdicts, seen, reference())["serveur.send"].slug == "sans_accept"
    talked_to = Run("serveur.parle", (*listens(), *accepts()))
    met = Transcript({"serveur": "serveur.py"}, ("chat",), {"serveur.parle": talked_to})
    assert choose.explain(rubric.apply(met), met, reference())["serveur.send"].slug != "sans_accept"


def test_parentheses_are_missing_only_where_a_call_makes_sense() -> None:
    code = Code("x.py", "client.close\nprint(client.recv)\nferme = client.close\nferme()\nclient.recv(1)\n")
    assert sorted(node.lineno for node in code.named_only("close", "recv")) == [1, 2]
    assert sorted(node.lineno for node in code.uncalled("close", "recv")) == [1, 2, 3]
