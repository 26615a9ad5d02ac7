"""A club in which some hand in an attack: everybody has one row, the honest ones all their points, nothing is left."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from ..processes import adopt_orphans, descendants
from ..programs import wait_until
from ..submissions.hostile import ATTACKS
from ..submissions.model import reference_files, write_files
from ..test_hostile import LEVELS

ROOT = Path(__file__).parents[2]

CHOSEN = (
    "kills-parent", "kills-everything", "stops-grader", "one-big-file", "many-files", "stdout-flood", "fork-bomb",
    "daemon-without-pipes", "writes-siblings", "deletes-upwards", "says-markup", "raises-escapes", "leaves-the-probe",
    "memory-flood", "rewrites-the-judge",
)  # fmt: skip
"""One of each kind: kills whoever grades, fills the disk, floods its output, stays behind, reaches for its neighbours,
and speaks to whoever reads the board."""

HONEST = ("adele", "bilal", "chloe")
RIGHT = {name: f"{text}# à moi\n" for name, text in reference_files().items()}


@pytest.mark.skipif(not LEVELS, reason="nothing here can hold a hostile program")
@pytest.mark.timeout(300)
def test_an_attack_costs_nobody_else_anything(tmp_path: Path) -> None:
    level, mark = LEVELS[-1], secrets.token_hex(8)
    attacks = [one for one in ATTACKS if one.name in CHOSEN and (level == "forte" or not one.only_forte)]
    club, notes, tmp, home = (tmp_path / name for name in ("club", "notes", "tmp", "home"))
    for folder in (tmp, home):
        folder.mkdir()
    for attack in attacks:
        files = {name: text.replace("@MARK@", mark).replace("@OUTSIDE@", "0") for name, text in attack.files.items()}
        write_files(files, club / attack.name)
    for number, pseudo in enumerate(HONEST):
        write_files({name: f"{text}# {number}\n" for name, text in RIGHT.items()}, club / pseudo)
    before = {path: path.read_bytes() for path in sorted(club.rglob("*")) if path.is_file()}
    others = set(_living())
    adopt_orphans()
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "grader", "club", str(club), "--dans", str(notes), "--isolation", level],
            cwd=ROOT, env=os.environ | {"TMPDIR": str(tmp), "HOME": str(home)}, capture_output=True, text=True,
            encoding="utf-8", timeout=280, check=False,
        )  # fmt: skip
        assert ended.returncode == 0, ended.stderr
        assert not ended.stderr
        wait_until(lambda: set(_living()) <= others, "every process to be gone")
    finally:
        adopt_orphans(wanted=False)
    rows = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (notes / "rendus").glob("*.json")}
    assert set(rows) == {*HONEST, *(attack.name for attack in attacks)}
    assert {rows[pseudo]["score"] for pseudo in HONEST} == {20.0}
    for attack in attacks:
        row = rows[attack.name]
        assert row["state"] in ("note", "vide", "panne"), attack.name
        assert row["score"] is None or attack.least <= row["score"] <= attack.most, attack.name
        assert row["score"] is not None or row["why"], attack.name
    assert {path: path.read_bytes() for path in sorted(club.rglob("*")) if path.is_file()} == before
    assert (os.listdir(tmp), os.listdir(home)) == ([], [])
    for page in (notes / "index.html", *(notes / "eleves").iterdir()):
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text
        assert "\x1b" not in text
        assert page.stat().st_size < 1_000_000
    assert "\x1b]" not in ended.stdout


def _living() -> list[int]:
    """The numbers of the processes below this one that have not ended."""
    return [one.pid for one in descendants(os.getpid()) if one.state not in "ZX"]
