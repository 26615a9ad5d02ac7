"""Hints by degrees, and what is remembered between two runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from grader.memory import Memory, Store
from grader.report.hints import LAST_DEGREE, hint_for, part_of
from grader.report.model import Report

from ..submissions.model import reference_files, write_files
from ..test_cli import ROOT, run, text

SUBJECT = (ROOT / "skeleton" / "README.md").read_text(encoding="utf-8")
SHOWN = 'print(decodeur.decode(octets), end="", flush=True)'


def wrong(name: str = "client.py", old: str = SHOWN, new: str = "print(octets)") -> dict[str, str]:
    """The reference with one thing replaced."""
    files = reference_files()
    assert old in files[name]
    return files | {name: files[name].replace(old, new)}


def test_a_hint_goes_from_a_question_to_the_page_of_the_subject(grade: Callable[[dict[str, str]], Report]) -> None:
    report = grade(wrong())
    hints = [hint_for(report, degree, SUBJECT) for degree in range(1, LAST_DEGREE + 2)]
    assert [hint.degree for hint in hints if hint is not None] == [1, 2, 3, 3]
    first, second, third = (hint for hint in hints[:3] if hint is not None)
    assert first.text.endswith("?")
    assert "decode" not in first.text
    assert "decode" in second.text
    assert "UTF-8" in third.page
    assert hints[3] == third


def test_nothing_to_repair_needs_no_hint(grade: Callable[[dict[str, str]], Report]) -> None:
    assert hint_for(grade(reference_files()), 1, SUBJECT) is None


def test_a_part_of_the_subject_ends_at_the_next_heading_and_code_has_none() -> None:
    page = "# A\n\n## B\n\ntext\n\n```bash\n# no heading\n```\n\n### C\n\nmore\n\n## D\n\nend\n"
    assert part_of(page, "B") == "text\n\n```bash\n# no heading\n```\n\n### C\n\nmore"
    assert part_of(page, "E") == ""


def test_asked_again_on_the_same_mistake_the_command_goes_further(tmp_path: Path) -> None:
    memory = str(tmp_path / "memory.json")
    folder = write_files(wrong(), tmp_path / "rendu")
    pages = [text(run(str(folder), "--indice", CHATPY_MEMORY=memory)) for _ in range(4)]
    assert [page.partition("Indice ")[2][:1] for page in pages] == ["1", "2", "3", "3"]
    assert "/ 20" not in pages[0]
    write_files(wrong(old="if not octets:", new="if octets is None:"), folder)
    assert "Indice 1 sur 3" in text(run(str(folder), "--indice", CHATPY_MEMORY=memory))


def test_what_got_better_since_the_last_run_is_said(tmp_path: Path) -> None:
    memory = str(tmp_path / "memory.json")
    folder = write_files(wrong(), tmp_path / "rendu")
    assert "dernière fois" not in text(run(str(folder), CHATPY_MEMORY=memory))
    assert "dernière fois" not in text(run(str(folder), CHATPY_MEMORY=memory))
    write_files(reference_files(), folder)
    better = text(run(str(folder), CHATPY_MEMORY=memory))
    assert "Mieux que la dernière fois" in better
    assert "client.reception" in better
    write_files(wrong("etape1.py", '"Hello World!"', '"Hello World !"'), folder)
    assert "Passait la dernière fois : La réponse (etape1.hello)" in text(run(str(folder), CHATPY_MEMORY=memory))


def test_one_step_alone_forgets_nothing_of_the_other(tmp_path: Path) -> None:
    memory = str(tmp_path / "memory.json")
    folder = write_files(reference_files(), tmp_path / "rendu")
    for arguments in ((), ("--etape", "1"), ()):
        assert "dernière fois" not in text(run(str(folder), *arguments, CHATPY_MEMORY=memory))


def test_a_script_is_not_remembered(tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    run("skeleton", "--json", "-", CHATPY_MEMORY=str(path))
    assert not path.exists()


def test_a_broken_or_unwritable_memory_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    for content in ("{", "[]", json.dumps({str(Path.cwd()): [1]}), json.dumps({str(Path.cwd()): {"passed": 3}})):
        path.write_text(content)
        assert Store(str(path), ".").read() == Memory()
    nowhere = Store(str(tmp_path / "no" / "such" / "folder.json"), ".")
    nowhere.write(Memory(frozenset({"etape1.hello"})))
    assert nowhere.read() == Memory()
    done = run("skeleton", CHATPY_MEMORY=str(tmp_path / "no" / "memory.json"))
    assert (done.returncode, done.stderr) == (1, b"")
