"""What the documents tell people to type is understood, where they send them is there, and nothing needs a script."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import cli
from grader.checks.rubric import MAX_POINTS, RUBRIC
from grader.commands import VERBS
from grader.limits import DEFAULT
from grader.options import FrenchParser

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "reference/README.md", "skeleton/README.md", ".github/SECURITY.md", ".github/CONTRIBUTING.md")
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in DOCUMENTS}

PARSERS = {
    "": cli.grade_parser(),
    "rendre": cli.hand_in_parser(),
    "club": cli.club_parser(),
    "rejuger": cli.judge_again_parser(),
}
"""The commands' own, by verb."""

COMMAND = re.compile(r"(?:python3?|py) -m grader\b([^`;&#\n]*)")

OPTION = re.compile(r"(?<![\w-])--[a-z][\w-]*")

OTHERS = frozenset({"--shared", "--base-path", "--export-all", "--enable", "--bare", "--noproxy", "--bind", "--http0",
                    "--every-level", "--record", "--load", "--only", "--starve", "--mutations", "--bytes",
                    "--out"})  # fmt: skip
"""Options of other programs that a sentence names: git, curl, pytest, the benchmark."""

FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LOOP = re.compile(r"\b(for|foreach|while|until|do|done|ForEach-Object|xargs)\b")


def commands() -> Iterator[tuple[str, str]]:
    """Each command line, behind ``python -m grader``, with the document that has it."""
    for name, text in TEXTS.items():
        yield from ((name, line) for line in dict.fromkeys(found.strip() for found in COMMAND.findall(text)))


def fences(name: str, *languages: str) -> list[str]:
    return [body for language, body in FENCE.findall(TEXTS[name]) if language in languages]


def spans(name: str) -> list[str]:
    """What stands between backticks, outside of the fenced parts."""
    return re.findall(r"`([^`\n]+)`", FENCE.sub("", TEXTS[name]))


def options(parser: FrenchParser) -> set[str]:
    """The options that a parser lists in its help."""
    return set(OPTION.findall(parser.format_help()))


def slug(heading: str) -> str:
    """The anchor that GitHub gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize(("document", "line"), list(commands()))
def test_a_command_is_understood(document: str, line: str) -> None:
    words = shlex.split(line)
    verb = words[0] if words and words[0] in VERBS else ""
    if words and words[0].islower() and not verb:
        assert words[0].startswith("-") or (ROOT / words[0]).is_dir(), f"{document} names a verb that is none"
    try:
        PARSERS[verb].understood(words[1:] if verb else words)
    except SystemExit:
        assert {"--version", "--help"} & set(words)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_option_that_a_sentence_names_exists(document: str) -> None:
    known = set().union(*map(options, PARSERS.values())) | OTHERS
    named = {option for span in spans(document) for option in OPTION.findall(span)}
    assert named <= known


@pytest.mark.parametrize(
    ("verb", "document"),
    [("", "README.md"), ("rendre", "README.md"), ("club", "reference/README.md"), ("rejuger", "reference/README.md")],
)
def test_every_option_is_told_to_whoever_types_it(verb: str, document: str) -> None:
    assert options(PARSERS[verb]) - {"--help", "--version"} <= set(OPTION.findall(TEXTS[document]))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_nobody_is_told_to_write_a_loop(document: str) -> None:
    assert not [line for body in fences(document, "bash", "powershell") for line in LOOP.findall(body)]


def test_the_guide_has_no_program_but_the_solution_beside_it() -> None:
    assert not fences("reference/README.md", "python")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_where_a_document_sends_is_there(document: str) -> None:
    headings = {slug(heading) for heading in re.findall(r"^#+ (.+)$", TEXTS[document], re.MULTILINE)}
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[document]):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (ROOT / document).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_project_has_the_files_that_are_named(document: str) -> None:
    named = {span for span in spans(document) if re.fullmatch(r"(grader|tests|reference|\.github|\.ci)/[\w./-]*", span)}
    assert not [path for path in named if not (ROOT / path).exists()]


# --- the numbers that documents repeat --------------------------------------------------------------------------------

POINTS = {row.id: row.points for row in RUBRIC}


def numbers(text: str) -> list[float]:
    """The numbers of a text, as French writes them."""
    return [float(one.replace(",", ".")) for one in re.findall(r"\d+(?:,\d+)?", text)]


def points_of(*programs: str) -> list[float]:
    """What the rows of some programs earn, check by check, each for one program after the other."""
    names = dict.fromkeys(one.partition(".")[2] for one in POINTS if one.partition(".")[0] in programs)
    return [POINTS[f"{program}.{name}"] for name in names for program in programs]


@pytest.mark.parametrize(
    ("row", "program"), [("`etape1.py`", "etape1"), ("`serveur.py`", "serveur"), ("Les deux ensemble", "duo")]
)
def test_the_readme_tells_the_points_of_each_program(row: str, program: str) -> None:
    line = next(one for one in TEXTS["README.md"].splitlines() if one.startswith("|") and row in one)
    total, told = line.split("|")[2:4]
    assert [numbers(one)[0] for one in re.findall(r"\(([\d,]+)\)", told)] == points_of(program)
    assert numbers(total) == [sum(points_of(program))]


def test_the_subject_tells_the_points_of_each_row() -> None:
    table = TEXTS["skeleton/README.md"].partition("## Le barème")[2].partition("\n## ")[0]
    told = [numbers(line.split("|")[2]) for line in table.splitlines() if line.startswith("|")]
    expected = points_of("etape1") + points_of("serveur", "client") + points_of("duo")
    assert [one for line in told for one in line] == [*expected, MAX_POINTS]


def test_the_guide_tells_the_points_of_each_check() -> None:
    told: dict[str, float] = {}
    for line in TEXTS["reference/README.md"].splitlines():
        checks = re.findall(r"`([^`]+)`", line.split("|")[1]) if line.startswith("| `") else []
        if checks and set(checks) <= set(POINTS):
            told.update(zip(checks, numbers(line.split("|")[2]), strict=True))
    assert told == POINTS


@pytest.mark.parametrize("name", ["README.md", "reference/README.md"])
def test_documents_tell_the_patience_of_a_step(name: str) -> None:
    assert f"{DEFAULT.patience_s:g} secondes" in TEXTS[name]
