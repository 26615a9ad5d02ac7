"""Each part of the grader imports only what its place in the story allows."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GRADER = ROOT / "grader"

PURE = frozenset({"asyncio", "socket", "subprocess", "os", "time", "threading", "selectors", "tempfile", "rich"})
"""What a pure part may not import: the system, the clock, the screen."""

ALLOWED: dict[str, set[str]] = {
    # part → the other parts that it may import
    "__main__": {"cli", "commands", "errors", "guarded", "harness"},
    "options": {"errors"},
    "escape": {"transcript"},
    "french": set(),
    "guarded": {"errors", "escape", "report"},
    "commands": {
        "__version__",
        "cli",
        "club",
        "errors",
        "escape",
        "files",
        "french",
        "folder",
        "grading",
        "guarded",
        "limits",
        "memory",
        "missing",
        "options",
        "report",
        "submission",
        "watch",
    },
    "cli": {"errors", "options", "__version__"},
    "files": set(),
    "folder": {"errors", "escape", "files", "options", "submission"},
    "memory": {"files", "folder", "limits", "report"},
    "missing": {"escape", "files"},
    "watch": {"errors", "grading", "keys", "limits", "report", "saves"},
    "saves": {"errors", "limits", "missing", "tree"},
    "keys": {"limits"},
    "club": {
        "diagnosis",
        "errors",
        "escape",
        "files",
        "french",
        "grading",
        "limits",
        "missing",
        "report",
        "shape",
        "remarks",
        "story",
        "submission",
        "tree",
        "twins",
        "__version__",
    },
    "grading": {
        "checks",
        "diagnosis",
        "errors",
        "harness",
        "limits",
        "report",
        "scenarios",
        "solution",
        "story",
        "submission",
        "transcript",
        "trust",
    },
    "story": {"errors", "submission", "transcript"},
    "trust": {"checks", "shape", "submission", "transcript"},
    "solution": {"submission"},
    "shape": set(),
    "submission": {"errors", "escape", "limits", "remarks", "tree", "twins"},
    "remarks": {"escape", "french", "limits", "tree", "twins"},
    "tree": {"limits", "twins"},
    "twins": {"french"},
    "limits": set(),
    "errors": set(),
    "probe": set(),
    "scenarios": {"transcript"},
    "transcript": set(),
    "harness": {"transcript", "scenarios", "limits", "errors", "files", "probe"},
    "checks": {"transcript"},
    "diagnosis": {"transcript", "submission", "checks", "escape", "french"},
    "report": {"checks", "diagnosis", "escape", "french", "submission", "transcript"},
}
"""The report shows verdicts and explanations: its model is built from them."""

ENTRIES = {"club/job.py": {"__main__", "harness"}}
"""What a module beside ``__main__`` may import because a process begins there: the launcher comes before the rest."""

THIRD_PARTY = {
    "cluster.py": {"distributed"},
    "terminal.py": {"rich"},
    "card_terminal.py": {"rich"},
    "diagram_terminal.py": {"rich"},
    "screen_terminal.py": {"rich"},
    "settings.py": {"tomli", "tomllib"},
    "saves.py": {"watchfiles"},
}
"""The libraries, each in the one place that needs it; tomllib is Python's own since 3.11."""

FORBIDDEN: dict[str, frozenset[str]] = {
    "checks": PURE,
    "transcript": PURE,
    "scenarios": PURE,
    "trust": PURE,
    "submission": PURE - {"os"},
    "tree": PURE - {"os"},
    "remarks": PURE - {"os"},
    "story": PURE,
    "twins": PURE,
    "escape": PURE,
    "french": PURE,
    "diagnosis": PURE,
    "cli": PURE,
    "commands": frozenset({"socket", "subprocess", "asyncio"}),
    "report": PURE - {"rich"},
}


def part_of(path: Path) -> str:
    """The part that a module belongs to: its folder, or its own name at the top."""
    relative = path.relative_to(GRADER)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imports_of(path: Path) -> tuple[set[str], set[str]]:
    """The parts of the grader and the other top-level modules that a module imports, wherever in it."""
    parts: set[str] = set()
    others: set[str] = set()
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            names = [f"{module}.{alias.name}" for alias in node.names] if module in ("grader", "") else [module]
        for name in names:
            if name.partition(".")[0] == "grader":
                parts.add(name.partition(".")[2].partition(".")[0])
            else:
                others.add(name.partition(".")[0])
    return parts - {"", part_of(path)}, others


def names_imported(path: Path) -> set[str]:
    """The full names of what a module imports, wherever in it: modules and what is taken from them."""
    found: set[str] = set()
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join((*base, *filter(None, (node.module,))))
            found |= {f"{module}.{alias.name}" for alias in node.names}
    return found


MODULES = sorted(path for path in GRADER.rglob("*.py") if path.name != "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(GRADER)))
def test_a_module_imports_only_what_its_part_may(path: Path) -> None:
    parts, others = imports_of(path)
    part = part_of(path)
    assert parts <= ALLOWED[part] | ENTRIES.get(path.relative_to(GRADER).as_posix(), set())
    assert not others & FORBIDDEN.get(part, frozenset())
    third_party = (
        others - set(sys.stdlib_module_names) - {"_json", "_winapi", "typing_extensions"}
    )  # the last for type checkers only
    assert third_party <= THIRD_PARTY.get(path.name, set())


@pytest.mark.parametrize("path", sorted(GRADER.rglob("*.py")), ids=lambda path: str(path.relative_to(GRADER)))
def test_a_module_says_in_one_sentence_what_it_is_for(path: Path) -> None:
    sentence = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
    assert sentence.endswith(".")


@pytest.mark.parametrize("path", sorted(GRADER.rglob("*.py")), ids=lambda path: str(path.relative_to(GRADER)))
def test_a_module_fits_into_one_reading(path: Path) -> None:
    """400 lines is where a module must be split; the tables of facts and mistakes are data."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 410


def test_only_the_command_line_prints() -> None:
    printing = [
        path.name
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert set(printing) <= {"guarded.py", "options.py"} | {
        path.name for path in MODULES if part_of(path) == "commands"
    }


DIAGNOSIS = "grader.diagnosis."

BELOW_TOPICS = frozenset({
    "case", "code", "common", "conversation", "known", "lessons", "mistake", "scan", "uncalled", "vocabulary",
    "waiting", "wording", "written_threads",
})  # fmt: skip
"""What a topic may import of diagnosis: the case, the questions on it, the words, what several topics say."""

ASKED_MORE = {("messages", "closed_before"), ("syntax", "diagnose")}
"""Of a moment that is another than the case's own; of a text alone."""

TOPICS = sorted((GRADER / "diagnosis" / "topics").glob("[a-z]*.py"))


@pytest.mark.parametrize("path", TOPICS, ids=lambda path: path.stem)
def test_a_topic_knows_no_other_and_not_who_asks_it(path: Path) -> None:
    """What several topics ask or say is below them, and the order in which they are asked is above them."""
    imported = {name.removeprefix(DIAGNOSIS) for name in names_imported(path) if name.startswith(DIAGNOSIS)}
    assert {name.partition(".")[0] for name in imported} <= BELOW_TOPICS


def test_what_is_below_the_topics_knows_none() -> None:
    folder = GRADER / "diagnosis"
    for path in (folder / f"{name}.py" for name in BELOW_TOPICS):
        imported = {name.removeprefix(DIAGNOSIS) for name in names_imported(path) if name.startswith(DIAGNOSIS)}
        assert {name.partition(".")[0] for name in imported} <= BELOW_TOPICS, path.stem


def test_detectors_have_one_signature() -> None:
    """What a topic offers to those who ask takes a case and yields findings; some answer a question about one."""
    for path in TOPICS:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and "Finding" in ast.unparse(node.returns or ast.Constant(None)):
                single = node.name.startswith("_") and ast.unparse(node.returns or node) == "Finding"
                assert single or ast.unparse(node.returns or node) == "Iterator[Finding]", f"{path.stem}.{node.name}"
                taken = [ast.unparse(one.annotation or one) for one in node.args.args]
                assert node.name.startswith("_") or taken == ["Case"] or (path.stem, node.name) in ASKED_MORE


def test_every_detector_is_asked() -> None:
    """One that nobody lists recognises nothing."""
    defined, used = set(), set()
    for path in (GRADER / "diagnosis").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and path in TOPICS and "Finding" in ast.unparse(node.returns or node):
                defined.add(node.name)
            elif isinstance(node, (ast.Name, ast.Attribute)):
                used.add(node.id if isinstance(node, ast.Name) else node.attr)
    assert defined - used == set()


@pytest.mark.parametrize(
    ("part", "of", "only"),
    [
        ("report", "checks", {"rubric", "verdict"}),
        ("club", "checks", set()),
        ("memory", "checks", {"rubric"}),
    ],
)
def test_a_part_takes_of_another_what_it_shows(part: str, of: str, only: set[str]) -> None:
    """A report shows what was decided; it decides nothing."""
    taken = {name for path in MODULES if part_of(path) == part for name in names_imported(path)}
    assert {name.split(".")[2] for name in taken if name.startswith(f"grader.{of}.")} <= only


RUNS_TEXT = frozenset({"compile", "exec", "eval", "__import__", "execfile"})
"""Built-in functions that turn a text into something that runs."""


def test_no_text_is_made_to_run_in_the_graders_own_process() -> None:
    """A stranger's text is parsed, no more: ``compile`` alone can take all memory. The probe is in the stranger's."""
    empty = 'exec("")'  # stands for nothing but itself
    calling = [
        f"{path.relative_to(GRADER)}:{node.lineno}"
        for path in MODULES
        if path.relative_to(GRADER).parts[0] != "probe"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8").replace(empty, "")))
        if isinstance(node, ast.Name) and node.id in RUNS_TEXT
    ]
    assert calling == []
