"""What the tests of hand-ins share."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..submissions.model import reference_files
from .pupils import Pupil


@pytest.fixture
def pupil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Pupil:
    """Sits in an empty folder beside the one with the work; nothing of this project's own settings is there."""
    own = tmp_path / "élève"
    folder = own / "mon rendu"
    folder.mkdir(parents=True)
    for name, text in reference_files().items():
        (folder / name).write_text(text, encoding="utf-8")
    (own / "project").mkdir()
    (own / "here").mkdir()
    monkeypatch.chdir(own / "here")
    monkeypatch.setenv("HOME", str(own))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr("grader.memory.ONLY", str(own / "memory.json"))
    monkeypatch.setattr("grader.commands.hand_in.ROOT", str(own / "project"))
    return Pupil(folder, capsys)
