"""Judging again: what was seen stays, and who would get what else is told before anything changes."""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader import __version__, grading
from grader.club import rejudge
from grader.club.compare import change_of, told
from grader.club.model import Row, State
from grader.club.packing import packed
from grader.club.rejudge import Judgement, can_be_judged, judged_all, rejudged
from grader.club.results import Notes, with_result
from grader.club.tables import notes_csv
from grader.commands import judge_again
from grader.errors import UsageError
from grader.harness.launcher import Launcher
from grader.report.html import to_html
from grader.report.json_report import to_json
from tests.conftest import BOTH
from tests.submissions.mistakes import MISTAKES
from tests.submissions.model import mistake_files, reference_files, write_files

from .graded import row, unread

WRONG = next(one for one in MISTAKES if "serveur.join" in one.falls and len(one.falls) < 4)


@pytest.fixture(scope="module")
def graded(
    launcher: Launcher, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Row, dict[str, object], str]]:
    """Two graded submissions: a right one, and one with a mistake."""
    found = {}
    for pseudo, files in (("ali", reference_files()), ("zoe-b", mistake_files(WRONG))):
        folder = write_files(files, tmp_path_factory.mktemp("rendu") / pseudo)
        report, transcript = grading.grade(str(folder), BOTH, launcher, keep=True)
        result = json.loads(to_json(report))
        base = Row(pseudo, State.GRADED, first=report.first, version=__version__, isolation="forte", digest=pseudo * 9)
        found[pseudo] = with_result(base, result), result, transcript
        assert to_html(report)
    return found


Fill = Callable[..., Notes]


@pytest.fixture
def fill(graded: dict[str, tuple[Row, dict[str, object], str]], tmp_path: Path) -> Fill:
    """Makes a folder of notes; ``edit`` changes the row and the result of one student before they are kept."""

    def make(edit: Callable[[Row, dict[str, object]], tuple[Row, dict[str, object]]] | None = None) -> Notes:
        notes = Notes(str(tmp_path / "notes"))
        for pseudo, (one, result, transcript) in graded.items():
            changed = edit(one, json.loads(json.dumps(result))) if edit and pseudo == "zoe-b" else (one, result)
            notes.write(*changed, packed(transcript), "<p>page</p>")
        return notes

    return make


def worse(one: Row, result: dict[str, object]) -> tuple[Row, dict[str, object]]:
    """As an older grader could have judged: a check failed that passes now, another mistake was named."""
    checks = {check["id"]: check for check in result["checks"]}  # type: ignore[attr-defined]
    checks["client.send"].update(
        status="failed", points=0.0, message="Attendu : x. Vu : rien.", diagnosis="sans_socket"
    )
    checks["serveur.join"].update(diagnosis="un_seul_thread")
    result["score"] = float(result["score"]) - 1.5  # type: ignore[arg-type]
    return with_result(replace(one, version="0.0.9"), result), result


def files_of(notes: Notes) -> dict[str, bytes]:
    """All that is in a folder."""
    return {str(path): path.read_bytes() for path in Path(notes.folder).rglob("*") if path.is_file()}


def test_nothing_changes_where_nothing_has_changed(fill: Fill, capsys: pytest.CaptureFixture[str]) -> None:
    notes = fill()
    before = files_of(notes)
    assert judge_again.main([notes.folder]) == 0
    said = capsys.readouterr().out
    assert "2 rendus : 2 inchangés." in said
    assert "Rien ne changerait" in said
    assert files_of(notes) == before


def test_who_gets_more_and_why_is_told_and_nothing_is_written(fill: Fill, capsys: pytest.CaptureFixture[str]) -> None:
    notes = fill(worse)
    before = files_of(notes)
    assert judge_again.main([notes.folder]) == 1
    said = capsys.readouterr().out
    old = notes.row("zoe-b")
    assert old is not None
    assert old.score is not None
    score = f"{old.score:g} → {old.score + 1.5:g}".replace(".", ",")
    assert f"zoe-b : {score} ; " in said
    assert "client.send réussit maintenant (avant : Attendu : x. Vu : rien)" in said
    assert "serveur.join : l'explication change (un_seul_thread → " in said
    assert "1 note qui monte" in said
    assert "0.0.9" in said
    assert "--adopter" in said
    assert files_of(notes) == before


def test_a_transcript_that_cannot_be_read_costs_one_line(fill: Fill, capsys: pytest.CaptureFixture[str]) -> None:
    notes = fill()
    ali, transcript = Path(notes.folder, "rendus/ali.transcript.gz"), notes.transcript("ali")
    assert transcript is not None
    for number, data in enumerate(
        (
            b"",
            b"no gzip",
            ali.read_bytes()[:99],
            gzip.compress(b"[" * 100_000),
            packed(transcript.replace('"schema": 4', '"schema": 99')),
        )
    ):
        notes.write(replace(row(f"x{number}"), version=__version__), {}, data, None)
    one = row("sans")
    notes.write(replace(one, version=__version__), {}, None, None)
    notes.write(unread("coupe"), {}, None, None)
    notes.write(Row("panne", State.FAILED, why="Le disque est plein."), {}, None, None)
    Path(notes.folder, "rendus/abime.json").write_text("{", encoding="utf-8")
    assert judge_again.main([notes.folder]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "11 rendus : 2 inchangés, 9 pas jugés."
    for pseudo in ("x0", "x1", "x2", "x3", "x4", "sans", "coupe", "panne", "abime"):
        assert sum(line.startswith(f"  {pseudo} : ") for line in said) == 1
    assert "  panne : panne, rien n'a été vu (Le disque est plein)." in said


def test_blank_work_of_which_nothing_was_seen_changes_nothing(fill: Fill) -> None:
    notes = fill()
    notes.write(Row("vide", State.BLANK, version=__version__), {}, None, None)
    assert judge_again.main([notes.folder]) == 0


def test_what_a_newer_grader_has_judged_is_left_to_it() -> None:
    assert "plus récente" in can_be_judged(row("ali", version="99.0"))
    assert can_be_judged(row("ali", version=__version__)) == ""
    assert can_be_judged(row("ali", version="")) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process as POSIX does")
def test_a_judging_process_that_dies_costs_one_judgement(fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = fill()
    monkeypatch.setattr(rejudge, "judge_kept", die_for_ali)
    found = {one.pseudo: one for one in judged_all(notes.folder, ["ali", "zoe-b"], pages=False, workers=2)}
    assert "arrêté" in found["ali"].why
    assert found["zoe-b"].result


def die_for_ali(folder: str, pseudo: str, *, pages: bool) -> Judgement:
    """As the system ends who takes too much memory."""
    if pseudo == "ali":
        os.kill(os.getpid(), 9)
    return rejudge.judge_kept(folder, pseudo, pages=pages)


def test_an_older_result_judged_again_is_the_row_of_today(
    fill: Fill, graded: dict[str, tuple[Row, object, str]]
) -> None:
    notes = fill(worse)
    (judgement,) = judged_all(notes.folder, ["zoe-b"], pages=True)
    old = notes.row("zoe-b")
    assert old is not None
    assert replace(rejudged(old, judgement), duration_s=0.0) == replace(graded["zoe-b"][0], duration_s=0.0)
    assert "<html" in judgement.page


def test_what_changes_for_many_is_told_once() -> None:
    befores = [row(pseudo, falls=("client.send",)) for pseudo in ("ali", "luc", "zoe")]
    lines = told([change_of(one, row(one.pseudo)) for one in befores] + [change_of(row("eva"), row("eva"))], [])
    assert lines[0] == "4 rendus : 1 inchangé, 3 notes qui montent."
    assert lines[1:3] == ["Ce qui change le plus :", "  client.send réussit maintenant : 3 élèves (ali, luc, zoe)."]


def test_every_kind_of_change_has_its_sentence() -> None:
    before = row("ali", falls=("serveur.join",), suspect=("ancien.",))
    now = row("ali", falls=("serveur.send",), suspect=("nouveau.",), state=State.BLANK)
    said = " ; ".join(change_of(before, now).sentences)
    for words in (
        "« note » devient « vide »",
        "serveur.send échoue maintenant (",
        "serveur.join réussit maintenant (avant",
        "à réparer d'abord : serveur.join → serveur.send",
        "plus signalé : ancien",
        "signalé : nouveau",
    ):
        assert words in said
    moved = replace(before, checks=tuple(replace(check, line=check.line and 13) for check in before.checks))
    assert change_of(before, moved).sentences == (
        "serveur.join : la ligne montrée change (serveur.py:12 → serveur.py:13)",
    )
    words_only = replace(before, checks=tuple(replace(check, hint="Autrement.") for check in before.checks))
    assert change_of(before, words_only).sentences == ()
    assert change_of(before, words_only).is_any
    assert told([change_of(before, words_only)], [])[-1].endswith("en d'autres mots : ali.")
    fewer = replace(before, checks=before.checks[:-1])
    assert change_of(before, fewer).sentences == ("bonus.propre n'est plus jugé",)
    assert change_of(fewer, before).sentences == ("bonus.propre est nouveau et réussit",)


@pytest.mark.parametrize(
    ("words", "told_in"),
    [([], "notes"), (["nulle-part"], "nulle-part"), (["a", "b"], "Un seul dossier"), (["--adopte"], "--adopter")],
)
def test_a_command_that_cannot_be_followed_says_what_to_type(
    words: list[str], told_in: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=told_in):
        judge_again.main(words)


def test_adopting_writes_rows_pages_and_tables_and_keeps_what_was_seen(
    fill: Fill, graded: dict[str, tuple[Row, object, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    notes = fill(worse)
    notes.write_file("notes.csv", notes_csv(notes.rows(), {"zoe-b": "Zoé Bernard"}))
    assert judge_again.main([notes.folder, "--adopter"]) == 1
    adopted = notes.row("zoe-b")
    assert adopted is not None
    assert (adopted.version, adopted.score) == (__version__, graded["zoe-b"][0].score)
    assert notes.transcript("zoe-b") == graded["zoe-b"][2]
    assert "<html" in (notes.page("zoe-b") or "")
    assert notes.page("ali") == "<p>page</p>"  # nothing has changed for him
    assert "Zoé Bernard" in Path(notes.folder, "notes.csv").read_text(encoding="utf-8-sig")
    assert Path(notes.folder, "index.html").exists()
    assert judge_again.main([notes.folder]) == 0
    assert "Rien ne changerait" in capsys.readouterr().out
