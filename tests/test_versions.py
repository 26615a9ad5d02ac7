"""The same transcript is worth the same on every Python: other versions judge what this one has seen."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader import grading
from grader.harness.launcher import Launcher
from grader.report.json_report import to_json

from .conftest import BOTH
from .submissions.mistakes import MISTAKES
from .submissions.model import mistake_files, style_files, write_files
from .submissions.rarer_mistakes import RARER_MISTAKES
from .submissions.styles import STYLES

ROOT = Path(__file__).parents[1]
VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")

JUDGE = """
import json, sys
from grader.grading import judge_again
from grader.report.json_report import to_json
print(json.dumps([to_json(judge_again(kept)) for kept in json.load(sys.stdin)]))
"""

NEWEST = """
type Nom = str
exec("")
print(f"{'a' + f'{"b"}'}")
"""
"""What Python can read from 3.12 on: as the last lines of a program, they are never reached by the conversation."""


def version_of(python: str) -> str:
    """Which Python that is; empty where it is none: a name alone may stand for one that is not there."""
    command = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def others() -> dict[str, str]:
    """The other Pythons of this machine, by version: on the path, or installed beside this one."""
    paths = [found for one in VERSIONS if (found := shutil.which(f"python{one}"))]
    paths += map(str, sorted(Path(sys.base_prefix).parent.glob("*/bin/python3")))
    own = version_of(sys.executable)
    named = {version_of(path): path for path in paths}
    return {version: path for version, path in named.items() if version in VERSIONS and version != own}


OTHERS = others()


@pytest.fixture(scope="module")
def kept(launcher: Launcher, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What was seen of a part of the collections."""
    folder = tmp_path_factory.mktemp("kept")
    submissions = {style.name: style_files(style) for style in STYLES[::9]}
    submissions |= {one.name: mistake_files(one) for one in (*MISTAKES, *RARER_MISTAKES)[::25]}
    paths = [write_files(files, folder / name) for name, files in submissions.items()]
    seen = [grading.grade(str(path), BOTH, launcher, keep=True)[1] for path in paths]
    head, _, rest = seen[0].partition("\n")
    newest = json.loads(head)
    newest["files"] = {file: text + NEWEST for file, text in newest["files"].items()}
    return [*seen, json.dumps(newest) + "\n" + rest]


@pytest.mark.skipif(not OTHERS, reason="no other Python is here")
@pytest.mark.slow
@pytest.mark.parametrize("version", OTHERS)
def test_another_python_judges_the_same(version: str, kept: list[str]) -> None:
    done = subprocess.run(
        [OTHERS[version], "-c", JUDGE], cwd=ROOT, input=json.dumps(kept), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [to_json(grading.judge_again(one)) for one in kept]


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python can read it")
def test_a_source_that_this_python_cannot_read_costs_nothing(kept: list[str]) -> None:
    assert grading.judge_again(kept[-1]).score == grading.judge_again(kept[0]).score
    assert grading.judge_again(kept[-1]).suspect == grading.judge_again(kept[0]).suspect
