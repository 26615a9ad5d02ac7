"""Programs broken as beginners break them, written and labelled without sight of the grader's explanations."""

from __future__ import annotations

from ..model import Broken
from .fifth import PROGRAMS as FIFTH
from .first import PROGRAMS as FIRST
from .fourth import PROGRAMS as FOURTH
from .second import PROGRAMS as SECOND
from .third import PROGRAMS as THIRD

PROGRAMS: tuple[Broken, ...] = FIRST + SECOND + THIRD + FOURTH + FIFTH

ELSEWHERE = {
    # The threads themselves work as asked: what falls is what passes through them.
    "s-wrong-socket-to-the-threads": "serveur.send",
    "client-args-in-quotes": "client.send",
    "srv-target-in-quotes": "serveur.send",
    # It never accepts: nothing of the conversation could be tried, and the first line of it is named.
    "threads-made-before-the-client-exists": "serveur.send",
}
"""Where the first failed check is not the one that the second hand named, and why it cannot be."""
