"""Programs broken as beginners break them, written and labelled without sight of the grader's explanations."""

from __future__ import annotations

from ..model import Broken
from .first import PROGRAMS as FIRST
from .second import PROGRAMS as SECOND
from .third import PROGRAMS as THIRD

PROGRAMS: tuple[Broken, ...] = FIRST + SECOND + THIRD
