"""The rubric as a whole: the contract's numbers, and what holds for any transcript."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.checks.rubric import MAX_POINTS, RUBRIC, apply, score
from grader.checks.verdict import Status
from grader.scenarios.table import SCENARIOS
from grader.transcript.facts import Fact, ProbeFact
from grader.transcript.record import Run, Transcript

from ..transcript.test_codec import FACTS

CONTRACT = {
    "etape1.ecoute": 1.5, "etape1.hello": 2, "etape1.fileno": 0.5, "etape1.fin": 1,
    "serveur.adresse": 1, "serveur.send": 1.5, "serveur.reception": 1.5, "serveur.threads": 1, "serveur.join": 1,
    "client.adresse": 1, "client.send": 1.5, "client.reception": 1.5, "client.threads": 1, "client.join": 1,
    "duo.dialogue": 2, "duo.accents": 1,
    "bonus.long": 0.5, "bonus.relance": 0.5, "bonus.propre": 0.5,
}  # fmt: skip


def test_the_rubric_is_the_contracts() -> None:
    assert {row.id: row.points for row in RUBRIC} == CONTRACT
    assert [row.id for row in RUBRIC] == list(CONTRACT)
    assert MAX_POINTS == 20


def test_nothing_seen_earns_nothing() -> None:
    verdicts = apply(Transcript())
    assert score(verdicts, bonus=False) == score(verdicts, bonus=True) == 0
    assert Status.PASSED not in {verdict.status for verdict in verdicts.values()}


PROGRAMS = st.sampled_from(["etape1", "serveur", "client"])
STORIES = st.dictionaries(
    st.sampled_from([scenario.name for scenario in SCENARIOS]), st.lists(FACTS, max_size=10), max_size=4
)


def with_programs(facts: list[Fact], programs: list[str]) -> list[Fact]:
    """The facts, spread over real programs."""
    return [type(fact)(**(vars(fact) | {"program": programs[i % len(programs)]})) for i, fact in enumerate(facts)]


@given(STORIES, st.lists(PROGRAMS, min_size=1, max_size=5))
def test_any_story_gets_a_verdict_for_every_check(stories: dict[str, list[Fact]], programs: list[str]) -> None:
    """The checks never raise, whatever the probe of a hostile program has told."""
    runs = {name: Run(name, tuple(with_programs(facts, programs))) for name, facts in stories.items()}
    verdicts = apply(Transcript({}, ("etape1", "chat"), runs))
    assert list(verdicts) == list(CONTRACT)
    assert all(
        verdict.seen or verdict.waits_for for verdict in verdicts.values() if verdict.status is not Status.PASSED
    )


@given(STORIES, st.lists(PROGRAMS, min_size=1, max_size=5))
def test_the_probe_alone_earns_nothing(stories: dict[str, list[Fact]], programs: list[str]) -> None:
    """Without a witness outside the program, no check passes: an address needs a connection, a line its peer."""
    runs = {
        name: Run(name, tuple(fact for fact in with_programs(facts, programs) if isinstance(fact, ProbeFact)))
        for name, facts in stories.items()
    }
    verdicts = apply(Transcript({}, ("etape1", "chat"), runs))
    assert {name for name, verdict in verdicts.items() if verdict.status is Status.PASSED} <= {"serveur.adresse"}


def test_a_step_that_was_not_asked_for_is_skipped() -> None:
    verdicts = apply(Transcript({}, ("etape1",), {}))
    assert all("demandée" in verdicts[row.id].seen for row in RUBRIC if row.part == "chat")
