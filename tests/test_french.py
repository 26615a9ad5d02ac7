"""Numbers, sizes, times and letters are written as French does, whoever writes them."""

from __future__ import annotations

import pytest

from grader import french


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (french.size(1), "1 octet"),
        (french.size(850), "850 octets"),
        (french.size(2_345), "2,3 ko"),
        (french.size(4_000_000), "4 Mo"),
        (french.megabytes(1_500_000), "1,5"),
        (french.megabytes(5_000_000), "5"),
        (french.octets(1), "un seul octet"),
        (french.octets(1024), "1024 octets"),
        (french.seconds(0.5), "0,5 seconde"),
        (french.seconds(1.5), "1,5 seconde"),
        (french.seconds(2), "2 secondes"),
        (f"élève{french.s(0)}", "élève"),
        (f"élève{french.s(7)}", "élèves"),
        (french.of_file("etape1.py"), "d'etape1.py"),
        (french.of_file("serveur.py"), "de serveur.py"),
    ],
)
def test_what_is_counted_is_written_as_french_does(written: str, wanted: str) -> None:
    assert written == wanted


@pytest.mark.parametrize(
    ("one", "other"), [("Zoé", "zoe"), ("E\u0301tape", "étape"), ("ﬁn", "FIN"), ("straße", "STRASSE")]
)
def test_accents_capitals_and_ligatures_make_no_difference(one: str, other: str) -> None:
    assert french.fold(one) == french.fold(other)
