"""A list of hand-ins says who, when, which files, what is odd and where, in one row each."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest

from grader.club.collection import Found
from grader.club.listing import HEADINGS, listed
from grader.club.model import HandIn
from grader.french import clock

PARIS = timezone(timedelta(hours=1))

NOW_S = 1_795_885_440


@pytest.mark.parametrize(
    ("when_s", "words"),
    [
        (1_795_885_440, "sam. 28 nov. 18:04"),
        (1_767_225_600, "jeu. 1 janv. 01:00"),
        (1_764_349_440, "ven. 28 nov. 2025 18:04"),
        (10**30, "on ne sait quand"),
    ],
)
def test_a_moment_is_said_as_the_clock_on_the_wall_shows_it(when_s: int, words: str) -> None:
    assert clock(when_s, NOW_S, PARIS) == words


def test_a_row_says_everything() -> None:
    hand_in = HandIn(
        "zoe",
        origin="branche rendu/zoe",
        when_s=NOW_S,
        odd=("Rangé un dossier plus bas (« skeleton/ ») : pris là.",),
        earlier_s=(NOW_S - 60, NOW_S - 120, NOW_S - 180, NOW_S - 240),
    )
    sizes = (("client.py", 1100), ("config.py", 8), ("etape1.py", 900), ("serveur.py", 2_000_000))
    rows = listed([Found(hand_in, "", sizes=sizes, others=("zoe.zip",))], NOW_S, PARIS)
    assert rows == [
        (
            "zoe",
            "sam. 28 nov. 18:04",
            "etape1.py (900 octets), serveur.py (2 Mo), client.py (1,1 ko), config.py (8 octets)",
            "Rangé un dossier plus bas (« skeleton/ ») : pris là. "
            "Déjà rendu : sam. 28 nov. 18:03, sam. 28 nov. 18:02, sam. 28 nov. 18:01 et 1 fois de plus. "
            "Trouvé aussi dans : zoe.zip.",
            "branche rendu/zoe",
        )
    ]
    assert len(rows[0]) == len(HEADINGS)


def test_what_cannot_be_read_says_why_first() -> None:
    hand_in = HandIn("zoe", origin="zoe.rendu", odd=("Étrange.",), unreadable="Le fichier est vide.")
    assert listed([Found(hand_in, "")], NOW_S, PARIS) == [("zoe", "", "", "Le fichier est vide. Étrange.", "zoe.rendu")]


def test_many_files_are_counted() -> None:
    sizes = tuple((f"{number}.txt", 1) for number in range(200))
    assert listed([Found(HandIn("zoe"), "", sizes=sizes)], NOW_S, PARIS)[0][2].endswith("et 194 de plus")
