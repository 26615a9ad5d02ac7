"""Programs are shut in: what they leave behind is gone with them, whatever the system grants."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from grader import grading
from grader.errors import UsageError
from grader.harness.launcher import Launcher
from grader.harness.spawned import SpawnLauncher
from grader.report.model import Report
from tests.conftest import BOTH
from tests.processes import mentioning
from tests.submissions.bombs import BOMBS
from tests.submissions.model import FILES, REFERENCE, write_files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it looks at processes through /proc")

ROOT = Path(__file__).parents[2]
ETAPE1 = (REFERENCE / "etape1.py").read_text("utf-8")
DEADLINE_S = 20.0


def private() -> Launcher:
    from grader.harness.forked import ForkLauncher

    return ForkLauncher()


def shared() -> Launcher:
    from grader.harness.forked import ForkLauncher

    return ForkLauncher(private=False)


def strong() -> Launcher:
    from grader.harness.sandbox import sandboxed_launcher

    try:
        return sandboxed_launcher()
    except UsageError as error:
        pytest.skip(str(error))


def grants_namespaces() -> bool:
    from grader.probe import confine

    return confine.works()


@pytest.fixture(params=[private, shared, strong, SpawnLauncher], ids=["private", "shared", "forte", "spawned"])
def any_launcher(request: pytest.FixtureRequest) -> Iterator[Launcher]:
    with closing(request.param()) as one:
        yield one


def graded(launcher: Launcher, folder: Path, etape1: str) -> Report:
    """The report on the reference with another etape1.py."""
    files = {name: (REFERENCE / name).read_text("utf-8") for name in FILES}
    return grading.grade(str(write_files(files | {"etape1.py": etape1}, folder)), BOTH, launcher)[0]


def wait_until_gone(mark: str) -> None:
    """Wait for the last of them; fails if one stays."""
    deadline_s = time.monotonic() + DEADLINE_S
    while left := mentioning(mark):
        assert time.monotonic() < deadline_s, left
        os.sched_yield()


ESCAPE = """
import os, signal, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(60)", "MARK"])
    os._exit(0)
os.wait()
"""


def test_a_daemon_that_holds_the_pipes_is_gone_with_the_launcher(
    any_launcher: Launcher, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if isinstance(any_launcher, SpawnLauncher):
        pytest.skip("only the process group is swept there")
    mark = f"mark-{os.getpid()}-{request.node.callspec.id}"
    report = graded(any_launcher, tmp_path / "rendu", ESCAPE.replace("MARK", mark) + ETAPE1)
    assert report.score == 20
    any_launcher.close()
    wait_until_gone(mark)


@pytest.mark.parametrize("slug", BOMBS)
def test_a_program_without_measure_is_named_and_costs_the_others_nothing(
    any_launcher: Launcher, slug: str, tmp_path: Path
) -> None:
    if slug == "trop_de_processus" and isinstance(any_launcher, SpawnLauncher):
        pytest.skip("what leaves its group is not counted there")
    report = graded(any_launcher, tmp_path / "rendu", BOMBS[slug])
    first = report.first_failure()
    assert first is not None
    assert (first.id, first.diagnosis) == ("etape1.ecoute", slug)
    assert [check.id for check in report.checks if check.status != "passed"] == [
        "etape1.ecoute", "etape1.hello", "etape1.fileno", "etape1.fin",
    ]  # fmt: skip


SEES = """
import os
def seen(what, call):
    try:
        print(what, call())
    except OSError as error:
        print(what, type(error).__name__)
seen("kill", lambda: os.kill(PARENT, 0))
seen("home", lambda: os.listdir("HOME"))
seen("write", lambda: open("HOME/x", "w"))
seen("reference", lambda: os.listdir("ROOT/reference"))
print("environ", sorted(os.environ))
"""


def shown_by(launcher: Launcher, folder: Path, program: str) -> str:
    """What etape1.py writes to its standard output."""
    _, saved = grading.grade(str(write_files({"etape1.py": program}, folder)), ("etape1",), launcher, keep=True)
    facts = [json.loads(line)[1] for line in saved.splitlines()[2:]]
    shown = "".join(fact[3] for fact in facts if fact[0] == "Shown")
    if not shown:
        print(saved)  # which pytest shows where the test then fails
    return shown


def looking(folder: Path) -> str:
    return SEES.replace("PARENT", str(os.getpid())).replace("HOME", str(folder)).replace("ROOT", str(ROOT))


def test_strong_isolation_shows_nothing_of_the_machine(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with closing(strong()) as launcher:
        shown = shown_by(launcher, tmp_path / "rendu", looking(home))
    assert "kill ProcessLookupError" in shown
    assert "home FileNotFoundError" in shown
    assert "write FileNotFoundError" in shown
    assert "reference FileNotFoundError" in shown
    assert str(home) not in shown.partition("environ")[2]
    assert os.listdir(home) == []


def test_a_program_of_its_own_namespace_sees_no_other_process(tmp_path: Path) -> None:
    if not grants_namespaces():
        pytest.skip("this system grants no namespaces")
    with closing(private()) as launcher:
        shown = shown_by(launcher, tmp_path / "rendu", looking(tmp_path))
    assert "kill ProcessLookupError" in shown


def test_a_program_that_kills_all_that_it_can_harms_only_itself(tmp_path: Path) -> None:
    if not grants_namespaces():
        pytest.skip("without namespaces it could kill whoever runs this")
    with closing(private()) as launcher:
        report = graded(
            launcher, tmp_path / "rendu", "import os\nos.kill(1, 9)\nos.kill(-1, 9)\nos.kill(os.getppid(), 9)\n"
        )
    assert report.score == 15


def test_a_program_that_kills_the_launcher_gets_a_report_all_the_same(tmp_path: Path) -> None:
    with closing(shared()) as launcher:
        report = graded(launcher, tmp_path / "rendu", "import os\nos.kill(os.getppid(), 9)\n")
        assert report.score < 20
        again = graded(launcher, tmp_path / "apres", ETAPE1)
    assert again.score == 20


def test_an_unknown_level_and_a_missing_tool_are_said(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "grader", "skeleton", "--json", "-", "--isolation"]
    done = subprocess.run([*command, "totale"], cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode == 4
    lonely = os.environ | {"PATH": str(tmp_path)}
    done = subprocess.run([*command, "forte"], cwd=ROOT, capture_output=True, text=True, timeout=30, env=lonely)
    assert done.returncode == 4
    assert "apt install bubblewrap" in done.stderr


@pytest.mark.parametrize("level", ["simple", "forte"])
@pytest.mark.parametrize("after_s", [0.03, 0.06, 0.09, 0.12, 0.16, 0.25])
def test_an_interruption_at_any_moment_leaves_nothing(level: str, after_s: float, tmp_path: Path) -> None:
    """The moments are spread over the whole run; what is tested holds at each of them."""
    if level == "forte":
        strong().close()  # skips where there is no bubblewrap
    mark = f"mark-{os.getpid()}-{level}-{after_s}"
    files = {name: (REFERENCE / name).read_text("utf-8") for name in FILES}
    etape1 = ESCAPE.replace("MARK", mark) + "import time\ntime.sleep(60)\n"
    folder = write_files(files | {"etape1.py": etape1}, tmp_path / "rendu")
    own = tmp_path / "own"
    own.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "grader", str(folder), "--json", "-", "--isolation", level],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"TMPDIR": str(own)},
    )  # fmt: skip
    try:
        process.wait(timeout=after_s)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
    process.communicate(timeout=DEADLINE_S)
    assert process.returncode in (2, -signal.SIGINT, 1)
    wait_until_gone(mark)
    assert [(name, os.listdir(own / name)) for name in os.listdir(own)] == [], process.returncode


def test_results_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    result = tmp_path / "note.json"
    result.write_text("avant")
    done = subprocess.run(
        [sys.executable, "-m", "grader", "skeleton", "--json", str(result)], cwd=ROOT, capture_output=True, timeout=30
    )
    assert done.returncode == 1
    assert json.loads(result.read_text("utf-8"))["score"] == 0
    assert os.listdir(tmp_path) == ["note.json"]


def test_a_module_in_the_current_folder_is_not_the_graders(tmp_path: Path) -> None:
    for name in ("json", "rich", "socket", "threading", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('c’est moi')")
    command: Callable[..., subprocess.CompletedProcess[str]] = subprocess.run
    done = command(
        [sys.executable, "-m", "grader", ".", "--json", "-"],
        cwd=tmp_path, capture_output=True, text=True, timeout=30, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert json.loads(done.stdout)["schema"] == 1
