"""What is graded on both systems: all styles, a third of the mistakes, twenty attacks."""

from __future__ import annotations

from ..submissions.hostile import ATTACKS
from ..submissions.mistakes import MISTAKES
from ..submissions.model import mistake_files, style_files
from ..submissions.styles import STYLES

EVERY = 3
"""One mistake in so many is graded."""

HARMLESS = (
    "prints-full-marks", "prints-facts", "exits-hard", "exits-with-words", "says-hello-to-nobody", "forged-fileno",
    "forged-reuse", "forged-join", "stopped-flag", "hidden-exception-by-method", "hidden-exception-by-mute",
    "flood-of-garbage", "odd-numbers", "copies-and-renames", "hello-in-drops", "says-escapes", "raises-controls",
    "odd-host", "stray-socket", "stray-json",
)  # fmt: skip
"""The attacks that are tried; none of them has a mark in it, so they harm nobody wherever they run."""


def collection() -> dict[str, dict[str, str]]:
    """The files of each submission, by a name that is a folder's."""
    found = {f"style-{style.name}": style_files(style) for style in STYLES}
    found |= {f"mistake-{mistake.name}": mistake_files(mistake) for mistake in MISTAKES[::EVERY]}
    attacks = {attack.name: attack.files for attack in ATTACKS}
    found |= {f"attack-{name}": attacks[name] for name in HARMLESS}
    return found
