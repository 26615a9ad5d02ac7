"""The report is a function of what was seen: judged again elsewhere, not a byte differs; and a change is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import net

NAMES = [
    "style-golfed", "mistake-hello-repr", "broken-e1-bind-without-tuple", "odd-skeleton", "odd-capitals",
    "attack-copies-and-renames",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A net of a few programs."""
    made = tmp_path_factory.mktemp("net")
    net.save(made, NAMES)
    return made


def test_another_process_says_the_same_of_what_was_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert net.saved(folder) == sorted(NAMES)
    for seed in ("1", "2"):  # the order of sets must not show
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        assert net.check(folder) == {}


def test_a_word_that_changed_is_shown_until_it_is_accepted(folder: Path) -> None:
    name = NAMES[1]
    said = net._read(folder / (name + net.SAID))
    net._write(folder / (name + net.SAID), said.replace("Attendu", "Voulu"))
    different = net.check(folder)
    assert list(different) == [name]
    assert any(line.startswith("-") and "Voulu" in line for line in different[name])
    net.accept(folder)
    assert net.check(folder) == {}
