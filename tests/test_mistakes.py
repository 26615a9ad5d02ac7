"""Submissions with one mistake: exactly the checks fall that it is to blame for, and the report names it."""

from __future__ import annotations

import pytest

from grader.diagnosis.mistakes import MISTAKES as CATALOGUE
from grader.report.model import Report, State

from .expectations import explain_difference
from .submissions.bombs import BOMBS
from .submissions.mistakes import MISTAKES
from .submissions.model import Mistake, mistake_files
from .submissions.odd_inputs import ODD_INPUTS
from .submissions.rarer_mistakes import RARER_MISTAKES
from .submissions.second_hand import PROGRAMS

ALL = MISTAKES + RARER_MISTAKES

UNSEEN = {
    "duo_interrompu", "duo_sans_connexion", "pas_connecte", "relance_impossible", "thread_abandonne",
    "trop_agite", "trop_long",
}  # fmt: skip
"""What remains to be said where a check fails and no detector knows why; no program of a beginner's comes to it."""


@pytest.mark.grades(files=lambda mistake: mistake_files(mistake))
@pytest.mark.parametrize("mistake", ALL, ids=lambda mistake: mistake.name)
def test_a_mistake_costs_its_own_checks_and_is_named(mistake: Mistake, report: Report) -> None:
    assert not explain_difference(report, set(mistake.falls)), mistake.why
    first, shown = report.first_failure(), mistake.shown
    assert first is not None
    assert shown is not None
    assert (first.id, first.diagnosis) == (shown.check, shown.slug)
    place = first.location
    line = mistake_files(mistake)[place.file].splitlines()[place.line - 1].strip() if place is not None else ""
    assert (place.file if place is not None else "", line) == (shown.file, shown.line)
    named = {check.diagnosis for check in report.checks if check.diagnosis is not None}
    assert named == {shown.slug} | shown.also
    assert first.state is not State.WAITING


def test_every_mistake_of_the_catalogue_has_a_submission_that_makes_it() -> None:
    made = {mistake.shown.slug for mistake in ALL if mistake.shown is not None}
    made |= {slug for program in PROGRAMS for slug in program.slugs}
    made |= {odd.slug for odd in ODD_INPUTS if odd.slug} | set(BOMBS) | {"temoignage_faux"}  # the last: test_trust.py
    made |= {"socket_pas_fichier", "clavier_pas_socket", "pas_sous_windows"}  # three styles, in tests/windows
    assert set(CATALOGUE) - made == UNSEEN
