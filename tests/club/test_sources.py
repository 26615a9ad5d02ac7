"""Whatever a source holds, each hand-in has one row, nothing of it runs, and nothing is left of the reading."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.club.model import HandIn
from grader.club.pseudonym import is_safe
from grader.club.sources import collect
from grader.errors import UsageError
from grader.limits import DEFAULT

from .hostile_sources import CANARY, FAR, READ, SOURCES, UNREADABLE, WITHOUT, Hostile, working_copy_with_traps

MORE_MEMORY_BYTES = 60_000_000
"""What reading one source may take beyond what the process has already."""


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for temporary files, and settings of git's that are nobody's."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    return folder


class Memory:
    """How much memory this process takes beyond what it had; nothing where the system does not tell (proc(5))."""

    def __init__(self) -> None:
        self._known = Path("/proc/self/clear_refs").exists()
        if self._known:
            gc.collect()
            Path("/proc/self/clear_refs").write_text("5")  # forget the highest
        self._before_bytes = self._status("VmRSS")

    def more_bytes(self) -> int:
        """At its highest."""
        return self._status("VmHWM") - self._before_bytes

    def _status(self, key: str) -> int:
        if not self._known:
            return 0
        return int(Path("/proc/self/status").read_text().partition(key + ":")[2].split()[0]) * 1024


def state_of(hand_in: HandIn) -> str:
    if hand_in.unreadable:
        return UNREADABLE
    return READ if "etape1.py" in hand_in.files else WITHOUT


@pytest.mark.skipif(sys.platform == "win32", reason="makes pipes, links and names that are not to be had there")
@pytest.mark.parametrize("hostile", SOURCES, ids=lambda hostile: hostile.name)
def test_each_hand_in_has_its_row_whatever_the_source(hostile: Hostile, tmp_path: Path, scratch: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    source = hostile.make(here)
    memory, began = Memory(), time.monotonic()
    refused = ""
    try:
        found = list(collect(source, DEFAULT))
    except UsageError as error:
        found, refused = [], str(error)
    took_s = time.monotonic() - began
    rows = {one.pseudo: (state_of(one), " ".join((one.unreadable, *one.odd)).strip()) for one in found}
    print(rows if len(rows) < 50 else len(rows), took_s)
    assert len(rows) == len(found)
    assert hostile.refused in ("*", "") or hostile.refused in refused
    assert not refused or hostile.refused
    if not refused:
        assert rows.keys() == hostile.rows.keys()
        assert {pseudo: state for pseudo, (state, _) in rows.items()} == {
            p: state for p, (state, _) in hostile.rows.items()
        }
        for pseudo, (_, words) in hostile.rows.items():
            assert words == "*" or (words in rows[pseudo][1] if words else not rows[pseudo][1])
    for one in found:
        assert is_safe(one.pseudo)
        assert len(one.odd) <= 8
        assert all(
            sentence.isprintable() and len(sentence) < 500 for sentence in (*one.odd, one.unreadable, one.origin)
        )
        assert sum(map(len, one.files.values())) <= DEFAULT.copy_bytes
        assert len(one.files) <= DEFAULT.copy_files
        assert not any(data.startswith(b"root:") for data in one.files.values())
    assert not (tmp_path / CANARY).exists()
    assert list(scratch.iterdir()) == []
    assert took_s < hostile.within_s
    assert memory.more_bytes() < MORE_MEMORY_BYTES + sum(sum(map(len, one.files.values())) for one in found)


@pytest.mark.skipif(sys.platform == "win32", reason="the traps are commands of a POSIX shell")
@pytest.mark.parametrize("command", [["status"], ["cat-file", "-p", FAR]], ids=lambda command: command[0])
def test_the_traps_would_spring_for_whoever_works_in_there(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    source = working_copy_with_traps(tmp_path / "here")
    subprocess.run(["git", "-C", source, *command], capture_output=True, timeout=30, check=False)
    assert (tmp_path / CANARY).exists()
