"""The comparison with Windows: a difference without a reason fails, and so does a reason without a difference."""

from __future__ import annotations

import sys
from copy import deepcopy

import pytest

from . import python_for_windows
from .__main__ import Results, unexpected
from .collection import HARMLESS, collection
from .differences import DIFFERENCES
from .python_for_windows import UnavailableError, Windows


def result(name: str, **checks: str) -> Results:
    """A submission with the diagnosis of each of its checks; empty for one that passed."""
    told = {check.replace("__", "."): ["failed" if slug else "passed", slug, ""] for check, slug in checks.items()}
    first = next((check for check, (status, _, _) in told.items() if status == "failed"), "")
    return {name: {"score": 0, "first": first, "suspect": [], "checks": told}}


def test_what_is_the_same_is_not_worth_a_word() -> None:
    same = result("style-golfed", serveur__send="rien_envoye")
    assert unexpected(same, deepcopy(same)) == []


@pytest.mark.parametrize("there", [{"serveur__send": ""}, {"serveur__send": "socket_fermee"}])
def test_a_difference_without_a_reason_fails(there: dict[str, str]) -> None:
    wrong = unexpected(result("style-golfed", serveur__send="rien_envoye"), result("style-golfed", **there))
    assert any("serveur.send" in line for line in wrong)


def test_a_listed_difference_is_silent_and_one_that_is_gone_fails() -> None:
    listed = next(one for one in DIFFERENCES if one.name == "style-create-connection-localhost")
    here = result(listed.name, bonus__relance="")
    assert unexpected(here, result(listed.name, bonus__relance=listed.first)) == []
    assert any("does not differ" in line for line in unexpected(here, deepcopy(here)))
    assert any("first thing" in line for line in unexpected(here, result(listed.name, bonus__relance="erreur_socket")))


def test_what_is_listed_is_graded_has_a_reason_and_harms_nobody() -> None:
    graded = collection()
    assert {one.name for one in DIFFERENCES} <= set(graded)
    assert all(one.reason.endswith(".") and (one.checks or one.unseen) for one in DIFFERENCES)
    assert len(HARMLESS) == 20
    assert not any("@MARK@" in text for name in HARMLESS for text in graded[f"attack-{name}"].values())


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody needs Wine")
def test_what_is_missing_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(python_for_windows, "WINES", ("no-such-wine",))
    with pytest.raises(UnavailableError, match=r"^there is no Wine here \(.*wine64\)$"):
        Windows()
